// One description a struct: its name, and its fields in order. It drives JSON writing, JSON reading (json.h)
// and the TypeScript types (typescript.h), so the three cannot drift apart. Compile time only.
#pragma once

#include <array>
#include <string_view>
#include <tuple>

#include "core/screen/node.h"

namespace machi::screen {

// A field that is not `required` is left out of JSON while it has its default, and may be left out by the
// other side.
template <class Owner, class Member>
struct FieldOf {
  std::string_view name;
  Member Owner::*member;
  bool required;
};
template <class Owner, class Member>
constexpr FieldOf<Owner, Member> required(std::string_view name, Member Owner::*member) {
  return {name, member, true};
}
template <class Owner, class Member>
constexpr FieldOf<Owner, Member> optional(std::string_view name, Member Owner::*member) {
  return {name, member, false};
}

// Specialised for a struct: kName and kFields, a tuple of FieldOf.
template <class T>
struct Description;
// Specialised for an enum: kName and kValues, in the order of the enumerators.
template <class E>
struct Names;

template <class E>
constexpr std::string_view name_of(E value) {
  return Names<E>::kValues[static_cast<std::size_t>(value)];
}

template <>
struct Names<Role> {
  static constexpr std::string_view kName = "Role";
  static constexpr std::array<std::string_view, 27> kValues = {
      "heading", "text",  "button",    "link", "choice", "field", "group", "card",  "list",
      "row",     "table", "table-row", "cell", "facts",  "fact",  "badge", "alert", "steps",
      "step",    "qr",    "scanner",   "file", "photo",  "tabs",  "tab",   "empty", "progress"};
};
static_assert(static_cast<std::size_t>(Role::Progress) + 1 == Names<Role>::kValues.size());

template <>
struct Names<Kind> {
  static constexpr std::string_view kName = "Kind";
  static constexpr std::array<std::string_view, 15> kValues = {
      "none", "single",    "multiple", "cards", "text",   "multiline", "number", "date",
      "time", "telephone", "code",     "sheet", "secret", "map",       "chart"};
};
static_assert(static_cast<std::size_t>(Kind::Chart) + 1 == Names<Kind>::kValues.size());

template <>
struct Names<Tone> {
  static constexpr std::string_view kName = "Tone";
  static constexpr std::array<std::string_view, 5> kValues = {"neutral", "info", "success", "warning",
                                                              "danger"};
};
static_assert(static_cast<std::size_t>(Tone::Danger) + 1 == Names<Tone>::kValues.size());

template <>
struct Names<Importance> {
  static constexpr std::string_view kName = "Importance";
  static constexpr std::array<std::string_view, 3> kValues = {"primary", "secondary", "tertiary"};
};
static_assert(static_cast<std::size_t>(Importance::Tertiary) + 1 == Names<Importance>::kValues.size());

template <>
struct Names<State> {
  static constexpr std::string_view kName = "State";
  static constexpr std::array<std::string_view, 8> kValues = {"none",   "done",    "waiting", "todo",
                                                              "failed", "current", "new",     "stale"};
};
static_assert(static_cast<std::size_t>(State::Stale) + 1 == Names<State>::kValues.size());

template <>
struct Names<Icon> {
  static constexpr std::string_view kName = "Icon";
  static constexpr std::array<std::string_view, 29> kValues = {
      "none",    "school",   "check",    "clock",  "phone",    "telephone", "warning", "failed",
      "back",    "close",    "add",      "edit",   "calendar", "send",      "retry",   "scan",
      "picture", "language", "home",     "person", "people",   "lock",      "online",  "offline",
      "delete",  "search",   "settings", "mail",   "help"};
};
static_assert(static_cast<std::size_t>(Icon::Help) + 1 == Names<Icon>::kValues.size());

template <>
struct Description<Option> {
  static constexpr std::string_view kName = "Option";
  static constexpr auto kFields =
      std::tuple{required("value", &Option::value),       required("name", &Option::name),
                 optional("hint", &Option::hint),         optional("language", &Option::language),
                 optional("selected", &Option::selected), optional("disabled", &Option::disabled)};
};

template <>
struct Description<Column> {
  static constexpr std::string_view kName = "Column";
  static constexpr auto kFields = std::tuple{required("id", &Column::id), required("name", &Column::name),
                                             optional("hidden_name", &Column::hidden_name)};
};

template <>
struct Description<Node> {
  static constexpr std::string_view kName = "Node";
  static constexpr auto kFields = std::tuple{required("id", &Node::id),
                                             required("role", &Node::role),
                                             required("name", &Node::name),
                                             optional("hint", &Node::hint),
                                             optional("error", &Node::error),
                                             optional("value", &Node::value),
                                             optional("version", &Node::version),
                                             optional("language", &Node::language),
                                             optional("href", &Node::href),
                                             optional("matrix", &Node::matrix),
                                             optional("minimum", &Node::minimum),
                                             optional("maximum", &Node::maximum),
                                             optional("kind", &Node::kind),
                                             optional("tone", &Node::tone),
                                             optional("importance", &Node::importance),
                                             optional("state", &Node::state),
                                             optional("icon", &Node::icon),
                                             optional("level", &Node::level),
                                             optional("max_length", &Node::max_length),
                                             optional("interactive", &Node::interactive),
                                             optional("disabled", &Node::disabled),
                                             optional("required", &Node::required),
                                             optional("busy", &Node::busy),
                                             optional("collapsed", &Node::collapsed),
                                             optional("stays", &Node::stays),
                                             optional("again_after_ms", &Node::again_after_ms),
                                             optional("options", &Node::options),
                                             optional("columns", &Node::columns),
                                             optional("children", &Node::children)};
};

template <>
struct Description<Screen> {
  static constexpr std::string_view kName = "Screen";
  static constexpr auto kFields =
      std::tuple{required("app", &Screen::app),           required("name", &Screen::name),
                 required("revision", &Screen::revision), required("title", &Screen::title),
                 required("language", &Screen::language), optional("focus", &Screen::focus),
                 optional("announce", &Screen::announce), required("bar", &Screen::bar),
                 required("rail", &Screen::rail),         required("main", &Screen::main),
                 required("foot", &Screen::foot)};
};

template <>
struct Description<Action> {
  static constexpr std::string_view kName = "Action";
  static constexpr auto kFields =
      std::tuple{required("screen", &Action::screen), required("revision", &Action::revision),
                 required("node", &Action::node),     optional("version", &Action::version),
                 required("action", &Action::action), optional("value", &Action::value),
                 optional("values", &Action::values)};
};

}  // namespace machi::screen
