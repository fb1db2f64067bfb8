// What every screen of the kiosk has around it, and what the voice makes of a screen. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;

Node toggle(std::string id, std::string name, bool on, Icon icon) {
  Node out = screen::button(std::move(id), std::move(name), Importance::Tertiary, icon);
  if (on) out.state = screen::State::Current;
  return out;
}

Nodes access_bar(const Scene& scene, bool bare) {
  const auto& w = scene.words;
  const Manner& manner = scene.manner;
  Nodes out;
  out.push_back(
      toggle("voice", manner.voice ? w("kiosk.bar.quiet") : w("kiosk.bar.voice"), manner.voice, Icon::None));
  if (manner.voice) out.push_back(screen::button("repeat", w("kiosk.bar.repeat"), Importance::Tertiary));
  out.push_back(
      toggle("large", manner.large ? w("kiosk.bar.usual") : w("kiosk.bar.large"), manner.large, Icon::None));
  out.push_back(toggle("low", manner.low ? w("kiosk.bar.high") : w("kiosk.bar.low"), manner.low, Icon::None));
  out.push_back(toggle("contrast", manner.contrast ? w("kiosk.bar.colour") : w("kiosk.bar.contrast"),
                       manner.contrast, Icon::None));
  if (!bare)
    out.push_back(screen::button("languages", w("button.language"), Importance::Tertiary, Icon::Language));
  out.push_back(toggle("help", scene.help == Help::Called ? w("kiosk.bar.called") : w("kiosk.bar.help"),
                       scene.help == Help::Called, Icon::Help));
  return out;
}

Node way(const Scene& scene) {
  const auto& w = scene.words;
  static constexpr std::string_view kSteps[] = {"kiosk.step.choose",  "kiosk.step.card", "kiosk.step.pin",
                                                "kiosk.step.confirm", "kiosk.step.pay",  "kiosk.step.take"};
  Nodes steps;
  int number = 1;
  for (const std::string_view key : kSteps) {
    const auto state = number < scene.step    ? screen::State::Done
                       : number == scene.step ? screen::State::Current
                                              : screen::State::Todo;
    steps.push_back(screen::step("way." + std::to_string(number), w(key), state));
    ++number;
  }
  return screen::steps("way", w("kiosk.steps"), std::move(steps));
}

void sign(Nodes& nodes, const std::string& visit) {
  for (Node& node : nodes) {
    node.version = visit;
    sign(node.children, visit);
  }
}

void say(std::string& out, const std::string& text) {
  if (text.empty()) return;
  if (!out.empty()) out += '\n';
  out += words::plain(text, true);
}

void say(std::string& out, const Nodes& nodes, int& texts) {
  using screen::Role;
  for (const Node& node : nodes) {
    if (node.role == Role::Alert) {
      say(out, node.name);
    } else if (node.role == Role::Text && texts < 4) {
      ++texts;
      say(out, node.name);
    } else if (node.role == Role::Fact) {
      say(out, node.name + " " + node.value);
    } else if (node.role == Role::Step && node.state == screen::State::None) {
      say(out, node.name);
    }
    say(out, node.children, texts);
  }
}

}  // namespace

std::string yen(std::int64_t amount) {
  std::string out = std::to_string(amount);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

std::string kind_key(Kind kind) {
  // Whether somebody was taxed is what the paper says; one button asks for both.
  return "kiosk.kind." + std::string(name_of(kind == Kind::NonTaxation ? Kind::Taxation : kind));
}

std::string title_of(const Scene& scene, Kind kind) { return scene.words(kind_key(kind)); }

std::string details_of(const Scene& scene, const OrderItem& item) {
  const auto& w = scene.words;
  std::vector<std::string> parts;
  if (is_resident(item.kind)) parts.push_back(item.household ? w("kiosk.who.household") : w("kiosk.who.one"));
  if (item.year != 0) {
    parts.push_back(
        w("kiosk.year", {{"year", std::to_string(item.year)}, {"era", std::to_string(item.year - 2018)}}));
  }
  for (int i = 0; i <= static_cast<int>(kLastOption); ++i)
    if (const auto option = static_cast<Option>(i); item.options.has(option))
      parts.push_back(w("kiosk.option." + std::string(name_of(option))));
  std::string out;
  for (std::string& part : parts)
    out = out.empty() ? std::move(part) : w("kiosk.and", {{"first", std::move(out)}, {"second", part}});
  return out;
}

screen::Screen screen_of(const Scene& scene, Plan plan) {
  const auto& w = scene.words;
  screen::Screen out;
  out.app = "kiosk";
  out.name = std::move(plan.name);
  out.language = w.language();
  out.title = words::plain(plan.heading);
  out.bar.push_back(screen::text("place", scene.place));
  out.bar.push_back(screen::text("clock", w.time(base::time_of(scene.now))));
  if (scene.step > 0) out.bar.push_back(way(scene));
  out.rail = access_bar(scene, plan.bare);
  if (scene.help == Help::Called)
    out.main.push_back(screen::alert("help.called", w("kiosk.help.called"), screen::Tone::Success));
  if (scene.help == Help::Failed)
    out.main.push_back(screen::alert("help.failed", w("kiosk.help.failed"), screen::Tone::Warning));
  out.main.insert(out.main.begin(), screen::heading("title", std::move(plan.heading)));
  for (Node& node : plan.main) out.main.push_back(std::move(node));
  if (plan.sum) {
    out.foot.push_back(screen::text(
        "sum", w("kiosk.sum", {{"copies", std::to_string(scene.copies)}, {"yen", yen(scene.sum)}})));
  }
  for (Node& node : plan.foot) out.foot.push_back(std::move(node));
  if (!scene.session.empty())
    out.foot.push_back(screen::text("session", w("kiosk.session", {{"number", scene.session}})));
  for (Nodes* nodes : {&out.bar, &out.rail, &out.main, &out.foot}) sign(*nodes, scene.visit);
  return screen::finish(std::move(out));
}

std::string speech_of(const screen::Screen& screen) {
  std::string out = screen.title;
  for (const Node& node : screen.main)
    if (node.role == screen::Role::Heading) {
      out.clear();
      say(out, node.name);
      break;
    }
  int texts = 0;
  say(out, screen.main, texts);
  for (const Node& node : screen.foot)
    if (node.role == screen::Role::Button && node.importance == Importance::Primary && !node.disabled)
      say(out, node.name);
  return out;
}

}  // namespace machi::certificate::kiosk
