// Rows carry the version that they show, so that a tap meets what was read.
#include "core/absence/desk/day/today_rows.h"

#include <algorithm>

#include "core/absence/desk/page.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

std::vector<screen::Column> columns(const words::Words& words) {
  return {{"number", words("desk.column.number")}, {"pupil", words("desk.column.pupil")},
          {"kind", words("desk.column.kind")},     {"cause", words("desk.column.cause")},
          {"at", words("desk.column.at")},         {"seen", words("desk.column.seen")},
          {"act", words("desk.column.act"), true}};
}

std::string key_of(const DayLine& line) {
  const std::string report = line.entry.report.hex();
  return line.entry.heads.size() > 1 ? report + "." + line.version.report.version.hex() : report;
}

Node pupil_cell(const words::Words& words, std::string id, const std::optional<Pupil>& pupil) {
  if (!pupil) return screen::cell(std::move(id), words("desk.pupil.gone"));
  Node cell = screen::cell(std::move(id), pupil_name(words, *pupil));
  if (!words.easy()) cell.hint = pupil->record.reading;
  return cell;
}

Node seen_cell(const DeskScene& scene, std::string id, const DayLine& line) {
  const auto& words = scene.words;
  Node cell = screen::cell(id, "");
  if (const ReadMark* read = line.read()) {
    const std::string time = words.moment(read->at, scene.now);
    cell.children.push_back(screen::badge(id + ".badge",
                                          read->by.empty()
                                              ? words("desk.seen", {{"time", time}})
                                              : words("desk.seen.by", {{"time", time}, {"by", read->by}}),
                                          Tone::Success, Icon::Check));
    return cell;
  }
  Node unread = screen::badge(
      id + ".badge", line.entry.changed_since_read() ? words("desk.changed") : words("desk.unread.one"));
  unread.state = State::New;
  cell.children.push_back(std::move(unread));
  if (line.entry.heads.size() > 1) cell.hint = words("desk.two-versions");
  return cell;
}

// When it was written; when that lies ahead of this desk's clock, when it came.
Node at_cell(const DeskScene& scene, std::string id, const DayLine& line) {
  const auto& words = scene.words;
  const Instant at = std::min(line.version.written, line.version.taken);
  Node cell = screen::cell(std::move(id), words.moment(at, scene.now));
  if (!line.entered) return cell;
  const std::string channel = channel_word(words, line.entered->channel);
  cell.hint = line.entered->caller.empty()
                  ? channel
                  : words("desk.entered.from", {{"channel", channel}, {"caller", line.entered->caller}});
  return cell;
}

Node line_row(const DeskScene& scene, const DayLine& line, NextToDo& next) {
  const auto& words = scene.words;
  const std::string key = key_of(line);
  const std::string version = line.version.report.version.hex();
  const auto cell = [&](std::string_view part) { return std::string(part) + "." + key; };
  Nodes cells;
  cells.push_back(screen::cell(cell("number"), line.pupil ? std::to_string(line.pupil->record.number) : ""));
  cells.push_back(pupil_cell(words, cell("pupil"), line.pupil));
  cells.push_back(kind_cell(words, cell("kind"), line.version.report));
  cells.push_back(cause_cell(words, cell("cause"), line.version.report));
  add_photo_button(scene, line.version.message.view(), cells.back().children);
  cells.push_back(at_cell(scene, cell("at"), line));
  cells.push_back(seen_cell(scene, cell("seen"), line));
  Node act = screen::cell(cell("act"), "");
  if (!line.read()) {
    Node button = screen::button("confirm." + key, words("desk.confirm"),
                                 next.taken ? Importance::Secondary : Importance::Primary);
    button.version = version;
    next.taken = true;
    act.children.push_back(std::move(button));
  }
  cells.push_back(std::move(act));
  Node row = screen::table_row("row." + key, std::move(cells));
  row.version = version;
  if (!line.read()) row.state = State::New;
  return row;
}

Node apart_row(const DeskScene& scene, const ApartReport& apart) {
  const auto& words = scene.words;
  const std::string version = apart.version.report.version.hex();
  const auto cell = [&](std::string_view part) { return "apart-" + std::string(part) + "." + version; };
  const auto pupil = scene.school.roll().pupil(apart.version.report.pupil);
  const std::string who = scene.school.roll().name_of(crypto::SignPublic{apart.version.from});
  Nodes cells;
  Node name = pupil_cell(words, cell("pupil"), pupil);
  if (pupil) name.hint = pupil->class_name;
  cells.push_back(std::move(name));
  cells.push_back(kind_cell(words, cell("kind"), apart.version.report));
  cells.push_back(cause_cell(words, cell("cause"), apart.version.report));
  add_photo_button(scene, apart.version.message.view(), cells.back().children);
  cells.push_back(screen::cell(cell("from"), who.empty() ? words("desk.apart.unknown") : who));
  Node telephones = screen::cell(cell("telephone"), "");
  if (pupil)
    for (const std::string& digits : pupil->record.telephones)
      telephones.children.push_back(
          screen::link(cell("call") + "." + digits, digits, "tel:" + digits, Icon::Telephone));
  cells.push_back(std::move(telephones));
  Node act = screen::cell(cell("act"), "");
  if (apart.called) {
    act.children.push_back(screen::badge(
        cell("called"), words("desk.apart.called", {{"time", words.moment(*apart.called, scene.now)}}),
        Tone::Success, Icon::Check));
  } else {
    Node button = screen::button("called." + version, words("desk.apart.call-done"));
    button.version = version;
    act.children.push_back(std::move(button));
  }
  cells.push_back(std::move(act));
  Node row = screen::table_row("apart-row." + version, std::move(cells));
  row.version = version;
  if (!apart.called) row.tone = Tone::Warning;
  return row;
}

}  // namespace

screen::Node lines_table(const DeskScene& scene, std::string id, std::string name,
                         const std::vector<DayLine>& lines, NextToDo& next) {
  Nodes rows;
  for (const DayLine& line : lines) rows.push_back(line_row(scene, line, next));
  return screen::table(std::move(id), std::move(name), columns(scene.words), std::move(rows));
}

void add_apart(const DeskScene& scene, Date day, Nodes& main) {
  const auto apart = scene.school.apart(day);
  if (apart.empty()) return;
  const auto& words = scene.words;
  Nodes rows;
  for (const ApartReport& one : apart) rows.push_back(apart_row(scene, one));
  Node group = screen::group("apart", words("desk.apart"),
                             {screen::table("apart.table", words("desk.apart"),
                                            {{"pupil", words("desk.column.pupil")},
                                             {"kind", words("desk.column.kind")},
                                             {"cause", words("desk.column.cause")},
                                             {"from", words("desk.column.from")},
                                             {"telephone", words("desk.column.telephone")},
                                             {"act", words("desk.column.act"), true}},
                                            std::move(rows))});
  group.hint = words("desk.apart.hint");
  group.tone = Tone::Warning;
  group.icon = Icon::Warning;
  main.push_back(std::move(group));
}

}  // namespace machi::absence
