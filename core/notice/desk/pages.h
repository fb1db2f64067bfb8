// The pages of the desk of the town's notices: who sits here, what there is, one of it, and the form in which
// a notice is written. The app shows view(), hands actions to act(). Owned by the desk app; one thread.
#pragma once

#include <map>
#include <set>

#include "core/notice/desk/notice_desk.h"
#include "core/screen/builder.h"
#include "core/words/words.h"

namespace machi::notice {

// What is being written, as typed.
struct NoticeForm {
  std::optional<DraftId> of;    // of which this is the next version
  bool corrects = false;        // that one is in the feed already
  std::string language = "ja";  // of the words that are shown for writing
  std::vector<NoticeText> texts{{"ja", "", ""}};
  std::string importance = "normal", theme, link, place;
  std::string from_day, from_time, until_day, event_day, event_from, event_to;
  std::string segment;                      // as a segment is written
  std::set<std::string> parts;              // of the builder: "district", "child" ...
  std::map<std::string, std::string> said;  // of the builder: what each part says
  bool either = false;                      // one of the parts is enough
  bool tried = false;
  std::string name;  // of a template to keep

  NoticeText& text();
  const NoticeText* find(std::string_view language) const;
  void compose();  // the segment from the builder's parts
};

struct NoticePlace {
  enum class At { List, One, Form, Figures };
  At at = At::List;
  std::string notice;  // a sentence, until the next press
  bool warns = false;
  std::string officer;  // as typed
  bool renamed = false, tried = false;
  DraftId draft;
  Hash seen{};         // the version as it was shown
  std::string asking;  // the second press of "<asking>.yes" counts
  std::string why;
  std::string preview = "ja";  // language in which a notice is looked at
  NoticeForm form;
  std::string month = {};  // of the figures
};

struct NoticeView {
  const NoticeDesk& desk;
  const words::Words& words;
  const NoticePlace& place;
  Instant now;
  std::string office;  // its name
  bool connected = false;
  std::optional<Instant> contact = {};
  bool lockable = false;
};

struct NoticeFile {
  std::string name, media_type;
  Bytes bytes;
};
struct NoticeAsk {
  bool lock = false;
  bool settings = false;
  bool print = false;
  std::optional<NoticeFile> save = {};
};
struct NoticeTurn {
  NoticeDesk& desk;
  NoticePlace& place;
  const NoticeView& view;
  std::string asked;  // what was asked before this press
  void say(std::string key) {
    place.notice = view.words(key);
    place.warns = false;
  }
};

class NoticePages {
 public:
  explicit NoticePages(NoticeDesk& desk) : desk_(desk) {}
  const NoticePlace& place() const { return place_; }
  screen::Screen view(const NoticeView& view) const;
  Result<NoticeAsk> act(const screen::Action& action, const NoticeView& view);
  void notice(std::string sentence) {
    place_.notice = std::move(sentence);
    place_.warns = true;
  }
  void leave() { place_ = {}; }

 private:
  NoticeDesk& desk_;
  NoticePlace place_;
};

// --- the pages; act: false = not theirs
screen::Screen notice_frame(const NoticeView& view, std::string name, std::string title);
screen::Screen list_view(const NoticeView& view);
Result<bool> list_act(NoticeTurn& turn, const screen::Action& action);
screen::Screen one_view(const NoticeView& view, const DraftLine& line);
Result<bool> one_act(NoticeTurn& turn, const screen::Action& action);
screen::Screen form_view(const NoticeView& view);
Result<bool> form_act(NoticeTurn& turn, const screen::Action& action);

screen::Screen figures_view(const NoticeView& view);
Result<bool> figures_act(NoticeTurn& turn, const screen::Action& action, NoticeAsk& ask);
Bytes figures_csv(const std::vector<Sums>& months, const words::Words& words);

// A notice's state in a word, at this moment.
struct DraftShown {
  const char* key;
  screen::Tone tone;
  screen::Icon icon;
};
DraftShown shown_state(const NoticeView& view, const DraftLine& line);

NoticeForm form_of(const Draft& draft);
// BadInput when something is missing or cannot be read: the form says what.
Result<Draft> draft_of(const NoticeForm& form);
std::string whom_sentence(const std::string& segment, const words::Words& words);

inline std::optional<std::string_view> subject_of(const screen::Action& action, std::string_view verb) {
  const std::string_view node = action.node;
  if (!node.starts_with(verb) || node.size() <= verb.size() || node[verb.size()] != '.') return std::nullopt;
  return node.substr(verb.size() + 1);
}

}  // namespace machi::notice
