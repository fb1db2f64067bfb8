// Proof, registry, agreement, facts; then log, signature, paper. Nothing is logged before everything that was
// asked for can be issued.
#include "platform/clerk/office.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/certificate/spelling.h"
#include "core/crypto/sodium.h"
#include "platform/clerk/paper.h"

namespace machi::clerk {
namespace {

using base::Code;
using base::fail;
using base::Instant;
using base::Result;
using base::Status;
using certificate::Kind;
using certificate::clerk::AskChallenge;
using certificate::clerk::AskPapers;
using certificate::clerk::Proof;
using certificate::clerk::Reply;
using certificate::clerk::TellOutcome;
using certificate::kiosk::Offer;
using certificate::kiosk::OrderItem;
using certificate::kiosk::Outcome;
using certificate::kiosk::Paper;

constexpr std::size_t kSessions = 256;
constexpr std::int64_t kHeadSeconds = 60;

std::u32string plain(std::string_view text) {
  std::u32string out;
  for (const char32_t point : base::to_code_points(base::fold_width(text))) {
    if (certificate::is_selector(point) || point == U' ' || point == U'\u3000') continue;
    const bool dash = point == U'－' || point == U'−' || point == U'‐' || point == U'―';
    out.push_back(dash ? U'-' : point);
  }
  return out;
}

std::optional<certificate::Sex> sex_of(std::string_view text) {
  const std::string folded = base::fold_width(text);
  if (folded == "1" || folded == "男") return certificate::Sex::Male;
  if (folded == "2" || folded == "女") return certificate::Sex::Female;
  return std::nullopt;
}

// What has nothing to do with the person who asks: the same question may be answered later.
bool is_ours(Code code) {
  return code == Code::Storage || code == Code::StorageFull || code == Code::Unreachable ||
         code == Code::TooMany || code == Code::Conflict;
}

}  // namespace

std::array<std::int64_t, 9> usual_fees() {
  std::array<std::int64_t, 9> out{};
  out.fill(300);
  out[static_cast<std::size_t>(Kind::RegisterAll) - 1] = 450;
  out[static_cast<std::size_t>(Kind::RegisterPerson) - 1] = 450;
  return out;
}

bool agrees(const Proof& card, const Holder& holder) {
  if (card.birth != holder.birth) return false;
  if (plain(card.name) != plain(holder.name) || plain(card.address) != plain(holder.address)) return false;
  const auto sex = sex_of(card.sex);
  return !sex || !holder.sex || *sex == *holder.sex;
}

Office::Office(OfficePlan plan, const Registry& registry, const host::CardVerifier& cards, IssueLog& log,
               const Typeface& face, crypto::Secret<32> salts, Signing& signing, base::Entropy& entropy)
    : plan_(std::move(plan)),
      registry_(registry),
      cards_(cards),
      log_(log),
      face_(face),
      salts_(std::move(salts)),
      signing_(signing),
      entropy_(entropy) {}

// A bucket that holds an hour's allowance and fills evenly.
bool Office::admit(Instant now) {
  const auto most = static_cast<double>(plan_.most_an_hour);
  const double gone = first_ ? 3600.0 : static_cast<double>(now.ms - filled_.ms) / 1000.0;
  first_ = false;
  filled_ = now;
  tokens_ = std::min(most, tokens_ + std::max(0.0, gone) * most / 3600.0);
  if (tokens_ < 1.0) return false;
  tokens_ -= 1.0;
  return true;
}

void Office::forget(Instant now) {
  std::erase_if(sessions_, [&](const auto& one) { return one.second.until < now; });
}

Answer Office::answer(const Asked& asked, Instant now) {
  forget(now);
  if (const auto* question = std::get_if<AskChallenge>(&asked.question))
    return challenge(*question, asked.kiosk, now);
  if (const auto* question = std::get_if<AskPapers>(&asked.question))
    return papers(*question, asked.kiosk, now);
  return outcome(std::get<TellOutcome>(asked.question), now);
}

Answer Office::challenge(const AskChallenge& question, const crypto::SignPublic& kiosk, Instant now) {
  if (sessions_.size() >= kSessions) return {Reply::Later, {}};
  // A session has one challenge and one key; another question under its name is no session of that kiosk.
  if (sessions_.contains(question.session)) return {Reply::Counter, {}};
  Session session;
  session.kiosk = kiosk;
  session.to = question.to;
  entropy_.fill(session.nonce);
  session.until = now.plus_seconds(plan_.challenge_seconds);
  Answer out{Reply::Challenge, base::copy(session.nonce)};
  sessions_.emplace(question.session, std::move(session));
  return out;
}

Answer Office::papers(const AskPapers& question, const crypto::SignPublic& kiosk, Instant now) {
  const auto found = sessions_.find(question.session);
  if (found == sessions_.end() || found->second.kiosk != kiosk) return {Reply::Counter, {}};
  Session& session = found->second;
  base::Bytes whole = encode_proof(question.proof);
  whole.insert(whole.end(), question.request.bytes.begin(), question.request.bytes.end());
  for (const OrderItem& item : question.order)
    for (const std::int64_t part :
         {static_cast<std::int64_t>(item.kind), static_cast<std::int64_t>(item.options.bits),
          static_cast<std::int64_t>(item.household), static_cast<std::int64_t>(item.year),
          static_cast<std::int64_t>(item.copies)})
      for (int i = 0; i < 8; ++i)
        whole.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(part) >> (8 * i)));
  const auto hash = crypto::hash(whole);
  crypto::wipe(whole);
  // The same question again has the same answer: its first one may have been lost on the way. A challenge is
  // good for one question.
  if (session.asked) return *session.asked == hash ? session.answer : Answer{Reply::Counter, {}};
  if (!admit(now)) return {Reply::Later, {}};
  auto made = offer(question, session, now);
  if (!made.ok() && is_ours(made.code())) return {Reply::Later, {}};
  session.asked = hash;
  session.answer = Answer{Reply::Counter, {}};
  if (made.ok()) session.answer = {Reply::Offer, certificate::clerk::seal_offer(*made, session.to, entropy_)};
  return session.answer;
}

Result<Offer> Office::offer(const AskPapers& question, const Session& session, Instant now) {
  const Proof& proof = question.proof;
  MACHI_TRY_SET(card, cards_.check(proof.certificate, session.nonce, proof.signature, now));
  MACHI_TRY_SET(holder, registry_.holder(card));
  if (!agrees(proof, holder)) return fail(Code::NotAllowed, "items");
  if (log_.knows(question.request)) return fail(Code::NotAllowed, "request");
  std::vector<Facts> all;
  for (const OrderItem& item : question.order) {
    // The number is the paper's when it is issued; until then one of the same length stands for it.
    MACHI_TRY_SET(facts, registry_.facts(holder.number, {item, "00-000000", base::date_of(now),
                                                         plan_.municipality, plan_.mayor}));
    MACHI_TRY(certificate::document_of(facts));
    MACHI_TRY(check_spelling(facts, face_));
    all.push_back(std::move(facts));
  }
  Offer out;
  out.session = question.session;
  out.request = question.request;
  for (std::size_t i = 0; i < all.size(); ++i) {
    MACHI_TRY_SET(one, paper(all[i], question, question.order[i], now));
    out.papers.push_back(std::move(one));
  }
  return out;
}

Result<Paper> Office::paper(const Facts& draft, const AskPapers& question, const OrderItem& item,
                            Instant now) {
  Facts facts = draft;
  const std::uint64_t first = log_.size();
  std::string count = std::to_string(first + 1);
  if (count.size() < 6) count.insert(0, 6 - count.size(), '0');
  facts.number = std::to_string(facts.issued.year() % 100) + "-" + count;
  MACHI_TRY_SET(document, certificate::document_of(facts));
  std::vector<std::vector<std::size_t>> sheets;
  for (const certificate::Sheet& sheet : document.sheets) sheets.push_back(sheet.people);
  MACHI_TRY_SET(seals, certificate::seals_of(facts, sheets, first, salts_));
  std::vector<Hash> leaves;
  std::vector<base::Bytes> payloads;
  for (const certificate::Seal& seal : seals) {
    payloads.push_back(certificate::seal_payload(seal));
    leaves.push_back(certificate::leaf_hash(payloads.back()));
  }
  MACHI_TRY(log_.append(first, leaves, question.request, now));
  Paper out;
  for (const base::Bytes& payload : payloads) {
    MACHI_TRY_SET(cose, signing_.sign(payload));
    out.seals.push_back(certificate::seal_text(cose));
  }
  const std::string session = question.session.hex().substr(0, 8);
  MACHI_TRY_SET(pdf, paper_of(facts, face_, {out.seals, session}));
  out.kind = facts.kind;
  out.document = std::move(pdf);
  out.copies = item.copies;
  out.fee = plan_.fees[static_cast<std::size_t>(facts.kind) - 1] * item.copies;
  return out;
}

Answer Office::outcome(const TellOutcome& question, Instant now) {
  const bool kept = question.outcome == Outcome::Delivered || question.outcome == Outcome::OpenCase;
  const auto done =
      log_.close(question.request, static_cast<int>(question.outcome), !kept, base::date_of(now));
  return {done.ok() ? Reply::Noted : Reply::Later, {}};
}

Status Office::sign_head(Instant now) {
  if (log_.size() == head_size_ || now < head_at_.plus_seconds(kHeadSeconds)) return {};
  MACHI_TRY(signing_.sign_head(now));
  head_size_ = log_.size();
  head_at_ = now;
  return {};
}

}  // namespace machi::clerk
