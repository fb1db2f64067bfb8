#!/usr/bin/env python3
"""tests/WCAG.md is the table of WCAG 2.2, levels A and AA: every criterion once, and every test that it names is there. Standard
library only."""
import pathlib
import re
import unittest

from absence_map_test import NAMED, known, rows, suites, trouble

MAP = pathlib.Path(__file__).resolve().parents[2] / "tests" / "WCAG.md"
# https://www.w3.org/TR/WCAG22/ : 31 of level A (4.1.1 is no more), 24 of level AA.
A = """1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4
3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2""".split()
AA = """1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4
3.3.8 4.1.3""".split()


class TheTableOfWcag(unittest.TestCase):
    def test_has_every_criterion_of_both_levels_once(self):
        self.assertEqual((31, 24), (len(A), len(AA)))
        listed = [re.match(r"^(\d\.\d\.\d+) .*\((A{1,2})\)$", clause) for clause, *_ in rows(MAP.read_text(encoding="utf-8"))]
        self.assertEqual([], [one for one in listed if one is None])
        self.assertEqual(sorted([(one, "A") for one in A] + [(one, "AA") for one in AA]), sorted(one.groups() for one in listed))

    def test_says_how_each_is_met_and_names_only_tests_that_are_there(self):
        tests, runs = known(), suites()
        wrong = []
        for clause, how, shown in rows(MAP.read_text(encoding="utf-8")):
            names = NAMED.findall(shown)
            if len(how) < 12 or not names:
                wrong.append(f"{clause}: nothing says or shows it")
            wrong += [f"{clause}: {name}: {why}" for name in names if (why := trouble(name, tests, runs))]
        self.assertEqual([], wrong)


if __name__ == "__main__":
    unittest.main()
