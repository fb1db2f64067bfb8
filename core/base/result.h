// Result<T>: either a value or an Error from one table. Owned by core/base; any thread.
// Expected trouble travels in the return value and cannot be overlooked; bugs abort (see check.h).
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace machi::base {

// One table of everything that can go wrong. A code's name is stable: it is logged and crosses the network.
enum class Code {
  BadInput,         // bytes or text that do not decode
  BadSignature,     // decodes, but the signature does not hold
  WrongPurpose,     // a signed object of another `typ` than the one expected
  UnknownKey,       // no key is known for this signer
  NotAllowed,       // the key is known, but has no right to this
  WrongTown,        // an object of another town
  Expired,          // outside its dates
  UsedUp,           // a slip with no device left
  Revoked,          // taken back by its issuer
  NotFound,
  Conflict,         // same id, other content
  TooLarge,
  TooMany,          // a rate or a pool is exhausted; retry later
  HeadNeeded,       // restored hub: an admin must post its newest access head first
  Unreachable,      // no network, or the other side is away
  Storage,          // database or disk refused
  StorageFull,
  NotSchoolDay,     // a date without school
  DateOutOfRange,   // a date in the past or too far ahead
  Missing,          // a required answer is missing
  Unsupported,      // a newer format than this program knows
};

// Stable name of a code, e.g. "bad-signature".
std::string_view code_name(Code code);
// The code of a name, or nothing.
std::optional<Code> code_of(std::string_view name);
// Whether trying the same again later can succeed.
bool is_retryable(Code code);
// Key of the sentence for the person, e.g. "error.bad-signature".
std::string message_key(Code code);

// What went wrong. `detail` is for logs and developers: constants and numbers only, never a person's data.
struct Error {
  Code code = Code::BadInput;
  std::string detail;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  const T& value() const& { return *value_; }
  T& value() & { return *value_; }
  T&& value() && { return std::move(*value_); }
  const T& operator*() const& { return *value_; }
  T& operator*() & { return *value_; }
  T&& operator*() && { return std::move(*value_); }
  const T* operator->() const { return &*value_; }
  T* operator->() { return &*value_; }
  const Error& error() const { return *error_; }
  Code code() const { return error_->code; }

 private:
  std::optional<T> value_;
  std::optional<Error> error_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return *error_; }
  Code code() const { return error_->code; }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

inline Error fail(Code code, std::string_view detail = {}) { return Error{code, std::string(detail)}; }

}  // namespace machi::base

// `MACHI_TRY(expr)` returns the error of a Status or Result; `MACHI_TRY_SET(var, expr)` declares var with the value.
#define MACHI_CONCAT_INNER(a, b) a##b
#define MACHI_CONCAT(a, b) MACHI_CONCAT_INNER(a, b)
#define MACHI_TRY(expr)                                        \
  do {                                                         \
    if (auto machi_status_ = (expr); !machi_status_.ok())      \
      return machi_status_.error();                            \
  } while (false)
#define MACHI_TRY_SET(var, expr)                               \
  auto MACHI_CONCAT(machi_result_, __LINE__) = (expr);         \
  if (!MACHI_CONCAT(machi_result_, __LINE__).ok())             \
    return MACHI_CONCAT(machi_result_, __LINE__).error();      \
  auto var = std::move(*MACHI_CONCAT(machi_result_, __LINE__))
