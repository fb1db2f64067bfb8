// What the desks of a school tell each other about guardians, slips and themselves: contents of messages in
// the school's own mailbox (core/absence/MESSAGES.md). Values; any thread; pure.
#pragma once

#include "core/absence/message.h"
#include "core/crypto/keys.h"
#include "core/mail/client.h"

namespace machi::absence {

inline constexpr std::string_view kKindLink = "absence.link";  // school -> itself: GuardianLink
inline constexpr std::string_view kKindPen = "absence.pen";    // school -> itself: SlipPen
inline constexpr std::string_view kKindDeskName =
    "absence.desk";  // school -> itself: a desk's name, by that desk

inline constexpr std::string_view kKindStays = "absence.stays";  // school -> itself: std::vector<Stay>

inline constexpr std::string_view kKindTransfer = "absence.transfer";  // school -> another school: Transfer

enum class Parting { None = 0, Told = 1, Silent = 2 };

// What the school says about one enrolment: a phone that came with a slip. Removed once is removed for good.
struct GuardianLink {
  base::Array<16> slip{};   // mail::SlipId bytes
  base::Array<32> phone{};  // posting key at the school
  PupilId pupil;
  std::uint64_t revision = 0;
  Parting parting = Parting::None;
  bool apart = false;  // no news to or of the other guardians
  Relation relation = Relation::Guardian;
  std::optional<Date> until;  // a delegate's last day
};
code::Cbor encode(const GuardianLink& link);
Result<GuardianLink> decode_link(const code::Cbor& content);

// From when to when a pupil is in a class. The roll says who is in it; the register of a month also who was:
// a pupil who comes or goes in the middle of it is counted from, or up to, that day (指導要録, 授業日数). One
// of whom nothing is said was there all the time. Of two about one pupil, class and first day the higher
// (revision, message id) holds.
struct Stay {
  PupilId pupil;
  ClassId class_id;
  std::optional<Date> from;  // nothing: since before anybody kept count
  std::optional<Date> last;  // nothing: still there
  int number = 0;            // 出席番号 in that class
  std::uint64_t revision = 0;
};
inline constexpr std::size_t kStaysOfAMessage = 400;
code::Cbor encode(const std::vector<Stay>& stays);
Result<std::vector<Stay>> decode_stays(const code::Cbor& content);

// The key with which the school's desks sign slips: this school's own, which the directory names.
struct SlipPen {
  crypto::Secret<32> seed;
  Instant until;
};
code::Cbor encode(const SlipPen& pen);
Result<SlipPen> decode_pen(const code::Cbor& content);

// A pupil who goes to another school of the town: the record, the class that was left, and who the guardians
// were. Their phones enrol anew there: a phone has another key for every school.
struct Transfer {
  Roll left;  // with this one pupil
  struct Contact {
    std::string name;
    Relation relation = Relation::Guardian;
    std::optional<Date> until{};
    bool apart = false;
    std::optional<mail::Recipient> person{};  // where the new school writes to
  };
  std::vector<Contact> guardians;
  std::string school;  // as it calls itself
};
code::Cbor encode(const Transfer& transfer);
Result<Transfer> decode_transfer(const code::Cbor& content);

code::Cbor encode_desk_name(std::string_view name);
Result<std::string> decode_desk_name(const code::Cbor& content);

}  // namespace machi::absence
