// The rules of a screen: what node.h says in words, looked at node by node. And what an action may still
// mean. Pure.
#include <set>
#include <string_view>
#include <unordered_set>

#include "core/screen/builder.h"
#include "core/screen/fields.h"

namespace machi::screen {
namespace {

bool pressable(const Node& node) {
  return node.role == Role::Button || node.role == Role::Tab ||
         (node.role == Role::Link && node.href.empty()) || (node.role == Role::Row && node.interactive);
}

bool interactive(const Node& node) {
  return pressable(node) || node.role == Role::Link || node.role == Role::Choice ||
         node.role == Role::Field || node.role == Role::Scanner || node.role == Role::File ||
         (node.role == Role::Photo && !node.options.empty());
}

// The one role that a parent takes, and the one parent that a role takes; Role::Text = any.
Role only_child(Role parent) {
  switch (parent) {
    case Role::List:
      return Role::Row;
    case Role::Table:
      return Role::TableRow;
    case Role::TableRow:
      return Role::Cell;
    case Role::Facts:
      return Role::Fact;
    case Role::Steps:
      return Role::Step;
    case Role::Tabs:
      return Role::Tab;
    case Role::Heading:
    case Role::Text:
    case Role::Button:
    case Role::Link:
    case Role::Choice:
    case Role::Field:
    case Role::Group:
    case Role::Card:
    case Role::Row:
    case Role::Cell:
    case Role::Fact:
    case Role::Badge:
    case Role::Alert:
    case Role::Step:
    case Role::Qr:
    case Role::Scanner:
    case Role::File:
    case Role::Photo:
    case Role::Tab:
    case Role::Empty:
    case Role::Progress:
      return Role::Text;
  }
  return Role::Text;
}

bool belongs_to_a_parent(Role role) {
  return role == Role::Row || role == Role::TableRow || role == Role::Cell || role == Role::Fact ||
         role == Role::Step || role == Role::Tab;
}

class Inspection {
 public:
  explicit Inspection(const Screen& screen) : screen_(screen) { ids_.reserve(1024); }

  std::vector<std::string> run() {
    if (screen_.app.empty() || screen_.name.empty() || screen_.title.empty() || screen_.language.empty())
      tell("screen", "lacks its app, name, title or language");
    for (const auto* region : {&screen_.bar, &screen_.rail, &screen_.main, &screen_.foot})
      for (const Node& node : *region) {
        if (belongs_to_a_parent(node.role)) tell(node.id, "stands outside of its list");
        visit(node, false);
      }
    if (first_headings_ != 1)
      tell("screen", "has " + std::to_string(first_headings_) + " headings of level 1");
    if (primaries_ > 1) tell("screen", "has more than one primary button");
    if (!screen_.focus.empty() && !ids_.contains(screen_.focus))
      tell(screen_.focus, "takes the focus but is not there");
    return std::move(problems_);
  }

 private:
  void tell(const std::string& id, const std::string& what) { problems_.push_back(id + " " + what); }

  void visit(const Node& node, bool in_table) {
    if (node.id.empty())
      tell(std::string(name_of(node.role)) + " \"" + node.name + "\"", "has no id");
    else if (!ids_.insert(node.id).second)
      tell(node.id, "stands there twice");
    if (interactive(node) && node.name.empty()) tell(node.id, "has no name");
    if (node.disabled && node.hint.empty()) tell(node.id, "is disabled and does not say why");
    if (node.role == Role::Button && node.importance == Importance::Primary && !in_table) ++primaries_;
    own_rules(node);
    const Role wanted = only_child(node.role);
    for (const Node& child : node.children) {
      if (wanted != Role::Text ? child.role != wanted : belongs_to_a_parent(child.role))
        tell(child.id, "may not stand in " + node.id);
      visit(child, in_table || node.role == Role::Table || node.role == Role::List);
    }
  }

  void own_rules(const Node& node) {
    const auto actions = [&] { return count_actions(node.children); };
    switch (node.role) {
      case Role::Heading:
        if (node.level < 1 || node.level > 3) tell(node.id, "has no level from 1 to 3");
        if (node.level == 1) ++first_headings_;
        break;
      case Role::Link:
        if (!node.href.empty() && !node.href.starts_with("tel:") && !node.href.starts_with("https://") &&
            !node.href.starts_with("http://"))
          tell(node.id, "leads to something that is no telephone and no page");
        break;
      case Role::Choice:
        choice_rules(node);
        break;
      case Role::Field:
        if (node.kind < Kind::Text || node.kind >= Kind::Map) tell(node.id, "does not say what is typed");
        break;
      case Role::Card:
        if (actions() > 1) tell(node.id, "has more than one action");
        break;
      case Role::Alert:
      case Role::Empty:
        if (actions() > 1 || node.children.size() > 1) tell(node.id, "holds more than one button");
        break;
      case Role::Table:
        if (node.columns.empty()) tell(node.id, "has no columns");
        for (const Column& column : node.columns)
          if (column.id.empty() || column.name.empty()) tell(node.id, "has a column without id or name");
        for (const Node& row : node.children)
          if (row.children.size() != node.columns.size())
            tell(row.id, "has other cells than its table has columns");
        break;
      case Role::Qr: {
        std::size_t side = 0;
        while (side * side < node.matrix.size()) ++side;
        if ((node.matrix.empty() && node.value.empty()) || side * side != node.matrix.size() ||
            node.matrix.find_first_not_of("01") != std::string::npos)
          tell(node.id, "has no square matrix");
        break;
      }
      case Role::Progress:
        if (node.value.size() > 3 || node.value.find_first_not_of("0123456789") != std::string::npos ||
            (node.value.size() == 3 && node.value != "100"))
          tell(node.id, "has no value from 0 to 100");
        break;
      case Role::List:
        if (node.kind == Kind::Map && node.options.size() != 2)
          tell(node.id, "is a map without its two sizes");
        for (const Node& row : node.children)
          if ((node.kind == Kind::Map) != row.href.starts_with("geo:"))
            tell(row.id, "has a place and no map, or a map and no place");
        break;
      case Role::Text:
      case Role::Button:
      case Role::Group:
      case Role::Row:
      case Role::TableRow:
      case Role::Cell:
      case Role::Facts:
      case Role::Fact:
      case Role::Badge:
        break;
      case Role::Steps:
        // Either all have happened or not, or all say what to do.
        for (const Node& step : node.children)
          if ((step.state == State::None) != (node.children.front().state == State::None))
            tell(step.id, "has a state and its neighbours have none, or the other way round");
        break;
      case Role::Step:
      case Role::Scanner:
      case Role::File:
      case Role::Photo:
      case Role::Tabs:
      case Role::Tab:
        break;
    }
  }

  void choice_rules(const Node& node) {
    if (node.kind != Kind::Single && node.kind != Kind::Multiple && node.kind != Kind::Cards)
      tell(node.id, "is no kind of choice");
    if (node.options.empty()) tell(node.id, "has nothing to choose");
    std::set<std::string> values;
    int selected = 0;
    for (const Option& option : node.options) {
      if (option.name.empty()) tell(node.id, "has an option without a name");
      if (!values.insert(option.value).second) tell(node.id, "has an option twice");
      if (option.selected) ++selected;
    }
    if (selected > 1 && node.kind != Kind::Multiple) tell(node.id, "has more than one option chosen");
  }

  static int count_actions(const Nodes& nodes) {
    int sum = 0;
    for (const Node& node : nodes) sum += (interactive(node) ? 1 : 0) + count_actions(node.children);
    return sum;
  }

  const Screen& screen_;
  std::vector<std::string> problems_;
  std::unordered_set<std::string_view> ids_;
  int first_headings_ = 0;
  int primaries_ = 0;
};

const Node* find_in(const Nodes& nodes, const std::string& id) {
  for (const Node& node : nodes) {
    if (node.id == id) return &node;
    if (const Node* found = find_in(node.children, id)) return found;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> problems(const Screen& screen) { return Inspection(screen).run(); }

const Node* find(const Screen& screen, const std::string& id) {
  for (const auto* region : {&screen.bar, &screen.rail, &screen.main, &screen.foot})
    if (const Node* found = find_in(*region, id)) return found;
  return nullptr;
}

bool still_means(const Screen& screen, const Action& action) {
  if (action.screen != screen.name) return false;
  if (action.action == "back") return true;
  const Node* node = find(screen, action.node);
  if (node == nullptr || node->disabled || node->version != action.version) return false;
  if (action.action == "press") return pressable(*node);
  if (action.action == "enter") return node->role == Role::Field;
  if (action.action == "scan") return node->role == Role::Scanner;
  if (action.action == "open") return node->role == Role::File;
  if (action.action == "photo" || action.action == "remove") return node->role == Role::Photo;
  if (action.action != "choose" || node->role != Role::Choice) return false;
  const auto offered = [&](const std::string& value) {
    for (const Option& option : node->options)
      if (option.value == value && !option.disabled) return true;
    return false;
  };
  if (node->kind != Kind::Multiple) return offered(action.value);
  for (const std::string& value : action.values)
    if (!offered(value)) return false;
  return true;
}

}  // namespace machi::screen
