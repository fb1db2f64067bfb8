// The conversation: one question at a time, its answers, and what to do when there is none.
#include "core/notice/citizen/chat.h"

#include <algorithm>

#include "core/base/text.h"

namespace machi::notice {

using screen::Icon;
using screen::Kind;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr std::size_t kMost = 4;
constexpr double kAlike = 0.93;   // of the best score: then it is asked back which one is meant
constexpr double kSure = 0.9;     // the very name: nothing is asked back
constexpr double kPerhaps = 0.3;  // worth being shown beside "I do not know"
constexpr std::size_t kRows = 80;

std::vector<std::string> fields_of(const AnswerPack& pack) {
  std::vector<std::string> out;
  for (const AnswerEntry& one : pack.entries)
    if (std::find(out.begin(), out.end(), one.field) == out.end()) out.push_back(one.field);
  return out;
}

// Words of a question that nobody could answer: what stands between spaces, marks and particles of one sign
// is for staff to guess; so only runs of one script are counted.
std::vector<std::string> words_in(const std::string& question) {
  std::vector<std::string> out;
  std::u32string word;
  int script = 0;
  const auto end = [&] {
    if (word.size() > 1 && script > 1) out.push_back(base::from_code_points(word));
    word.clear();
  };
  for (const char32_t sign : base::to_code_points(base::fold_width(question))) {
    const int its = sign >= 0x4E00 && sign <= 0x9FFF                                   ? 3
                    : (sign >= 0x30A1 && sign <= 0x30FA) || sign == U'ー'              ? 2
                    : (sign >= U'a' && sign <= U'z') || (sign >= U'A' && sign <= U'Z') ? 4
                                                                                       : 1;
    if (its != script) end();
    script = its;
    word.push_back(sign);
  }
  end();
  return out;
}

}  // namespace

void Chat::load(const PhoneContext& context) {
  const auto booklet = context.book.booklet(kAnswersBooklet);
  if (!booklet.ok() || !*booklet || (pack_ && (*booklet)->hash == hash_)) return;
  const auto bytes = context.book.blob((*booklet)->hash);
  if (!bytes.ok() || !*bytes) return;
  auto read = decode_answers(**bytes);
  if (!read.ok()) return;  // the one before goes on
  search_.reset();
  pack_ = std::make_unique<AnswerPack>(std::move(*read));
  search_ = std::make_unique<AnswerSearch>(*pack_);
  hash_ = (*booklet)->hash;
  found_ = Found::Nothing;
  answers_.clear();
}

const AnswerEntry* Chat::entry(std::string_view id) const {
  if (!pack_) return nullptr;
  for (const AnswerEntry& one : pack_->entries)
    if (one.id == id) return &one;
  return nullptr;
}

void Chat::open(const PhoneContext& context, const std::string& name, const std::string& subject) {
  load(context);
  judged_.clear();
  if (name == kChat) {
    typed_ = subject;
    asked_.clear();
    field_.clear();
    found_ = Found::Nothing;
    answers_.clear();
    if (!subject.empty()) ask(context);
  }
  if (name == kGarbage) {
    wanted_.clear();
    row_.clear();
  }
  if (name == kAnswer)
    if (const AnswerEntry* one = entry(subject)) count(context, *one, AskedOutcome::Shown);
}

// Unless the phone's owner has said no.
void Chat::count(const PhoneContext& context, const AnswerEntry& entry, AskedOutcome outcome) {
  if (context.profile.setting("asked") == "no") return;
  AskedBook book(context.database);
  static_cast<void>(book.count(entry.field, entry.id, outcome, context.now));
}

void Chat::ask(const PhoneContext& context) {
  asked_ = base::trimmed(typed_);
  judged_.clear();
  field_.clear();
  answers_.clear();
  found_ = Found::Nothing;
  if (asked_.empty() || !search_) return;
  const auto found = search_->ask(asked_, kMost);
  const double best = found.empty() ? 0 : found[0].score;
  found_ = best < kKnown ? Found::Unknown : Found::One;
  if (found_ == Found::One && found.size() > 1 && best < kSure && found[1].score >= best * kAlike)
    found_ = Found::Several;
  for (const FoundAnswer& one : found)
    if (one.score >= (found_ == Found::Unknown ? kPerhaps : kKnown)) answers_.push_back(one.entry);
  if (found_ == Found::One)
    count(context, pack_->entries[static_cast<std::size_t>(answers_[0])], AskedOutcome::Shown);
  if (found_ == Found::Unknown && context.profile.setting("asked") != "no") {
    AskedBook book(context.database);
    static_cast<void>(book.count_unknown(words_in(asked_), context.now));
  }
}

void Chat::add_helped(const PhoneContext& context, const AnswerEntry& entry, Nodes& out) const {
  const auto& words = context.words;
  if (judged_ == entry.id) {
    out.push_back(screen::text("helped.thanks", words("notice.chat.thanks")));
    return;
  }
  out.push_back(screen::group("helped", words("notice.chat.helped"),
                              {screen::button("helped.yes", words("notice.chat.helped.yes"),
                                              screen::Importance::Secondary, Icon::Check),
                               screen::button("helped.no", words("notice.chat.helped.no"))}));
}

// Its words, and of garbage its days: those of the owner's district, or of all.
void Chat::add_answer(const PhoneContext& context, const AnswerEntry& entry, Nodes& out) const {
  const auto& words = context.words;
  screen::Node text = screen::text("answer.text", entry.answer);
  text.language = words.foreign("ja");
  Nodes inside;
  inside.push_back(std::move(text));
  const std::string district = garbage_district(context, *pack_);
  if (const auto own = entry.days.find(district); own != entry.days.end()) {
    Nodes facts{
        screen::fact("days.own", words("notice.garbage.days", {{"district", district}}), own->second)};
    facts[0].language = words.foreign("ja");
    inside.push_back(screen::facts("days", words("notice.garbage.when"), std::move(facts)));
  } else if (!entry.days.empty()) {
    Nodes facts;
    for (const auto& [name, days] : entry.days) {
      facts.push_back(screen::fact("days." + name, words("notice.garbage.days", {{"district", name}}), days));
      facts.back().language = words.foreign("ja");
    }
    inside.push_back(screen::facts("days", words("notice.garbage.when"), std::move(facts)));
  }
  out.push_back(screen::card("answer", entry.title, std::move(inside)));
  add_helped(context, entry, out);
}

// A person of the town: by telephone. Phones have no mailbox at this office, and what was asked goes nowhere
// by itself.
void Chat::add_office(const PhoneContext& context, Nodes& out) const {
  const auto& words = context.words;
  const auto office = context.book.office();
  if (!office.ok() || !*office || (*office)->telephone.empty()) return;
  out.push_back(screen::link(
      "call", words("notice.chat.call", {{"office", (*office)->name}, {"telephone", (*office)->telephone}}),
      "tel:" + (*office)->telephone, Icon::Telephone));
  if (!asked_.empty())
    out.push_back(
        screen::button("pass", words("notice.chat.pass"), screen::Importance::Tertiary, Icon::Send));
}

void Chat::add_rows(const PhoneContext& context, const std::vector<int>& entries, Nodes& out) const {
  for (const int index : entries) {
    const AnswerEntry& one = pack_->entries[static_cast<std::size_t>(index)];
    screen::Node row = screen::row_button("entry." + one.id, one.title, one.field);
    row.language = context.words.foreign("ja");
    out.push_back(std::move(row));
    if (out.size() >= kRows) return;
  }
}

screen::Screen Chat::chat(const PhoneContext& context) const {
  const auto& words = context.words;
  screen::Screen out = phone_frame(context, kChat, words("notice.chat.title"));
  if (!pack_) {
    out.main.push_back(
        screen::empty("none", words(context.follower.busy() ? "notice.chat.loading" : "notice.chat.none")));
    add_office(context, out.main);
    return out;
  }
  out.main.push_back(screen::text("what", words("notice.chat.what")));
  screen::Node field = screen::field("question", words("notice.chat.question"), Kind::Text, typed_);
  field.max_length = 100;
  out.main.push_back(std::move(field));
  out.main.push_back(
      screen::button("ask", words("notice.chat.ask"), screen::Importance::Primary, Icon::Help));
  Nodes rows;
  switch (found_) {
    case Found::Nothing:
      break;
    case Found::One:
      add_answer(context, pack_->entries[static_cast<std::size_t>(answers_[0])], out.main);
      add_rows(context, {answers_.begin() + 1, answers_.end()}, rows);
      if (!rows.empty())
        out.main.push_back(screen::list("others", words("notice.chat.others"), std::move(rows)));
      break;
    case Found::Several:
      out.main.push_back(screen::heading("which", words("notice.chat.which"), 2));
      add_rows(context, answers_, rows);
      out.main.push_back(screen::list("others", words("notice.chat.which"), std::move(rows)));
      out.main.push_back(
          screen::button("neither", words("notice.chat.neither"), screen::Importance::Tertiary));
      break;
    case Found::Unknown:
      out.main.push_back(screen::alert("unknown", words("notice.chat.unknown"), Tone::Info));
      out.main.back().hint = words("notice.chat.unknown.next");
      add_rows(context, answers_, rows);
      if (!rows.empty())
        out.main.push_back(screen::list("others", words("notice.chat.perhaps"), std::move(rows)));
      add_office(context, out.main);
      break;
  }
  if (found_ == Found::Nothing || found_ == Found::Unknown) {
    std::vector<screen::Option> options;
    for (const std::string& one : fields_of(*pack_)) {
      options.push_back(screen::option(one, one, one == field_));
      options.back().language = words.foreign("ja");
    }
    out.main.push_back(
        screen::choice("field", words("notice.chat.fields"), Kind::Single, std::move(options)));
    if (!field_.empty()) {
      std::vector<int> all;
      for (std::size_t i = 0; i < pack_->entries.size(); ++i)
        if (pack_->entries[i].field == field_) all.push_back(static_cast<int>(i));
      Nodes list;
      add_rows(context, all, list);
      out.main.push_back(screen::list("of.field", field_, std::move(list)));
    }
  }
  out.main.push_back(screen::button("garbage", words("notice.garbage.title"), screen::Importance::Secondary,
                                    Icon::Calendar));
  if (!words.language().starts_with("ja"))
    out.main.push_back(screen::text("in.japanese", words("notice.chat.japanese")));
  out.main.push_back(screen::text(
      "counted",
      words(context.profile.setting("asked") == "no" ? "notice.chat.not-counted" : "notice.chat.counted")));
  return out;
}

std::optional<screen::Screen> Chat::view(const PhoneContext& context, const std::string& name,
                                         const std::string& subject) const {
  if (name == kChat) return chat(context);
  if (name == kGarbage) return garbage(context);
  const AnswerEntry* one = entry(subject);
  if (!one) return std::nullopt;
  screen::Screen out = phone_frame(context, std::string(kAnswer) + "/" + subject, one->title);
  add_answer(context, *one, out.main);
  out.main.push_back(
      screen::button("share", context.words("notice.share"), screen::Importance::Secondary, Icon::Send));
  add_office(context, out.main);
  return out;
}

PhoneStep Chat::act(const PhoneContext& context, const std::string& name, const std::string& subject,
                    const screen::Action& action) {
  PhoneStep out;
  load(context);
  const AnswerEntry* shown = name == kAnswer ? entry(subject)
                             : name == kChat && found_ == Found::One
                                 ? &pack_->entries[static_cast<std::size_t>(answers_[0])]
                                 : nullptr;
  if (action.node == "question") {
    typed_ = action.value;
    return out;
  }
  if (action.node == "field" && action.action == "choose") field_ = action.value;
  if (action.node == "find") wanted_ = action.value;
  if (action.node == "row" && action.action == "choose") row_ = action.value == row_ ? "" : action.value;
  if (action.node == "district" && action.action == "choose")
    out.changed = context.profile.set("garbage", action.value).ok();
  if (action.action != "press") return out;
  if (action.node == "ask") {
    ask(context);
    if (found_ != Found::Nothing) out.use = "ask.asked";
  }
  if (action.node == "garbage") return go_to(kGarbage);
  if (action.node == "neither") {
    found_ = Found::Unknown;
    answers_.clear();
  }
  if ((action.node == "helped.yes" || action.node == "helped.no") && shown && judged_ != shown->id) {
    judged_ = shown->id;
    out.use = action.node == "helped.yes" ? "ask.solved" : "ask.unsolved";
    count(context, *shown, action.node == "helped.yes" ? AskedOutcome::Helped : AskedOutcome::DidNotHelp);
  }
  if (action.node == "share" && shown)
    out.share = std::pair(shown->title, shown->title + "\n" + shown->answer);
  if (action.node == "pass" && !asked_.empty())
    out.share = std::pair(context.words("notice.chat.title"), asked_);
  if (action.node.starts_with("entry.")) {
    const std::string id = action.node.substr(6);
    if (entry(id)) return go_to(kAnswer, id);
  }
  return out;
}

}  // namespace machi::notice
