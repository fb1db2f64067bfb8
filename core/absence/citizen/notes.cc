// A thread of notes and the field for the next one. The note gets its id when the screen opens, so that an
// impatient thumb sends one.
#include "core/absence/citizen/notes.h"

#include <algorithm>

#include "core/absence/citizen/draft.h"
#include "core/absence/citizen/frame.h"
#include "core/absence/content.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::string_view kRow = "notes:";
constexpr std::string_view kChild = "child:";  // a child's own row leads to the same place

std::string draft_key(const PupilId& pupil) { return "note:" + pupil.hex(); }

Node state_of(const CitizenContext& context, const KeptNote& kept) {
  const words::Words& words = context.words;
  const std::string id = "state:" + kept.note.note.hex();
  if (kept.read)
    return screen::badge(id, words("absence.badge.read", {{"when", words.moment(kept.read->at, context.now)}}), Tone::Success, Icon::Check);
  const auto post = context.mail.state(kept.message);
  if (post && post->refused)
    return screen::badge(id, words("absence.badge.refused"), Tone::Danger, Icon::Failed);
  if (post && (post->arrived || post->had))
    return screen::badge(id, words("absence.note.arrived"), Tone::Info, Icon::Clock);
  return screen::badge(id, words("absence.badge.saved"), Tone::Warning, Icon::Clock);
}

Node card_of(const CitizenContext& context, const KeptNote& kept, const std::string& school) {
  const words::Words& words = context.words;
  const std::string id = kept.note.note.hex();
  const std::string when = words.moment(kept.written, context.now);
  std::string title = words("absence.note.mine", {{"when", when}});
  if (!kept.mine) {
    title = kept.note.by.empty() ? words("absence.note.theirs", {{"office", school}, {"when", when}})
                                 : words("absence.note.theirs.by",
                                         {{"office", school}, {"name", kept.note.by}, {"when", when}});
  }
  Nodes inside{screen::text("text:" + id, kept.note.text)};
  inside.front().language = words.foreign(kept.note.language);
  if (const std::string tag = inside.front().language; !tag.empty()) {
    inside.push_back(
        screen::badge("language:" + id, words.language_name(tag), Tone::Neutral, Icon::Language));
    inside.back().importance = Importance::Tertiary;
  }
  if (kept.mine) {
    if (auto photo = sent_photo(context, kept.message)) inside.push_back(std::move(*photo));
    inside.push_back(state_of(context, kept));
  }
  return screen::card("note:" + id, title, std::move(inside));
}

}  // namespace

bool Notes::open(const CitizenContext& context, const std::string& subject) {
  const std::size_t dot = subject.find('.');
  const auto pupil = id_of<PupilId>(subject.substr(0, dot));
  if (!pupil) return false;
  const auto child = context.children.child(*pupil);
  if (!child.ok() || !*child) return false;
  pupil_ = *pupil;
  report_ = dot == std::string::npos ? std::nullopt : id_of<ReportId>(subject.substr(dot + 1));
  next_ = context.entropy.id<NoteTag>();
  text_ = DraftBook(context.database).load_text(draft_key(pupil_));
  photo_.open(context, draft_key(pupil_));
  tried_ = false;
  trouble_.reset();
  const Status seen = NoteBook(context.database).seen(pupil_);
  if (!seen.ok()) trouble_ = seen.code();
  return true;
}

std::optional<screen::Screen> Notes::view(const CitizenContext& context, const Route& route) const {
  const words::Words& words = context.words;
  const auto child = context.children.child(pupil_);
  if (!child.ok() || !*child) return std::nullopt;
  const std::string school = office_name(context, (*child)->office, (*child)->office_name);
  screen::Screen out =
      titled(context, route, words("absence.note.title", {{"name", called(context, **child)}}));
  if (trouble_) {
    Nodes call;
    if (auto link = call_link(context, "trouble.call", (*child)->office, (*child)->office_name))
      call.push_back(std::move(*link));
    const std::string key =
        *trouble_ == base::Code::StorageFull ? "absence.trouble.full" : "absence.trouble.unsaved";
    Node alert = screen::alert("trouble", words(key), Tone::Danger, std::move(call));
    alert.hint = words("absence.trouble.next");
    out.main.push_back(std::move(alert));
  }
  const auto notes = NoteBook(context.database).about(pupil_);
  if (!notes.ok() || notes->empty())
    out.main.push_back(screen::empty("none", words("absence.note.none", {{"office", school}})));
  for (const KeptNote& kept : notes.ok() ? *notes : std::vector<KeptNote>())
    out.main.push_back(card_of(context, kept, school));
  if (report_) {
    const auto entry = context.reports.find(*report_);
    if (entry.ok() && *entry) {
      out.main.push_back(screen::text(
          "about", words("absence.note.about", {{"date", words.date((*entry)->shown().report.date)}})));
    }
  }
  Node text = screen::field("text", words("absence.note.text", {{"office", school}}), Kind::Multiline, text_);
  text.max_length = static_cast<std::int32_t>(kNoteLimit);
  text.hint = words("absence.form.note.hint");
  text.version = next_.hex();
  const std::string cleaned = content::cleaned(base::trimmed(text_));
  if (base::count_code_points(cleaned) > kNoteLimit)
    text.error = words("absence.error.note", {{"limit", std::to_string(kNoteLimit)}});
  else if (tried_ && cleaned.empty() && photo_.empty())
    text.error = words("absence.error.note-empty");
  out.main.push_back(std::move(text));
  out.main.push_back(photo_.node(words, next_.hex()));
  Node send = screen::button("send", words("absence.form.send", {{"office", school}}), Importance::Primary,
                             Icon::Send);
  send.version = next_.hex();
  out.foot.push_back(std::move(send));
  out.foot.push_back(screen::text("reach", words("absence.note.urgent")));
  return out;
}

Outcome Notes::act(const CitizenContext& context, const Route&, const screen::Action& action) {
  trouble_.reset();
  if (action.node == "text" && action.action == "enter") {
    text_ = action.value;
    const Status kept = DraftBook(context.database).save_text(draft_key(pupil_), text_);
    if (!kept.ok()) trouble_ = kept.code();
    return stay();
  }
  if (action.action == "remove") {
    if (const Status removed = photo_.remove(context, draft_key(pupil_)); !removed.ok())
      trouble_ = removed.code();
    return stay();
  }
  return action.node == "send" && action.action == "press" ? send(context) : stay();
}

void Notes::take(const CitizenContext& context, const ChosenPhoto& chosen) {
  const Status taken = photo_.take(context, draft_key(pupil_), chosen);
  trouble_ = taken.ok() ? std::nullopt : std::optional(taken.code());
}

Outcome Notes::send(const CitizenContext& context) {
  KeptNote kept;
  kept.note.note = next_;
  kept.note.pupil = pupil_;
  kept.note.text = content::cleaned(base::trimmed(text_));
  if (kept.note.text.empty() && !photo_.empty())
    kept.note.text = words::plain(context.words("absence.note.photo-only"));
  kept.note.language = context.words.language();
  kept.note.report = report_;
  kept.mine = true;
  kept.written = context.now;
  const std::size_t length = base::count_code_points(kept.note.text);
  if (length == 0 || length > kNoteLimit) {
    tried_ = true;
    return stay();
  }
  const auto write = [&]() -> Status {
    MACHI_TRY_SET(child, context.children.child(pupil_));
    if (!child) return base::fail(base::Code::NotFound, "child");
    NoteBook book(context.database);
    MACHI_TRY_SET(before, book.about(pupil_));
    for (const KeptNote& one : before) {
      if (!one.mine) kept.note.answers = one.note.note;
    }
    store::Transaction transaction(context.database);
    MACHI_TRY_SET(message,
                  send_with_photo(context, child->office, kKindNote, encode(kept.note), photo_.name()));
    kept.message = message;
    MACHI_TRY(book.add(kept));
    MACHI_TRY(DraftBook(context.database).drop(draft_key(pupil_)));
    return transaction.commit();
  };
  const Status written = write();
  Outcome out;
  if (!written.ok()) {
    trouble_ = written.code();
    out.rolled_back = true;
    return out;
  }
  next_ = context.entropy.id<NoteTag>();
  text_.clear();
  photo_ = {};
  tried_ = false;
  out.sent = true;
  return out;
}

Nodes Notes::rows(const CitizenContext& context) {
  const auto unseen = NoteBook(context.database).unseen();
  Nodes rows;
  std::vector<PupilId> done;
  for (const KeptNote& kept : unseen.ok() ? *unseen : std::vector<KeptNote>()) {
    if (std::find(done.begin(), done.end(), kept.note.pupil) != done.end()) continue;
    done.push_back(kept.note.pupil);
    const Child child = child_of(context, kept.note.pupil);
    if (child.card.name.empty()) continue;
    const std::string hex = kept.note.pupil.hex();
    Node badge = screen::badge("note-new:" + hex, context.words("absence.note.new"), Tone::Info);
    badge.state = screen::State::New;
    Node row = screen::row_button(std::string(kRow) + hex,
                                  context.words("absence.note.row", {{"name", called(context, child)}}),
                                  context.words.moment(kept.written, context.now), {std::move(badge)});
    row.icon = Icon::Mail;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<std::string> Notes::pressed(const screen::Action& action) {
  if (action.action != "press") return std::nullopt;
  for (const std::string_view row : {kRow, kChild}) {
    if (std::string_view(action.node).starts_with(row)) return action.node.substr(row.size());
  }
  return std::nullopt;
}

}  // namespace machi::absence
