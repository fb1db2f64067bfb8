#!/usr/bin/env python3
"""The phone's module carries a smaller SQLite (.dev/third_party/sqlite_small.c), the native tests the whole one: what was
left out must not stand in the SQL of the folders that a phone runs. Standard library only.
"""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PHONE = ("core/store/*.cc", "core/mail/*.cc", "core/absence/*.cc", "core/absence/citizen/*.cc", "core/household/*.cc",
         "core/household/citizen/*.cc", "core/shelter/plan_book.cc", "core/shelter/citizen/*.cc", "core/app/citizen*.cc", "core/app/*host*.cc", "core/app/notices.cc", "core/app/support.cc", "core/pages/*.cc", "core/support/citizen/*.cc", "core/parenting/citizen/*.cc",
         "core/notice/feed/*.cc", "core/notice/segment/*.cc", "core/notice/citizen/*.cc")
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"|R"(\w*)\((.*?)\)\1"', re.S)
COMMENT = re.compile(r"//[^\n]*")
LEFT_OUT = re.compile(
    r"\bCREATE\s+(?:TEMP\s+|TEMPORARY\s+)?(?:TRIGGER|VIEW|VIRTUAL)\b|\bALTER\s+TABLE\b|\bFOREIGN\s+KEY\b|\bREFERENCES\s+\w+\s*\("
    r"|\bGENERATED\s+ALWAYS\b|\bjsonb?_\w+\s*\(|\b(?:strftime|julianday|unixepoch|datetime|timediff)\s*\("
    r"|\bCURRENT_(?:TIME|DATE|TIMESTAMP)\b|\bANALYZE\b|\bEXPLAIN\s+(?:QUERY|SELECT)\b|\bREINDEX\b|\bpragma_\w+"
    r"|\bAUTOINCREMENT\b|\bATTACH\s+DATABASE\b|\bVACUUM\b|\bOVER\s*\(|\bCAST\s*\(|\b(?:LIKE|GLOB)\s+['?]|\b(?:min|max)\s*\([^()]*,"
    # Functions: the ones kept are in sqlite_small.c.
    r"|\b(?:abs|avg|changes|char|concat|format|glob|group_concat|hex|ifnull|instr|last_insert_rowid|like|lower|ltrim|octet_length|printf"
    r"|quote|random|randomblob|replace|round|rtrim|sign|string_agg|substr|substring|sum|total|total_changes|trim|typeof|unhex|unicode"
    r"|unistr|upper|zeroblob)\s*\(", re.IGNORECASE)
# Emptying a database is the desk's (a guest's session): the linker leaves it out of the phone's module.
THE_DESKS = {("core/store/database.cc", "VACUUM")}


def found(source):
    texts = "\n".join(match.group() for match in TEXT.finditer(COMMENT.sub("", source)))
    return [match.group() for match in LEFT_OUT.finditer(texts)]


class ThePhonesSql(unittest.TestCase):
    def test_asks_for_nothing_that_was_left_out(self):
        files = [path for pattern in PHONE for path in sorted(ROOT.glob(pattern))]
        self.assertGreater(len(files), 10)
        named = ((str(path.relative_to(ROOT)), word) for path in files for word in found(path.read_text(encoding="utf-8")))
        wrong = [one for one in named if one not in THE_DESKS]
        self.assertEqual([], wrong)

    def test_is_read_where_it_stands(self):
        self.assertEqual(["ALTER TABLE"], found('execute("ALTER TABLE a ADD COLUMN b");'))
        self.assertEqual(["alter table"], found('R"sql(\n  alter table a add column b;\n)sql"'))
        self.assertEqual(["REFERENCES b("], found('constexpr auto kTables = R"(CREATE TABLE a (c REFERENCES b(d)))";'))
        self.assertEqual(["json_extract("], found('prepare("SELECT json_extract(a, 1)"\n  " FROM b")'))
        self.assertEqual(["substr("], found('prepare("SELECT substr(a, 1) FROM b")'))
        self.assertEqual(["max(a,"], found('prepare("SELECT max(a, b) FROM c")'))
        self.assertEqual([], found('prepare("INSERT OR REPLACE INTO a (b) VALUES (max(c), count(*))")'))
        self.assertEqual([], found('// ALTER TABLE is not for phones\nprepare("SELECT a FROM b");'))


if __name__ == "__main__":
    unittest.main()
