// CBOR maps with integer keys inside of COSE_Sign1. A session, a reference and a person's items stand in the
// signed bytes; nothing is added outside of them.
#include "core/certificate/clerk/messages.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/code/content.h"
#include "core/code/cose.h"
#include "core/mail/town.h"

namespace machi::certificate::clerk {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::array<std::string_view, 3> kTyps = {"machi-kiosk-challenge+cose", "machi-kiosk-papers+cose",
                                                   "machi-kiosk-outcome+cose"};
constexpr std::size_t kItemText = 800;  // bytes of a name or an address
constexpr std::size_t kOfferLimit = 8u << 20;
constexpr std::size_t kSealsLimit = 99;
constexpr std::int64_t kMostYen = 1'000'000;

Result<std::string> text_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(text, map.text_at(key));
  if (text.size() > kItemText) return fail(Code::TooLarge, "text");
  return text;
}

template <class Id>
Result<Id> id_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(raw, map.bytes_at(key));
  MACHI_TRY_SET(id, Id::from(raw));
  if (id.is_zero()) return fail(Code::BadInput, "id");
  return id;
}

Result<std::int64_t> within(const Cbor& map, std::int64_t key, std::int64_t least, std::int64_t most) {
  MACHI_TRY_SET(number, map.integer_at(key));
  if (number < least || number > most) return fail(Code::BadInput, "number");
  return number;
}

Cbor encode_item(const OrderItem& item) {
  return Cbor::map({{1, static_cast<int>(item.kind)},
                    {2, item.options.bits},
                    {3, item.household},
                    {4, item.year},
                    {5, item.copies}});
}

Result<OrderItem> decode_item(const Cbor& map) {
  MACHI_TRY_SET(kind, within(map, 1, 1, static_cast<int>(kLastKind)));
  MACHI_TRY_SET(bits, within(map, 2, 0, (2 << static_cast<int>(kLastOption)) - 1));
  MACHI_TRY_SET(household_at, map.at(3));
  MACHI_TRY_SET(household, household_at->boolean());
  MACHI_TRY_SET(year, within(map, 4, 0, 2200));
  MACHI_TRY_SET(copies, within(map, 5, 1, kiosk::kMostCopies));
  OrderItem out;
  out.kind = static_cast<Kind>(kind);
  out.options.bits = static_cast<std::uint32_t>(bits);
  out.household = household;
  out.year = static_cast<int>(year);
  out.copies = static_cast<int>(copies);
  if (is_tax(out.kind) != (out.year != 0)) return fail(Code::BadInput, "year");
  return out;
}

Cbor encode(const AskChallenge& question) {
  return Cbor::map({{1, question.session.view()}, {2, question.to.bytes}});
}
Cbor encode(const AskPapers& question) {
  code::CborArray order;
  for (const OrderItem& item : question.order) order.push_back(encode_item(item));
  return Cbor::map({{1, question.session.view()},
                    {2, question.request.view()},
                    {3, std::move(order)},
                    {4, encode_proof(question.proof)}});
}
Cbor encode(const TellOutcome& question) {
  return Cbor::map(
      {{1, question.session.view()}, {2, question.request.view()}, {3, static_cast<int>(question.outcome)}});
}

Result<Question> decode_challenge(const Cbor& map) {
  AskChallenge out;
  MACHI_TRY_SET(session, id_at<SessionId>(map, 1));
  MACHI_TRY_SET(key, map.fixed_at<32>(2));
  out.session = session;
  out.to.bytes = key;
  if (!crypto::is_sound(out.to)) return fail(Code::BadInput, "key");
  return Question(out);
}

Result<Question> decode_papers(const Cbor& map) {
  AskPapers out;
  MACHI_TRY_SET(session, id_at<SessionId>(map, 1));
  MACHI_TRY_SET(request, id_at<Ref>(map, 2));
  MACHI_TRY_SET(order, code::content::list_at<OrderItem>(map, 3, kiosk::kMostItems, decode_item));
  MACHI_TRY_SET(raw, map.bytes_at(4));
  MACHI_TRY_SET(proof, decode_proof(raw));
  if (order.empty()) return fail(Code::BadInput, "an empty order");
  out.session = session;
  out.request = request;
  out.order = std::move(order);
  out.proof = std::move(proof);
  return Question(std::move(out));
}

Result<Question> decode_outcome(const Cbor& map) {
  TellOutcome out;
  MACHI_TRY_SET(session, id_at<SessionId>(map, 1));
  MACHI_TRY_SET(request, id_at<Ref>(map, 2));
  MACHI_TRY_SET(outcome, within(map, 3, 1, static_cast<int>(kiosk::Outcome::OpenCase)));
  out.session = session;
  out.request = request;
  out.outcome = static_cast<kiosk::Outcome>(outcome);
  return Question(out);
}

Cbor encode_paper(const kiosk::Paper& paper) {
  code::CborArray seals;
  for (const std::string& seal : paper.seals) seals.push_back(seal);
  return Cbor::map({{1, static_cast<int>(paper.kind)},
                    {2, paper.document},
                    {3, std::move(seals)},
                    {4, paper.copies},
                    {5, paper.fee}});
}

Result<kiosk::Paper> decode_paper(const Cbor& map) {
  kiosk::Paper out;
  MACHI_TRY_SET(kind, within(map, 1, 1, static_cast<int>(kLastKind)));
  MACHI_TRY_SET(document, map.bytes_at(2));
  MACHI_TRY_SET(seals, code::content::list_at<std::string>(map, 3, kSealsLimit,
                                                           [](const Cbor& one) { return one.text(); }));
  MACHI_TRY_SET(copies, within(map, 4, 1, kiosk::kMostCopies));
  MACHI_TRY_SET(fee, within(map, 5, 0, kMostYen));
  out.kind = static_cast<Kind>(kind);
  out.document = base::copy(document);
  out.seals = std::move(seals);
  out.copies = static_cast<int>(copies);
  out.fee = fee;
  return out;
}

}  // namespace

Bytes encode_proof(const Proof& proof) {
  return code::encode(Cbor::map({{1, proof.name},
                                 {2, proof.address},
                                 {3, proof.birth.days},
                                 {4, proof.sex},
                                 {5, proof.certificate},
                                 {6, proof.signature}}));
}

Result<Proof> decode_proof(ByteView bytes) {
  if (bytes.size() > kProofLimit) return fail(Code::TooLarge, "proof");
  MACHI_TRY_SET(map, code::decode(bytes));
  Proof out;
  MACHI_TRY_SET(name, text_at(map, 1));
  MACHI_TRY_SET(address, text_at(map, 2));
  MACHI_TRY_SET(birth, within(map, 3, -80000, code::content::kLastDay));
  MACHI_TRY_SET(sex, text_at(map, 4));
  MACHI_TRY_SET(certificate, map.bytes_at(5));
  MACHI_TRY_SET(signature, map.bytes_at(6));
  if (name.empty() || certificate.empty() || signature.empty()) return fail(Code::Missing, "proof");
  out.name = std::move(name);
  out.address = std::move(address);
  out.birth = Date{static_cast<std::int32_t>(birth)};
  out.sex = std::move(sex);
  out.certificate = base::copy(certificate);
  out.signature = base::copy(signature);
  return out;
}

Result<Proof> proof_of(const card::Reading& reading) {
  if (!reading.items.birth) return fail(Code::Missing, "birth");
  return Proof{reading.items.name,     reading.items.address, *reading.items.birth,
               reading.items.sex_text, reading.certificate,   reading.signature};
}

Bytes make_question(const Question& question, const crypto::SignKey& kiosk) {
  const Cbor map = std::visit([](const auto& one) { return encode(one); }, question);
  return code::sign1(kiosk, kTyps[question.index()], code::encode(map), mail::key_id(kiosk.open));
}

Result<Asked> read_question(ByteView bytes, std::span<const crypto::SignPublic> kiosks) {
  if (bytes.size() > kQuestionLimit) return fail(Code::TooLarge, "question");
  MACHI_TRY_SET(parsed, code::parse_sign1(bytes));
  const auto typ = std::find(kTyps.begin(), kTyps.end(), parsed.typ());
  if (typ == kTyps.end()) return fail(Code::WrongPurpose, "question");
  const Bytes kid = parsed.kid();
  const auto kiosk = std::find_if(kiosks.begin(), kiosks.end(), [&](const crypto::SignPublic& one) {
    return base::equal(mail::key_id(one), kid);
  });
  if (kiosk == kiosks.end()) return fail(Code::UnknownKey, "kiosk");
  MACHI_TRY(code::verify_sign1(parsed, *typ, *kiosk));
  MACHI_TRY_SET(map, code::decode(parsed.payload));
  auto question = typ == kTyps.begin()       ? decode_challenge(map)
                  : typ == kTyps.begin() + 1 ? decode_papers(map)
                                             : decode_outcome(map);
  if (!question.ok()) return question.error();
  return Asked{std::move(*question), *kiosk};
}

Bytes encode_answer(const Answer& answer) {
  code::CborMap map = {{1, static_cast<int>(answer.reply)}};
  if (!answer.content.empty()) map.emplace_back(2, answer.content);
  return code::encode(Cbor(std::move(map)));
}

Result<Answer> decode_answer(ByteView bytes) {
  if (bytes.size() > kOfferLimit + 1024) return fail(Code::TooLarge, "answer");
  MACHI_TRY_SET(map, code::decode(bytes));
  MACHI_TRY_SET(reply, within(map, 1, 1, static_cast<int>(Reply::Revoked)));
  Answer out{static_cast<Reply>(reply), {}};
  const bool content = out.reply == Reply::Challenge || out.reply == Reply::Offer;
  if (content != (map.find(2) != nullptr)) return fail(Code::BadInput, "content");
  if (content) {
    MACHI_TRY_SET(raw, map.bytes_at(2));
    if (raw.empty() || (out.reply == Reply::Challenge && raw.size() != Nonce{}.size()))
      return fail(Code::BadInput, "content");
    out.content = base::copy(raw);
  }
  return out;
}

Bytes seal_offer(const Offer& offer, const crypto::SealPublic& to, base::Entropy& entropy) {
  code::CborArray papers;
  for (const kiosk::Paper& paper : offer.papers) papers.push_back(encode_paper(paper));
  return crypto::seal(entropy, to,
                      code::encode(Cbor::map(
                          {{1, offer.session.view()}, {2, offer.request.view()}, {3, std::move(papers)}})));
}

Result<Offer> open_offer(ByteView sealed, const crypto::SealKey& key) {
  if (sealed.size() > kOfferLimit) return fail(Code::TooLarge, "offer");
  MACHI_TRY_SET(bytes, crypto::open(key, sealed));
  MACHI_TRY_SET(map, code::decode(bytes));
  Offer out;
  MACHI_TRY_SET(session, id_at<SessionId>(map, 1));
  MACHI_TRY_SET(request, id_at<Ref>(map, 2));
  MACHI_TRY_SET(papers, code::content::list_at<kiosk::Paper>(map, 3, kiosk::kMostItems, decode_paper));
  out.session = session;
  out.request = request;
  out.papers = std::move(papers);
  return out;
}

}  // namespace machi::certificate::clerk
