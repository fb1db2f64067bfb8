// Four calls in a row, and a screen that says where they are.
#include "core/notice/citizen/push_screen.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/screen/json.h"

namespace machi::notice {

using screen::Icon;
using screen::Kind;
using screen::Tone;

namespace {

constexpr const char* kTopics[] = {"disaster", "child", "all"};
constexpr std::size_t kSubscriptionLimit = 4096;

std::string topic_names(const words::Words& words, const Topics& topics) {
  std::string out;
  const auto add = [&](bool on, const char* key) {
    if (on) out += (out.empty() ? "" : "・") + words(key);
  };
  add(topics.disaster, "notice.push.topic.disaster");
  add(topics.child, "notice.push.topic.child");
  add(topics.all, "notice.push.topic.all");
  if (!topics.district.empty()) out += (out.empty() ? "" : "・") + words("notice.push.topic.district");
  return out;
}

Topics kept(const PhoneContext& context) {
  const auto read = read_topics(context.profile.setting("push"));
  return read.ok() ? *read : Topics{};
}

}  // namespace

void PushScreen::open(const PhoneContext& context) {
  if (stage_ != Stage::Idle) return;
  const Topics now = kept(context);
  chosen_.clear();
  if (now.disaster || now.none()) chosen_.push_back("disaster");
  if (now.child) chosen_.push_back("child");
  if (now.all) chosen_.push_back("all");
  district_ = now.district;
  error_.clear();
}

screen::Screen PushScreen::view(const PhoneContext& context) const {
  const auto& words = context.words;
  screen::Screen out = phone_frame(context, kPush, words("notice.push"));
  const Topics now = kept(context);
  if (stage_ != Stage::Idle)
    out.main.push_back(screen::alert("wait", words("notice.push.wait"), Tone::Info));
  else if (!error_.empty())
    out.main.push_back(screen::alert("error", words(error_), Tone::Warning));
  else if (now.none())
    out.main.push_back(screen::text("state", words("notice.push.off")));
  else
    out.main.push_back(screen::alert("state", words("notice.push.on", {{"topics", topic_names(words, now)}}),
                                     Tone::Success));
  out.main.push_back(screen::text("how", words("notice.push.how")));
  screen::Node knows = screen::alert("knows", words("notice.push.knows"), Tone::Info);
  knows.icon = Icon::Lock;
  out.main.push_back(std::move(knows));
  std::vector<screen::Option> options;
  for (const char* topic : kTopics)
    options.push_back(screen::option(topic, words(std::string("notice.push.topic.") + topic),
                                     std::find(chosen_.begin(), chosen_.end(), topic) != chosen_.end()));
  out.main.push_back(
      screen::choice("topics", words("notice.push.topics"), Kind::Multiple, std::move(options)));
  screen::Node field = screen::field("district", words("notice.push.district"), Kind::Text, district_);
  field.max_length = static_cast<int>(kDistrictSigns);
  out.main.push_back(std::move(field));
  screen::Node save = screen::button("save", words("notice.push.save"), screen::Importance::Primary);
  save.busy = stage_ != Stage::Idle;
  out.foot.push_back(std::move(save));
  if (!now.none()) out.foot.push_back(screen::button("end", words("notice.push.end")));
  return out;
}

void PushScreen::call(std::string path, std::string body) {
  calls_.push_back({++last_, std::move(path), std::move(body)});
}

void PushScreen::failed(const char* key) {
  stage_ = Stage::Idle;
  error_ = key;
}

// What the service worker will say, as it has no words of its own: one sentence a topic, in this language.
std::string PushScreen::words_of(const PhoneContext& context, const std::string& key) const {
  std::string out = "{\"key\":";
  screen::write_text(out, key);
  out += ",\"title\":";
  screen::write_text(out, words::plain(context.words("notice.title")));
  out += ",\"words\":{";
  const char* comma = "";
  for (const char* topic : {"disaster", "district", "child", "all"}) {
    const std::string name = context.words(std::string("notice.push.topic.") + topic);
    out += comma;
    screen::write_text(out, topic);
    out += ':';
    screen::write_text(out, words::plain(context.words("notice.push.said", {{"topic", name}})));
    comma = ",";
  }
  return out + "}}";
}

PhoneStep PushScreen::act(const PhoneContext& context, const screen::Action& action) {
  PhoneStep out;
  if (action.node == "topics" && action.action == "choose") chosen_ = action.values;
  if (action.node == "district") district_ = base::trimmed(base::fold_width(action.value));
  if (action.action != "press" || stage_ != Stage::Idle) return out;
  const auto has = [this](const char* topic) {
    return std::find(chosen_.begin(), chosen_.end(), topic) != chosen_.end();
  };
  if (action.node == "save") {
    Topics wanted;
    wanted.all = has("all");
    wanted.child = has("child");
    wanted.disaster = has("disaster");
    wanted.district = district_;
    if (wanted.none() || !read_topics(topics_text(wanted)).ok()) return failed("notice.push.missing"), out;
    wanted_ = std::move(wanted);
    error_.clear();
    stage_ = Stage::Key;
    call("/v1/channels", "");
  }
  if (action.node == "end" && !kept(context).none()) {
    error_.clear();
    stage_ = Stage::Ending;
    call("push:", "{\"key\":\"\"}");
    // The town's copy; where this gets lost the browser's service answers that it is gone.
    call("/v1/push",
         "{\"topics\":\"\",\"subscription\":" + context.profile.setting("push.subscription") + "}");
  }
  return out;
}

bool PushScreen::answer(const PhoneContext& context, std::int64_t id, int status, ByteView body) {
  if (id <= (std::int64_t{1} << 40) || id > last_) return false;
  if (id != last_ && stage_ != Stage::Ending) return true;  // of an attempt before
  const std::string text(base::text_view(body));
  switch (stage_) {
    case Stage::Idle:
      break;
    case Stage::Key: {
      const auto json = screen::Json::parse(text);
      const auto key = json.ok() ? json->root().find("push") : std::nullopt;
      const std::string value = key ? key->text().value_or("") : "";
      if (status != 200 || value.empty()) return failed("notice.push.failed"), true;
      stage_ = Stage::Browser;
      call("push:", words_of(context, value));
      break;
    }
    case Stage::Browser: {
      const auto json = screen::Json::parse(text);
      if (status == 403) return failed("notice.push.denied"), true;
      if (status == 501) return failed("notice.push.unsupported"), true;
      if (status != 200 || text.size() > kSubscriptionLimit || !json.ok() || !json->root().is_object())
        return failed("notice.push.failed"), true;
      subscription_ = json->root().source();
      stage_ = Stage::Town;
      std::string post = "{\"topics\":";
      screen::write_text(post, topics_text(wanted_));
      call("/v1/push", post + ",\"subscription\":" + subscription_ + "}");
      break;
    }
    case Stage::Town:
      if (status != 200 || !context.profile.set("push.subscription", subscription_).ok() ||
          !context.profile.set("push", topics_text(wanted_)).ok())
        return failed("notice.push.failed"), true;
      stage_ = Stage::Idle;
      break;
    case Stage::Ending:
      if (id != last_) break;  // the browser's answer; the town's comes last
      if (!context.profile.set("push", "").ok() || !context.profile.set("push.subscription", "").ok())
        return failed("notice.push.failed"), true;
      chosen_ = {"disaster"};
      stage_ = Stage::Idle;
      break;
  }
  return true;
}

}  // namespace machi::notice
