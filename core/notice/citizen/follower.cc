// A round: the head, then all that it names at once.
#include "core/notice/citizen/follower.h"

#include <algorithm>

namespace machi::notice {

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE notice_delegation (delegation BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;";

}  // namespace

std::vector<store::Migration> Follower::migrations() { return {{"notice.follower.1", kTables}}; }

Status Follower::load() {
  auto row = database_.prepare("SELECT delegation FROM notice_delegation");
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return {};
    // One that a newer program kept says nothing here.
    if (const auto admitted = trust_.admit(row.bytes(0)); !admitted.ok()) continue;
  }
}

Status Follower::keep_trust() {
  for (const Bytes& one : trust_.raw())
    MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO notice_delegation VALUES (?)").bind(one).run());
  return {};
}

void Follower::ask(const Ask& what, bool whole) {
  Call call{++last_, ""};
  switch (what.what) {
    case Ask::What::Head:
      // Who was vouched for is known here already: the answer is small without it.
      call.path = whole ? "/v1/feed/head" : "/v1/feed/head?short=1";
      break;
    case Ask::What::Page:
      call.path = "/v1/feed/page?number=" + std::to_string(what.number);
      break;
    case Ask::What::Texts:
      call.path = "/v1/feed/texts?number=" + std::to_string(what.number);
      break;
    case Ask::What::Blob:
      call.path = "/v1/feed/blob?hash=" + base::to_hex(what.hash);
      break;
  }
  open_[call.id] = {what, whole, false};
  calls_.push_back(std::move(call));
}

void Follower::begin(Instant now) {
  if (busy()) return;
  tried_ = now;
  came_.clear();
  again_ = false;
  ask({}, trust_.raw().empty());
}

bool Follower::busy() const {
  return std::any_of(open_.begin(), open_.end(), [](const auto& one) { return !one.second.alone; });
}

void Follower::fetch(const Hash& hash) {
  if (fetching(hash)) return;
  failed_.erase(hash);
  ask({Ask::What::Blob, 0, hash});
  open_[last_].alone = true;
}

bool Follower::fetching(const Hash& hash) const {
  return std::any_of(open_.begin(), open_.end(),
                     [&](const auto& one) { return one.second.alone && one.second.what.hash == hash; });
}

bool Follower::took_alone(const Hash& hash, int status, ByteView body) {
  if (status != 200 || !book_.take_blob(hash, body).ok()) failed_.insert(hash);
  return true;
}

std::vector<Follower::Call> Follower::take_calls() { return std::exchange(calls_, {}); }

void Follower::end(Outcome outcome) {
  outcome_ = outcome;
  std::erase_if(open_, [](const auto& one) { return !one.second.alone; });
  std::erase_if(calls_, [this](const Call& one) { return !open_.contains(one.id); });
  came_.clear();
}

bool Follower::answer(std::int64_t call, int status, ByteView body, Instant now) {
  const auto found = open_.find(call);
  if (found == open_.end()) return false;
  const Open asked = found->second;
  open_.erase(found);
  if (asked.alone) return took_alone(asked.what.hash, status, body);
  if (asked.what.what == Ask::What::Blob) {
    // One that cannot be had now is asked for again with the next round; the notices are here all the same.
    const auto taken = status == 200 ? book_.take_blob(asked.what.hash, body) : Status{};
    if (!taken.ok() && taken.code() == Code::Storage)
      end(Outcome::Storage);
    else if (!busy())
      end(Outcome::Fresh);
    return true;
  }
  if (asked.what.what == Ask::What::Head) {
    if (status != 200)
      end(Outcome::Unreachable);
    else
      took_head(body, asked.whole, now);
    return true;
  }
  // A page without texts beside it has none.
  const bool none = asked.what.what == Ask::What::Texts && status == 404;
  if (status != 200 && !none) {
    end(Outcome::Unreachable);
    return true;
  }
  if (!none) came_.emplace_back(asked.what, base::copy(body));
  if (!busy()) took_all(now);
  return true;
}

void Follower::took_head(ByteView body, bool whole, Instant now) {
  const auto taken = book_.take_head(body, trust_, now);
  if (!taken.ok() && taken.code() == Code::Conflict) return end(Outcome::RolledBack);
  if (!taken.ok() && taken.code() == Code::Storage) return end(Outcome::Storage);
  // By a key that this phone has not heard of: the answer with all delegations says whether it is the town's.
  if (!taken.ok() && !whole) return ask({}, true);
  if (!taken.ok()) return end(Outcome::Forged);
  if (!keep_trust().ok()) return end(Outcome::Storage);
  const auto wanted = book_.wanted();
  if (!wanted.ok()) return end(Outcome::Storage);
  for (const Ask& one : *wanted) ask(one);
  if (wanted->empty()) ask_blobs();
}

// What lies beside the notices, once they are here.
void Follower::ask_blobs() {
  const auto wanted = book_.wanted_blobs();
  if (!wanted.ok()) return end(Outcome::Storage);
  for (const Ask& one : *wanted) ask(one);
  if (wanted->empty()) end(Outcome::Fresh);
}

void Follower::took_all(Instant now) {
  // Pages in order, each followed by its texts.
  std::sort(came_.begin(), came_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.number, a.first.what) < std::pair(b.first.number, b.first.what);
  });
  for (const auto& [what, bytes] : std::exchange(came_, {})) {
    const auto taken = what.what == Ask::What::Page ? book_.take_page(what.number, bytes, trust_, now)
                                                    : book_.take_texts(bytes);
    if (taken.ok()) continue;
    const bool ours = taken.code() == Code::Storage || taken.code() == Code::StorageFull;
    if (ours) return end(Outcome::Storage);
    if (std::exchange(again_, true)) return end(Outcome::Forged);
    return ask({}, true);
  }
  ask_blobs();
}

}  // namespace machi::notice
