// The protection mailbox: under which names people stay at shelters. Who is behind a name is shown after one
// more press, and each such press, and each search, is written down for all of the office before it is
// answered.
#include "core/base/text.h"
#include "core/shelter/desk/care_pages.h"
#include "core/shelter/safety.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;

constexpr std::size_t kShown = 500;

std::string aliases_of(const AliasEntry& entry) {
  std::string out;
  for (const TrueName& one : entry.people) out += (out.empty() ? "" : "・") + one.alias;
  return out;
}
std::string where(const CareView& view, const CareDesk::AliasLine& line) {
  const auto& words = view.words;
  return (line.entry.shelter.empty() ? words("desk.protect.nowhere") : line.entry.shelter) + "　" +
         words("desk.protect.since", {{"time", words.moment(line.entry.at, view.now)}}) + "　" +
         words(line.by_reception ? "desk.protect.by-reception" : "desk.protect.by-phone");
}
bool matches(const AliasEntry& entry, const std::string& typed) {
  const std::string key = name_key(typed);
  for (const TrueName& one : entry.people)
    for (const std::string* text : {&one.alias, &one.name, &one.kana})
      if (name_key(*text).find(key) != std::string::npos) return true;
  return false;
}

screen::Screen one_view(const CareView& view, const CareDesk::AliasLine& line) {
  const auto& words = view.words;
  screen::Screen out = care_frame(view, "desk.protect.one", aliases_of(line.entry));
  out.main.push_back(screen::text("where", where(view, line)));
  for (std::size_t at = 0; at < line.entry.people.size(); ++at) {
    const TrueName& one = line.entry.people[at];
    const std::string id = std::to_string(at);
    Nodes facts{screen::fact("alias." + id, words("desk.protect.alias"), one.alias)};
    const auto add = [&](const char* what, const std::string& key, const std::string& value) {
      if (!value.empty()) facts.push_back(screen::fact(what + ("." + id), words(key), value));
    };
    add("name", "desk.protect.true", one.name.empty() ? one.kana : one.name);
    if (!one.name.empty()) add("kana", "desk.shelter.kana", one.kana);
    add("birth", "household.ask.birth", one.birth ? words.birth(*one.birth) : "");
    add("address", "desk.shelter.address", one.address);
    add("telephone", "desk.shelter.telephone", one.telephone);
    out.main.push_back(screen::facts("facts." + id, "", std::move(facts)));
  }
  out.foot.push_back(screen::button("back", words("button.back"), Importance::Secondary, Icon::Back));
  return screen::finish(std::move(out));
}

}  // namespace

screen::Screen protect_view(const CareView& view) {
  const auto& words = view.words;
  const auto lines = view.desk.aliases(kShown);
  if (view.place.at == CarePlace::At::One && lines.ok())
    for (const auto& line : *lines)
      if (line.entry.id == view.place.alias) return one_view(view, line);
  screen::Screen out = care_frame(view, "desk.protect", words("desk.protect.title"));
  out.main.push_back(screen::text("how", words("desk.protect.how")));
  Node search = screen::field("search", words("desk.protect.search"), Kind::Text, view.place.words);
  search.max_length = 40;
  out.main.push_back(std::move(search));
  Nodes rows;
  if (lines.ok())
    for (const auto& line : *lines) {
      if (!view.place.words.empty() && !matches(line.entry, view.place.words)) continue;
      rows.push_back(
          screen::row_button("entry." + line.entry.id.hex(), aliases_of(line.entry), where(view, line)));
      rows.back().icon = Icon::Lock;
    }
  if (rows.empty())
    out.main.push_back(screen::empty("none", words("desk.protect.none")));
  else
    out.main.push_back(screen::list("entries", words("desk.protect.title"), std::move(rows)));
  return screen::finish(std::move(out));
}

Result<bool> protect_act(CareTurn& turn, const screen::Action& action) {
  CarePlace& place = turn.place;
  if (const auto id = care_subject(action, "entry")) {
    MACHI_TRY_SET(alias, AliasId::from_hex_text(*id));
    MACHI_TRY_SET(lines, turn.desk.aliases(kShown));
    for (const auto& line : lines) {
      if (line.entry.id != alias) continue;
      MACHI_TRY(turn.desk.look(aliases_of(line.entry), turn.view.now));
      place.alias = alias;
      place.at = CarePlace::At::One;
      return true;
    }
    return false;
  }
  if (action.node != "search") return false;
  place.words = base::trimmed(action.value);
  if (!place.words.empty()) MACHI_TRY(turn.desk.look("? " + place.words, turn.view.now));
  return true;
}

}  // namespace machi::shelter
