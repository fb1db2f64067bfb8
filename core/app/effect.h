// What the core asks of the host. Values only; crosses the C interface as one JSON object {"type": ...}.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace machi::app {

struct Header {
  std::string name;
  std::string value;
};
// Ask the network ("push:" asks the browser itself: core/notice/citizen/push_screen.h). The host answers with
// Answer (and Chunk before it, when stream). body = handle, 0 = none;
// the host drops the handle when it has read it.
struct Http {
  std::int64_t request = 0;
  std::string method;
  std::string url;
  std::vector<Header> headers;
  std::uint32_t body = 0;
  bool stream = false;
  std::int32_t timeout_ms = 0;
};
struct CancelHttp {
  std::int64_t request = 0;
};
// Answer with Tick after ms. A timer of the same name replaces the one before.
struct Timer {
  std::string timer;
  std::int32_t ms = 0;
};
// The screen changed: ask for machi_view.
struct Render {};
struct LoadWords {
  std::string language;
};
// A sealed envelope also waits outside, for the service worker (DESIGN.md, Decided details). body = handle.
struct KeepForSync {
  std::string id;
  std::string url;
  std::uint32_t body = 0;
};
struct ForgetForSync {
  std::string id;
};
// Ask the browser to keep the storage; answered with Storage.
struct Persist {};
// The person wants to use this device for today only: nothing of the app stays in its storage, and the app is
// opened anew as a guest's (Config::guest).
struct BeGuest {};
// A moment worth a sound or a tremble: "new-row", "sent".
struct Signal {
  std::string kind;
};
// Give the person a file to keep, under this name. body = handle; the host drops it.
struct SaveFile {
  std::string name;
  std::string media_type;
  std::uint32_t body = 0;
};
// Print what the screen shows, as the browser prints a page.
struct Print {};
// Draw the symbol of this text with these lines below it, and give it to the person as a picture (PNG).
struct SavePicture {
  std::string name;
  std::string symbol;
  std::vector<std::string> lines;
};
// Draw a document as PDF (core/screen/paper.h; body = handle of its JSON). The host answers with PdfMade.
struct MakePdf {
  std::int64_t request = 0;
  std::uint32_t body = 0;
};
// An event of the log table; never a person's data.
struct Log {
  std::string event;
  std::string detail;
};

// Show the other app of this phone, which is loaded when it is not there yet; its host tells it with Turned.
struct OpenApp {
  std::string app;    // "citizen" | "notices" | "support"
  std::string place;  // "home", "history", "language"
  std::string language;
};
// How many notices wait to be read, and the title of an emergency's among them; for the app beside this one.
struct Unread {
  std::int32_t count = 0;
  std::string urgent;
};
// The machine's own way of handing a text on.
struct Share {
  std::string title;
  std::string text;
};
// Read aloud; "" ends it.
struct Speak {
  std::string text;
  std::string language;
};

struct Effect {
  std::variant<Http, CancelHttp, Timer, Render, LoadWords, KeepForSync, ForgetForSync, Persist, BeGuest,
               Signal, SaveFile, Print, SavePicture, MakePdf, OpenApp, Unread, Share, Speak, Log>
      what;
};

}  // namespace machi::app
