// App: one of the apps as a pure state machine, and what it is opened with. One thread; no I/O but SQLite.
// update() takes what happened and appends what the host shall do; view() is the whole screen, drawn once an
// event. The same events in the same order give the same effects and screens: randomness and time come in
// with the events.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/app/effect.h"
#include "core/app/event.h"
#include "core/base/bytes.h"

namespace machi::app {

// Byte strings that cross the C interface by handle; 0 is never a handle. Owned by the shell
// (core/app/machi.cc, tests). An app reads the bodies of Answer, Chunk, WordsLoaded and Posted, writes those
// of Http and KeepForSync, and drops what it has read; the host drops what it was given.
class Blobs {
 public:
  static constexpr std::size_t kLimit = 4u << 20;  // bytes in one handle

  std::uint32_t put(base::Bytes bytes);  // a new handle; 0 past the limit
  // Appends; handle 0 makes a new one. The handle, or 0 when it would grow past the limit or there is no such
  // handle.
  std::uint32_t append(std::uint32_t handle, base::ByteView bytes);
  base::ByteView get(std::uint32_t handle) const;  // empty when there is none
  base::Bytes take(std::uint32_t handle);          // reads and drops
  void drop(std::uint32_t handle);
  std::size_t count() const { return held_.size(); }

 private:
  std::map<std::uint32_t, base::Bytes> held_;
  std::uint32_t last_ = 0;
};

struct Config {
  std::string app;  // "citizen" | "desk" | "notices" | "support"
  std::string database = ":memory:";
  std::string vfs;            // "" = the default
  std::string pack;           // the town pack, as JSON text
  std::string hub;            // origin, without a slash at the end
  std::string site;           // origin that the app is served from
  std::string channels = {};  // origin of the town's channels (push, counts); "" = it has none
  bool guest = false;         // the desk of a guest: everything in memory, let in for a time by another desk
};

class App {
 public:
  virtual ~App() = default;
  virtual void update(const Event& event, std::vector<Effect>& out) = 0;
  // What may wait until the person has the screen: writing down a draft. The host calls it once it has shown
  // the screen, and carries out what it gives; the next update() begins with it where a host did not.
  virtual void rest(std::vector<Effect>&) {}
  // The screen; good until the next event.
  const screen::Screen& view() {
    if (!drawn_) drawn_ = draw();
    return *drawn_;
  }
  // The same, drawn anew. Changes nothing.
  virtual screen::Screen draw() const = 0;
  // The picture of a Photo node, by its value; empty when it is not here.
  virtual base::Bytes picture(const std::string& id) = 0;

 protected:
  // What view() has shown. Whoever changes anything that is seen resets it.
  std::optional<screen::Screen> drawn_;
};

// Opens the app that the config names. BadInput for another name or a broken pack, Storage when the database
// refuses.
base::Result<std::unique_ptr<App>> open_app(const Config& config, Blobs& blobs);

}  // namespace machi::app
