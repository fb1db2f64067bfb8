// What a kiosk and the clerk say to each other (CERTIFICATE.md, The clerk): three questions, signed by the
// kiosk's own key, and one form of answer. The offer inside of an answer is sealed to the key that the kiosk
// made for the session. Values; any thread; pure. Readers refuse what is not deterministic or not whole.
#pragma once

#include "core/certificate/card/my_number_card.h"
#include "core/certificate/kiosk/offer.h"

namespace machi::certificate::clerk {

using kiosk::Offer;
using kiosk::OrderItem;
using kiosk::Ref;
using kiosk::SessionId;
using Nonce = base::Array<32>;

inline constexpr std::size_t kQuestionLimit = 16 * 1024;
inline constexpr std::size_t kProofLimit = 12 * 1024;

// What the card said, for the clerk: its items, its certificate, its signature over the clerk's nonce.
struct Proof {
  std::string name, address;
  Date birth;
  std::string sex;  // as on the card
  Bytes certificate;
  Bytes signature;
  bool operator==(const Proof&) const = default;
};
Bytes encode_proof(const Proof& proof);
Result<Proof> decode_proof(ByteView bytes);
// Missing when the card's birth date is in a form that is not known.
Result<Proof> proof_of(const card::Reading& reading);

struct AskChallenge {
  SessionId session;
  crypto::SealPublic to;  // of this session alone
  bool operator==(const AskChallenge&) const = default;
};
struct AskPapers {
  SessionId session;
  Ref request;
  std::vector<OrderItem> order;
  Proof proof;
  bool operator==(const AskPapers&) const = default;
};
struct TellOutcome {
  SessionId session;
  Ref request;
  kiosk::Outcome outcome = kiosk::Outcome::NotCharged;
  bool operator==(const TellOutcome&) const = default;
};
using Question = std::variant<AskChallenge, AskPapers, TellOutcome>;

Bytes make_question(const Question& question, const crypto::SignKey& kiosk);
struct Asked {
  Question question;
  crypto::SignPublic kiosk;
};
// Only of a kiosk on the list. BadInput, UnknownKey, BadSignature, TooLarge, WrongPurpose.
Result<Asked> read_question(ByteView bytes, std::span<const crypto::SignPublic> kiosks);

enum class Reply {
  Challenge = 1,  // content: the nonce
  Offer = 2,      // content: the sealed offer
  Counter = 3,    // please ask at the counter: the one refusal, whatever the cause in the registry
  Noted = 4,      // the outcome is known now
  Later = 5,      // the clerk cannot now; the same question may be asked again
  Revoked = 6,    // the card's certificate is on its authority's list: said of a card, never of a person
};
struct Answer {
  Reply reply = Reply::Later;
  Bytes content;
  bool operator==(const Answer&) const = default;
};
Bytes encode_answer(const Answer& answer);
Result<Answer> decode_answer(ByteView bytes);

Bytes seal_offer(const Offer& offer, const crypto::SealPublic& to, base::Entropy& entropy);
// BadSignature when it was sealed to another session's key.
Result<Offer> open_offer(ByteView sealed, const crypto::SealKey& key);

}  // namespace machi::certificate::clerk
