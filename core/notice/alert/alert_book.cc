// The messages' tables. Which messages are one event is worked out when it is asked for, from the names that
// each message has and gives: so no order of arrival can make it differ.
#include "core/notice/alert/alert_book.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/crypto/sodium.h"

namespace machi::notice {
namespace {

const std::vector<store::Migration>& migrations() {
  static const std::vector<store::Migration> kMigrations = {
      {"alert.1",
       "create table alert_message(hash blob primary key, came integer not null, bytes blob not null, "
       "refused text,"
       " identifier text, status integer, type integer, severity integer, clear integer, sent integer, serial"
       " integer, expires integer, title text, headline text);"
       "create unique index alert_message_identifier on alert_message(status, identifier);"
       "create table alert_name(hash blob not null, name text not null, primary key(hash, name)) without "
       "rowid;"
       "create index alert_name_name on alert_name(name);"}};
  return kMigrations;
}

// Of CAP its own name and those that it refers to; of the agency's the event's.
std::vector<std::string> names_of(const Alert& alert) {
  if (alert.format != "cap") return {alert.thread};
  std::vector<std::string> out = {"cap/" + alert.source + "," + alert.identifier};
  for (const std::string& reference : alert.references)
    out.push_back("cap/" + reference.substr(0, reference.rfind(',')));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Names that stand for one event.
class Names {
 public:
  const std::string& of(const std::string& name) {
    auto found = above_.find(name);
    if (found == above_.end()) found = above_.emplace(name, name).first;
    while (found->second != found->first) found = above_.find(found->second);
    return found->first;
  }
  void join(const std::string& a, const std::string& b) {
    const std::string first = of(a), second = of(b);
    if (first != second) above_[std::max(first, second)] = std::min(first, second);
  }

 private:
  std::map<std::string, std::string> above_;
};

struct Message {
  AlertStatus status = AlertStatus::Test;
  std::vector<std::string> names;
  AlertEvent event;  // as if it were alone
  std::tuple<std::int64_t, std::int64_t, int, std::string> order;
};

}  // namespace

Result<AlertBook> AlertBook::open(store::Database& database) {
  MACHI_TRY(database.migrate(migrations()));
  return AlertBook(database);
}

Result<AlertBook::Taken> AlertBook::take(ByteView bytes, const Result<Alert>& read, Instant now) {
  const auto hash = crypto::hash(bytes);
  store::Transaction transaction(*database_);
  auto same = database_->prepare("select 1 from alert_message where hash=?");
  same.bind(hash);
  MACHI_TRY_SET(there, same.step());
  if (there) return Taken::Duplicate;
  if (!read.ok()) {
    const std::string why = std::string(base::code_name(read.code())) + ": " + read.error().detail;
    MACHI_TRY(database_->prepare("insert into alert_message(hash, came, bytes, refused) values(?,?,?,?)")
                  .bind(hash)
                  .bind(now)
                  .bind(bytes)
                  .bind(why)
                  .run());
    MACHI_TRY(transaction.commit());
    return Taken::Refused;
  }
  const Alert& alert = *read;
  // The same message in other bytes: another line's end, another way by which it came.
  auto known = database_->prepare("select 1 from alert_message where status=? and identifier=?");
  known.bind(static_cast<int>(alert.status)).bind(alert.identifier);
  MACHI_TRY_SET(again, known.step());
  if (again) return Taken::Duplicate;
  bool joined = false;
  const std::string title = alert.texts.empty() ? "" : alert.texts[0].title;
  const std::string headline = alert.texts.empty() ? "" : alert.texts[0].headline;
  for (const std::string& name : names_of(alert)) {
    auto others = database_->prepare(
        "select 1 from alert_name n join alert_message m on m.hash=n.hash where n.name=? and m.status=?");
    others.bind(name).bind(static_cast<int>(alert.status));
    MACHI_TRY_SET(other, others.step());
    joined = joined || other;
    MACHI_TRY(database_->prepare("insert into alert_name values(?,?)").bind(hash).bind(name).run());
  }
  MACHI_TRY(database_->prepare("insert into alert_message values(?,?,?,null,?,?,?,?,?,?,?,?,?,?)")
                .bind(hash)
                .bind(now)
                .bind(bytes)
                .bind(alert.identifier)
                .bind(static_cast<int>(alert.status))
                .bind(static_cast<int>(alert.type))
                .bind(static_cast<int>(alert.severity))
                .bind(alert.all_clear)
                .bind(alert.sent)
                .bind(alert.serial)
                .bind(alert.expires)
                .bind(title)
                .bind(headline)
                .run());
  MACHI_TRY(transaction.commit());
  return joined ? Taken::Joined : Taken::Event;
}

Result<bool> AlertBook::knows(const Alert& alert) const {
  auto known = database_->prepare("select 1 from alert_message where status=? and identifier=?");
  known.bind(static_cast<int>(alert.status)).bind(alert.identifier);
  return known.step();
}

Result<std::vector<AlertEvent>> AlertBook::events() const {
  std::map<Bytes, Message> messages;
  auto rows = database_->prepare(
      "select m.hash, n.name, m.status, m.type, m.severity, m.clear, m.sent, m.serial, m.expires, m.title, "
      "m.headline, m.identifier from alert_message m join alert_name n on n.hash=m.hash where m.refused is "
      "null");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) break;
    Message& message = messages[rows.blob(0)];
    message.names.push_back(rows.text(1));
    const auto type = static_cast<AlertType>(rows.integer(3));
    message.status = static_cast<AlertStatus>(rows.integer(2));
    AlertEvent& event = message.event;
    event.status = message.status;
    event.state = type == AlertType::Cancel ? AlertEvent::State::Cancelled
                  : rows.integer(5) != 0    ? AlertEvent::State::Over
                                            : AlertEvent::State::InForce;
    event.severity = static_cast<Severity>(rows.integer(4));
    event.first = event.newest = rows.instant(6);
    if (!rows.is_null(8)) event.expires = rows.instant(8);
    event.title = rows.text(9);
    event.headline = rows.text(10);
    message.order = {rows.integer(6), rows.integer(7), static_cast<int>(type), rows.text(11)};
  }
  std::map<AlertStatus, Names> names;
  for (const auto& [hash, message] : messages)
    for (const std::string& name : message.names) names[message.status].join(message.names[0], name);
  std::map<std::pair<AlertStatus, std::string>, std::pair<AlertEvent, decltype(Message::order)>> events;
  for (const auto& [hash, message] : messages) {
    const std::string& thread = names[message.status].of(message.names[0]);
    auto [place, fresh] = events.try_emplace({message.status, thread}, message.event, message.order);
    auto& [event, order] = place->second;
    const int count = event.messages + 1;
    const Instant first = std::min(event.first, message.event.first);
    if (!fresh && message.order > order) {
      event = message.event;
      order = message.order;
    }
    event.messages = count;
    event.first = first;
    event.thread = thread;
  }
  std::vector<AlertEvent> out;
  for (auto& [key, value] : events) out.push_back(std::move(value.first));
  std::sort(out.begin(), out.end(), [](const AlertEvent& a, const AlertEvent& b) {
    return std::tie(b.newest, a.thread, a.status) < std::tie(a.newest, b.thread, b.status);
  });
  return out;
}

Result<std::vector<RefusedAlert>> AlertBook::refused() const {
  std::vector<RefusedAlert> out;
  auto rows = database_->prepare(
      "select came, refused, bytes from alert_message where refused is not null order by came desc, hash");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back({rows.instant(0), rows.text(1), rows.blob(2)});
  }
}

}  // namespace machi::notice
