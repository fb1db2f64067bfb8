// Messages with families: the pupils that somebody wrote about, and one pupil's threads - each guardian
// apart, because what one of them writes is nobody else's. Pure over the tables.
#include <algorithm>

#include "core/absence/content.h"
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

bool waits(const DeskScene& scene, const NoteLine& line) {
  return !line.ours && !line.read && scene.school.is_shown(line);
}

screen::Screen list_view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.messages", words("desk.messages.title"));
  out.main.push_back(screen::heading("heading", words("desk.messages.title")));
  Nodes waiting, rest;
  for (const PupilId& id : scene.school.notes().pupils()) {
    const auto pupil = scene.school.roll().pupil(id);
    const auto lines = scene.school.notes().about(id);
    const auto shown = std::find_if(lines.rbegin(), lines.rend(),
                                    [&](const NoteLine& line) { return scene.school.is_shown(line); });
    if (!pupil || shown == lines.rend()) continue;
    Node row = screen::row_button(
        "thread." + id.hex(), pupil_name(words, *pupil),
        words("desk.messages.last",
              {{"class", pupil->class_name}, {"time", words.moment(shown->at, scene.now)}}));
    if (std::any_of(lines.begin(), lines.end(), [&](const NoteLine& line) { return waits(scene, line); })) {
      Node unread = screen::badge("unread." + id.hex(), words("desk.unread.one"));
      unread.state = screen::State::New;
      row.children.push_back(std::move(unread));
      waiting.push_back(std::move(row));
    } else {
      rest.push_back(std::move(row));
    }
  }
  if (waiting.empty() && rest.empty()) {
    Node none = screen::empty("none", words("desk.messages.none"));
    none.hint = words("desk.messages.none.hint");
    out.main.push_back(std::move(none));
  }
  if (!waiting.empty())
    out.main.push_back(screen::list("waiting", words("desk.messages.waiting"), std::move(waiting)));
  if (!rest.empty()) out.main.push_back(screen::list("rest", words("desk.messages.rest"), std::move(rest)));
  return screen::finish(std::move(out));
}

Result<bool> list_act(PageTurn& turn, const screen::Action& action) {
  const auto about = subject(action, "thread");
  if (!about) return false;
  MACHI_TRY_SET(id, PupilId::from_hex_text(*about));
  open_thread(turn, id);
  return true;
}

std::string list_hint(const DeskScene& scene) {
  const int unread = scene.school.notes_unread();
  return unread > 0 ? scene.words("desk.unread", {{"n", std::to_string(unread)}}) : "";
}

Node note_row(const DeskScene& scene, const NoteLine& line) {
  const auto& words = scene.words;
  const std::string id = line.note.note.hex();
  const std::string time = words.moment(line.at, scene.now);
  std::string hint = line.ours ? words("desk.thread.school", {{"time", time}, {"by", line.note.by}})
                               : words("desk.thread.family", {{"time", time}});
  const std::string language = words.foreign(line.note.language);
  if (!language.empty())
    hint = words("desk.thread.language", {{"what", hint}, {"language", words.language_name(language)}});
  Node row = screen::row("note." + id, line.note.text, std::move(hint));
  row.language = language;
  if (line.ours) return row;
  add_photo_button(scene, photo_name(line.note.note, line.phone), row.children);
  if (line.read)
    row.children.push_back(screen::badge(
        "note-read." + id, words("desk.seen", {{"time", words.moment(line.read->at, scene.now)}}),
        Tone::Success, Icon::Check));
  else
    row.children.push_back(
        screen::button("read." + id, words("desk.confirm"), Importance::Secondary, Icon::Check));
  return row;
}

Node guardian_group(const DeskScene& scene, const Guardian& guardian, const std::vector<NoteLine>& lines) {
  const auto& words = scene.words;
  const std::string key = base::to_hex(guardian.phone.bytes);
  Nodes rows, inside;
  for (const NoteLine& line : lines)
    if (line.phone == guardian.phone) rows.push_back(note_row(scene, line));
  if (!rows.empty())
    inside.push_back(screen::list("notes." + key, words("desk.thread.notes"), std::move(rows)));
  const auto draft = scene.place.texts.find(key);
  Node text = screen::field("text." + key, words("desk.thread.text", {{"name", guardian.name}}),
                            screen::Kind::Multiline, draft == scene.place.texts.end() ? "" : draft->second);
  text.max_length = static_cast<std::int32_t>(kNoteLimit);
  text.hint = words("desk.thread.text.hint");
  inside.push_back(std::move(text));
  inside.push_back(screen::button("send." + key, words("desk.thread.send", {{"name", guardian.name}}),
                                  Importance::Secondary, Icon::Send));
  return screen::group("guardian." + key, words("desk.thread.with", {{"name", guardian.name}}),
                       std::move(inside));
}

screen::Screen thread_view(const DeskScene& scene) {
  const auto& words = scene.words;
  const auto pupil = scene.school.roll().pupil(scene.place.thread);
  const std::string name = pupil ? pupil_name(words, *pupil) : words("desk.pupil.gone");
  screen::Screen out = desk_frame(scene, "desk.thread/" + scene.place.thread.hex(), name);
  out.main.push_back(screen::link("back", words("button.back"), "", Icon::Back));
  Node heading = screen::heading("heading", name);
  if (pupil)
    heading.hint = words("desk.pupil.about",
                         {{"class", pupil->class_name}, {"number", std::to_string(pupil->record.number)}});
  out.main.push_back(std::move(heading));
  const auto guardians = scene.school.roll().guardians(scene.place.thread);
  if (guardians.empty()) out.main.push_back(screen::text("no-guardian", words("desk.slips.nobody.long")));
  const auto lines = scene.school.notes().about(scene.place.thread);
  for (const Guardian& guardian : guardians) out.main.push_back(guardian_group(scene, guardian, lines));
  return screen::finish(std::move(out));
}

Status send(PageTurn& turn, const std::string& key) {
  const auto draft = turn.place.texts.find(key);
  if (draft == turn.place.texts.end() || draft->second.empty()) return {};
  MACHI_TRY_SET(raw, base::from_hex(key));
  MACHI_TRY_SET(phone, base::fixed<32>(raw));
  PupilNote note;
  note.note = turn.entropy.id<NoteTag>();
  note.pupil = turn.place.thread;
  note.text = draft->second;
  note.language = "ja";
  MACHI_TRY(turn.school.write_note(std::move(note), crypto::SignPublic{phone}, turn.scene.now));
  turn.place.texts.erase(draft);
  return {};
}

Result<bool> thread_act(PageTurn& turn, const screen::Action& action) {
  if (const auto about = subject(action, "text")) {
    const auto text =
        base::to_code_points(base::trimmed(content::cleaned(action.value))).substr(0, kNoteLimit);
    turn.place.texts[std::string(*about)] = base::from_code_points(text);
    return true;
  }
  if (const auto about = subject(action, "send")) {
    MACHI_TRY(send(turn, std::string(*about)));
    return true;
  }
  if (const auto about = subject(action, "read")) {
    MACHI_TRY_SET(id, NoteId::from_hex_text(*about));
    MACHI_TRY(turn.school.read_note(id, turn.scene.now));
    return true;
  }
  return false;
}

}  // namespace

void open_thread(PageTurn& turn, const PupilId& pupil) {
  if (turn.place.thread != pupil) turn.place.texts.clear();  // a draft never lands at another family
  turn.place.thread = pupil;
  turn.place.page = DeskPage::Thread;
}

const Page kMessagesPage{DeskPage::Messages, "messages", Icon::Mail, DeskPage::Today,
                         list_view,          list_act,   list_hint};
const Page kThreadPage{DeskPage::Thread, "",         Icon::Mail, DeskPage::Messages,
                       thread_view,      thread_act, nullptr};

}  // namespace machi::absence
