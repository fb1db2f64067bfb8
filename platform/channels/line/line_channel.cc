// Followers, events that came twice, and posts that wait.
#include "platform/channels/line/line_channel.h"

#include <map>
#include <nlohmann/json.hpp>

namespace machi::channels {

using base::Instant;
using base::Result;
using base::Status;
using nlohmann::json;

namespace {

constexpr std::int64_t kReplySeconds = 50;        // a reply token lives for a minute
constexpr std::int64_t kSeenSeconds = 3 * 86400;  // redelivered events come sooner
constexpr const char* kTopics[] = {"disaster", "child", "all"};

bool* field_of(notice::Topics& topics, std::string_view name) {
  if (name == "disaster") return &topics.disaster;
  if (name == "child") return &topics.child;
  if (name == "all") return &topics.all;
  return nullptr;
}

}  // namespace

std::vector<store::Migration> LineChannel::migrations() {
  return {{"channel_line.1",
           "CREATE TABLE line_user (id TEXT NOT NULL PRIMARY KEY, topics TEXT NOT NULL) WITHOUT ROWID;"
           "CREATE TABLE line_seen (event TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;"
           "CREATE TABLE line_post (id INTEGER PRIMARY KEY, path TEXT NOT NULL, key TEXT NOT NULL, body TEXT "
           "NOT NULL, topic TEXT NOT NULL, readers INTEGER NOT NULL, until INTEGER NOT NULL, tries INTEGER "
           "NOT NULL, at INTEGER NOT NULL);"}};
}

// RFC 9562, version 4.
std::string LineChannel::uuid() const {
  base::Array<16> bytes{};
  entropy_.fill(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0Fu) | 0x40u);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3Fu) | 0x80u);
  std::string out = base::to_hex(bytes);
  for (const std::size_t at : {20u, 16u, 12u, 8u}) out.insert(at, "-");
  return out;
}

Status LineChannel::put(std::string path, bool keyed, std::string body, std::string topic,
                        std::int64_t readers, Instant until, Instant now) {
  return database_
      .prepare(
          "INSERT INTO line_post (path, key, body, topic, readers, until, tries, at) VALUES (?, ?, ?, ?, "
          "?, ?, 0, ?)")
      .bind(path)
      .bind(keyed ? uuid() : std::string())
      .bind(body)
      .bind(topic)
      .bind(readers)
      .bind(until)
      .bind(now)
      .run();
}

Result<std::optional<notice::Topics>> LineChannel::topics_of(const std::string& user) const {
  auto rows = database_.prepare("SELECT topics FROM line_user WHERE id = ?");
  rows.bind(user);
  MACHI_TRY_SET(there, rows.step());
  if (!there) return std::optional<notice::Topics>();
  MACHI_TRY_SET(topics, notice::read_topics(rows.text(0)));
  return std::optional<notice::Topics>(topics);
}

// What is chosen by now, and a button for each topic that turns it.
Status LineChannel::answer(const LineEvent& event, const notice::Topics& topics, Instant now) {
  if (event.reply.empty()) return {};
  std::string chosen;
  json buttons = json::array();
  for (const char* name : kTopics) {
    notice::Topics copy = topics;
    const std::string said = words::plain(words_(std::string("notice.push.topic.") + name));
    if (*field_of(copy, name)) chosen += (chosen.empty() ? "" : "・") + said;
    buttons.push_back({{"type", "action"},
                       {"action",
                        {{"type", "postback"},
                         {"label", said},
                         {"data", std::string("topic=") + name},
                         {"displayText", said}}}});
  }
  const std::string text =
      words::plain(chosen.empty() ? words_("desk.channel.line.none", {{"town", town_}})
                                  : words_("desk.channel.line.chosen", {{"topics", chosen}}));
  const json body = {
      {"replyToken", event.reply},
      {"messages", json::array({{{"type", "text"}, {"text", text}, {"quickReply", {{"items", buttons}}}}})}};
  return put("/v2/bot/message/reply", false, body.dump(), "", 0, now.plus_seconds(kReplySeconds), now);
}

Status LineChannel::take(const std::vector<LineEvent>& events, Instant now) {
  store::Transaction transaction(database_);
  MACHI_TRY(
      database_.prepare("DELETE FROM line_seen WHERE at <= ?").bind(now.plus_seconds(-kSeenSeconds)).run());
  for (const LineEvent& event : events) {
    if (!event.id.empty()) {
      MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO line_seen (event, at) VALUES (?, ?)")
                    .bind(event.id)
                    .bind(now)
                    .run());
      if (database_.changes() == 0) continue;  // it came before
    }
    if (event.what == LineEvent::What::Unfollow) {
      MACHI_TRY(database_.prepare("DELETE FROM line_user WHERE id = ?").bind(event.user).run());
      continue;
    }
    MACHI_TRY_SET(known, topics_of(event.user));
    notice::Topics topics = known.value_or(notice::Topics{});
    if (event.what == LineEvent::What::Choice && event.data.starts_with("topic="))
      if (bool* field = field_of(topics, std::string_view(event.data).substr(6))) *field = !*field;
    MACHI_TRY(database_.prepare("INSERT OR REPLACE INTO line_user (id, topics) VALUES (?, ?)")
                  .bind(event.user)
                  .bind(notice::topics_text(topics))
                  .run());
    MACHI_TRY(answer(event, topics, now));
  }
  return transaction.commit();
}

Status LineChannel::plan(const News& news, Instant now) {
  const auto messages = [&](std::string_view topic) {
    const std::string said = words::plain(words_("notice.push.topic." + std::string(topic)));
    const std::string flex =
        line_flex(words::plain(words_("desk.channel.text", {{"topic", said}})),
                  words::plain(words_("desk.channel.open")), origin_ + "/n/" + std::to_string(news.serial));
    return json::array({json::parse(flex)});
  };
  if (news.header.importance == notice::Importance::Emergency) {
    MACHI_TRY_SET(all, count());
    return put("/v2/bot/message/broadcast", true, json({{"messages", messages("disaster")}}).dump(),
               "disaster", all, news.until, now);
  }
  std::map<std::string, std::vector<std::string>> readers;
  auto rows = database_.prepare("SELECT id, topics FROM line_user");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) break;
    MACHI_TRY_SET(topics, notice::read_topics(rows.text(1)));
    const std::string topic(notice::topic_for(topics, news.header, base::date_of(now)));
    if (!topic.empty()) readers[topic].push_back(rows.text(0));
  }
  for (const auto& [topic, users] : readers)
    for (std::size_t from = 0; from < users.size(); from += kMulticast) {
      const std::size_t to = std::min(users.size(), from + kMulticast);
      const json some(std::vector<std::string>(users.begin() + static_cast<std::ptrdiff_t>(from),
                                               users.begin() + static_cast<std::ptrdiff_t>(to)));
      MACHI_TRY(put("/v2/bot/message/multicast", true,
                    json({{"to", some}, {"messages", messages(topic)}}).dump(), topic,
                    static_cast<std::int64_t>(to - from), news.until, now));
    }
  return {};
}

Result<std::size_t> LineChannel::run(const Post& post, Instant now) {
  std::size_t tried = 0;
  while (tried < 100) {
    Call call;
    std::int64_t id = 0, readers = 0;
    int tries = 0;
    std::string topic;
    {
      const std::lock_guard held(lock_);
      MACHI_TRY(database_.prepare("DELETE FROM line_post WHERE until <= ?").bind(now).run());
      auto rows = database_.prepare(
          "SELECT id, path, key, body, topic, readers, tries FROM line_post WHERE at <= ? ORDER BY topic != "
          "'disaster', id LIMIT 1");
      rows.bind(now);
      MACHI_TRY_SET(there, rows.step());
      if (!there) return tried;
      id = rows.integer(0);
      call = {rows.text(1), rows.text(2), rows.text(3)};
      topic = rows.text(4);
      readers = rows.integer(5);
      tries = static_cast<int>(rows.integer(6));
    }
    ++tried;
    const auto answered = post(call);
    Outcome outcome = answered.ok()
                          ? outcome_of(answered->status, answered->header("retry-after"), tries, now)
                          : outcome_of(0, {}, tries, now);
    // The same post was taken before; its answer was lost.
    if (answered.ok() && answered->status == 409 && !call.key.empty()) outcome = {Fate::Sent, {}, false};
    const std::lock_guard held(lock_);
    if (outcome.fate == Fate::Later) {
      // Everything waits: its limits are the channel's.
      MACHI_TRY(database_.prepare("UPDATE line_post SET tries = tries + (id = ?), at = max(at, ?)")
                    .bind(id)
                    .bind(outcome.again)
                    .run());
      return tried;
    }
    MACHI_TRY(database_.prepare("DELETE FROM line_post WHERE id = ?").bind(id).run());
    if (!topic.empty())
      MACHI_TRY(
          sums_.add(now, "line." + topic + (outcome.fate == Fate::Sent ? ".sent" : ".refused"), readers));
  }
  return tried;
}

Result<std::int64_t> LineChannel::count() const {
  auto rows = database_.prepare("SELECT COUNT(*) FROM line_user");
  MACHI_TRY(rows.step());
  return rows.integer(0);
}

LineChannel::Post line_over_http(const LineKeys& keys) {
  auto client = std::make_shared<host::HttpClient>();
  client->timeout_ms = 15'000;
  client->limit = 256 * 1024;
  return [client, keys](const LineChannel::Call& call) {
    std::vector<host::HttpHeader> headers = {{"Authorization", "Bearer " + keys.token},
                                             {"Content-Type", "application/json"}};
    if (!call.key.empty()) headers.push_back({"X-Line-Retry-Key", call.key});
    return client->request("POST", keys.api + call.path, base::view(call.body), headers);
  };
}

}  // namespace machi::channels
