// A batch is taken under the lock, sent without it, and settled under it.
#include "platform/channels/push/push_sender.h"

#include <map>
#include <thread>

#include "core/crypto/drbg.h"
#include "platform/host/webpush/push_cipher.h"

namespace machi::channels {

using base::Instant;
using base::Result;
using base::Status;

namespace {

constexpr std::size_t kTextBytes = 128;

base::Bytes text_of(const Due& due) {
  // "topic" is one of four words.
  std::string text = R"({"topic":")" + due.topic + "\"}";
  text.resize(kTextBytes, ' ');
  return base::copy(base::view(text));
}

}  // namespace

Result<PushPost> push_post(const Subscription& to, const Due& due, const std::string& authorization,
                           Instant now) {
  MACHI_TRY_SET(once, host::P256Key::make());
  crypto::SystemEntropy entropy;
  base::Array<16> salt{};
  entropy.fill(salt);
  PushPost out;
  out.url = to.endpoint;
  MACHI_TRY_SET(body, host::encrypt_push(text_of(due), to.key, to.auth, once, salt));
  out.body = std::move(body);
  const std::int64_t life = std::max<std::int64_t>(0, due.until.seconds() - now.seconds());
  out.headers = {{"Content-Type", "application/octet-stream"},
                 {"Content-Encoding", "aes128gcm"},
                 {"TTL", std::to_string(life)},
                 {"Urgency", due.grave ? "high" : "normal"},
                 {"Topic", "notice-" + std::to_string(due.serial)},
                 {"Authorization", authorization}};
  return out;
}

Result<std::vector<PushSender::Work>> PushSender::prepare(Instant now, std::size_t& taken) {
  std::vector<Work> out;
  store::Database& database = book_.database();
  store::Transaction transaction(database);
  MACHI_TRY_SET(due, queue_.take("push", now, batch));
  taken = due.size();
  std::map<std::string, Instant> paused;
  for (Due& one : due) {
    MACHI_TRY_SET(to, book_.find(one.receiver));
    if (!to) {
      MACHI_TRY(queue_.forget("push", one.receiver));
      continue;
    }
    const std::string origin = origin_of(to->endpoint);
    auto known = paused.find(origin);
    if (known == paused.end()) {
      MACHI_TRY_SET(until, queue_.paused("push", origin));
      known = paused.emplace(origin, until).first;
    }
    if (now < known->second) {
      MACHI_TRY(queue_.put_off(one, known->second));
      continue;
    }
    MACHI_TRY_SET(authorization, vapid_.authorization(origin, now));
    out.push_back({std::move(one), std::move(*to), std::move(authorization), {}, std::nullopt});
  }
  MACHI_TRY(transaction.commit());
  return out;
}

Status PushSender::settle(const std::vector<Work>& work, Instant now) {
  store::Transaction transaction(book_.database());
  for (const Work& one : work) {
    if (one.put_off) {
      MACHI_TRY(queue_.put_off(one.due, *one.put_off));
      continue;
    }
    MACHI_TRY(queue_.settle(one.due, one.outcome, now));
    if (one.outcome.fate == Fate::Gone) {
      MACHI_TRY(book_.drop(one.due.receiver));
      MACHI_TRY(queue_.forget("push", one.due.receiver));
    }
    if (one.outcome.fate == Fate::Later && one.outcome.everybody)
      MACHI_TRY(queue_.pause("push", origin_of(one.to.endpoint), one.outcome.again));
  }
  return transaction.commit();
}

Result<std::size_t> PushSender::run(Instant now) {
  std::vector<Work> work;
  std::size_t taken = 0;
  {
    const std::lock_guard held(lock_);
    MACHI_TRY_SET(prepared, prepare(now, taken));
    work = std::move(prepared);
  }
  // Once a service asks to wait, the rest of the batch for it is not even tried.
  std::mutex stopped_lock;
  std::map<std::string, Instant> stopped;
  const auto stopped_until = [&](const std::string& origin) {
    const std::lock_guard held(stopped_lock);
    const auto found = stopped.find(origin);
    return found == stopped.end() ? Instant{} : found->second;
  };
  std::vector<std::thread> threads;
  const std::size_t lanes = std::max<std::size_t>(1, std::min(connections, work.size()));
  for (std::size_t lane = 0; lane < lanes && !work.empty(); ++lane)
    threads.emplace_back([&, lane] {
      const Post post = connect_();
      for (std::size_t i = lane; i < work.size(); i += lanes) {
        Work& one = work[i];
        const std::string origin = origin_of(one.to.endpoint);
        if (const Instant until = stopped_until(origin); now < until) {
          one.put_off = until;
          continue;
        }
        const auto ready = push_post(one.to, one.due, one.authorization, now);
        if (!ready.ok()) {
          one.outcome = {Fate::Never, {}, false};
          continue;
        }
        const auto answer = post(*ready);
        one.outcome = answer.ok()
                          ? outcome_of(answer->status, answer->header("retry-after"), one.due.tries, now)
                          : outcome_of(0, {}, one.due.tries, now);
        if (one.outcome.fate == Fate::Later && one.outcome.everybody) {
          const std::lock_guard held(stopped_lock);
          stopped[origin] = std::max(stopped[origin], one.outcome.again);
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  const std::lock_guard held(lock_);
  MACHI_TRY(settle(work, now));
  return taken;
}

PushSender::Post over_http() {
  auto client = std::make_shared<host::HttpClient>();
  client->timeout_ms = 15'000;
  client->limit = 64 * 1024;
  return [client](const PushPost& one) { return client->request("POST", one.url, one.body, one.headers); };
}

}  // namespace machi::channels
