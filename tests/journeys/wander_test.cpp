// Somebody presses whatever can be pressed: a walk through both apps from a printed seed (MACHIKADO_SEED=n),
// which prefers what it has not done yet. No screen breaks a rule of the tree, none is a dead end, and none
// stops the program. The same walk is then taken in every language: the same nodes in the same order, so that
// reading order and focus do not depend on the language. With MACHIKADO_SCREENS=DIR every kind of screen met
// is left there as APP-LANGUAGE-NUMBER.json, for a presenter to draw.
// MACHIKADO_LANGUAGE=TAG walks in Japanese and in that one only.
#include <array>
#include <cstdlib>
#include <fstream>

#include "core/screen/json.h"
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

using screen::Kind;
using screen::Node;
using screen::Role;

constexpr int kSteps = 260;

struct Step {
  std::string node;
  std::string action;
  std::string value;
};

template <class Visit>
void each(const std::vector<Node>& nodes, const Visit& visit) {
  for (const Node& node : nodes) {
    visit(node);
    each(node.children, visit);
  }
}
template <class Visit>
void each(const screen::Screen& shown, const Visit& visit) {
  for (const auto* region : {&shown.bar, &shown.rail, &shown.main, &shown.foot}) each(*region, visit);
}

// "row.6a09e667f3bcc908.open" -> "row.#.open": what kind of thing a node is.
std::string kind_of(const std::string& id) {
  std::string out;
  for (const char sign : id) {
    const bool digit =
        (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'f' && !out.empty() && out.back() == '#');
    if (!digit)
      out += sign;
    else if (out.empty() || out.back() != '#')
      out += '#';
  }
  return out;
}

// The choice of a language: the one thing that a walk leaves alone, and that differs.
bool is_language(const Node& node) {
  return node.id == "languages" || (node.id == "language" && node.role == Role::Choice);
}

// Roles and ids in reading order. Headings aside: easy Japanese, whose titles are long, has them above the
// content instead of in the bar, and there the way to other languages.
std::string outline(const screen::Screen& shown) {
  std::string out = shown.name + "\n";
  if (shown.name == "language" || shown.name == "desk.language")
    return out;  // says of each language what it is
  each(shown, [&out](const Node& node) {
    if (node.role == Role::Heading || (node.id == "language" && node.role == Role::Link)) return;
    out += std::to_string(static_cast<int>(node.role)) + " " + node.id + (node.disabled ? " off" : "") + "\n";
    for (const screen::Option& option : node.options)
      out += "  " + option.value + (option.selected && !is_language(node) ? " x" : "") + "\n";
  });
  return out;
}

// What is alike about two screens that would be drawn alike.
std::string sort_of(const screen::Screen& shown) {
  std::set<std::string> parts;
  each(shown, [&parts](const Node& node) {
    parts.insert(std::to_string(static_cast<int>(node.role)) + kind_of(node.id) +
                 (node.error.empty() ? "" : "!") + (node.disabled ? "-" : "") +
                 std::to_string(static_cast<int>(node.state)));
  });
  std::string out = shown.name.substr(0, shown.name.find('/'));
  for (const std::string& part : parts) out += "|" + part;
  return out;
}

class Walker {
 public:
  Walker(std::uint64_t seed, Town& town, Device& device, std::string slip)
      : random_(crypto::Drbg::of_number(seed)), town_(town), device_(device), slip_(std::move(slip)) {}

  // Something that can be done on the screen as it is; nothing on a screen without a way on.
  std::optional<Step> next() {
    std::vector<std::pair<Step, int>> open;
    const std::string place(device_.screen().name.substr(0, device_.screen().name.find('/')));
    const auto offer = [&](const Node& node, std::string action, std::string value, int weight) {
      const int times = done_[place + " " + kind_of(node.id) + " " + action + " " + kind_of(value)];
      open.push_back({{node.id, std::move(action), std::move(value)}, std::max(1, weight / (1 + 3 * times))});
    };
    each(device_.screen(), [&](const Node& node) {
      if (node.disabled || is_language(node)) return;
      if (node.id == "back") return offer(node, "back", "", 20);
      if (node.role == Role::Button || node.role == Role::Tab ||
          (node.role == Role::Link && node.href.empty()) || (node.role == Role::Row && node.interactive))
        return offer(node, "press", "", 200);
      if (node.role == Role::Choice)
        for (const screen::Option& option : node.options)
          if (!option.disabled) offer(node, "choose", option.value, 60);
      if (node.role == Role::Field)
        for (const std::string& value : sayings(node.kind)) offer(node, "enter", value, 60);
      if (node.role == Role::Photo)
        for (const screen::Option& option : node.options) {
          if (option.value == "choose") offer(node, "photo", "", 60), offer(node, "photo", "heic", 30);
          if (option.value == "remove") offer(node, "remove", "", 60);
        }
      if (node.role == Role::Scanner)
        for (const std::string& read : {slip_, std::string("https://town.example/#s=AAAA")})
          offer(node, "scan", read, 60);
    });
    if (open.empty()) return std::nullopt;
    int whole = 0;
    for (const auto& [step, weight] : open) whole += weight;
    int at = static_cast<int>(random_number() % static_cast<std::uint64_t>(whole));
    for (const auto& [step, weight] : open) {
      if ((at -= weight) >= 0) continue;
      ++done_[place + " " + kind_of(step.node) + " " + step.action + " " + kind_of(step.value)];
      return step;
    }
    return std::nullopt;
  }

 private:
  // What people type: what is wanted, what is not, and nothing.
  std::vector<std::string> sayings(Kind kind) const {
    const Date today = base::date_of(town_.now());
    if (kind == Kind::Date) return {today.plus(1).iso(), today.plus(9).iso(), "2017-09-12", "2019-02-30", ""};
    if (kind == Kind::Time) return {"09:30", "25:99", ""};
    if (kind == Kind::Number) return {"38.2", "3", "-1"};
    if (kind == Kind::Telephone || kind == Kind::Code) return {"3456", "H7K2-20AB-99XY-0000", "?"};
    return {"𠮷野家の🙂です", "佐倉 花", std::string(600, 'x'), ""};
  }

  std::uint64_t random_number() {
    std::array<std::uint8_t, 4> bytes{};
    random_.fill(bytes);
    std::uint64_t out = 0;
    for (const std::uint8_t byte : bytes) out = out << 8 | byte;
    return out;
  }

  crypto::Drbg random_;
  Town& town_;
  Device& device_;
  std::string slip_;  // a real one, of a brother
  std::map<std::string, int> done_;
};

struct Walk {
  std::vector<Step> steps;
  std::vector<std::string> outlines;
  std::set<std::string> names;
};

void keep(const Device& device, const std::string& app, const std::string& language,
          std::set<std::string>& sorts) {
  const char* folder = std::getenv("MACHIKADO_SCREENS");
  if (folder == nullptr || !sorts.insert(sort_of(device.screen())).second) return;
  const std::string number = std::to_string(1000 + sorts.size()).substr(1);
  std::ofstream(std::string(folder) + "/" + app + "-" + language + "-" + number + ".json")
      << screen::to_json(device.screen());
}

// Chooses the language on its own screen, and goes back to where the app begins.
void speak(Town& town, Device& device, const std::string& app, const std::string& language) {
  const bool citizen = app == "citizen";
  device.press(citizen ? "language" : "page.language");
  device.do_to(citizen ? "languages" : "language", "choose", language);
  town.run_for(500);
  citizen ? device.back() : device.press("grade.all");
  town.run_for(500);
}

// One walk in one language: of its own, or along the steps of another.
Walk walk(std::uint64_t seed, const std::string& app, const std::string& language, const Walk* along) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "mother");
  Device& father = enrolled_phone(town, "father");
  for (Device* one : {&phone, &father}) {
    one->press("report");
    one->choose("reason", "cold");
    one->choose_photo(small_jpeg());
    one->press("send");
    one->press("home");
  }
  town.run_for(3000);
  Device& device = app == "citizen" ? phone : *school.tablet;
  speak(town, device, app, language);
  Walker walker(seed, town, device, town.slip("佐倉 そら").link);
  Walk made;
  std::set<std::string> sorts;
  for (int at = 0; at < kSteps; ++at) {
    made.names.insert(std::string(device.screen().name.substr(0, device.screen().name.find('/'))));
    made.outlines.push_back(outline(device.screen()));
    keep(device, app, language, sorts);
    if (along && made.outlines.back() != along->outlines[static_cast<std::size_t>(at)]) {
      ADD_FAILURE() << app << " in " << language << ", step " << at
                    << ": the screen has other nodes than in Japanese:\n"
                    << made.outlines.back() << "--- Japanese:\n"
                    << along->outlines[static_cast<std::size_t>(at)];
      return made;
    }
    EXPECT_EQ(device.screen().language, language) << device.at();
    const auto step = along ? along->steps[static_cast<std::size_t>(at)] : walker.next();
    if (!step) {
      ADD_FAILURE() << app << ": nothing can be done on " << device.at() << ":\n" << device.text();
      return made;
    }
    made.steps.push_back(*step);
    device.do_to(step->node, step->action, step->value);
    town.run_for(at % 7 == 0 ? 5000 : 150);
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << app << " in " << language << ", step " << at << ": " << step->action << " "
                    << step->node << " " << step->value;
      return made;
    }
  }
  return made;
}

std::uint64_t seed() {
  const char* given = std::getenv("MACHIKADO_SEED");
  const std::uint64_t number = given ? std::strtoull(given, nullptr, 10) : 20261124;
  std::cout << "seed " << number << " (MACHIKADO_SEED)\n";
  return number;
}

void everywhere(const std::string& app, std::size_t least_screens) {
  const std::uint64_t number = seed();
  const Walk first = walk(number, app, "ja", nullptr);
  std::string met;
  for (const std::string& name : first.names) met += name + " ";
  std::cout << app << " met " << met << "\n";
  EXPECT_GE(first.names.size(), least_screens) << met;
  for (const words::Language& language : words::languages()) {
    if (language.tag == "ja" || testing::Test::HasFailure()) continue;
    const char* only = std::getenv("MACHIKADO_LANGUAGE");
    if (only != nullptr && language.tag != only) continue;
    walk(number, app, std::string(language.tag), &first);
  }
}

TEST(Wanderer, FindsNoBrokenScreenOnAPhoneInAnyLanguage) { everywhere("citizen", 7); }
TEST(Wanderer, FindsNoBrokenScreenOnADeskInAnyLanguage) { everywhere("desk", 4); }

}  // namespace
}  // namespace machi::journeys
