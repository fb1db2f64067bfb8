// What the host tells the core. Values only; crosses the C interface as one JSON object {"type": ..., "at":
// ...}. The TypeScript types are generated from these (core/app/typescript.cc).
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/screen/node.h"

namespace machi::app {

// First event, once. `seed` is 32 bytes of the host's entropy, base64url.
struct Start {
  std::string seed;
  bool online = true;
  bool installed = false;  // runs as an installed app
  bool known = false;      // was registered in this browser before (a mark outside of the database)
  std::string language;    // the device's, BCP 47
  std::string link;        // fragment the page was opened with, without '#'
};
struct Act {
  screen::Action action;
};
// A link was opened, a QR code scanned or a code typed outside of a Scanner node.
struct Link {
  std::string text;
};
// Answer to an Http effect. status 0 = no answer (network). body = handle (0 = empty).
struct Answer {
  std::int64_t request = 0;
  std::int32_t status = 0;
  std::uint32_t body = 0;
};
// A piece of a streamed answer; the stream ends with an Answer.
struct Chunk {
  std::int64_t request = 0;
  std::uint32_t body = 0;
};
struct Tick {
  std::string timer;
};
struct Online {
  bool online = true;
};
struct Visible {
  bool visible = true;
};
// A catalogue that LoadWords asked for, as a .mo file; body 0 = it could not be had.
struct WordsLoaded {
  std::string language;
  std::uint32_t body = 0;
};
// The service worker posted an envelope while the app was closed: result as Answer's.
struct Posted {
  std::string id;
  std::int32_t status = 0;
  std::uint32_t body = 0;
};
// What the storage answered: "persistent", "best-effort", "refused".
struct Storage {
  std::string state;
};

// A file was chosen in a File node (action "open", value = its name), and read as text: body = a handle of
// UTF-8, with U+FFFD where the file could not be read; 0 = it is too large, or cannot be opened. encoding:
// what it was written in, as the Encoding Standard calls it ("utf-8", "shift_jis", "utf-16le"), or "mixed".
struct FileRead {
  screen::Action action;
  std::string encoding;
  std::uint32_t body = 0;
};

// A picture was chosen in a Photo node (action "photo"), and made small by the host: body = a handle of a
// JPEG without any data about where and when it was taken. Or why there is none: "not-picture", "heic" (this
// host cannot read it), "too-large", "unreadable".
struct PhotoRead {
  screen::Action action;
  std::string why;
  std::uint32_t body = 0;
};

// The PDF that MakePdf asked for; body 0 = it could not be made.
struct PdfMade {
  std::int64_t request = 0;
  std::uint32_t body = 0;
};

// This app is shown from now on, at this place; or it could not be (`failed`), and the one before stays.
struct Turned {
  std::string place;
  std::string language;
  bool failed = false;
};
// What the app beside this one said with Unread.
struct Beside {
  std::int32_t unread = 0;
  std::string urgent;
};

struct Event {
  std::int64_t at = 0;  // ms since 1970, UTC
  std::variant<Start, Act, Link, Answer, Chunk, Tick, Online, Visible, WordsLoaded, Posted, Storage, PdfMade,
               FileRead, PhotoRead, Turned, Beside>
      what;
};

}  // namespace machi::app
