#!/usr/bin/env python3
"""tests/SHELTER.md says which test or bench shows each clause of shelters: whatever it names is there, every part of the order has
its part, and what nothing shows is said. Standard library only."""
import pathlib
import re
import unittest

from absence_map_test import NAMED, known, rows, suites, trouble

MAP = pathlib.Path(__file__).resolve().parents[2] / "tests" / "SHELTER.md"


class TheMapOfShelters(unittest.TestCase):
    def test_names_only_tests_that_are_there(self):
        tests, runs = known(), suites()
        listed = rows(MAP.read_text(encoding="utf-8"))
        self.assertGreater(len(listed), 60)
        wrong = []
        for clause, *shown in listed:
            names = NAMED.findall(" ".join(shown))
            if not names:
                wrong.append(f"{clause}: nothing shows it")
            wrong += [f"{clause}: {name}: {why}" for name in names if (why := trouble(name, tests, runs))]
        self.assertEqual([], wrong)

    def test_speaks_of_every_part_of_the_order(self):
        parts = re.findall(r"^## (.*)$", MAP.read_text(encoding="utf-8"), re.M)
        self.assertEqual(["Household", "Household pass", "Reception desk", "Without a network", "Self check-in", "Headquarters", "Safety", "Scanner",
                          "The hub for a city", "Command line", "Speed", "Bad input", "How it is proved", "What nothing shows"], parts)


if __name__ == "__main__":
    unittest.main()
