#!/usr/bin/env python3
"""No child's name or illness on a locked screen: the browser's part sets no badge and no media title, and what the core may
ask of the machine to draw attention with carries no words. It raises one kind of notification, of the town's notices: a
sentence of four that name a topic (wasm/src/service/push.ts), which has nothing else to say. Standard library only.
"""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHOWN = re.compile(r"\bshowNotification\b|\bnew\s+Notification\b|\bNotification\.requestPermission\b|\bpushManager\b|\bsetAppBadge\b|\bMediaMetadata\b")
# Who may, and what: the town's notices by topic.
ALLOWED = {("wasm/src/page/main.ts", "Notification.requestPermission"), ("wasm/src/service/push.ts", "pushManager"),
           ("wasm/src/service/push.ts", "showNotification")}
SIGNAL = re.compile(r"struct Signal \{(.*?)\};", re.S)


def found(source):
    return SHOWN.findall(re.sub(r"//[^\n]*|/\*.*?\*/", "", source, flags=re.S))


class ALockedScreen(unittest.TestCase):
    def test_shows_nothing(self):
        files = [path for path in (ROOT / "wasm").rglob("*") if path.suffix in (".ts", ".mjs", ".js", ".html", ".cc")
                 and not {"node_modules", "build"} & set(path.parts)]
        self.assertGreater(len(files), 10)
        named = [(str(path.relative_to(ROOT)), what) for path in files for what in found(path.read_text(encoding="utf-8"))]
        self.assertEqual([], [one for one in named if one not in ALLOWED])

    def test_a_notification_has_nothing_to_say_but_a_topic(self):
        worker = (ROOT / "wasm/src/service/push.ts").read_text(encoding="utf-8")
        self.assertEqual(1, worker.count("showNotification"))
        self.assertEqual([], re.findall(r"^import .*", worker, re.M), "no store, no outbox")
        self.assertNotIn("indexedDB", worker)
        # What the app leaves there: sentences of these keys, and a topic's name in them.
        screen = (ROOT / "core/notice/citizen/push_screen.cc").read_text(encoding="utf-8")
        left = re.search(r"PushScreen::words_of\(.*?\n}\n", screen, re.S).group()
        self.assertEqual({"notice.title", "notice.push.topic.", "notice.push.said"}, set(re.findall(r'"(notice\.[a-z.]+)"', left)))
        self.assertNotIn("profile", left)

    def test_signals_have_a_kind_and_nothing_else(self):
        signal = SIGNAL.search((ROOT / "core" / "app" / "effect.h").read_text(encoding="utf-8"))
        members = re.findall(r"^\s*[\w:<>]+ (\w+)", re.sub(r"//[^\n]*", "", signal.group(1)), re.M)
        self.assertEqual(["kind"], [name for name in members if name != "kFields"])

    def test_a_planted_one_is_found(self):
        self.assertEqual(["showNotification"], found("registration.showNotification(name);"))
        self.assertEqual([], found("// showNotification would say the name\nplay();"))


if __name__ == "__main__":
    unittest.main()
