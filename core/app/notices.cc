// Events go to the follower of the feed or to the screen that is shown; the host is told to draw when
// anything changed.
#include "core/app/notices.h"

#include <algorithm>

#include "core/app/pack.h"
#include "core/notice/citizen/chat.h"
#include "core/notice/citizen/one_notice.h"
#include "core/notice/citizen/profile_screens.h"
#include "core/notice/citizen/push_screen.h"
#include "core/notice/citizen/timeline.h"
#include "core/notice/citizen/use_book.h"
#include "core/words/shelf.h"

namespace machi::app {
namespace {

using base::Instant;
using notice::Follower;
using notice::PhoneStep;
using screen::Icon;
using screen::Node;

constexpr std::string_view kClock = "notices";
constexpr int kEveryMs = 15 * 60'000;     // while it is open
constexpr std::int64_t kSoonMs = 60'000;  // looked at again: not sooner than that
constexpr std::int32_t kTimeoutMs = 20'000;
constexpr std::int64_t kUseCall = std::int64_t{1} << 41;  // beside the follower's and those for notifications

class Notices final : public App {
 public:
  Notices(Config config, Pack pack, Blobs& blobs, std::unique_ptr<store::Database> database,
          notice::NoticeBook book)
      : config_(std::move(config)),
        pack_(std::move(pack)),
        blobs_(blobs),
        database_(std::move(database)),
        book_(std::move(book)),
        profile_(*database_),
        uses_(*database_),
        follower_(*database_, book_, pack_.town) {}

  void update(const Event& event, std::vector<Effect>& out) override {
    now_ = Instant{event.at};
    // By the screen that the person has.
    const auto* action = std::get_if<Act>(&event.what);
    const bool means = action && screen::still_means(view(), action->action);
    changed_ = false;
    if (const auto* begin = std::get_if<Start>(&event.what)) start(*begin, out);
    if (const auto* answer = std::get_if<Answer>(&event.what)) {
      const base::Bytes body = blobs_.take(answer->body);
      if (answer->request == use_call_) {
        use_call_ = 0;
        // Refused for good it would be refused again.
        if (answer->status >= 200 && answer->status < 500) count(uses_.told(), out);
      } else if (push_.answer(context(), answer->request, answer->status, body)) {
      } else if (follower_.answer(answer->request, answer->status, body, now_) && !follower_.busy())
        refresh();
      changed_ = true;
    }
    if (const auto* turned = std::get_if<Turned>(&event.what)) {
      if (!turned->language.empty()) choose_language(turned->language, out);
      routes_ = {{notice::kTimeline, ""}};
      look(out);
      changed_ = true;
    }
    if (const auto* loaded = std::get_if<WordsLoaded>(&event.what)) {
      const base::Bytes bytes = blobs_.take(loaded->body);
      if (const std::string more = shelf_.came(loaded->language, bytes); !more.empty())
        out.push_back({LoadWords{more}});
      words_ = shelf_.words();
      changed_ = true;
    }
    if (const auto* online = std::get_if<Online>(&event.what)) {
      online_ = online->online;
      changed_ = true;
      if (online_) look(out);
    }
    if (const auto* visible = std::get_if<Visible>(&event.what); visible && visible->visible) look(out);
    if (const auto* tick = std::get_if<Tick>(&event.what); tick && tick->timer == kClock) {
      refresh();  // what has begun or ended meanwhile
      look(out);
      tell_use(out);
      out.push_back({Timer{std::string(kClock), kEveryMs}});
    }
    if (means) act(action->action, out);
    send_calls(out);
    tell_beside(out);
    drawn_.reset();
    if (!changed_ && !action) return;
    ++revision_;
    out.push_back({Render{}});
  }

  screen::Screen draw() const override {
    std::optional<screen::Screen> shown;
    const auto context = this->context();
    for (std::size_t i = routes_.size(); i > 0 && !shown; --i) shown = draw_route(context, routes_[i - 1]);
    screen::Screen out = shown ? std::move(*shown) : timeline_.view(context);
    if (out.name == notice::kTimeline) add_top(out);
    out.app = "citizen";
    out.revision = revision_;
    return screen::finish(std::move(out));
  }

  // Of an attachment by its hash, as much of it as is here.
  base::Bytes picture(const std::string& id) override {
    const auto raw = base::from_hex(id);
    if (!raw.ok()) return {};
    const auto hash = base::fixed<32>(*raw);
    if (!hash.ok()) return {};
    auto found = book_.blob(*hash);
    return found.ok() && *found ? std::move(**found) : base::Bytes();
  }

 private:
  struct Route {
    std::string name, subject;
  };

  void start(const Start& start, std::vector<Effect>& out) {
    if (started_) return;
    started_ = true;
    online_ = start.online;
    if (const auto loaded = follower_.load(); !loaded.ok())
      out.push_back({Log{"notices.load", std::string(base::code_name(loaded.code()))}});
    const std::string kept = profile_.setting("language");
    choose_language(kept.empty() ? std::string(words::language_for(start.language)) : kept, out);
    refresh();
    begin(out);
    out.push_back({Timer{std::string(kClock), kEveryMs}});
    changed_ = true;
  }

  // When somebody looks.
  void look(std::vector<Effect>& out) {
    if (follower_.tried() && now_.ms - follower_.tried()->ms < kSoonMs &&
        follower_.outcome() == Follower::Outcome::Fresh)
      return;
    begin(out);
  }
  void begin(std::vector<Effect>& out) {
    if (!started_) return;
    follower_.begin(now_);
    changed_ = true;
    send_calls(out);
  }

  void count(const base::Status& done, std::vector<Effect>& out) {
    if (!done.ok()) out.push_back({Log{"notices.use", std::string(base::code_name(done.code()))}});
  }

  // One count of a month that is over; the next at another look.
  void tell_use(std::vector<Effect>& out) {
    if (config_.channels.empty() || !online_ || use_call_ != 0 || profile_.setting("count") == "no") return;
    const auto report = uses_.due(base::date_of(now_));
    if (!report.ok() || !*report) return;
    use_call_ = kUseCall;
    post(use_call_, config_.channels + "/v1/uses", **report, out);
  }

  // Text alone, so that a browser asks nobody before it.
  void post(std::int64_t id, std::string url, const std::string& body, std::vector<Effect>& out) {
    Http http;
    http.request = id;
    http.method = body.empty() ? "GET" : "POST";
    http.url = std::move(url);
    if (!body.empty()) {
      http.headers.push_back({"content-type", "text/plain"});
      http.body = blobs_.put(base::copy(base::view(body)));
    }
    http.timeout_ms = kTimeoutMs;
    out.push_back({std::move(http)});
  }

  void send_calls(std::vector<Effect>& out) {
    for (notice::PushCall& call : push_.take_calls())
      post(call.id, call.path.starts_with('/') ? config_.channels + call.path : call.path, call.body, out);
    for (Follower::Call& call : follower_.take_calls()) {
      Http http;
      http.request = call.id;
      http.method = "GET";
      http.url = config_.hub + call.path;
      http.timeout_ms = kTimeoutMs;
      out.push_back({std::move(http)});
    }
  }

  // What concerns this phone by now: themes that its owner does not want are left out, but never what is
  // grave.
  void refresh() {
    auto all = book_.timeline(profile_.profile(base::date_of(now_)), now_);
    if (!all.ok()) return;
    const std::string off = "," + profile_.setting("off") + ",";
    std::erase_if(*all, [&off](const notice::NoticeEntry& one) {
      return one.header.importance == notice::Importance::Normal && !one.header.theme.empty() &&
             off.find("," + one.header.theme + ",") != std::string::npos;
    });
    all_ = std::move(*all);
    changed_ = true;
  }

  bool quiet() const {
    const std::string hours = profile_.setting("quiet");
    const std::size_t dash = hours.find('-');
    if (dash == std::string::npos) return false;
    const auto from = base::TimeOfDay::parse(hours.substr(0, dash)),
               to = base::TimeOfDay::parse(hours.substr(dash + 1));
    if (!from.ok() || !to.ok()) return false;
    const int clock = base::time_of(now_).minutes;
    return from->minutes <= to->minutes ? clock >= from->minutes && clock < to->minutes
                                        : clock >= from->minutes || clock < to->minutes;
  }

  // In the hours of quiet only an emergency is told of.
  void tell_beside(std::vector<Effect>& out) {
    if (!started_) return;
    const auto context = this->context();
    Unread now{notice::Timeline::unread(context), notice::Timeline::urgent(context)};
    if (quiet()) now.count = 0;
    if (said_ && said_->count == now.count && said_->urgent == now.urgent) return;
    said_ = now;
    out.push_back({std::move(now)});
  }

  void choose_language(const std::string& tag, std::vector<Effect>& out) {
    const std::string load = shelf_.choose(tag);
    if (shelf_.wanted() != tag) return;
    if (profile_.setting("language") != tag)
      if (const auto kept = profile_.set("language", tag); !kept.ok())
        out.push_back({Log{"notices.setting", std::string(base::code_name(kept.code()))}});
    words_ = shelf_.words();
    if (!load.empty()) out.push_back({LoadWords{load}});
  }

  notice::PhoneContext context() const {
    return {*database_, book_, profile_, follower_, all_, words_, now_, online_, !config_.channels.empty()};
  }

  std::optional<screen::Screen> draw_route(const notice::PhoneContext& context, const Route& route) const {
    if (route.name == notice::kOne) return one_.view(context, route.subject);
    if (route.name == notice::kPush) return push_.view(context);
    if (notice::Chat::is_own(route.name)) return chat_.view(context, route.name, route.subject);
    if (notice::ProfileScreens::is_own(route.name))
      return profile_screens_.view(context, route.name, route.subject);
    return timeline_.view(context);
  }

  void add_top(screen::Screen& out) const {
    if (!pack_.name.empty()) out.bar.insert(out.bar.begin(), screen::text("town", pack_.name));
    out.bar.push_back(
        screen::button("find", words_("notice.find"), screen::Importance::Tertiary, Icon::Search));
    screen::Nodes tabs;
    const auto add = [&](const char* name, const char* key, Icon icon) {
      tabs.push_back(
          screen::tab(std::string("tab.") + name, words_(key), std::string_view(name) == "notices"));
      tabs.back().icon = icon;
    };
    add("home", "citizen.tab.home", Icon::Home);
    add("notices", "citizen.tab.notices", Icon::Mail);
    add("history", "citizen.tab.history", Icon::Calendar);
    add("language", "citizen.tab.language", Icon::Language);
    out.rail.push_back(screen::tabs("tabs", words_("citizen.tabs"), std::move(tabs)));
  }

  void act(const screen::Action& action, std::vector<Effect>& out) {
    constexpr std::string_view kTab = "tab.";
    const Route here = routes_.back();
    if (action.action == "back" || action.node == "back") {
      if (routes_.size() > 1)
        routes_.pop_back();
      else
        out.push_back({OpenApp{"citizen", "home", shelf_.wanted()}});
      return;
    }
    if (action.action == "press" && action.node.starts_with(kTab)) {
      const std::string place = action.node.substr(kTab.size());
      if (place != "notices") out.push_back({OpenApp{"citizen", place, shelf_.wanted()}});
      return;
    }
    auto context = this->context();
    PhoneStep step = here.name == notice::kOne         ? one_.act(context, here.subject, action)
                     : here.name == notice::kPush      ? push_.act(context, action)
                     : notice::Chat::is_own(here.name) ? chat_.act(context, here.name, here.subject, action)
                     : notice::ProfileScreens::is_own(here.name)
                         ? profile_screens_.act(context, here.name, here.subject, action)
                         : timeline_.act(context, action);
    if (step.changed) refresh();
    if (profile_.setting("count") == "no")
      count(uses_.erase(), out);
    else if (!step.use.empty() && !config_.channels.empty())
      count(uses_.count(step.use, base::date_of(now_)), out);
    if (step.sync) begin(out);
    if (step.fetch) follower_.fetch(*step.fetch);
    if (!step.app.empty()) out.push_back({OpenApp{"citizen", step.app, shelf_.wanted()}});
    if (step.save)
      out.push_back(
          {SaveFile{step.save->name, step.save->media_type, blobs_.put(std::move(step.save->bytes))}});
    if (step.share) out.push_back({Share{step.share->first, step.share->second}});
    if (step.speak) out.push_back({Speak{step.speak->first, step.speak->second}});
    using Move = PhoneStep::Move;
    if (step.move == Move::Back && routes_.size() > 1) routes_.pop_back();
    if (step.move != Move::Push && step.move != Move::Replace) return;
    if (step.move == Move::Replace && routes_.size() > 1) routes_.pop_back();
    if (step.name == notice::kOne) one_.open();
    if (step.name == notice::kPush) push_.open(this->context());
    if (notice::Chat::is_own(step.name)) chat_.open(this->context(), step.name, step.subject);
    if (notice::ProfileScreens::is_own(step.name))
      profile_screens_.open(this->context(), step.name, step.subject);
    routes_.push_back({std::move(step.name), std::move(step.subject)});
  }

  Config config_;
  Pack pack_;
  Blobs& blobs_;
  std::unique_ptr<store::Database> database_;
  mutable notice::NoticeBook book_;
  mutable notice::ProfileBook profile_;
  mutable notice::UseBook uses_;
  Follower follower_;
  std::vector<notice::NoticeEntry> all_;
  words::Words words_;
  words::Shelf shelf_;
  notice::Timeline timeline_;
  notice::OneNotice one_;
  notice::Chat chat_;
  notice::ProfileScreens profile_screens_;
  notice::PushScreen push_;
  std::int64_t use_call_ = 0;
  std::vector<Route> routes_{{notice::kTimeline, ""}};
  std::optional<Unread> said_;
  Instant now_;
  bool started_ = false;
  bool online_ = true;
  bool changed_ = false;
  std::int64_t revision_ = 1;
};

}  // namespace

base::Result<std::unique_ptr<App>> open_notices(const Config& config, Blobs& blobs) {
  MACHI_TRY_SET(pack, read_pack(config.pack));
  MACHI_TRY_SET(database, store::Database::open({config.database, config.vfs, false}));
  MACHI_TRY_SET(book, notice::NoticeBook::open(*database));
  std::vector<store::Migration> rest = Follower::migrations();
  for (store::Migration& one : notice::ProfileBook::migrations()) rest.push_back(std::move(one));
  for (store::Migration& one : notice::UseBook::migrations()) rest.push_back(std::move(one));
  for (store::Migration& one : notice::AskedBook::migrations()) rest.push_back(std::move(one));
  MACHI_TRY(database->migrate(rest));
  return std::unique_ptr<App>(
      std::make_unique<Notices>(config, std::move(pack), blobs, std::move(database), std::move(book)));
}

}  // namespace machi::app
