// Functions that make nodes, and the one that closes a screen. Pure; any thread.
// A broken screen (an interactive node without a name, an id twice, a child where none may be) is a bug: on a
// developer's machine and in tests it aborts with the place of the call; a phone shows the screen all the
// same.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/screen/node.h"

namespace machi::screen {

// The place of a call, for messages about bugs (std::source_location is missing from clang 14).
struct Place {
  const char* file;
  int line;
  static constexpr Place here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return {file, line};
  }
};

using Nodes = std::vector<Node>;

// What stands inside of a node. Braces move their nodes in; std::initializer_list<Node> would copy each with
// everything below it.
class Children {
 public:
  struct One {
    One(Node&& moved) : node(std::move(moved)) {}
    One(const Node& copied) : node(copied) {}
    mutable Node node;
  };
  Children() = default;
  Children(Nodes all) : nodes(std::move(all)) {}
  Children(std::initializer_list<One> all);
  Nodes nodes;
};

Node heading(std::string id, std::string name, int level = 1, Place place = Place::here());
Node text(std::string id, std::string name, Tone tone = Tone::Neutral);
Node button(std::string id, std::string name, Importance importance = Importance::Secondary,
            Icon icon = Icon::None, Place place = Place::here());
// href: "tel:..." or "https://..."; "" = action "press".
Node link(std::string id, std::string name, std::string href = {}, Icon icon = Icon::None,
          Place place = Place::here());

// Kind::Single, Multiple or Cards (single, with explanations). Options are ticked by `selected`.
Node choice(std::string id, std::string name, Kind kind, std::vector<Option> options,
            Place place = Place::here());
Option option(std::string value, std::string name, bool selected = false, std::string hint = {});
// Kind::Text, Multiline, Number, Date, Time, Telephone, Code or Secret (a PIN: masked, never sent back).
Node field(std::string id, std::string name, Kind kind, std::string value = {}, Place place = Place::here());

Node group(std::string id, std::string name, Children children);
Node card(std::string id, std::string name, Children children);
Node list(std::string id, std::string name, Children rows);
Node row(std::string id, std::string name, std::string hint = {}, Children children = {});
// A row that can be pressed.
Node row_button(std::string id, std::string name, std::string hint = {}, Children children = {},
                Place place = Place::here());
Node table(std::string id, std::string name, std::vector<Column> columns, Children rows,
           Place place = Place::here());
Node table_row(std::string id, Children cells);
Node cell(std::string id, std::string name, Children children = {});
Node facts(std::string id, std::string name, Children children);
Node fact(std::string id, std::string term, std::string value);
Node badge(std::string id, std::string name, Tone tone = Tone::Neutral, Icon icon = Icon::None);
Node alert(std::string id, std::string name, Tone tone, Children children = {}, Place place = Place::here());
Node steps(std::string id, std::string name, Children children);
// when: as text, "" while it has not happened.
Node step(std::string id, std::string name, State state, std::string when = {}, std::string hint = {});
// matrix: the symbol's modules, row by row, '1' dark (code::qr gives them); its length is a square.
Node qr(std::string id, std::string name, std::string value, std::string matrix, Place place = Place::here());
Node scanner(std::string id, std::string name, std::string hint = {}, Place place = Place::here());
// One before which people come one after another: its camera stays on, and a symbol that is still held up is
// not read again.
Node standing_scanner(std::string id, std::string name, std::string hint = {}, Place place = Place::here());
// accepts: what a browser's file input takes, ".csv,text/csv".
Node file(std::string id, std::string name, std::string accepts, std::string hint = {},
          Place place = Place::here());
// value: the picture's id, "" = none yet; options: "take", "choose", "remove", "zoom".
Node photo(std::string id, std::string name, std::string value, std::vector<Option> options = {},
           Place place = Place::here());
Node tabs(std::string id, std::string name, Children children);
Node tab(std::string id, std::string name, bool current, std::string count = {}, Place place = Place::here());
Node empty(std::string id, std::string name, Children children = {});
// percent: 0..100, or negative when the end is not known.
Node progress(std::string id, std::string name, int percent = -1);

// Every way in which the screen breaks the rules of node.h, a sentence each; none = sound.
std::vector<std::string> problems(const Screen& screen);
// Closes a screen: aborts with the problems and the place, except on a phone.
Screen finish(Screen screen, Place place = Place::here());

// The first node with this id, or nullptr.
const Node* find(const Screen& screen, const std::string& id);
// True when an action met on this screen still means what it meant: the node is there, is not disabled, takes
// this action, and its version is the one that was shown.
bool still_means(const Screen& screen, const Action& action);

}  // namespace machi::screen
