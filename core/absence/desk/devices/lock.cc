// Tries are counted before they are judged, so that pulling the plug does not give one back.
#include "core/absence/desk/devices/lock.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/crypto/password.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;

constexpr int kFreeTries = 3;
constexpr std::int64_t kFirstWaitMs = 10'000;
constexpr int kLongestDoubling = 5;  // 320 s
constexpr int kUsualMinutes = 5;

std::string digits_of(std::string_view typed) {
  std::string out = base::fold_width(base::trimmed(typed));
  return std::all_of(out.begin(), out.end(), [](char c) { return c >= '0' && c <= '9'; }) ? out : "";
}

int number(const std::string& text, int otherwise) {
  return text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos
             ? otherwise
             : std::stoi(text);
}

}  // namespace

int LockState::minutes() const { return number(desk_.setting("lock.minutes"), kUsualMinutes); }
int LockState::wrong() const { return number(desk_.setting("lock.wrong"), 0); }
std::size_t LockState::length() const {
  return static_cast<std::size_t>(number(desk_.setting("lock.length"), 0));
}

std::optional<Instant> LockState::waits(Instant now) const {
  const int over = wrong() - kFreeTries;
  const std::string last = desk_.setting("lock.tried");
  if (over < 0 || last.empty() || last.size() > 15) return std::nullopt;
  const std::int64_t wait = kFirstWaitMs << std::min(over, kLongestDoubling);
  const std::int64_t tried = std::stoll(last);
  // A clock that was set back does not lock anybody out for longer than the wait itself.
  if (now.ms < tried || now.ms >= tried + wait) return std::nullopt;
  return Instant{tried + wait};
}

Status DeskLock::choose(std::string_view pin, Instant now) {
  std::string digits = digits_of(pin);
  if (digits.size() < kPinShortest || digits.size() > kPinLongest) return fail(Code::BadInput, "pin");
  MACHI_TRY_SET(hashed, crypto::hash_password(entropy_, digits));
  const std::string length = std::to_string(digits.size());
  crypto::wipe_text(digits);
  MACHI_TRY(school_.set("lock.length", length));
  MACHI_TRY(school_.set("lock.pin", base::to_hex(hashed)));
  MACHI_TRY(school_.set("lock.wrong", "0"));
  touch(now);
  return school_.set("lock.open", "1");
}

Status DeskLock::remove() {
  for (const char* one : {"lock.pin", "lock.length", "lock.wrong", "lock.tried", "lock.open"})
    MACHI_TRY(school_.set(one, ""));
  return {};
}

Status DeskLock::lock() {
  if (!has_pin()) return {};
  MACHI_TRY(school_.set("lock.open", ""));
  return school_.set("name", "");
}

Status DeskLock::tick(Instant now) {
  if (!has_pin() || locked()) return {};
  if (!touched_) touched_ = now;
  return now.ms - touched_->ms >= std::int64_t{minutes()} * 60'000 ? lock() : Status{};
}

Result<bool> DeskLock::open(std::string_view pin, Instant now) {
  if (waits(now)) return false;
  std::string digits = digits_of(pin);
  if (digits.size() != length()) return false;
  MACHI_TRY(school_.set("lock.wrong", std::to_string(wrong() + 1)));
  MACHI_TRY(school_.set("lock.tried", std::to_string(now.ms)));
  MACHI_TRY_SET(hashed, base::from_hex(school_.setting("lock.pin")));
  const bool right = crypto::is_password(hashed, digits);
  crypto::wipe_text(digits);
  if (!right) return false;
  MACHI_TRY(school_.set("lock.wrong", "0"));
  MACHI_TRY(school_.set("lock.open", "1"));
  touch(now);
  return true;
}

}  // namespace machi::absence
