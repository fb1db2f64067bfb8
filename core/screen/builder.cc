// The functions that make nodes. They refuse at once what one node can get wrong; problems() looks at the
// whole screen.
#include "core/screen/builder.h"

#include "core/base/check.h"

namespace machi::screen {
namespace {

// On a phone a faulty screen is better than none; everywhere else it is a bug that must be seen.
#ifdef __EMSCRIPTEN__
constexpr bool kStrict = false;
#else
constexpr bool kStrict = true;
#endif

void refuse(const std::string& what, Place place) {
  if (kStrict) base::stop_for_bug(what.c_str(), place.file, place.line);
}

Node named(Role role, std::string id, std::string name, Children children = {}) {
  Node node;
  node.id = std::move(id);
  node.role = role;
  node.name = std::move(name);
  node.children = std::move(children.nodes);
  return node;
}

Node must_be_named(Role role, std::string id, std::string name, Place place, Children children = {}) {
  if (name.empty()) refuse("node " + id + " has no name", place);
  return named(role, std::move(id), std::move(name), std::move(children));
}

}  // namespace

Children::Children(std::initializer_list<One> all) {
  nodes.reserve(all.size());
  for (const One& one : all) nodes.push_back(std::move(one.node));
}

Node heading(std::string id, std::string name, int level, Place place) {
  Node node = must_be_named(Role::Heading, std::move(id), std::move(name), place);
  node.level = level;
  return node;
}

Node text(std::string id, std::string name, Tone tone) {
  Node node = named(Role::Text, std::move(id), std::move(name));
  node.tone = tone;
  return node;
}

Node button(std::string id, std::string name, Importance importance, Icon icon, Place place) {
  Node node = must_be_named(Role::Button, std::move(id), std::move(name), place);
  node.importance = importance;
  node.icon = icon;
  return node;
}

Node link(std::string id, std::string name, std::string href, Icon icon, Place place) {
  Node node = must_be_named(Role::Link, std::move(id), std::move(name), place);
  node.href = std::move(href);
  node.icon = icon;
  return node;
}

Node choice(std::string id, std::string name, Kind kind, std::vector<Option> options, Place place) {
  Node node = must_be_named(Role::Choice, std::move(id), std::move(name), place);
  node.kind = kind;
  node.options = std::move(options);
  return node;
}

Option option(std::string value, std::string name, bool selected, std::string hint) {
  return {std::move(value), std::move(name), std::move(hint), selected, false};
}

Node field(std::string id, std::string name, Kind kind, std::string value, Place place) {
  Node node = must_be_named(Role::Field, std::move(id), std::move(name), place);
  node.kind = kind;
  node.value = std::move(value);
  return node;
}

Node group(std::string id, std::string name, Children children) {
  return named(Role::Group, std::move(id), std::move(name), std::move(children));
}

Node card(std::string id, std::string name, Children children) {
  return named(Role::Card, std::move(id), std::move(name), std::move(children));
}

Node list(std::string id, std::string name, Children rows) {
  return named(Role::List, std::move(id), std::move(name), std::move(rows));
}

Node row(std::string id, std::string name, std::string hint, Children children) {
  Node node = named(Role::Row, std::move(id), std::move(name), std::move(children));
  node.hint = std::move(hint);
  return node;
}

Node row_button(std::string id, std::string name, std::string hint, Children children, Place place) {
  Node node = must_be_named(Role::Row, std::move(id), std::move(name), place, std::move(children));
  node.hint = std::move(hint);
  node.interactive = true;
  return node;
}

Node table(std::string id, std::string name, std::vector<Column> columns, Children rows, Place place) {
  Node node = must_be_named(Role::Table, std::move(id), std::move(name), place, std::move(rows));
  node.columns = std::move(columns);
  return node;
}

Node table_row(std::string id, Children cells) {
  return named(Role::TableRow, std::move(id), {}, std::move(cells));
}

Node cell(std::string id, std::string name, Children children) {
  return named(Role::Cell, std::move(id), std::move(name), std::move(children));
}

Node facts(std::string id, std::string name, Children children) {
  return named(Role::Facts, std::move(id), std::move(name), std::move(children));
}

Node fact(std::string id, std::string term, std::string value) {
  Node node = named(Role::Fact, std::move(id), std::move(term));
  node.value = std::move(value);
  return node;
}

Node badge(std::string id, std::string name, Tone tone, Icon icon) {
  Node node = named(Role::Badge, std::move(id), std::move(name));
  node.tone = tone;
  node.icon = icon;
  return node;
}

Node alert(std::string id, std::string name, Tone tone, Children children, Place place) {
  Node node = must_be_named(Role::Alert, std::move(id), std::move(name), place, std::move(children));
  node.tone = tone;
  return node;
}

Node steps(std::string id, std::string name, Children children) {
  return named(Role::Steps, std::move(id), std::move(name), std::move(children));
}

Node step(std::string id, std::string name, State state, std::string when, std::string hint) {
  Node node = named(Role::Step, std::move(id), std::move(name));
  node.state = state;
  node.value = std::move(when);
  node.hint = std::move(hint);
  return node;
}

Node qr(std::string id, std::string name, std::string value, std::string matrix, Place place) {
  Node node = must_be_named(Role::Qr, std::move(id), std::move(name), place);
  node.value = std::move(value);
  node.matrix = std::move(matrix);
  return node;
}

Node scanner(std::string id, std::string name, std::string hint, Place place) {
  Node node = must_be_named(Role::Scanner, std::move(id), std::move(name), place);
  node.hint = std::move(hint);
  return node;
}

Node standing_scanner(std::string id, std::string name, std::string hint, Place place) {
  constexpr std::int32_t kStillHeldUp = 8000;
  Node out = scanner(std::move(id), std::move(name), std::move(hint), place);
  out.stays = true;
  out.again_after_ms = kStillHeldUp;
  return out;
}

Node file(std::string id, std::string name, std::string accepts, std::string hint, Place place) {
  Node node = must_be_named(Role::File, std::move(id), std::move(name), place);
  node.value = std::move(accepts);
  node.hint = std::move(hint);
  return node;
}

Node photo(std::string id, std::string name, std::string value, std::vector<Option> options, Place place) {
  Node node = must_be_named(Role::Photo, std::move(id), std::move(name), place);
  node.value = std::move(value);
  node.options = std::move(options);
  return node;
}

Node tabs(std::string id, std::string name, Children children) {
  return named(Role::Tabs, std::move(id), std::move(name), std::move(children));
}

Node tab(std::string id, std::string name, bool current, std::string count, Place place) {
  Node node = must_be_named(Role::Tab, std::move(id), std::move(name), place);
  node.state = current ? State::Current : State::None;
  node.value = std::move(count);
  return node;
}

Node empty(std::string id, std::string name, Children children) {
  return named(Role::Empty, std::move(id), std::move(name), std::move(children));
}

Node progress(std::string id, std::string name, int percent) {
  Node node = named(Role::Progress, std::move(id), std::move(name));
  if (percent >= 0) node.value = std::to_string(percent);
  return node;
}

Screen finish(Screen screen, Place place) {
  if (kStrict)
    for (const std::string& problem : problems(screen))
      refuse("screen " + screen.name + ": " + problem, place);
  return screen;
}

}  // namespace machi::screen
