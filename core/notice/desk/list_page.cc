// Every notice of the office, what needs a person first.
#include "core/notice/desk/pages.h"

namespace machi::notice {

using screen::Icon;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr std::size_t kShown = 300;

}  // namespace

DraftShown shown_state(const NoticeView& view, const DraftLine& line) {
  switch (line.state()) {
    case DraftState::Waits:
      return {"desk.notice.state.waits", Tone::Warning, Icon::Clock};
    case DraftState::Approved:
      if (line.printed) return {"desk.notice.state.refused", Tone::Danger, Icon::Failed};
      if (line.draft.header.from && *line.draft.header.from > view.now)
        return {"desk.notice.state.planned", Tone::Info, Icon::Calendar};
      return {"desk.notice.state.approved", Tone::Info, Icon::Send};
    case DraftState::Published:
      if (line.draft.header.until && *line.draft.header.until <= view.now)
        return {"desk.notice.state.over", Tone::Neutral, Icon::Check};
      return {"desk.notice.state.published", Tone::Success, Icon::Check};
    case DraftState::Withdrawn:
      return {"desk.notice.state.withdrawing", Tone::Warning, Icon::Clock};
    case DraftState::Gone:
      return {"desk.notice.state.gone", Tone::Neutral, Icon::Delete};
  }
  return {"desk.notice.state.waits", Tone::Warning, Icon::Clock};
}

screen::Screen list_view(const NoticeView& view) {
  const auto& words = view.words;
  screen::Screen out = notice_frame(view, "desk.notice", words("desk.notice.title"));
  out.main.push_back(screen::text("how", words("desk.notice.how")));
  Nodes waiting, others;
  if (const auto lines = view.desk.book().lines(); lines.ok())
    for (const DraftLine& line : *lines) {
      if (waiting.size() + others.size() >= kShown) break;
      const DraftShown state = shown_state(view, line);
      const std::string id = line.draft.id.hex();
      screen::Node row = screen::row_button(
          "draft." + id, line.draft.body.texts[0].title,
          words("desk.notice.row", {{"by", line.draft.by}, {"when", words.moment(line.draft.at, view.now)}}),
          {screen::badge("state." + id, words(state.key), state.tone, state.icon)});
      (line.state() == DraftState::Waits ? waiting : others).push_back(std::move(row));
    }
  if (waiting.empty() && others.empty())
    out.main.push_back(
        screen::empty("none", words("desk.notice.none"),
                      {screen::button("page.first", words("desk.notice.new"), screen::Importance::Primary)}));
  if (!waiting.empty())
    out.main.push_back(screen::list("waiting", words("desk.notice.waiting"), std::move(waiting)));
  if (!others.empty())
    out.main.push_back(screen::list("others", words("desk.notice.others"), std::move(others)));
  return screen::finish(std::move(out));
}

Result<bool> list_act(NoticeTurn& turn, const screen::Action& action) {
  if (action.node == "page.first") {
    turn.place.at = NoticePlace::At::Form;
    return true;
  }
  const auto id = subject_of(action, "draft");
  if (!id) return false;
  MACHI_TRY_SET(draft, DraftId::from_hex_text(*id));
  MACHI_TRY_SET(line, turn.desk.book().line(draft));
  if (!line) return false;
  turn.place.draft = draft;
  turn.place.seen = line->hash;
  turn.place.preview = line->draft.body.texts[0].language;
  turn.place.at = NoticePlace::At::One;
  return true;
}

}  // namespace machi::notice
