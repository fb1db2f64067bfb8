#!/usr/bin/env python3
"""The rule of the house, read from every #include in core, platform, kiosk and wasm.

Dependencies run one way: base <- crypto, code, store, words, screen <- mail, household, rules <- pages <- services <-
app <- wasm, kiosk, mobile, platform. A service never includes another one; each third-party library is included from one
folder only; the core includes nothing of an operating system, and asks no clock and no dice. Links between libraries
alone would not hold this, as every library sees the whole repository. Standard library only; run it by itself, or by
`./dev test house`.
"""
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOP = ("core", "platform", "kiosk", "wasm")
SOURCES = {".h", ".hpp", ".c", ".cc", ".cpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

# The floors, from the ground. A folder of core that is not named is a service.
FLOORS = (("base",), ("crypto", "code", "store", "words", "screen"), ("mail", "household", "rules"), ("pages",), "services", ("app",))
SERVICES, HOSTS = 4, 6
# On one floor nothing includes its neighbour, except: COSE signs, so code stands on crypto.
NEIGHBOURS = {("core/code", "core/crypto")}
# Above the core: which folder of platform may include which.
PLATFORM = {"host": (), "hub": ("host",), "site": ("host",), "channels": ("host",), "clerk": ("host",), "kiosk": ("host",), "town": ("host", "hub"),
            "machi": ("host", "hub", "site", "channels", "clerk", "kiosk", "town")}
# The kiosk's program stands on the devices and on their host.
KIOSK = ("platform/host", "platform/kiosk")

# A phone's module carries no desk, and a desk's no family's side: the rooms of a service never include each other, and
# the file of an app only its own. What both need lies in the service's folder itself.
ROOMS = (("core/absence/citizen/", "core/absence/desk/"), ("core/absence/desk/", "core/absence/citizen/"),
         ("core/notice/citizen/", "core/notice/desk/"), ("core/notice/desk/", "core/notice/citizen/"),
         ("core/app/citizen", "core/notice/desk/"), ("core/app/notices", "core/notice/desk/"), ("core/app/notices", "core/mail/client"), ("core/app/support", "core/mail/client"),
         ("core/support/citizen/", "core/support/desk/"), ("core/support/desk/", "core/support/citizen/"), ("core/app/desk", "core/support/citizen/"), ("core/app/support", "core/support/desk/"),
         ("core/notice/citizen/", "core/mail/client"), ("core/app/desk", "core/notice/citizen/"), ("core/app/citizen", "core/absence/desk/"), ("core/app/desk", "core/absence/citizen/"))

# Third-party headers (a name, or a folder with its slash) and the folders that may include them.
THIRD_PARTY = {
    "sqlite3.h": ("core/store",),
    "sodium.h": ("core/crypto",), "sodium/": ("core/crypto",),
    "cbor.h": ("core/code",), "cbor/": ("core/code",), "zlib.h": ("core/code",), "ZXing/": ("core/code",),
    "nlohmann/": ("platform",),
    "boost/": ("platform",), "CLI/": ("platform/machi",), "brotli/": ("platform",),
    "openssl/": ("platform/host",), "expat.h": ("platform/host",), "curl/": ("platform/host",), "libpq-fe.h": ("platform/hub",),
    "winscard.h": ("platform/host",), "cups/": ("platform/host",), "png.h": ("platform/machi", "kiosk"), "jpeglib.h": ("platform/machi",),
    "cairo.h": ("platform/clerk",), "cairo-ft.h": ("platform/clerk",), "cairo-pdf.h": ("platform/clerk",), "hb.h": ("platform/clerk", "kiosk"), "hb-ot.h": ("platform/clerk",), "hb-ft.h": ("kiosk",), "hb-subset.h": ("kiosk",), "qpdf/": ("platform/clerk",),
    "emscripten.h": ("wasm",), "emscripten/": ("wasm", "kiosk"),
    "imgui.h": ("kiosk",), "imgui_": ("kiosk",), "SDL.h": ("kiosk",), "SDL2/": ("kiosk",), "GLES3/": ("kiosk",),
    "gtest/": (), "gmock/": (),
}

# All that the core may take from the standard library: what computes. Not here: threads, files, streams, clocks, dice.
PURE = set("""algorithm any array bit bitset cassert cctype cerrno cfloat charconv cinttypes climits cmath compare
concepts cstdarg cstddef cstdint cstdio cstdlib cstring deque exception forward_list functional initializer_list iterator
limits list locale map memory memory_resource new numbers numeric optional queue ranges ratio set source_location span
stack stddef.h stdexcept stdint.h string string_view tuple type_traits typeinfo typeindex unordered_map unordered_set
utility valarray variant vector version""".split())
# <chrono> for durations and calendars, but nobody in the core reads a clock.
PURE.add("chrono")
IMPURE_WORDS = re.compile(
    r"\b(?:system_clock|steady_clock|high_resolution_clock|random_device|getenv|fopen|std::time|gettimeofday|clock_gettime)\b")
LINE_COMMENT = re.compile(r"//.*$")


def folder_of(path):
    """'core/mail/typ.h' -> 'core/mail'; 'wasm/scanner.cc' -> 'wasm'."""
    parts = pathlib.PurePosixPath(path).parts
    if parts[0] in ("core", "platform") and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0]


def floor_of(folder):
    if not folder.startswith("core/"):
        return HOSTS
    name = folder.split("/")[1]
    for number, names in enumerate(FLOORS):
        if number != SERVICES and name in names:
            return number
    return SERVICES


def may_include(user, used):
    """Why folder `user` must not include folder `used`, or None."""
    if user == used:
        return None
    if used not in TOP and used.split("/")[0] not in TOP:
        return f"{used} is no part of the product"
    here, there = floor_of(user), floor_of(used)
    if there == HOSTS:
        if user.startswith("platform/") and used.startswith("platform/"):
            if used.split("/")[1] in PLATFORM.get(user.split("/")[1], ()):
                return None
        if user == "kiosk" and used in KIOSK:
            return None
        return f"{user} must not know {used}"
    if there > here:
        return f"{used} lies above {user}"
    if there == here and (user, used) not in NEIGHBOURS:
        kind = "services never include each other: what two need goes down a floor" if here == SERVICES else "neighbours on one floor"
        return f"{user} and {used}: {kind}"
    return None


def wrong_room(path, header):
    """Why a file must not include one of another room, or None."""
    for user, used in ROOMS:
        if path.startswith(user) and header.startswith(used):
            return f"{used} is another room: what both need goes to {'/'.join(used.split('/')[:2])}"
    return None


def allowed_third_party(header):
    for name, folders in THIRD_PARTY.items():
        if header == name or (name[-1] in "/_" and header.startswith(name)):
            return folders
    return None


def violations_of(path, text, root):
    """The broken rules of one file, as 'path:line: sentence'."""
    found = []
    folder = folder_of(path)
    in_core = folder.startswith("core/") or folder == "core"
    for number, line in enumerate(text.splitlines(), 1):
        def report(sentence, number=number):
            found.append(f"{path}:{number}: {sentence}")
        match = INCLUDE.match(line)
        if match:
            form, header = match.groups()
            third = allowed_third_party(header)
            if third is not None:
                if not any(folder == f or folder.startswith(f + "/") for f in third):
                    report(f"<{header}> belongs to {', '.join(third) or 'tests'} alone")
            elif form == '"':
                if not header.startswith(tuple(t + "/" for t in TOP)):
                    report(f'"{header}": our own headers are named from the root of the repository')
                else:
                    why = may_include(folder, folder_of(header)) or wrong_room(path, header)
                    if why:
                        report(f'"{header}": {why}')
                    elif not (root / header).is_file():
                        report(f'"{header}" does not exist')
            elif in_core and header not in PURE:
                report(f"<{header}>: the core does no input or output, and knows no operating system")
        elif in_core:
            word = IMPURE_WORDS.search(LINE_COMMENT.sub("", line))
            if word:
                report(f"{word.group()}: time and randomness come to the core as events")
    return found


def sources(root):
    for top in TOP:
        for path in sorted((root / top).rglob("*")):
            if path.suffix in SOURCES and path.is_file() and "node_modules" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def violations(root):
    found = []
    for path, text in sources(root):
        found += violations_of(path, text, root)
    return found


class TheHouse(unittest.TestCase):
    def test_dependencies_run_one_way(self):
        self.assertGreater(len(list(sources(ROOT))), 0, "no sources were found")
        found = violations(ROOT)
        self.assertEqual([], found, "\n" + "\n".join(found))


class TheTest(unittest.TestCase):
    """A planted violation is caught: otherwise the test above proves nothing."""

    def check(self, path, line, expected):
        with tempfile.TemporaryDirectory() as name:
            root = pathlib.Path(name)
            for header in ("core/base/result.h", "core/crypto/keys.h", "core/store/database.h", "core/mail/client.h",
                           "core/absence/desk/roll/roll.h", "core/shelter/stay.h", "core/app/app.h", "platform/host/file.h", "platform/kiosk/devices.h",
                           "platform/hub/routes.h", "wasm/slots.h"):
                (root / header).parent.mkdir(parents=True, exist_ok=True)
                (root / header).write_text("#pragma once\n")
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"// A file.\n{line}\n")
            found = violations(root)
        if expected is None:
            self.assertEqual([], found)
        else:
            self.assertEqual(1, len(found), found)
            self.assertIn(expected, found[0])
            self.assertTrue(found[0].startswith(f"{path}:2:"), found[0])

    def test_a_folder_includes_nothing_above_it(self):
        self.check("core/base/bad.cc", '#include "core/mail/client.h"', "lies above")
        self.check("core/mail/bad.cc", '#include "core/absence/desk/roll/roll.h"', "lies above")
        self.check("core/absence/bad.cc", '#include "core/app/app.h"', "lies above")
        self.check("core/app/bad.cc", '#include "platform/host/file.h"', "must not know")
        self.check("core/app/bad.cc", '  #  include "wasm/slots.h"', "must not know")

    def test_services_never_include_each_other(self):
        self.check("core/absence/bad.h", '#include "core/shelter/stay.h"', "services never include each other")

    def test_the_rooms_of_a_service_stay_apart(self):
        self.check("core/absence/citizen/bad.cc", '#include "core/absence/desk/roll/roll.h"', "another room")
        self.check("core/app/citizen_bad.cc", '#include "core/absence/desk/roll/roll.h"', "another room")
        self.check("core/app/desk.cc", '#include "core/absence/desk/roll/roll.h"', None)

    def test_neighbours_on_a_floor_stay_apart(self):
        self.check("core/words/bad.cc", '#include "core/store/database.h"', "neighbours")
        self.check("core/code/good.cc", '#include "core/crypto/keys.h"', None)

    def test_the_hosts_stay_apart(self):
        self.check("platform/host/bad.cc", '#include "platform/hub/routes.h"', "must not know")
        self.check("platform/hub/good.cc", '#include "platform/host/file.h"', None)
        self.check("kiosk/bad.cc", '#include "wasm/slots.h"', "must not know")
        self.check("kiosk/bad.cc", '#include "platform/hub/routes.h"', "must not know")
        self.check("kiosk/good.cc", '#include "platform/kiosk/devices.h"', None)
        self.check("wasm/good.cc", '#include "core/app/app.h"', None)

    def test_a_library_belongs_to_one_folder(self):
        self.check("core/mail/bad.cc", "#include <sqlite3.h>", "core/store alone")
        self.check("core/mail/bad.cc", '#include "sodium.h"', "core/crypto alone")
        self.check("core/base/bad.cc", "#include <boost/beast.hpp>", "platform alone")
        self.check("wasm/bad.cc", "#include <ZXing/ReadBarcode.h>", "core/code alone")
        self.check("platform/hub/bad.cc", "#include <gtest/gtest.h>", "tests alone")
        self.check("platform/hub/good.cc", "#include <boost/beast.hpp>", None)

    def test_the_core_knows_no_operating_system(self):
        for header in ("unistd.h", "sys/socket.h", "thread", "fstream", "filesystem", "iostream", "mutex", "random"):
            self.check("core/store/bad.cc", f"#include <{header}>", "no input or output")
        self.check("platform/host/good.cc", "#include <unistd.h>", None)

    def test_the_core_asks_no_clock_and_no_dice(self):
        self.check("core/base/bad.cc", "auto now = std::chrono::system_clock::now();", "come to the core as events")
        self.check("core/base/bad.cc", "std::random_device dice;", "come to the core as events")
        self.check("core/base/good.cc", "// not a system_clock", None)

    def test_our_headers_are_named_from_the_root_and_exist(self):
        self.check("core/base/bad.cc", '#include "result.h"', "from the root")
        self.check("core/base/bad.cc", '#include "../base/result.h"', "from the root")
        self.check("core/base/bad.cc", '#include "core/base/gone.h"', "does not exist")
        self.check("core/base/good.cc", '#include "core/base/result.h"', None)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
