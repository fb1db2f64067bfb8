#!/usr/bin/env python3
"""tests/ABSENCE.md says which test shows each clause: every test that it names is there. Standard library only."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAP = ROOT / "tests" / "ABSENCE.md"
TEST = re.compile(r"^\s*TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.M)
NAMED = re.compile(r"`([^`]+)`")
GOOGLE = re.compile(r"^\w+\.\w+$")


def known():
    found = set()
    for path in (ROOT / "tests").rglob("*"):
        if path.suffix in (".cpp", ".h") and "node_modules" not in path.parts:
            found |= {f"{suite}.{name}" for suite, name in TEST.findall(path.read_text(encoding="utf-8"))}
    return found


def suites():
    text = (ROOT / ".dev" / "test.sh").read_text(encoding="utf-8")
    return set(" ".join(re.findall(r'^suites(?:_named)?="([^"]*)"', text, re.M)).split())


def trouble(name, tests, runs):
    """Why nothing in the house is called so, or None."""
    if name.startswith("./dev test "):
        return None if name.split()[-1] in runs else "no such suite"
    if "/" in name:
        path, _, title = name.partition(": ")
        file = ROOT / path
        if not file.is_file():
            return "no such file"
        return None if title in file.read_text(encoding="utf-8").replace("\\'", "'") else "no such title in it"
    return None if GOOGLE.match(name) and name in tests else "no such test"


def rows(text):
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines if not re.match(r"^\| (clause|---)", line)]


class TheMapOfAbsence(unittest.TestCase):
    def test_names_only_tests_that_are_there(self):
        tests, runs = known(), suites()
        self.assertGreater(len(tests), 500)
        listed = rows(MAP.read_text(encoding="utf-8"))
        self.assertGreater(len(listed), 60)
        wrong = []
        for clause, *shown in listed:
            names = NAMED.findall(" ".join(shown))
            if not names:
                wrong.append(f"{clause}: nothing shows it")
            wrong += [f"{clause}: {name}: {why}" for name in names if (why := trouble(name, tests, runs))]
        self.assertEqual([], wrong)

    def test_notices_what_is_not_there(self):
        tests, runs = {"Absence.IsThere"}, {"unit"}
        self.assertIsNone(trouble("Absence.IsThere", tests, runs))
        self.assertEqual("no such test", trouble("Absence.IsGone", tests, runs))
        self.assertEqual("no such suite", trouble("./dev test nothing", tests, runs))
        self.assertEqual("no such file", trouble("tests/nothing.mjs: x", tests, runs))
        self.assertEqual("no such title in it", trouble("tests/ABSENCE.md: no clause is " + "called so", tests, runs))
        self.assertEqual([("a", "`B.C`")], rows("| clause | shown by |\n| --- | --- |\n| a | `B.C` |\n"))


if __name__ == "__main__":
    unittest.main()
