// What the desks of the town's notices say to each other and to the town's press, sealed to their own office:
// a draft and its versions, who has read and approved one, what is taken back, and what the press has put
// into the feed. Values; any thread; pure. Layout: MESSAGES.md.
#pragma once

#include "core/base/id.h"
#include "core/notice/feed/notice.h"

namespace machi::notice {

struct DraftTag {};
using DraftId = base::Id<DraftTag>;

inline constexpr std::string_view kNoticeOffice = "notice";  // kind of the office in the directory
inline constexpr std::string_view kKindDraft = "notice.draft";
inline constexpr std::string_view kKindApprove = "notice.approve";
inline constexpr std::string_view kKindWithdraw = "notice.withdraw";
inline constexpr std::string_view kKindPrinted = "notice.printed";

inline constexpr std::size_t kEditorSigns = 40;
inline constexpr std::size_t kReasonSigns = 200;

// A version of a notice before it is one. The header's act, number and body's hash, and the body's salt, are
// the press's to fill in.
struct Draft {
  DraftId id;
  std::uint64_t counter = 1;  // the higher one holds; of two with one counter the smaller hash
  Instant at;
  std::string by;  // who wrote it, as they call themselves
  NoticeHeader header;
  NoticeBody body;
};
code::Cbor encode(const Draft& draft);
Result<Draft> decode_draft(const code::Cbor& content);
Hash hash_of(const code::Cbor& content);

// "I have read this version": of another device than its writer's, or, of an emergency, alone.
struct Approval {
  DraftId id;
  Hash draft{};
  Instant at;
  std::string by;
  bool alone = false;
};
code::Cbor encode(const Approval& approval);
Result<Approval> decode_approval(const code::Cbor& content);

// Taken back: a draft goes nowhere any more, a notice is withdrawn.
struct Withdrawal {
  DraftId id;
  Instant at;
  std::string by, why;
};
code::Cbor encode(const Withdrawal& withdrawal);
Result<Withdrawal> decode_withdrawal(const code::Cbor& content);

// By the press alone. `draft` is zero when it has withdrawn the notice; `trouble` when it could not print it.
struct Printed {
  DraftId id;
  Hash draft{};
  Instant at;
  std::uint64_t serial = 0;
  std::string trouble;  // a code's name
};
code::Cbor encode(const Printed& printed);
Result<Printed> decode_printed(const code::Cbor& content);

}  // namespace machi::notice
