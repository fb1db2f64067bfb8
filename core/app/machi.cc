// The C interface over one App. One thread a machi. What is refused is a return value or a Log effect;
// nothing throws.
#include "core/app/machi.h"

#include <algorithm>
#include <cstring>
#include <deque>

#include "core/app/app.h"
#include "core/app/event_json.h"
#include "core/screen/json.h"

namespace app = machi::app;
namespace base = machi::base;
namespace screen = machi::screen;

struct machi_core {
  app::Blobs blobs;
  std::unique_ptr<app::App> app;
  std::deque<app::Effect> effects;
  std::string text;  // what the last call returned
};

namespace {

constexpr std::size_t kChunk = 64 * 1024;
constexpr const char* kVersion = R"({"program":"0.1.0","interface":1})";

// Why the last machi_open of this thread failed, as a Log effect; told once.
thread_local std::string open_failure;
thread_local std::string told_failure;

base::Result<app::Config> read_config(const char* text) {
  MACHI_TRY_SET(json, screen::Json::parse(text == nullptr ? "" : text));
  app::Config config;
  const auto take = [&](std::string_view name, std::string& out) {
    const auto member = json.root().find(name);
    return !member || screen::read(*member, out);
  };
  const auto guest = json.root().find("guest");
  const auto pack = json.root().find("pack");
  if (!take("app", config.app) || !take("database", config.database) || !take("vfs", config.vfs) ||
      !take("hub", config.hub) || !take("site", config.site) || !take("channels", config.channels) ||
      (guest && !screen::read(*guest, config.guest)) || (pack && !pack->is_object()))
    return base::fail(base::Code::BadInput, "config");
  if (pack) config.pack = pack->source();
  return config;
}

base::Status open(const char* text, machi_core& m) {
  MACHI_TRY_SET(config, read_config(text));
  MACHI_TRY_SET(opened, app::open_app(config, m.blobs));
  m.app = std::move(opened);
  return {};
}

template <class Do>
void take_effects(machi_core& m, Do act) {
  std::vector<app::Effect> effects;
  act(effects);
  std::move(effects.begin(), effects.end(), std::back_inserter(m.effects));
}

}  // namespace

machi_core* machi_open(const char* config) {
  auto m = std::make_unique<machi_core>();
  const base::Status status = open(config, *m);
  if (status.ok()) return m.release();
  const std::string detail = std::string(base::code_name(status.code())) + ": " + status.error().detail;
  open_failure = app::to_json(app::Effect{app::Log{"open-refused", detail}});
  return nullptr;
}

int machi_send(machi_core* m, const char* event) {
  if (m == nullptr || event == nullptr) return -1;
  const auto read = app::event_from_json(event);
  if (!read.ok()) return -1;
  take_effects(*m, [&](std::vector<app::Effect>& out) { m->app->update(*read, out); });
  return 0;
}

void machi_rest(machi_core* m) {
  if (m != nullptr) take_effects(*m, [m](std::vector<app::Effect>& out) { m->app->rest(out); });
}

const char* machi_receive(machi_core* m) {
  if (m == nullptr) {
    told_failure = std::exchange(open_failure, {});
    return told_failure.empty() ? nullptr : told_failure.c_str();
  }
  if (m->effects.empty()) return nullptr;
  m->text = app::to_json(m->effects.front());
  m->effects.pop_front();
  return m->text.c_str();
}

const char* machi_view(machi_core* m) {
  if (m == nullptr) return nullptr;
  m->text.clear();  // and keeps its room
  screen::write(m->text, m->app->view());
  return m->text.c_str();
}

uint32_t machi_put(machi_core* m, uint32_t handle, const uint8_t* bytes, size_t n) {
  if (m == nullptr || n > kChunk || (bytes == nullptr && n > 0)) return 0;
  return m->blobs.append(handle, base::ByteView(bytes, n));
}

size_t machi_get(machi_core* m, uint32_t handle, size_t offset, uint8_t* out, size_t capacity) {
  if (m == nullptr) return 0;
  const base::ByteView held = m->blobs.get(handle);
  if (offset >= held.size()) return 0;
  const std::size_t rest = held.size() - offset;
  if (out != nullptr && capacity > 0)
    std::memcpy(out, held.data() + offset, std::min({rest, capacity, kChunk}));
  return rest;
}

void machi_drop(machi_core* m, uint32_t handle) {
  if (m != nullptr) m->blobs.drop(handle);
}

void machi_close(machi_core* m) {
  machi_rest(m);
  delete m;
}

uint32_t machi_picture(machi_core* m, const char* id) {
  if (m == nullptr || id == nullptr) return 0;
  base::Bytes bytes = m->app->picture(id);
  return bytes.empty() ? 0 : m->blobs.put(std::move(bytes));
}

const char* machi_version(void) { return kVersion; }
