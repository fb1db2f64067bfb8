#!/usr/bin/env python3
"""tests/ABSENCE.md says which test or bench shows each clause: whatever it names is there, and it speaks of every part of the
order. Standard library only."""
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
    """What ./dev can run: "test unit", "bench hub"."""
    out = set()
    for file, kind, pattern in (("test.sh", "test", r'^suites(?:_named)?="([^"]*)"'), ("bench.sh", "bench", r'^benches="([^"]*)"')):
        text = (ROOT / ".dev" / file).read_text(encoding="utf-8")
        out |= {f"{kind} {name}" for name in " ".join(re.findall(pattern, text, re.M)).split()}
    return out


def trouble(name, tests, runs):
    """Why nothing in the house is called so, or None."""
    if name.startswith("./dev "):
        return None if name[len("./dev "):] in runs else "no such suite"
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
        self.assertGreater(len(listed), 90)
        wrong = []
        for clause, *shown in listed:
            names = NAMED.findall(" ".join(shown))
            if not names:
                wrong.append(f"{clause}: nothing shows it")
            wrong += [f"{clause}: {name}: {why}" for name in names if (why := trouble(name, tests, runs))]
        self.assertEqual([], wrong)

    def test_notices_what_is_not_there(self):
        tests, runs = {"Absence.IsThere"}, {"test unit"}
        self.assertIsNone(trouble("./dev test unit", tests, runs))
        self.assertEqual("no such suite", trouble("./dev bench unit", tests, runs))
        self.assertIsNone(trouble("Absence.IsThere", tests, runs))
        self.assertEqual("no such test", trouble("Absence.IsGone", tests, runs))
        self.assertEqual("no such suite", trouble("./dev test nothing", tests, runs))
        self.assertEqual("no such file", trouble("tests/nothing.mjs: x", tests, runs))
        self.assertEqual("no such title in it", trouble("tests/ABSENCE.md: no clause is " + "called so", tests, runs))
        self.assertEqual([("a", "`B.C`")], rows("| clause | shown by |\n| --- | --- |\n| a | `B.C` |\n"))


    def test_speaks_of_every_part_of_the_order(self):
        parts = re.findall(r"^## (.*)$", MAP.read_text(encoding="utf-8"), re.M)
        self.assertEqual(["For parents", "For schools", "Enrolment for a whole school", "Languages", "Trust", "Speed and size", "Bad input",
                          "How it is proved"], parts)
        wanted = ["a pupil of another family", "10,000 characters", "emoji and rare kanji", "dates past, too far, on a holiday", "missing column",
                  "40 MB", "disk full on the phone", "disk full on the hub", "storage evicted", "two tabs", "a desk offline for a week",
                  "480 KB", "1.0 s", "0.7 s", "50 ms", "1 ms natively", "fdatasync", "board", "backup", "metrics", "exposure"]
        clauses = "\n".join(clause for clause, *_ in rows(MAP.read_text(encoding="utf-8")))
        self.assertEqual([], [each for each in wanted if each not in clauses])


if __name__ == "__main__":
    unittest.main()
