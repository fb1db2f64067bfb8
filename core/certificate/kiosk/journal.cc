// Records as CBOR, and what the book lets pass. Pure.
#include "core/certificate/kiosk/journal.h"

#include <algorithm>

#include "core/code/content.h"

namespace machi::certificate::kiosk {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;

constexpr int kMostSheets = 99;
constexpr std::int64_t kMostYen = 1'000'000;

Cbor encode_item(const OrderItem& item) {
  return Cbor::array(
      {static_cast<int>(item.kind), item.options.bits, item.household, item.year, item.copies});
}

Result<std::int64_t> within(const Cbor& value, std::int64_t least, std::int64_t most) {
  MACHI_TRY_SET(number, value.integer());
  if (number < least || number > most) return fail(Code::BadInput, "range");
  return number;
}

Result<OrderItem> decode_item(const Cbor& value) {
  const auto* items = value.array();
  if (items == nullptr || items->size() < 5) return fail(Code::BadInput, "order");
  MACHI_TRY_SET(kind, code::content::member((*items)[0], kLastKind));
  MACHI_TRY_SET(options, within((*items)[1], 0, 15));
  MACHI_TRY_SET(household, (*items)[2].boolean());
  MACHI_TRY_SET(year, within((*items)[3], 0, 2200));
  MACHI_TRY_SET(copies, within((*items)[4], 1, kMostCopies));
  return OrderItem{kind,
                   {static_cast<std::uint32_t>(options)},
                   household,
                   static_cast<int>(year),
                   static_cast<int>(copies)};
}

Cbor encode_paper(const OfferedPaper& paper) {
  return Cbor::array({static_cast<int>(paper.kind), paper.document, paper.sheets, paper.copies, paper.fee});
}

Result<OfferedPaper> decode_paper(const Cbor& value) {
  const auto* items = value.array();
  if (items == nullptr || items->size() < 5) return fail(Code::BadInput, "paper");
  MACHI_TRY_SET(kind, code::content::member((*items)[0], kLastKind));
  MACHI_TRY_SET(raw, (*items)[1].bytes());
  MACHI_TRY_SET(hash, base::fixed<32>(raw));
  MACHI_TRY_SET(sheets, within((*items)[2], 1, kMostSheets));
  MACHI_TRY_SET(copies, within((*items)[3], 1, kMostCopies));
  MACHI_TRY_SET(fee, within((*items)[4], 0, kMostYen));
  return OfferedPaper{kind, hash, static_cast<int>(sheets), static_cast<int>(copies), fee};
}

const Attempt* unresolved(const std::vector<Attempt>& attempts) {
  return attempts.empty() || attempts.back().known ? nullptr : &attempts.back();
}

bool has(const std::vector<Attempt>& attempts, Known known) {
  return std::any_of(attempts.begin(), attempts.end(),
                     [&](const Attempt& one) { return one.known == known; });
}

}  // namespace

Cbor encode_record(const Record& record) {
  CborMap map{{1, static_cast<int>(record.mark)}, {2, record.session.view()}, {3, record.at.ms}};
  const auto put = [&map](int key, Cbor value) { map.emplace_back(key, std::move(value)); };
  if (!record.ref.is_zero()) put(4, record.ref.view());
  if (record.known != Known::Unknown) put(5, static_cast<int>(record.known));
  if (record.mark == Mark::Ended) put(6, static_cast<int>(record.outcome));
  if (record.mark == Mark::OutOfService) put(7, static_cast<int>(record.reason));
  if (record.amount != 0) put(8, record.amount);
  if (record.paper != 0) put(9, static_cast<std::uint64_t>(record.paper));
  if (record.counter) put(10, *record.counter);
  if (record.number != 0) put(11, record.number);
  CborArray order, papers;
  for (const OrderItem& item : record.order) order.push_back(encode_item(item));
  for (const OfferedPaper& paper : record.papers) papers.push_back(encode_paper(paper));
  if (!order.empty()) put(12, std::move(order));
  if (!papers.empty()) put(13, std::move(papers));
  if (record.means != Means::Unknown) put(14, static_cast<int>(record.means));
  return Cbor(std::move(map));
}

Result<Record> decode_record(const Cbor& map) {
  Record out;
  MACHI_TRY_SET(mark_value, map.at(1));
  MACHI_TRY_SET(mark, code::content::member(*mark_value, Mark::CaseReprint));
  out.mark = mark;
  MACHI_TRY_SET(session, map.bytes_at(2));
  MACHI_TRY_SET(session_id, SessionId::from(session));
  out.session = session_id;
  MACHI_TRY_SET(at_value, map.at(3));
  MACHI_TRY_SET(at, code::content::instant(*at_value));
  out.at = at;
  if (const Cbor* ref = map.find(4)) {
    MACHI_TRY_SET(raw, ref->bytes());
    MACHI_TRY_SET(id, Ref::from(raw));
    out.ref = id;
  }
  if (const Cbor* known = map.find(5)) {
    MACHI_TRY_SET(value, code::content::member(*known, Known::Unknown));
    out.known = value;
  }
  if (const Cbor* outcome = map.find(6)) {
    MACHI_TRY_SET(value, code::content::member(*outcome, Outcome::OpenCase));
    out.outcome = value;
  }
  if (const Cbor* reason = map.find(7)) {
    MACHI_TRY_SET(value, code::content::member(*reason, Reason::Tray));
    out.reason = value;
  }
  if (const Cbor* amount = map.find(8)) {
    MACHI_TRY_SET(value, within(*amount, 0, kMostYen * static_cast<std::int64_t>(kMostItems)));
    out.amount = value;
  }
  if (const Cbor* paper = map.find(9)) {
    MACHI_TRY_SET(value, within(*paper, 0, static_cast<std::int64_t>(kMostItems) - 1));
    out.paper = static_cast<std::size_t>(value);
  }
  if (const Cbor* counter = map.find(10)) {
    MACHI_TRY_SET(value, within(*counter, 0, INT64_MAX));
    out.counter = static_cast<std::uint64_t>(value);
  }
  if (const Cbor* number = map.find(11)) {
    MACHI_TRY_SET(value, within(*number, 0, INT32_MAX));
    out.number = static_cast<std::uint32_t>(value);
  }
  MACHI_TRY_SET(order, code::content::list_at<OrderItem>(map, 12, kMostItems, decode_item));
  MACHI_TRY_SET(papers, code::content::list_at<OfferedPaper>(map, 13, kMostItems, decode_paper));
  out.order = std::move(order);
  out.papers = std::move(papers);
  if (const Cbor* means = map.find(14)) {
    MACHI_TRY_SET(value, code::content::member(*means, Means::Cash));
    out.means = value;
  }
  return out;
}

std::int64_t Session::total() const {
  if (reprints != 0) return 0;
  std::int64_t sum = 0;
  for (const OfferedPaper& paper : papers) sum += paper.fee;
  return sum;
}

bool Session::charged() const { return has(payments, Known::Yes); }
bool Session::paid() const { return !papers.empty() && (total() == 0 || charged()); }

std::size_t Session::delivered() const {
  return static_cast<std::size_t>(
      std::count_if(jobs.begin(), jobs.end(), [](const Attempt& job) { return job.known == Known::Yes; }));
}

const Attempt* Session::open(const std::vector<Attempt>& attempts) const { return unresolved(attempts); }

bool Session::doubtful() const {
  return has(payments, Known::Unknown) || has(jobs, Known::Unknown) || has(refunds, Known::Unknown);
}

Status Book::take(const Record& record) {
  switch (record.mark) {
    case Mark::Began:
      if (open_ || refunding() != nullptr) return fail(Code::Conflict, "a session is open");
      if (out_of_service_ || tray_) return fail(Code::Conflict, "out of service");
      if (record.session.is_zero() || record.order.empty()) return fail(Code::Conflict, "no order");
      if (record.number != 0) {
        // Once for each time that staff have allowed it, and no more than what the case lacks.
        const auto found = std::find_if(cases_.begin(), cases_.end(),
                                        [&](const Case& one) { return one.number == record.number; });
        if (found == cases_.end() || !found->reprint || !found->reprintable() ||
            record.order != found->lacking())
          return fail(Code::Conflict, "a second certificate");
        found->reprint = false;
      }
      open_.emplace();
      open_->id = record.session;
      open_->order = record.order;
      open_->reprints = record.number;
      return {};
    case Mark::OutOfService:
      out_of_service_ = record.reason;
      return {};
    case Mark::BackInService:
      // What is open is ended first: until then nobody knows what lies in the tray.
      if (open_) return fail(Code::Conflict, "a session is open");
      out_of_service_.reset();
      tray_ = false;
      return {};
    case Mark::PaperTaken:
      if (open_ || out_of_service_) return fail(Code::Conflict, "only staff empty the tray now");
      tray_ = false;
      return {};
    case Mark::StaffCame:
      staff_refused_ = 0;
      return {};
    case Mark::StaffRefused:
      ++staff_refused_;
      staff_refused_at_ = record.at;
      return {};
    case Mark::CaseSettled:
    case Mark::CaseRefund:
    case Mark::CaseKnown:
    case Mark::CaseReprint:
      if (open_) return fail(Code::Conflict, "a session is open");
      return take_of_case(record);
    case Mark::ClerkTold: {
      const auto gone =
          std::erase_if(untold_, [&](const Untold& one) { return one.session == record.session; });
      return gone == 1 ? Status{} : fail(Code::Conflict, "nothing to tell");
    }
    case Mark::Asked:
    case Mark::Offered:
    case Mark::PayIntent:
    case Mark::PayKnown:
    case Mark::PrintIntent:
    case Mark::PrintKnown:
    case Mark::RefundIntent:
    case Mark::RefundKnown:
    case Mark::Ended:
      if (!open_ || open_->id != record.session) return fail(Code::Conflict, "another session");
      return take_of_session(record);
  }
  return fail(Code::Unsupported, "mark");
}

Status Book::take_of_session(const Record& record) {
  Session& s = *open_;
  switch (record.mark) {
    case Mark::Asked:
      if (s.request || record.ref.is_zero()) return fail(Code::Conflict, "asked twice");
      s.request = record.ref;
      return {};
    case Mark::Offered:
      if (!s.request || !s.papers.empty() || record.papers.size() != s.order.size())
        return fail(Code::Conflict, "offer");
      s.papers = record.papers;
      return {};
    case Mark::PayKnown:
      return take_known(s.payments, record);
    case Mark::PrintKnown:
      return take_known(s.jobs, record);
    case Mark::RefundKnown:
      return take_known(s.refunds, record);
    case Mark::Ended:
      return end(record);
    case Mark::PayIntent:
    case Mark::PrintIntent:
    case Mark::RefundIntent:
    case Mark::Began:
    case Mark::ClerkTold:
    case Mark::OutOfService:
    case Mark::BackInService:
    case Mark::CaseSettled:
    case Mark::PaperTaken:
    case Mark::StaffCame:
    case Mark::StaffRefused:
    case Mark::CaseRefund:
    case Mark::CaseKnown:
    case Mark::CaseReprint:
      return take_intent(record);
  }
  return fail(Code::Unsupported, "mark");
}

Status Book::take_intent(const Record& record) {
  Session& s = *open_;
  if (unresolved(s.payments) || unresolved(s.jobs) || unresolved(s.refunds))
    return fail(Code::Conflict, "something is still unknown");
  if (record.ref.is_zero() || s.papers.empty() || s.doubtful()) return fail(Code::Conflict, "intent");
  for (const auto* attempts : {&s.payments, &s.jobs, &s.refunds})
    for (const Attempt& one : *attempts)
      if (one.ref == record.ref) return fail(Code::Conflict, "a reference twice");
  const Attempt attempt{record.ref, std::nullopt, record.amount, record.paper, record.counter};
  if (record.mark == Mark::PayIntent) {
    // One charge for a request: a second try only after the first one is known to have taken nothing.
    if (s.charged() || !s.jobs.empty() || record.amount != s.total() || record.amount == 0)
      return fail(Code::Conflict, "a second charge");
    s.payments.push_back(attempt);
    return {};
  }
  if (record.mark == Mark::PrintIntent) {
    if (!s.paid() || !s.refunds.empty() || out_of_service_)
      return fail(Code::Conflict, "paper without payment");
    // One job for a paper, ever; and none behind one that failed.
    if (record.paper != s.jobs.size() || record.paper >= s.papers.size() || s.delivered() != s.jobs.size())
      return fail(Code::Conflict, "a second certificate");
    s.jobs.push_back(attempt);
    tray_ = true;
    return {};
  }
  if (!s.charged() || s.delivered() != 0 || has(s.refunds, Known::Yes) || record.amount != s.total())
    return fail(Code::Conflict, "a second refund");
  s.refunds.push_back(attempt);
  return {};
}

Status Book::take_known(std::vector<Attempt>& attempts, const Record& record) {
  if (!unresolved(attempts) || attempts.back().ref != record.ref)
    return fail(Code::Conflict, "no such intent");
  attempts.back().known = record.known;
  return {};
}

Status Book::end(const Record& record) {
  const Session& s = *open_;
  if (unresolved(s.payments) || unresolved(s.jobs) || unresolved(s.refunds))
    return fail(Code::Conflict, "something is still unknown");
  const bool refunded = has(s.refunds, Known::Yes);
  const bool all = !s.papers.empty() && s.delivered() == s.papers.size();
  bool holds = false;
  switch (record.outcome) {
    case Outcome::Delivered:
      holds = all && s.paid() && !refunded && !s.doubtful();
      break;
    case Outcome::NotCharged:
      holds = !s.charged() && s.delivered() == 0 && !s.doubtful();
      break;
    case Outcome::Refunded:
      holds = refunded && s.delivered() == 0 && !s.doubtful();
      break;
    case Outcome::OpenCase:
      holds = record.number == (s.reprints != 0 ? s.reprints : next_case());
      break;
  }
  if (!holds) return fail(Code::Conflict, "this is not how it ended");
  if (s.request) untold_.push_back({s.id, *s.request, record.outcome});
  if (s.reprints != 0) {
    end_reprint(record);
  } else if (record.outcome == Outcome::OpenCase) {
    last_case_ = record.number;
    cases_.push_back({record.number, record.at, s, false});
  }
  open_.reset();
  return {};
}

}  // namespace machi::certificate::kiosk
