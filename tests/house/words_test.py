#!/usr/bin/env python3
"""The catalogues as files, assets/words/*.po: one for each language of core/words, every one whole.

What tests/unit/words asks of the compiled catalogues, this asks of their sources, and with them of the sentences that
the browser's page says by itself ("page.…"), which the core's catalogues do not carry: the same keys in every language,
the right number of plural forms, the same arguments, nothing left in English, and a header that says whether somebody
who grew up with the language has read it. Standard library only; run it by itself, or by `./dev test house`.
"""
import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assets/words"
# Sentences that are the same in English, because the words are.
SAME = set()


def read(path):
    """{key: (forms, plural)} of a .po file; the header under ""."""
    entries, key, twice = {}, None, []
    for line in path.read_text(encoding="utf-8").split("\n"):
        found = re.fullmatch(r'(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")', line)
        if found and found[1] == "msgid":
            key = json.loads(found[2])
            if key in entries:
                twice.append(key)
            entries[key] = ([], False)
        elif found and found[1] == "msgid_plural":
            entries[key] = ([], True)
        elif found:
            entries[key][0].append(json.loads(found[2]))
        elif line.startswith('"') and entries[key][0]:
            entries[key][0][-1] += json.loads(line)
    return entries, twice


def arguments(forms):
    return set(re.findall(r"\{([a-z_0-9]+)\}", " ".join(forms)))


class Catalogues(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = {path.stem: read(path) for path in sorted(FOLDER.glob("*.po"))}
        cls.japanese = cls.files["ja"][0]
        cls.english = cls.files["en"][0]

    def page(self, entries):
        return {key: value for key, value in entries.items() if key.startswith("page.")}

    def test_there_is_one_for_every_language_of_the_product(self):
        source = (ROOT / "core/words/words.cc").read_text(encoding="utf-8")
        table = source[source.index("languages() {"):]
        table = table[:table.index("return all")]
        self.assertEqual(sorted(re.findall(r'\{"([A-Za-z-]+)",', table)), sorted(self.files))

    def test_no_key_stands_twice(self):
        self.assertEqual({tag: twice for tag, (_, twice) in self.files.items() if twice}, {})

    def test_the_page_has_the_same_sentences_in_every_language(self):
        keys = set(self.page(self.japanese))
        self.assertGreater(len(keys), 20)
        for tag, (entries, _) in self.files.items():
            self.assertEqual(set(self.page(entries)), keys, tag)

    def test_every_sentence_has_its_forms_and_arguments(self):
        for tag, (entries, _) in self.files.items():
            header = entries[""][0][0]
            forms = int(re.search(r"nplurals=(\d)", header)[1])
            for key, (own, plural) in self.page(entries).items():
                self.assertEqual(plural, self.japanese[key][1], f"{tag} {key}")
                self.assertEqual(len(own), forms if plural else 1, f"{tag} {key}")
                for one in own:
                    self.assertTrue(one.strip() == one != "", f"{tag} {key}")
                    if not plural:
                        self.assertEqual(arguments([one]), arguments(self.japanese[key][0]), f"{tag} {key}")

    def test_nothing_is_left_in_english(self):
        for tag, (entries, _) in self.files.items():
            for key, (own, _) in self.page(entries).items():
                if tag != "en" and (tag, key) not in SAME:
                    self.assertFalse(set(own) & set(self.english[key][0]), f"{tag} {key}: {own}")

    def test_the_page_asks_for_every_sentence_that_there_is(self):
        source = (ROOT / "wasm/src/presenter/words.ts").read_text(encoding="utf-8")
        asked = {"page." + key for key in re.findall(r"say\('([a-z0-9.-]+)'\)|entries\['([a-z0-9.-]+)'\]", source) for key in key if key}
        self.assertEqual(asked, set(self.page(self.japanese)))

    def test_each_says_whether_somebody_of_the_language_has_read_it(self):
        for tag, (entries, _) in self.files.items():
            header = entries[""][0][0]
            self.assertRegex(header, r"(?m)^X-Reviewed: (yes|no)$", tag)
            self.assertIn(f"Language: {tag}\n", header)
            if "X-Reviewed: no" in header and tag not in ("ja", "ja-x-easy", "en"):
                self.assertIn("Not reviewed", (FOLDER / f"{tag}.po").read_text(encoding="utf-8").split("\n")[0], tag)


if __name__ == "__main__":
    unittest.main()
