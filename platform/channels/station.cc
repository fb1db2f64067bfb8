// Follows, plans, sends, sums.
#include "platform/channels/station.h"

#include <nlohmann/json.hpp>

#include "platform/host/file.h"

namespace machi::channels {

using base::Code;
using base::fail;
using base::Instant;
using base::Result;
using base::Status;

namespace {

constexpr int kCallRounds = 50;

}  // namespace

Station::Station(StationOptions options, const words::Words& words, std::unique_ptr<store::Database> database,
                 std::unique_ptr<store::Database> feed, notice::NoticeBook book, host::P256Key key)
    : options_(std::move(options)),
      database_(std::move(database)),
      feed_(std::move(feed)),
      book_(std::move(book)),
      follower_(*feed_, book_, options_.town),
      sums_(*database_),
      queue_(*database_, sums_),
      vapid_(std::move(key), options_.contact),
      push_(*database_),
      push_sender_(push_, queue_, vapid_, lock_, over_http),
      mail_(*database_, entropy_),
      mail_town_{options_.name, options_.from, options_.origin},
      words_(words) {
  if (options_.line)
    line_.emplace(*database_, sums_, entropy_, words_, options_.name, options_.origin, lock_);
}

Result<std::unique_ptr<Station>> Station::open(StationOptions options, const words::Words& words) {
  const auto pem = host::read_file(options.folder / "push.pem", 8192);
  if (!pem.ok()) return pem.error();
  MACHI_TRY_SET(key, host::P256Key::from_pem(base::text_view(*pem)));
  MACHI_TRY_SET(database, store::Database::open({(options.folder / "channels.db").string(), "", true}));
  std::vector<store::Migration> all = Sums::migrations();
  for (const auto& more :
       {Queue::migrations(), PushBook::migrations(), MailBook::migrations(), LineChannel::migrations()})
    all.insert(all.end(), more.begin(), more.end());
  MACHI_TRY(database->migrate(all));
  MACHI_TRY_SET(feed, store::Database::open({(options.folder / "feed.db").string(), "", true}));
  MACHI_TRY_SET(book, notice::NoticeBook::open(*feed));
  MACHI_TRY(feed->migrate(notice::Follower::migrations()));
  auto station = std::unique_ptr<Station>(new Station(std::move(options), words, std::move(database),
                                                      std::move(feed), std::move(book), std::move(key)));
  MACHI_TRY(station->follower_.load());
  return station;
}

// Like a phone's app: calls go out until the follower has all that the head names.
Status Station::follow(Instant now) {
  {
    const std::lock_guard held(lock_);
    follower_.begin(now);
  }
  for (int round = 0; round < kCallRounds; ++round) {
    std::vector<notice::Follower::Call> calls;
    {
      const std::lock_guard held(lock_);
      calls = follower_.take_calls();
    }
    if (calls.empty()) break;
    for (const auto& call : calls) {
      auto answer = client_.get(options_.hub + call.path);
      const std::lock_guard held(lock_);
      const base::Bytes none;
      follower_.answer(call.id, answer.ok() ? answer->status : 0,
                       answer.ok() ? base::ByteView(answer->body) : base::ByteView(none), now);
    }
  }
  using Followed = notice::Follower::Outcome;
  const std::lock_guard held(lock_);
  switch (follower_.outcome()) {
    case Followed::Fresh:
      return {};
    case Followed::None:
    case Followed::Unreachable:
      return fail(Code::Unreachable, "hub");
    case Followed::Forged:
      return fail(Code::BadSignature, "feed");
    case Followed::RolledBack:
      return fail(Code::Conflict, "feed rolled back");
    case Followed::Storage:
      return fail(Code::Storage, "feed");
  }
  return {};
}

Status Station::plan(const notice::NoticeEntry& entry, bool tell, int& count, Instant now) {
  News news{entry.serial, entry.header, now.plus_seconds(seconds_to_tell(entry.header.importance))};
  if (entry.header.until) news.until = std::min(news.until, *entry.header.until);
  MACHI_TRY_SET(fresh, queue_.begin(news, entry.corrected ? entry.corrected->ms : 0));
  if (!fresh || !tell) return {};
  ++count;
  const base::Date today = base::date_of(now);
  const auto to = [&](std::string_view channel) {
    return [this, &news, today, now, channel](std::int64_t id, const notice::Topics& topics) -> Status {
      const auto topic = notice::topic_for(topics, news.header, today);
      return topic.empty() ? Status() : queue_.plan(channel, news, topic, id, now);
    };
  };
  MACHI_TRY(push_.each(to("push")));
  if (!options_.from.empty()) MACHI_TRY(mail_.each(to("mail")));
  if (line_) MACHI_TRY(line_->plan(news, now));
  return {};
}

Result<int> Station::look(Instant now) {
  MACHI_TRY(follow(now));
  const std::lock_guard held(lock_);
  MACHI_TRY_SET(entries, book_.timeline(notice::Profile{}, now));
  store::Transaction transaction(*database_);
  MACHI_TRY_SET(first, queue_.begin(News{}, 0));  // number 0 is no notice: the mark of the first look
  int news = 0;
  for (const notice::NoticeEntry& entry : entries) MACHI_TRY(plan(entry, !first, news, now));
  MACHI_TRY(transaction.commit());
  return news;
}

Result<std::size_t> Station::send(const MailSender::Send& letters, Instant now) {
  MACHI_TRY_SET(tried, push_sender_.run(now));
  if (!options_.from.empty() && letters) {
    MailSender sender(mail_, queue_, words_, mail_town_, lock_, letters);
    MACHI_TRY_SET(more, sender.run(now));
    tried += more;
  }
  if (line_) {
    MACHI_TRY_SET(more, line_->run(line_over_http(*options_.line), now));
    tried += more;
  }
  return tried;
}

Status Station::write_sums() {
  nlohmann::json all;
  {
    const std::lock_guard held(lock_);
    MACHI_TRY_SET(sums, sums_.all());
    all = sums;
  }
  std::string text = all.is_null() ? "{}\n" : all.dump() + "\n";
  if (text == written_) return {};
  MACHI_TRY(host::write_file(options_.folder / "sums.json", base::view(text)));
  written_ = std::move(text);
  return {};
}

std::optional<notice::NoticeEntry> Station::notice(std::uint64_t serial, Instant now) {
  auto entries = book_.timeline(notice::Profile{}, now);
  if (!entries.ok()) return std::nullopt;
  for (notice::NoticeEntry& one : *entries)
    if (one.serial == serial) return std::move(one);
  return std::nullopt;
}

}  // namespace machi::channels
