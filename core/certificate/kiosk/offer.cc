// Whose papers these are. Pure.
#include "core/certificate/kiosk/offer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/certificate/spelling.h"
#include "core/crypto/sodium.h"

namespace machi::certificate::kiosk {
namespace {

using base::Code;
using base::fail;

// Names as a card can write them: without selectors and spaces.
std::u32string plain(std::string_view name) {
  std::u32string out;
  for (const char32_t point : base::to_code_points(base::fold_width(name)))
    if (!is_selector(point) && point != U' ' && point != U'\u3000') out.push_back(point);
  return out;
}

bool is_holder(const SealPerson& person, const Holder& holder) {
  if (person.birth != holder.birth) return false;
  const auto sealed = plain(person.name), card = plain(holder.name);
  return person.cut ? card.starts_with(sealed) : card == sealed;
}

// Whether somebody was taxed is what the paper says; one button asks for both.
bool answers(Kind paper, Kind asked) {
  return paper == asked || (paper == Kind::NonTaxation && asked == Kind::Taxation);
}

Status check_paper(const Paper& paper, const OrderItem& item, const Holder& holder,
                   std::span<const SealKey> keys, Date today, std::vector<std::uint64_t>& leaves) {
  if (!answers(paper.kind, item.kind) || paper.copies != item.copies)
    return fail(Code::Conflict, "another order");
  if (paper.document.empty() || paper.seals.empty() || paper.fee < 0)
    return fail(Code::Conflict, "an empty paper");
  bool named = false;
  std::string number;
  for (std::size_t i = 0; i < paper.seals.size(); ++i) {
    const SealReading reading = read_seal(paper.seals[i], keys, nullptr);
    if (reading.trouble != SealTrouble::None) return fail(Code::BadSignature, name_of(reading.trouble));
    const Seal& seal = *reading.seal;
    if (i == 0) number = seal.number;
    if (seal.kind != paper.kind || seal.number != number || seal.issued != today ||
        seal.sheet != static_cast<int>(i) + 1 || seal.sheets != static_cast<int>(paper.seals.size()))
      return fail(Code::Conflict, "another paper's seal");
    if (item.year != 0 && seal.year != item.year) return fail(Code::Conflict, "another year");
    leaves.push_back(seal.leaf);
    named = named || std::any_of(seal.people.begin(), seal.people.end(),
                                 [&](const SealPerson& person) { return is_holder(person, holder); });
  }
  return named ? Status{} : fail(Code::Conflict, "another person's paper");
}

}  // namespace

Status check_offer(const Offer& offer, const Session& session, const Holder& holder,
                   std::span<const SealKey> keys, Date today) {
  if (offer.session != session.id || offer.request != session.request)
    return fail(Code::Conflict, "another session's answer");
  if (offer.papers.size() != session.order.size()) return fail(Code::Conflict, "another order");
  std::vector<std::uint64_t> leaves;
  for (std::size_t i = 0; i < offer.papers.size(); ++i)
    MACHI_TRY(check_paper(offer.papers[i], session.order[i], holder, keys, today, leaves));
  std::sort(leaves.begin(), leaves.end());
  if (std::adjacent_find(leaves.begin(), leaves.end()) != leaves.end())
    return fail(Code::Conflict, "one issue twice");
  return {};
}

std::vector<OfferedPaper> offered(const Offer& offer) {
  std::vector<OfferedPaper> out;
  for (const Paper& paper : offer.papers)
    out.push_back({paper.kind, crypto::sha256(paper.document), static_cast<int>(paper.seals.size()),
                   paper.copies, paper.fee});
  return out;
}

}  // namespace machi::certificate::kiosk
