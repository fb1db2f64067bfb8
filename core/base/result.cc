// The names of the error table. Pure; any thread.
#include "core/base/result.h"

#include <array>

namespace machi::base {
namespace {

struct Row {
  Code code;
  std::string_view name;
  bool retry;
};

constexpr std::array kRows = {
    Row{Code::BadInput, "bad-input", false},
    Row{Code::BadSignature, "bad-signature", false},
    Row{Code::WrongPurpose, "wrong-purpose", false},
    Row{Code::UnknownKey, "unknown-key", false},
    Row{Code::NotAllowed, "not-allowed", false},
    Row{Code::WrongTown, "wrong-town", false},
    Row{Code::Expired, "expired", false},
    Row{Code::UsedUp, "used-up", false},
    Row{Code::Revoked, "revoked", false},
    Row{Code::NotFound, "not-found", false},
    Row{Code::Conflict, "conflict", false},
    Row{Code::TooLarge, "too-large", false},
    Row{Code::TooMany, "too-many", true},
    Row{Code::HeadNeeded, "head-needed", true},
    Row{Code::Unreachable, "unreachable", true},
    Row{Code::Storage, "storage", true},
    Row{Code::StorageFull, "storage-full", true},
    Row{Code::NotSchoolDay, "not-school-day", false},
    Row{Code::DateOutOfRange, "date-out-of-range", false},
    Row{Code::Missing, "missing", false},
    Row{Code::Unsupported, "unsupported", false},
};

const Row& row_of(Code code) { return kRows[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view code_name(Code code) { return row_of(code).name; }

std::optional<Code> code_of(std::string_view name) {
  for (const Row& row : kRows)
    if (row.name == name) return row.code;
  return std::nullopt;
}

bool is_retryable(Code code) { return row_of(code).retry; }

std::string message_key(Code code) { return "error." + std::string(code_name(code)); }

}  // namespace machi::base
