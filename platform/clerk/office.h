// The clerk's answer to a kiosk: a challenge for a session, then certificates for whom the card's signature
// over that challenge proves, sealed to the session. Everything is checked here again, whoever passed the
// question on. Whatever the cause, a refusal is one and the same: please ask at the counter. One thread; a
// process of its own (serve/office_process.h).
#pragma once

#include <array>
#include <map>

#include "core/certificate/clerk/messages.h"
#include "platform/clerk/issue_log.h"
#include "platform/clerk/registry.h"
#include "platform/clerk/typeface.h"
#include "platform/host/card_certificate.h"

namespace machi::clerk {

using certificate::clerk::Answer;
using certificate::clerk::Asked;
using certificate::clerk::Nonce;

// Signs seals, somewhere else, with a key that is not here.
class Signing {
 public:
  virtual ~Signing() = default;
  // The COSE_Sign1 of a seal's payload; NotAllowed when its leaf is not in the log.
  virtual base::Result<base::Bytes> sign(base::ByteView payload) = 0;
  virtual base::Status sign_head(base::Instant at) = 0;
};

struct OfficePlan {
  std::string municipality;
  std::string mayor;
  std::array<std::int64_t, 9> fees{};  // yen a copy, by kind
  std::size_t most_an_hour = 240;      // questions that may reach the registry, over all kiosks
  int challenge_seconds = 300;         // how long a challenge, and an answer given on it, is kept
};
// By the ordinance on fees (450 yen for the family register's certificates), and what many towns take.
std::array<std::int64_t, 9> usual_fees();

// Whether the card's items are those of the holder: the same birth date, the same name and address but for
// variation selectors, widths and spaces, and no other sex where the card's sign for it is known.
bool agrees(const certificate::clerk::Proof& card, const Holder& holder);

class Office {
 public:
  Office(OfficePlan plan, const Registry& registry, const host::CardVerifier& cards, IssueLog& log,
         const Typeface& face, crypto::Secret<32> salts, Signing& signing, base::Entropy& entropy);

  Answer answer(const Asked& asked, base::Instant now);
  // Signs the log's head when it grew since and the last one is a minute old. At leisure.
  base::Status sign_head(base::Instant now);

 private:
  struct Session {
    crypto::SignPublic kiosk;
    crypto::SealPublic to;
    Nonce nonce{};
    base::Instant until;
    std::optional<base::Array<32>> asked;  // the question that it was used for
    Answer answer;
  };
  Answer challenge(const certificate::clerk::AskChallenge& question, const crypto::SignPublic& kiosk,
                   base::Instant now);
  Answer papers(const certificate::clerk::AskPapers& question, const crypto::SignPublic& kiosk,
                base::Instant now);
  Answer outcome(const certificate::clerk::TellOutcome& question, base::Instant now);
  base::Result<certificate::kiosk::Offer> offer(const certificate::clerk::AskPapers& question,
                                                const Session& session, base::Instant now);
  base::Result<certificate::kiosk::Paper> paper(const Facts& facts,
                                                const certificate::clerk::AskPapers& question,
                                                const certificate::kiosk::OrderItem& item, base::Instant now);
  void forget(base::Instant now);
  bool admit(base::Instant now);

  OfficePlan plan_;
  const Registry& registry_;
  const host::CardVerifier& cards_;
  IssueLog& log_;
  const Typeface& face_;
  crypto::Secret<32> salts_;
  Signing& signing_;
  base::Entropy& entropy_;
  std::map<certificate::kiosk::SessionId, Session> sessions_;
  double tokens_ = 0;
  base::Instant filled_;
  bool first_ = true;
  std::uint64_t head_size_ = 0;
  base::Instant head_at_;
};

}  // namespace machi::clerk
