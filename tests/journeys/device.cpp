// A device of the harness: its program's life, what a person sees and does, and what the program asks of the
// machine.
#include <filesystem>
#include <fstream>
#include <regex>

#include "core/base/check.h"
#include "core/screen/json.h"
#include "core/words/words.h"
#include "tests/journeys/harness.h"

namespace machi::journeys {
namespace {

constexpr std::string_view kHub = "https://hub.example";

template <class Visit>
void walk(const std::vector<screen::Node>& nodes, Visit visit) {
  for (const screen::Node& node : nodes) {
    visit(node);
    walk(node.children, visit);
  }
}
template <class Visit>
void walk(const screen::Screen& shown, Visit visit) {
  for (const auto* region : {&shown.bar, &shown.rail, &shown.main, &shown.foot}) walk(*region, visit);
}

bool is_pressable(const screen::Node& node) {
  using screen::Role;
  return node.role == Role::Button || node.role == Role::Tab ||
         (node.role == Role::Link && node.href.empty()) || (node.role == Role::Row && node.interactive);
}

}  // namespace

Bytes small_jpeg() {
  return {0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 8, 0,  8, 1, 1,    0x11,
          0,    0xff, 0xda, 0,    8, 1,  1, 0, 0, 63, 0, 1, 0xff, 0xd9};
}

Device::Device(Town& town, std::string name, std::string app)
    : town_(town), name_(std::move(name)), kind_(std::move(app)) {}
Device::~Device() = default;

std::string Device::file() const { return database.empty() ? town_.folder_ + "/" + name_ + ".db" : database; }

void Device::start(const std::string& link, const std::string& language) {
  app::Config config;
  config.app = kind_;
  config.database = file();
  config.vfs = vfs;
  config.pack = town_.pack();
  config.hub = kHub;
  config.site = "https://app.example";
  config.channels = channels;
  config.guest = guest;
  auto opened = app::open_app(config, blobs_);
  MACHI_CHECK(opened.ok());
  app_ = std::move(*opened);
  ++life_;
  base::Array<32> seed{};
  town_.entropy_.fill(seed);
  app::Start start;
  start.seed = base::to_base64url(seed);
  start.online = online_;
  start.installed = installed;
  start.known = known;
  start.language = language;
  start.link = link;
  send(std::move(start));
  for (std::size_t i = 0; i < posted_.size(); ++i) {
    posted_[i].body = blobs_.put(std::move(posted_bodies_[i]));
    send(posted_[i]);
  }
  posted_.clear();
  posted_bodies_.clear();
}

void Device::stop() {
  app_.reset();
  ++life_;
  timers_.clear();
  town_.drop_streams(this);
}

void Device::online(bool online) {
  online_ = online;
  if (!online) town_.drop_streams(this);
  send(app::Online{online});
}

void Device::open_link(const std::string& text) { send(app::Link{text}); }

void Device::send(decltype(app::Event::what) what) {
  MACHI_CHECK(app_ != nullptr);
  std::vector<app::Effect> effects;
  app_->update({town_.now().ms, std::move(what)}, effects);
  carry_out_all(std::move(effects));
  if (!app_ || !rests) return;
  effects = {};
  app_->rest(effects);
  carry_out_all(std::move(effects));
}

void Device::carry_out_all(std::vector<app::Effect> effects) {
  bool render = false;
  for (app::Effect& effect : effects) {
    render = render || std::holds_alternative<app::Render>(effect.what);
    carry_out(std::move(effect));
  }
  if (render) look();
}

void Device::look() {
  screen_ = app_->view();
  EXPECT_EQ(screen::to_json(screen_), screen::to_json(app_->draw())) << name_ << " shows what is no more";
  for (const std::string& problem : screen::problems(screen_))
    ADD_FAILURE() << name_ << " " << screen_.name << ": " << problem;
  static const std::regex key(
      R"((absence|slip|citizen|desk|notice|support|parenting|button|error|language|number)\.[a-z0-9.-]+)");
  walk(screen_, [this](const screen::Node& node) {
    for (const std::string* shown : {&node.name, &node.hint, &node.error}) {
      EXPECT_FALSE(std::regex_match(*shown, key))
          << name_ << " " << screen_.name << " shows the key " << *shown;
      EXPECT_NE(*shown, "…") << name_ << " " << screen_.name << " lacks a sentence at " << node.id;
      EXPECT_EQ(shown->find('{'), std::string::npos)
          << name_ << " " << screen_.name << " lacks an argument: " << *shown;
    }
  });
}

void Device::carry_out(app::Effect effect) {
  if (auto* http = std::get_if<app::Http>(&effect.what)) {
    Bytes body = blobs_.take(http->body);
    town_.carry(*this, std::move(*http), std::move(body));
  } else if (const auto* timer = std::get_if<app::Timer>(&effect.what)) {
    const int generation = ++timers_[timer->timer];
    EXPECT_GT(timer->ms, 0) << timer->timer;
    town_.at(Instant{town_.now().ms + timer->ms},
             [this, life = life_, generation, timer_name = timer->timer] {
               if (life_ == life && timers_[timer_name] == generation) send(app::Tick{timer_name});
             });
  } else if (const auto* load = std::get_if<app::LoadWords>(&effect.what)) {
    town_.at(Instant{town_.now().ms + 40}, [this, life = life_, language = load->language] {
      if (life_ != life) return;
      std::ifstream file(std::string(MACHI_CATALOGUES) + "/" + language + ".mo", std::ios::binary);
      const std::string mo{std::istreambuf_iterator<char>(file), {}};
      const bool there = words_reachable && online_ && !mo.empty();
      send(app::WordsLoaded{language, there ? blobs_.put(base::copy(base::view(mo))) : 0});
    });
  } else if (const auto* keep = std::get_if<app::KeepForSync>(&effect.what)) {
    outside[keep->id] = {keep->url, blobs_.take(keep->body)};
  } else if (const auto* forget = std::get_if<app::ForgetForSync>(&effect.what)) {
    outside.erase(forget->id);
  } else if (std::holds_alternative<app::Persist>(effect.what)) {
    ++persists;
    town_.at(Instant{town_.now().ms + 20}, [this, life = life_] {
      if (life_ == life) send(app::Storage{storage});
    });
  } else if (std::holds_alternative<app::BeGuest>(effect.what)) {
    // What the browser does: the app's storage is emptied, and the app opened anew.
    town_.at(Instant{town_.now().ms + 20}, [this, life = life_] {
      if (life_ != life) return;
      stop();
      for (const char* ending : {"", "-journal", "-wal", "-shm"}) std::filesystem::remove(file() + ending);
      guest = true;
      start();
    });
  } else if (const auto* signal = std::get_if<app::Signal>(&effect.what)) {
    signals.push_back(signal->kind);
  } else if (auto* file = std::get_if<app::SaveFile>(&effect.what)) {
    saved.push_back({file->name, file->media_type, blobs_.take(file->body)});
  } else if (std::holds_alternative<app::Print>(effect.what)) {
    ++prints;
  } else if (auto* picture = std::get_if<app::SavePicture>(&effect.what)) {
    pictures.push_back(std::move(*picture));
  } else if (const auto* pdf = std::get_if<app::MakePdf>(&effect.what)) {
    const Bytes paper = blobs_.take(pdf->body);
    papers.emplace_back(base::text_view(paper));
    town_.at(Instant{town_.now().ms + 200},
             [this, life = life_, request = pdf->request, text = "%PDF " + papers.back()] {
               if (life_ == life)
                 send(app::PdfMade{request, draws_pdf ? blobs_.put(base::copy(base::view(text))) : 0});
             });
  } else if (const auto* turn = std::get_if<app::OpenApp>(&effect.what)) {
    turns.push_back(*turn);
  } else if (const auto* unread = std::get_if<app::Unread>(&effect.what)) {
    unread_count = unread->count;
    urgent = unread->urgent;
  } else if (const auto* shared = std::get_if<app::Share>(&effect.what)) {
    shares.push_back(*shared);
  } else if (const auto* spoken = std::get_if<app::Speak>(&effect.what)) {
    speaks.push_back(*spoken);
  } else if (const auto* line = std::get_if<app::Log>(&effect.what)) {
    town_.log.push_back(name_ + " " + line->event + " " + line->detail);
  }
}

void Device::sync_in_background() {
  for (const auto& [id, one] : outside) {
    hub::Request request;
    request.method = "POST";
    request.target = one.url.substr(kHub.size());
    request.body = one.envelope;
    request.address = name_;
    hub::Response response = town_.handle(std::move(request));
    posted_.push_back({id, response.status, 0});
    posted_bodies_.push_back(std::move(response.body));
  }
  town_.feed_streams();
}

bool Device::at(std::string_view name) const {
  return std::string_view(screen_.name).substr(0, screen_.name.find('/')) == name;
}

std::string Device::text() const {
  std::string out;
  walk(screen_, [&out](const screen::Node& node) {
    for (const std::string* part : {&node.name, &node.value, &node.hint, &node.error}) {
      if (!part->empty()) out += words::plain(*part) + "\n";
    }
    for (const screen::Option& option : node.options) {
      out += (option.selected ? "[x] " : "[ ] ") + words::plain(option.name) + "\n";
      if (!option.hint.empty()) out += words::plain(option.hint) + "\n";
    }
  });
  return out;
}

bool Device::sees(std::string_view wanted) const { return text().find(wanted) != std::string::npos; }

const screen::Node* Device::pressable(std::string_view wanted) const {
  const screen::Node* found = nullptr;
  walk(screen_, [&](const screen::Node& node) {
    if (!found && is_pressable(node) && (node.id == wanted || words::plain(node.name) == wanted))
      found = &node;
  });
  return found;
}

void Device::act(const std::string& node, std::string action, std::string value,
                 std::vector<std::string> values) {
  const screen::Node* shown = find(node);
  last_ = {screen_.name,     screen_.revision, node, shown ? shown->version : "", std::move(action),
           std::move(value), std::move(values)};
  send(app::Act{last_});
}

void Device::press(std::string_view wanted) {
  const screen::Node* node = pressable(wanted);
  if (!node) {
    ADD_FAILURE() << name_ << " finds nothing to press named " << wanted << " on " << screen_.name << ":\n"
                  << text();
    return;
  }
  act(std::string(node->id), "press");
}

void Device::choose(const std::string& node, const std::string& wanted) {
  const screen::Node* shown = find(node);
  std::string value;
  for (const screen::Option& option : shown ? shown->options : std::vector<screen::Option>()) {
    if (option.value == wanted || words::plain(option.name) == wanted) value = option.value;
  }
  if (value.empty()) {
    ADD_FAILURE() << name_ << " cannot choose " << wanted << " in " << node << " on " << screen_.name << ":\n"
                  << text();
    return;
  }
  act(node, "choose", value, {value});
}

void Device::choose_all(const std::string& node, const std::vector<std::string>& values) {
  act(node, "choose", values.empty() ? "" : values.front(), values);
}

void Device::enter(const std::string& node, const std::string& value) {
  if (!find(node))
    ADD_FAILURE() << name_ << " has no field " << node << " on " << screen_.name << ":\n" << text();
  act(node, "enter", value);
}

void Device::scan(const std::string& value) { act("scanner", "scan", value); }

void Device::choose_file(const std::string& node, const std::string& name, const std::string& encoding,
                         const std::string& text) {
  const screen::Node* shown = find(node);
  if (!shown) ADD_FAILURE() << name_ << " has no file " << node << " on " << screen_.name << ":\n" << text;
  last_ = {screen_.name, screen_.revision, node, shown ? shown->version : "", "open", name, {}};
  send(app::FileRead{last_, encoding, encoding.empty() ? 0 : blobs_.put(base::copy(base::view(text)))});
}

void Device::choose_photo(const Bytes& jpeg, const std::string& why, const std::string& node) {
  const screen::Node* shown = find(node);
  if (!shown) ADD_FAILURE() << name_ << " has no photo " << node << " on " << screen_.name << ":\n" << text();
  last_ = {screen_.name, screen_.revision, node, shown ? shown->version : "", "photo", "", {}};
  send(app::PhotoRead{last_, why, jpeg.empty() ? 0 : blobs_.put(jpeg)});
}

Bytes Device::picture(const std::string& node) {
  const screen::Node* shown = find(node);
  return shown ? app_->picture(shown->value) : Bytes();
}

void Device::back() { act("back", "back"); }

}  // namespace machi::journeys
