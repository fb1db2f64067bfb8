// Routes, words and effects of the page sets; the first page, which leads to each.
#include "core/app/support.h"

#include "core/app/pack.h"
#include "core/crypto/drbg.h"
#include "core/pages/page_set.h"
#include "core/parenting/citizen/pages.h"
#include "core/support/citizen/pages.h"
#include "core/words/shelf.h"

namespace machi::app {
namespace {

using pages::PageSet;
using pages::Route;
using pages::Step;
using screen::Icon;
using screen::Node;

constexpr const char* kHome = "home";
constexpr std::string_view kClock = "support";
constexpr int kEveryMs = 60 * 60'000;  // while it is open: a day may begin
constexpr std::int32_t kTimeoutMs = 30'000;
constexpr std::string_view kTables =
    "CREATE TABLE app_setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

using PageSets = std::vector<std::unique_ptr<PageSet>>;

// The services of this app, in the order of its first page. A service's own pages never know another's.
PageSets page_sets(const Pack& pack) {
  PageSets out;
  // Whom a household's pass is sealed to reads a help card's second tier too.
  out.push_back(
      support::citizen_pages(pack.town.id, pack.shelter ? std::optional(pack.shelter->key) : std::nullopt));
  out.push_back(parenting::citizen_pages());
  return out;
}

class Support final : public App {
 public:
  Support(Config config, Pack pack, Blobs& blobs, std::unique_ptr<store::Database> database, PageSets sets)
      : config_(std::move(config)),
        pack_(std::move(pack)),
        blobs_(blobs),
        database_(std::move(database)),
        shelf_of_rules_(*database_, pack_.town),
        sets_(std::move(sets)) {}

  void update(const Event& event, std::vector<Effect>& out) override {
    now_ = base::Instant{event.at};
    const auto* action = std::get_if<Act>(&event.what);
    const auto* photo = std::get_if<PhotoRead>(&event.what);
    const auto* file = std::get_if<FileRead>(&event.what);
    const screen::Action* meant = action  ? &action->action
                                  : photo ? &photo->action
                                  : file  ? &file->action
                                          : nullptr;
    // By the screen that the person has.
    const bool means = meant && screen::still_means(view(), *meant);
    bool changed = meant != nullptr;
    if (const auto* begin = std::get_if<Start>(&event.what)) changed |= start(*begin, out);
    if (const auto* answer = std::get_if<Answer>(&event.what)) changed |= answered(*answer, out);
    if (const auto* turned = std::get_if<Turned>(&event.what)) {
      if (!turned->language.empty()) choose_language(turned->language, out);
      routes_ = {{kHome, ""}};
      begin(out);
      changed = true;
    }
    if (const auto* loaded = std::get_if<WordsLoaded>(&event.what)) {
      const base::Bytes bytes = blobs_.take(loaded->body);
      if (const std::string more = shelf_.came(loaded->language, bytes); !more.empty())
        out.push_back({LoadWords{more}});
      words_ = shelf_.words();
      changed = true;
    }
    if (const auto* online = std::get_if<Online>(&event.what)) {
      online_ = online->online;
      if (online_) begin(out);
      changed = true;
    }
    if (const auto* tick = std::get_if<Tick>(&event.what); tick && tick->timer == kClock) {
      begin(out);
      out.push_back({Timer{std::string(kClock), kEveryMs}});
      changed = true;
    }
    if (action && means) act(*meant, out);
    if (photo) {
      const pages::Picture picture{photo->why, blobs_.take(photo->body)};
      if (PageSet* set = means ? set_of(routes_.back().name) : nullptr)
        take(*set, set->photo(context(), routes_.back(), *meant, picture), out);
    }
    if (file) {
      const base::Bytes text = blobs_.take(file->body);
      if (PageSet* set = means ? set_of(routes_.back().name) : nullptr)
        take(*set, set->file(context(), routes_.back(), *meant, std::string(base::text_view(text))), out);
    }
    drawn_.reset();
    if (!changed) return;
    ++revision_;
    out.push_back({Render{}});
  }

  screen::Screen draw() const override {
    std::optional<screen::Screen> shown;
    const auto context = this->context();
    for (std::size_t i = routes_.size(); i > 0 && !shown; --i) {
      const PageSet* set = set_of(routes_[i - 1].name);
      shown = set ? set->view(context, routes_[i - 1]) : home(context);
    }
    screen::Screen out = std::move(*shown);  // the first route is home
    out.app = "citizen";
    out.revision = revision_;
    return screen::finish(std::move(out));
  }

  base::Bytes picture(const std::string& id) override {
    const PageSet* set = set_of(routes_.back().name);
    return set ? set->picture(context(), id) : base::Bytes();
  }

 private:
  bool start(const Start& start, std::vector<Effect>& out) {
    if (started_) return false;
    started_ = true;
    online_ = start.online;
    const auto raw = base::from_base64url(start.seed);
    const auto seed = base::fixed<32>(raw.ok() ? base::ByteView(*raw) : base::ByteView());
    if (seed.ok()) entropy_.emplace(crypto::Secret<32>(*seed));
    const std::string kept = setting("language");
    choose_language(kept.empty() ? std::string(words::language_for(start.language)) : kept, out);
    if (const auto loaded = shelf_of_rules_.load(); !loaded.ok())
      out.push_back({Log{"support.rules", std::string(base::code_name(loaded.code()))}});
    begin(out);
    out.push_back({Timer{std::string(kClock), kEveryMs}});
    return true;
  }

  // Somebody looks, or a while has passed: the rules may be others by now.
  void begin(std::vector<Effect>& out) {
    if (!started_) return;
    if (!rules_asked_) rules_asked_ = get(pages::kPackPath, out);
    for (const auto& set : sets_) take(*set, set->begin(context()), out);
  }
  std::int64_t get(const std::string& path, std::vector<Effect>& out) {
    Http http;
    http.request = ++last_request_;
    http.method = "GET";
    http.url = config_.site + path;
    http.timeout_ms = kTimeoutMs;
    out.push_back({http});
    return http.request;
  }

  pages::Context context() const {
    return {*database_, words_, shelf_of_rules_, now_, online_, pack_.name, entropy_ ? &*entropy_ : nullptr};
  }

  // The set whose name the route or node begins with: "support" and "support.mine", never "supporters".
  PageSet* set_of(std::string_view name) const {
    for (const auto& set : sets_)
      if (name.starts_with(set->name()) &&
          (name.size() == set->name().size() || name[set->name().size()] == '.'))
        return set.get();
    return nullptr;
  }

  screen::Screen home(const pages::Context& context) const {
    screen::Screen out = pages::frame(context, {kHome, ""}, words_("support.home.title"));
    out.name = "support.home";
    out.main.push_back(screen::text("home.what", words_("support.home.what")));
    for (const auto& set : sets_)
      for (Node& node : set->entries(context)) out.main.push_back(std::move(node));
    return out;
  }

  bool answered(const Answer& answer, std::vector<Effect>& out) {
    const base::Bytes body = blobs_.take(answer.body);
    if (rules_asked_ && *rules_asked_ == answer.request) {
      rules_asked_.reset();
      shelf_of_rules_.came(answer.status, body, now_);
      return true;
    }
    const auto asked = asked_.find(answer.request);
    if (asked == asked_.end()) return false;
    const auto [set, id] = asked->second;
    asked_.erase(asked);
    take(*set, set->answer(context(), id, answer.status, body), out);
    return true;
  }

  void act(const screen::Action& action, std::vector<Effect>& out) {
    const Route here = routes_.back();
    if (action.action == "back" || action.node == "back") {
      if (routes_.size() > 1)
        routes_.pop_back();
      else
        out.push_back({OpenApp{"citizen", "home", shelf_.wanted()}});
      return;
    }
    PageSet* set = set_of(here.name == kHome ? std::string_view(action.node) : std::string_view(here.name));
    if (set) take(*set, set->act(context(), here, action), out);
  }

  void take(PageSet& set, Step step, std::vector<Effect>& out) {
    for (pages::Ask& ask : step.ask) asked_[get(ask.path, out)] = {&set, std::move(ask.id)};
    if (step.save)
      out.push_back(
          {SaveFile{step.save->name, step.save->media_type, blobs_.put(std::move(step.save->bytes))}});
    if (step.symbol) out.push_back({SavePicture{step.symbol->name, step.symbol->text, step.symbol->lines}});
    if (step.share) out.push_back({Share{step.share->first, step.share->second}});
    if (step.speak) out.push_back({Speak{step.speak->first, step.speak->second}});
    if (step.print) out.push_back({Print{}});
    using Move = Step::Move;
    if (step.move == Move::Stay) return;
    if (step.move != Move::Push && routes_.size() > 1) routes_.pop_back();
    if (step.move == Move::Back) return;
    set.open(context(), step.to);
    routes_.push_back(std::move(step.to));
  }

  void choose_language(const std::string& tag, std::vector<Effect>& out) {
    const std::string load = shelf_.choose(tag);
    if (shelf_.wanted() != tag) return;
    if (setting("language") != tag) {
      const auto kept =
          database_->prepare("INSERT OR REPLACE INTO app_setting VALUES ('language', ?)").bind(tag).run();
      if (!kept.ok()) out.push_back({Log{"support.setting", std::string(base::code_name(kept.code()))}});
    }
    words_ = shelf_.words();
    if (!load.empty()) out.push_back({LoadWords{load}});
  }
  std::string setting(std::string_view name) const {
    auto row = database_->prepare("SELECT value FROM app_setting WHERE name = ?");
    row.bind(name);
    const auto there = row.step();
    return there.ok() && *there ? row.text(0) : "";
  }

  Config config_;
  Pack pack_;
  Blobs& blobs_;
  std::unique_ptr<store::Database> database_;
  pages::PackShelf shelf_of_rules_;
  std::optional<std::int64_t> rules_asked_;
  PageSets sets_;
  std::map<std::int64_t, std::pair<PageSet*, std::string>> asked_;
  std::int64_t last_request_ = 0;
  mutable std::optional<crypto::Drbg> entropy_;
  words::Words words_;
  words::Shelf shelf_;
  std::vector<Route> routes_{{kHome, ""}};
  base::Instant now_;
  bool started_ = false;
  bool online_ = true;
  std::int64_t revision_ = 1;
};

}  // namespace

base::Result<std::unique_ptr<App>> open_support(const Config& config, Blobs& blobs) {
  MACHI_TRY_SET(pack, read_pack(config.pack));
  MACHI_TRY_SET(database, store::Database::open({config.database, config.vfs, false}));
  PageSets sets = page_sets(pack);
  std::vector<store::Migration> all{{"support.app.1", kTables}};
  for (store::Migration& one : pages::PackShelf::migrations()) all.push_back(std::move(one));
  for (const auto& set : sets)
    for (store::Migration& one : set->migrations()) all.push_back(std::move(one));
  MACHI_TRY(database->migrate(all));
  return std::unique_ptr<App>(
      std::make_unique<Support>(config, std::move(pack), blobs, std::move(database), std::move(sets)));
}

}  // namespace machi::app
