// A line is a word and what it is about, apart by spaces.
#include "kiosk/main/control.h"

#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "core/screen/json.h"
#include "kiosk/window/png.h"

namespace machi::kiosk {
namespace {

constexpr std::size_t kLongest = 4096;
constexpr const char* kDone = "{\"done\":true}";
constexpr const char* kUnknown =
    "{\"trouble\":\"screen, tree, press NODE, choose NODE VALUE..., key N, touch X Y (thousandths), picture "
    "FILE\"}";

const screen::Node* find(const std::vector<screen::Node>& among, const std::string& id) {
  for (const screen::Node& node : among) {
    if (node.id == id) return &node;
    if (const screen::Node* inside = find(node.children, id)) return inside;
  }
  return nullptr;
}

const screen::Node* find(const screen::Screen& shown, const std::string& id) {
  for (const auto* region : {&shown.bar, &shown.rail, &shown.main, &shown.foot})
    if (const screen::Node* node = find(*region, id)) return node;
  return nullptr;
}

}  // namespace

Control::Control(Window& window, bool offscreen) : window_(window), offscreen_(offscreen) {
  if (pipe(end_) != 0) std::abort();
  thread_ = std::thread([this] { listen(); });
}

Control::~Control() {
  if (write(end_[1], "", 1) < 0) std::abort();
  thread_.join();
  close(end_[0]);
  close(end_[1]);
}

void Control::listen() {
  std::string buffer;
  for (;;) {
    pollfd waiting[2] = {{0, POLLIN, 0}, {end_[0], POLLIN, 0}};
    if (poll(waiting, 2, -1) < 0) continue;
    if (waiting[1].revents != 0) return;
    char piece[512];
    const auto got = read(0, piece, sizeof piece);
    const std::lock_guard hold(mutex_);
    if (got <= 0 || buffer.size() > kLongest) {
      gone_ = true;
      window_.wake();
      return;
    }
    buffer.append(piece, static_cast<std::size_t>(got));
    for (auto end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n')) {
      lines_.push_back(buffer.substr(0, end));
      buffer.erase(0, end + 1);
    }
    window_.wake();
  }
}

bool Control::obey(Presenter& presenter, Host& host) {
  for (;;) {
    std::string line;
    {
      const std::lock_guard hold(mutex_);
      if (lines_.empty()) return !gone_;
      line = std::move(lines_.front());
      lines_.pop_front();
    }
    std::puts(answer(line, presenter, host).c_str());
    std::fflush(stdout);
  }
}

std::string Control::answer(const std::string& line, Presenter& presenter, Host& host) {
  std::istringstream in(line);
  std::string word;
  std::string node;
  in >> word;
  const screen::Screen& shown = host.app().view();
  if (word == "tree") return screen::to_json(shown);
  if (word == "screen") {
    std::string out = "{\"screen\":";
    screen::write_text(out, shown.name);
    out += ",\"title\":";
    screen::write_text(out, shown.title);
    return out + ",\"offscreen\":" + (offscreen_ ? "true" : "false") + "}";
  }
  if (word == "press" || word == "choose") {
    in >> node;
    const screen::Node* target = find(shown, node);
    if (target == nullptr || target->disabled) return "{\"trouble\":\"nothing of that name can be touched\"}";
    screen::Action action;
    action.screen = shown.name;
    action.revision = shown.revision;
    action.node = node;
    action.version = target->version;
    action.action = word;
    for (std::string value; in >> value;) action.values.push_back(value);
    if (!action.values.empty()) action.value = action.values.front();
    host.act(action);
    return kDone;
  }
  int x = -1;
  int y = -1;
  if (word == "key" && in >> x && x >= 1 && x <= 12) return host.function_key(x), kDone;
  if (word == "touch" && in >> x >> y && x >= 0 && x <= 1000 && y >= 0 && y <= 1000) {
    const float at_x = static_cast<float>(x) * static_cast<float>(window_.width()) / 1000;
    const float at_y = static_cast<float>(y) * static_cast<float>(window_.height()) / 1000;
    presenter.touch(at_x, at_y);
    presenter.release(at_x, at_y);
    return kDone;
  }
  if (word == "picture" && in >> node) {
    window_.draw(presenter, true);
    return write_png(window_.pixels(), node).ok() ? kDone : "{\"trouble\":\"it cannot be written\"}";
  }
  return kUnknown;
}

}  // namespace machi::kiosk
