"""A hub's numbers, read by a parser that others keep. MACHI_BIN names the program; ./run sets both up."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

MACHI = os.environ["MACHI_BIN"]
TYPES = {
    "machi_hub_requests": "counter",
    "machi_hub_commit_batch_size": "histogram",
    "machi_hub_fsync_seconds": "histogram",
    "machi_hub_streams_open": "gauge",
    "machi_hub_requests_waiting": "gauge",
    "machi_hub_store_bytes": "gauge",
    "machi_hub_rates_refused": "counter",
    "machi_hub_puzzle_bits": "gauge",
    "machi_hub_messages_forgotten": "counter",
    "process_cpu_seconds": "counter",
    "process_resident_memory_bytes": "gauge",
}


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.folder.name)
        subprocess.run([MACHI, "sample", str(root / "town")], check=True, stdout=subprocess.DEVNULL)
        out = open(root / "out", "w+")
        cls.hub = subprocess.Popen(
            [MACHI, "hub", "serve", "--town", str(root / "town"), "--port", "0", "--metrics", "0", "--quiet"], stdout=out)
        for _ in range(200):
            try:
                said = json.loads((root / "out").read_text())
                break
            except json.JSONDecodeError:
                time.sleep(0.05)
        out.close()
        cls.hub_url = f"http://127.0.0.1:{said['port']}"
        cls.url = f"http://127.0.0.1:{said['metrics']}/metrics"

    @classmethod
    def tearDownClass(cls):
        cls.hub.terminate()
        cls.hub.wait(20)
        cls.folder.cleanup()

    def scrape(self):
        with urllib.request.urlopen(self.url) as answer:
            self.assertEqual(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
            return answer.read().decode()

    def families(self):
        return {family.name: family for family in text_string_to_metric_families(self.scrape())}

    def ask(self, path, body=None):
        try:
            urllib.request.urlopen(urllib.request.Request(self.hub_url + path, data=body)).read()
        except urllib.error.HTTPError as error:
            error.read()

    def test_are_families_of_the_types_that_are_documented(self):
        families = self.families()
        self.assertEqual({name: family.type for name, family in families.items()}, TYPES)
        for family in families.values():
            self.assertTrue(family.documentation, family.name)

    def test_count_requests_by_route_and_code(self):
        def counts():
            return {(s.labels["route"], s.labels["code"]): s.value for s in self.families()["machi_hub_requests"].samples}
        before = counts()
        for _ in range(3):
            self.ask("/v1/hub")
        self.ask("/tanaka/hanako?secret=1")
        self.ask("/v1/post", b"no envelope")
        after = counts()
        self.assertEqual(after[("hub", "200")] - before.get(("hub", "200"), 0), 3)
        self.assertEqual(after[("unknown", "404")] - before.get(("unknown", "404"), 0), 1)
        self.assertEqual(after[("post", "400")] - before.get(("post", "400"), 0), 1)

    def test_histograms_only_rise_and_end_in_the_count(self):
        for name in ("machi_hub_commit_batch_size", "machi_hub_fsync_seconds"):
            samples = self.families()[name].samples
            buckets = [s for s in samples if s.name == name + "_bucket"]
            self.assertEqual(buckets[-1].labels["le"], "+Inf")
            values = [s.value for s in buckets]
            self.assertEqual(values, sorted(values))
            self.assertEqual(values[-1], next(s.value for s in samples if s.name == name + "_count"))

    def test_tell_of_no_mailbox_key_or_address(self):
        self.ask("/v1/post", b"no envelope")
        text = self.scrape()
        self.assertNotIn("tanaka", text)
        self.assertNotIn("127.0.0.1", text)
        self.assertIsNone(re.search(r"[0-9a-f]{16}", text))
        labels = {label for f in text_string_to_metric_families(text) for s in f.samples for label in s.labels}
        self.assertEqual(labels, {"route", "code", "le", "rate"})

    def test_answer_nothing_but_metrics(self):
        with self.assertRaises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(self.url + "x")
        self.assertEqual(raised.exception.code, 404)
        raised.exception.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
