// An individual evacuation plan (個別避難計画, 災害対策基本法 第49条の14): who needs support to get away and
// why, who supports them, where to and by which way; with the consents that the law asks for before it is
// shared in peacetime (第49条の15). Values; any thread; pure. Layouts: MESSAGES.md.
#pragma once

#include "core/mail/client.h"
#include "core/shelter/fact.h"

namespace machi::shelter {

struct PlanTag {};
struct TicketTag {};
using PlanId = base::Id<PlanTag>;
using TicketId = base::Id<TicketTag>;
using PlanSecret = base::Array<16>;
using PlanHash = base::Array<32>;

// Kinds of offices in the directory: the town's desk of plans; a group of supporters (民生委員) with a desk.
inline constexpr std::string_view kSupportOffice = "support";
inline constexpr std::string_view kHelpersOffice = "helpers";

inline constexpr std::string_view kKindPlan = "plan.plan";          // a phone or a desk -> the support office
inline constexpr std::string_view kKindApproved = "plan.approved";  // a desk -> its office, and the person
inline constexpr std::string_view kKindShared = "plan.shared";      // the office -> a supporter
inline constexpr std::string_view kKindTicket = "plan.ticket";      // a desk -> its office
inline constexpr std::string_view kKindSafe = "plan.safe";          // a supporter -> the office
inline constexpr std::string_view kKindSeen = "plan.seen";  // the office -> the person and the supporters
inline constexpr std::string_view kKindCall = "plan.call";  // a desk -> its office, persons, supporters

inline constexpr std::size_t kPlanTextLimit = 300;  // characters
inline constexpr std::size_t kPlanSupporters = 8;

struct PlanSupporter {
  std::string name, telephone, address;
  bool agrees = false;                   // to be named and told beforehand
  std::optional<mail::Recipient> phone;  // theirs, or the group's mailbox
  bool operator==(const PlanSupporter& other) const;
};

struct Plan {
  PlanId id;
  std::uint64_t counter = 1;  // the higher one holds; of two with one counter the smaller content
  Instant at;
  bool withdrawn = false;  // then nothing else is in it
  std::string name, kana;  // kana may be empty
  Date birth;
  std::optional<Sex> sex;
  std::string address, telephone;
  Needs needs;
  std::string help;   // how, and what has to be taken along
  std::string place;  // where to
  std::string route;
  std::vector<PlanSupporter> supporters;
  bool share = false;                    // those named may be told before anything happens
  std::optional<mail::Recipient> reply;  // the person's phone
  bool operator==(const Plan& other) const;
};

// Only who knows the secret writes a revision: the id is made of it, and supporters get the id alone.
PlanId plan_id(const PlanSecret& secret);
struct WrittenPlan {
  PlanSecret secret{};
  Plan plan;
};
code::Cbor encode(const WrittenPlan& written);
Result<WrittenPlan> decode_written(const code::Cbor& content);  // NotAllowed: not this secret's plan
code::Cbor encode(const Plan& plan);
Result<Plan> decode_plan(const code::Cbor& content);  // BadInput, TooLarge
// What supporters get, and what is approved: without anybody's mailbox.
Plan for_supporters(Plan plan);
PlanHash hash_of(const Plan& plan);  // of that

struct PlanApproval {
  PlanId plan;
  std::uint64_t counter = 1;
  PlanHash content{};
  Instant at;
  std::string officer;
  bool operator==(const PlanApproval&) const = default;
};
code::Cbor encode(const PlanApproval& approval);
Result<PlanApproval> decode_approval(const code::Cbor& content);

// To one supporter: the plan as it was approved, and the ticket with which "safe" is said.
struct SharedPlan {
  Plan plan;
  PlanApproval approval;
  TicketId ticket;
};
code::Cbor encode(const SharedPlan& shared);
Result<SharedPlan> decode_shared(const code::Cbor& content);  // NotAllowed: another plan was approved

struct PlanTicket {
  TicketId ticket;
  PlanId plan;
  std::uint64_t counter = 1;
  int who = 0;  // number of the supporter in the plan
  std::string name;
  mail::Recipient to;  // where it went
};
code::Cbor encode(const PlanTicket& ticket);
Result<PlanTicket> decode_ticket(const code::Cbor& content);

// "Confirmed safe": whose word it is says the ticket; of a group, who of it.
struct PlanSafe {
  TicketId ticket;
  Instant at;
  std::string by;  // may be empty
  bool operator==(const PlanSafe&) const = default;
};
code::Cbor encode(const PlanSafe& safe);
Result<PlanSafe> decode_safe(const code::Cbor& content);

struct PlanSeen {
  PlanId plan;
  Instant at;
  std::string by;
  bool operator==(const PlanSeen&) const = default;
};
code::Cbor encode(const PlanSeen& seen);
Result<PlanSeen> decode_seen(const code::Cbor& content);

// A disaster has come, or is over: the highest number holds.
struct PlanCall {
  std::uint64_t number = 1;
  bool calls = true;
  Instant at;
  bool operator==(const PlanCall&) const = default;
};
code::Cbor encode(const PlanCall& call);
Result<PlanCall> decode_call(const code::Cbor& content);

// A supporter's phone as a symbol that the person's phone reads: "MP1:" and base64url.
struct SupporterCode {
  std::string name, telephone;
  mail::Recipient phone;
};
std::string supporter_text(const SupporterCode& code);
Result<SupporterCode> supporter_from_text(std::string_view text);

}  // namespace machi::shelter
