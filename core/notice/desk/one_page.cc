// One notice as it will be read, who has approved it, and what may be done with it now.
#include "core/notice/desk/pages.h"
#include "core/notice/desk/sentence.h"

namespace machi::notice {

using screen::Icon;
using screen::Kind;
using screen::Nodes;
using screen::Tone;

namespace {

// A paragraph a line, as a phone shows it.
void add_text(Nodes& out, const std::string& text, const std::string& language) {
  std::size_t at = 0;
  int number = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) {
      screen::Node line = screen::text("line." + std::to_string(++number), text.substr(at, end - at));
      line.language = language;
      out.push_back(std::move(line));
    }
    at = end + 1;
  }
}

std::string importance_key(Importance importance) {
  switch (importance) {
    case Importance::Normal:
      return "notice.importance.normal";
    case Importance::Important:
      return "notice.importance.important";
    case Importance::Emergency:
      return "notice.importance.emergency";
  }
  return "notice.importance.normal";
}

Nodes facts_of(const NoticeView& view, const DraftLine& line) {
  const auto& words = view.words;
  const NoticeHeader& header = line.draft.header;
  const NoticeBody& body = line.draft.body;
  Nodes out{
      screen::fact("whom", words("desk.notice.whom"), whom_sentence(header.segment, words)),
      screen::fact("importance", words("desk.notice.importance"), words(importance_key(header.importance)))};
  const auto add = [&](const char* id, std::string name, std::string value) {
    if (!value.empty()) out.push_back(screen::fact(id, std::move(name), std::move(value)));
  };
  if (!header.theme.empty()) add("theme", words("desk.notice.theme"), words("notice.theme." + header.theme));
  if (header.from) add("from", words("desk.notice.from"), words.moment(*header.from, view.now));
  if (header.until) add("until", words("desk.notice.until"), words.moment(*header.until, view.now));
  if (body.begins) add("begins", words("desk.notice.event"), words.moment(*body.begins, view.now));
  add("place", words("desk.notice.place"), body.place);
  add("link", words("desk.notice.link"), body.link);
  add("writer", words("desk.notice.writer"),
      words("desk.notice.row", {{"by", line.draft.by}, {"when", words.moment(line.draft.at, view.now)}}));
  for (std::size_t i = 0; i < line.approvals.size(); ++i)
    add(("approved." + std::to_string(i)).c_str(),
        words(line.approvals[i].alone ? "desk.notice.approved.alone" : "desk.notice.approved"),
        words("desk.notice.row",
              {{"by", line.approvals[i].by}, {"when", words.moment(line.approvals[i].at, view.now)}}));
  if (line.serial) add("serial", words("desk.notice.number"), std::to_string(*line.serial));
  if (line.withdrawal)
    add("withdrawn", words("desk.notice.withdrawn"),
        words("desk.notice.row",
              {{"by", line.withdrawal->by}, {"when", words.moment(line.withdrawal->at, view.now)}}) +
            (line.withdrawal->why.empty() ? "" : "　" + line.withdrawal->why));
  return out;
}

void add_actions(screen::Screen& out, const NoticeView& view, const DraftLine& line) {
  const auto& words = view.words;
  const DraftState state = line.state();
  const bool own = line.writer == view.desk.self();
  const auto asks = [&](const char* what) { return view.place.asking == what; };
  if (state == DraftState::Waits && !own)
    out.foot.push_back(
        screen::button("approve", words("desk.notice.approve"), screen::Importance::Primary, Icon::Check));
  if (state == DraftState::Waits && own) {
    out.main.push_back(screen::text("eyes", words("desk.notice.eyes")));
    if (line.draft.header.importance == Importance::Emergency) {
      if (asks("alone"))
        out.main.push_back(screen::alert(
            "alone.ask", words("desk.notice.alone.ask"), Tone::Danger,
            {screen::button("alone.yes", words("desk.notice.alone.yes"), screen::Importance::Primary)}));
      else
        out.foot.push_back(
            screen::button("alone", words("desk.notice.alone"), screen::Importance::Primary, Icon::Warning));
    }
  }
  if (line.withdrawal) return;
  out.foot.push_back(screen::button("edit", words(line.serial ? "desk.notice.correct" : "desk.notice.edit"),
                                    screen::Importance::Secondary, Icon::Edit));
  if (asks("take")) {
    screen::Node why = screen::field("why", words("desk.notice.why"), Kind::Text, view.place.why);
    why.max_length = static_cast<std::int32_t>(kReasonSigns);
    out.main.push_back(std::move(why));
    out.main.push_back(screen::alert(
        "take.ask", words(line.serial ? "desk.notice.withdraw.ask" : "desk.notice.drop.ask"), Tone::Danger,
        {screen::button("take.yes", words(line.serial ? "desk.notice.withdraw" : "desk.notice.drop"),
                        screen::Importance::Primary)}));
  } else {
    out.foot.push_back(screen::button("take",
                                      words(line.serial ? "desk.notice.withdraw" : "desk.notice.drop"),
                                      screen::Importance::Tertiary, Icon::Delete));
  }
}

}  // namespace

std::string whom_sentence(const std::string& segment, const words::Words& words) {
  SegmentFault fault;
  const auto read = parse_segment(segment, &fault);
  if (!read.ok()) return words("desk.notice.whom.fault", {{"n", std::to_string(fault.at)}});
  return segment_sentence(*read, words);
}

screen::Screen one_view(const NoticeView& view, const DraftLine& line) {
  const auto& words = view.words;
  const NoticeBody& body = line.draft.body;
  const NoticeText* shown = &body.texts[0];
  for (const NoticeText& text : body.texts)
    if (text.language == view.place.preview) shown = &text;
  screen::Screen out = notice_frame(view, "desk.notice.one/" + line.draft.id.hex(), shown->title);
  const DraftShown state = shown_state(view, line);
  out.main.push_back(screen::badge("state", words(state.key), state.tone, state.icon));
  if (line.printed && !line.printed->trouble.empty())
    out.main.push_back(screen::alert("refused", words("desk.notice.refused"), Tone::Danger));
  if (body.texts.size() > 1) {
    std::vector<screen::Option> options;
    for (const NoticeText& text : body.texts)
      options.push_back(screen::option(text.language, words.language_name(text.language), &text == shown));
    out.main.push_back(
        screen::choice("preview", words("desk.notice.preview"), Kind::Single, std::move(options)));
  }
  Nodes text;
  add_text(text, shown->text, words.foreign(shown->language));
  if (text.empty()) text.push_back(screen::text("line.0", shown->title));
  out.main.push_back(screen::group("words", words("desk.notice.as-read"), std::move(text)));
  out.main.push_back(screen::facts("facts", words("desk.notice.about"), facts_of(view, line)));
  add_actions(out, view, line);
  out.foot.push_back(screen::button("back", words("button.back"), screen::Importance::Secondary, Icon::Back));
  return screen::finish(std::move(out));
}

Result<bool> one_act(NoticeTurn& turn, const screen::Action& action) {
  NoticePlace& place = turn.place;
  if (action.node == "preview" && action.action == "choose") {
    place.preview = action.value;
    return true;
  }
  if (action.node == "why") {
    place.why = action.value;
    place.asking = turn.asked;
    return true;
  }
  if (action.action != "press") return false;
  if (action.node == "approve" || (action.node == "alone.yes" && turn.asked == "alone")) {
    const bool alone = action.node != "approve";
    const auto done = turn.desk.approve(place.draft, place.seen, alone, turn.view.now);
    if (!done.ok() && done.code() == Code::Conflict) {
      // Somebody has changed it since: shown as it is now, to be read again.
      MACHI_TRY_SET(line, turn.desk.book().line(place.draft));
      if (line) place.seen = line->hash;
      place.notice = turn.view.words("desk.notice.changed");
      place.warns = true;
      return true;
    }
    MACHI_TRY(done);
    turn.say("desk.notice.approved.done");
    return true;
  }
  if (action.node == "alone" || action.node == "take") {
    place.asking = action.node;
    return true;
  }
  if (action.node == "take.yes" && turn.asked == "take") {
    MACHI_TRY(turn.desk.take_back(place.draft, place.why, turn.view.now));
    place.why.clear();
    turn.say("desk.notice.taken");
    return true;
  }
  if (action.node != "edit") return false;
  MACHI_TRY_SET(line, turn.desk.book().line(place.draft));
  if (!line) return false;
  place.form = form_of(line->draft);
  place.form.of = place.draft;
  place.form.corrects = line->serial.has_value();
  place.at = NoticePlace::At::Form;
  return true;
}

}  // namespace machi::notice
