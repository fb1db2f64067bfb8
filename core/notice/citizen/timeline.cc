// The timeline's nodes.
#include "core/notice/citizen/timeline.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/notice/citizen/menu.h"

namespace machi::notice {

using screen::Icon;
using screen::Kind;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr int kMore = 60;
constexpr std::int64_t kStale = 24 * 3600;

bool matches(const NoticeEntry& entry, const std::string& wanted) {
  return std::any_of(entry.body.texts.begin(), entry.body.texts.end(), [&](const NoticeText& text) {
    return base::search_form(text.title + "\n" + text.text).find(wanted) != std::string::npos;
  });
}

bool passes(const NoticeEntry& entry, const std::string& filter) {
  if (filter == "unread") return !entry.read;
  if (filter == "important") return entry.header.importance != Importance::Normal;
  if (filter.starts_with("theme.")) return entry.header.theme == filter.substr(6);
  return true;
}

// Trouble that a reader should know of; nothing when all is well.
void add_state(const PhoneContext& context, Nodes& out) {
  const auto& words = context.words;
  const auto fresh = context.book.fresh();
  const bool known = fresh.ok() && *fresh;
  switch (context.follower.outcome()) {
    case Follower::Outcome::Forged:
      out.push_back(screen::alert("forged", words("notice.forged"), Tone::Danger));
      out.back().hint = words("notice.forged.next");
      break;
    case Follower::Outcome::RolledBack:
      out.push_back(screen::alert("rolled-back", words("notice.rolled-back"), Tone::Danger));
      out.back().hint = words("notice.forged.next");
      break;
    case Follower::Outcome::Storage:
      out.push_back(screen::alert("storage", words("notice.storage"), Tone::Danger));
      break;
    case Follower::Outcome::Unreachable:
      out.push_back(screen::alert("reach", words("notice.unreachable"), Tone::Info));
      out.back().icon = Icon::Offline;
      break;
    case Follower::Outcome::None:
    case Follower::Outcome::Fresh:
      break;
  }
  if (known && (*fresh)->plus_seconds(kStale) < context.now) {
    out.push_back(screen::alert(
        "stale", words("notice.stale", {{"when", words.moment(**fresh, context.now)}}), Tone::Warning));
    out.back().icon = Icon::Clock;
  } else if (known) {
    out.push_back(
        screen::text("fresh", words("notice.fresh", {{"when", words.moment(**fresh, context.now)}})));
  }
}

void add_filter(const PhoneContext& context, const std::string& filter, Nodes& out) {
  const auto& words = context.words;
  std::vector<screen::Option> options{
      screen::option("all", words("notice.filter.all"), filter == "all"),
      screen::option("unread", words("notice.filter.unread"), filter == "unread"),
      screen::option("important", words("notice.filter.important"), filter == "important")};
  std::vector<std::string> themes;
  for (const NoticeEntry& one : context.all)
    if (!one.header.theme.empty() &&
        std::find(themes.begin(), themes.end(), one.header.theme) == themes.end())
      themes.push_back(one.header.theme);
  std::sort(themes.begin(), themes.end());
  for (const std::string& one : themes)
    options.push_back(screen::option("theme." + one, theme_name(words, one), filter == "theme." + one));
  out.push_back(screen::choice("filter", words("notice.filter"), Kind::Single, std::move(options)));
}

screen::Node row_of(const PhoneContext& context, const NoticeEntry& entry) {
  const auto& words = context.words;
  const NoticeText& text = text_for(entry.body, words.language());
  const std::string id = std::to_string(entry.serial);
  std::string second = words.time(base::time_of(entry.at));
  if (!entry.header.theme.empty())
    second = words("notice.row", {{"theme", theme_name(words, entry.header.theme)}, {"time", second}});
  if (!entry.body.attachments.empty()) second += "　" + words("notice.row.attached");
  Nodes badges;
  if (!entry.read) badges.push_back(screen::badge("new." + id, words("notice.badge.unread"), Tone::Info));
  if (entry.header.importance == Importance::Important)
    badges.push_back(
        screen::badge("grave." + id, words("notice.importance.important"), Tone::Warning, Icon::Warning));
  if (entry.corrected)
    badges.push_back(
        screen::badge("corrected." + id, words("notice.badge.corrected"), Tone::Neutral, Icon::Edit));
  screen::Node row = screen::row_button("notice." + id, text.title, second, std::move(badges));
  row.version = entry.corrected ? std::to_string(entry.corrected->ms) : "";
  if (!entry.read) row.state = screen::State::New;
  return row;
}

}  // namespace

int Timeline::unread(const PhoneContext& context) {
  return static_cast<int>(
      std::count_if(context.all.begin(), context.all.end(), [](const auto& one) { return !one.read; }));
}

std::string Timeline::urgent(const PhoneContext& context) {
  for (const NoticeEntry& one : context.all)
    if (one.header.importance == Importance::Emergency && !one.read)
      return text_for(one.body, context.words.language()).title;
  return "";
}

screen::Screen Timeline::view(const PhoneContext& context) const {
  const auto& words = context.words;
  screen::Screen out = phone_frame(context, kTimeline, words("notice.title"));
  for (const NoticeEntry& one : context.all) {
    if (one.header.importance != Importance::Emergency) continue;
    const NoticeText& text = text_for(one.body, words.language());
    const std::string id = std::to_string(one.serial);
    screen::Node alert = screen::alert(
        "urgent." + id, text.title, Tone::Danger,
        {screen::button("notice." + id, words("notice.read"), screen::Importance::Primary, Icon::Mail)});
    alert.hint = words("notice.urgent", {{"when", words.moment(one.at, context.now)}});
    out.main.push_back(std::move(alert));
  }
  if (auto menu = menu_node(context, menu_of(context))) out.main.push_back(std::move(*menu));
  add_state(context, out.main);
  const bool any = !context.all.empty();
  if (searching_ && any) {
    screen::Node field = screen::field("search", words("notice.search"), Kind::Text, words_);
    field.hint = words("notice.search.hint");
    field.max_length = 40;
    out.main.push_back(std::move(field));
  }
  if (any) add_filter(context, filter_, out.main);
  const std::string wanted = base::search_form(words_);
  Nodes rows;
  std::optional<base::Date> day;
  int count = 0;
  bool more = false;
  const auto close = [&] {
    if (rows.empty()) return;
    const std::string name =
        *day == context.today() ? words("notice.today", {{"date", words.date(*day)}}) : words.date(*day);
    out.main.push_back(
        screen::group("day." + day->iso(), name, {screen::list("list." + day->iso(), "", std::move(rows))}));
    rows = {};
  };
  for (const NoticeEntry& one : context.all) {
    if (one.header.importance == Importance::Emergency || !passes(one, filter_)) continue;
    if (!wanted.empty() && !matches(one, wanted)) continue;
    if (++count > shown_) {
      more = true;
      break;
    }
    const base::Date its = base::date_of(one.at);
    if (day && *day != its) close();
    day = its;
    rows.push_back(row_of(context, one));
  }
  close();
  if (count == 0 && any)
    out.main.push_back(
        screen::empty("none", words(wanted.empty() ? "notice.none.filter" : "notice.none.found")));
  if (!any)
    out.main.push_back(
        screen::empty("none", words(context.follower.busy() ? "notice.loading" : "notice.none")));
  if (more) out.main.push_back(screen::button("more", words("notice.more")));
  Nodes own;
  own.push_back(screen::row_button("chat", words("notice.chat.title"), words("notice.chat.hint")));
  own.back().icon = Icon::Help;
  own.push_back(screen::row_button("profile", words("notice.profile"), words("notice.profile.hint")));
  own.back().icon = Icon::Person;
  own.push_back(screen::row_button("settings", words("notice.settings"), words("notice.settings.hint")));
  own.back().icon = Icon::Settings;
  out.main.push_back(screen::list("own", words("notice.own"), std::move(own)));
  screen::Node sync = screen::button("sync", words("notice.sync"), screen::Importance::Tertiary, Icon::Retry);
  sync.busy = context.follower.busy();
  out.main.push_back(std::move(sync));
  return out;
}

PhoneStep Timeline::open_tile(const MenuTile& tile) {
  const std::string& target = tile.target;
  PhoneStep out;
  if (target == "ask") return go_to(kChat);
  if (target.starts_with("ask:")) return go_to(kChat, target.substr(4));
  if (target == "garbage") return go_to(kGarbage);
  if (target == "profile") return go_to(kProfile);
  if (target == "settings") return go_to(kSettings);
  if (target.starts_with("app:")) out.app = target.substr(4);
  if (target == "search") searching_ = true;
  if (target == "important") filter_ = "important";
  if (target.starts_with("theme:")) filter_ = "theme." + target.substr(6);
  return out;
}

PhoneStep Timeline::act(const PhoneContext& context, const screen::Action& action) {
  PhoneStep out;
  if (action.node == "filter" && action.action == "choose") {
    filter_ = action.value;
    shown_ = kMore;
  } else if (action.node == "search" && action.action == "enter") {
    words_ = base::trimmed(action.value);
    shown_ = kMore;
  } else if (action.action != "press") {
    return out;
  } else if (action.node == "find") {
    searching_ = !searching_;
    if (!searching_) words_.clear();
  } else if (action.node == "more") {
    shown_ += kMore;
  } else if (action.node == "sync") {
    out.sync = true;
  } else if (action.node == "chat") {
    return go_to(kChat);
  } else if (action.node.starts_with("tile.")) {
    for (const MenuTile& one : menu_of(context))
      if (action.node.substr(5) == one.id) return open_tile(one);
  } else if (action.node == "profile") {
    return go_to(kProfile);
  } else if (action.node == "settings") {
    return go_to(kSettings);
  } else if (action.node.starts_with("notice.")) {
    const std::string serial = action.node.substr(7);
    if (const NoticeEntry* entry = context.find(serial)) {
      out = go_to(kOne, serial);
      out.use = "notice.opened";
      if (!entry->read) out.changed = context.book.mark_read(entry->serial).ok();
    }
  }
  return out;
}

}  // namespace machi::notice
