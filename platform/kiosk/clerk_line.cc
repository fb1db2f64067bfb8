// POST /clerk/1. "Later" is asked again a few times: the same question has the same answer.
#include "platform/kiosk/clerk_line.h"

#include <chrono>
#include <thread>

#include "core/crypto/sodium.h"

namespace machi::kiosk {
namespace {

using certificate::clerk::Answer;
using certificate::clerk::Question;
using certificate::clerk::Reply;

constexpr int kTimeout = 15'000;  // ms; setting a paper takes the clerk some milliseconds
constexpr int kTries = 3;
constexpr std::chrono::milliseconds kPause(700);

}  // namespace

ClerkLine::ClerkLine(std::string url, crypto::SignKey kiosk, base::Entropy& entropy)
    : url_(std::move(url)), kiosk_(std::move(kiosk)), entropy_(entropy) {
  http_.timeout_ms = kTimeout;
  http_.limit = 9u << 20;
}

base::Result<Answer> ClerkLine::post(const Question& question) {
  base::Bytes bytes = make_question(question, kiosk_);
  base::Result<Answer> out = base::fail(base::Code::Unreachable, "clerk");
  for (int i = 0; i < kTries; ++i) {
    if (i > 0) std::this_thread::sleep_for(kPause);
    auto answer = http_.post(url_ + "/clerk/1", bytes);
    if (!answer.ok()) continue;
    if (answer->status != 200) {
      out = base::fail(base::Code::NotAllowed, "clerk");  // it does not know this kiosk: no use to ask again
      break;
    }
    out = certificate::clerk::decode_answer(answer->body);
    if (!out.ok() || out->reply != Reply::Later) break;
  }
  crypto::wipe(bytes);
  return out;
}

bool ClerkLine::answers() {
  const auto answer = http_.get(url_ + "/health");
  return answer.ok() && answer->status == 200;
}

std::optional<base::Array<32>> ClerkLine::challenge(const certificate::kiosk::SessionId& session) {
  base::Array<32> seed{};
  entropy_.fill(seed);
  key_ = crypto::seal_key(crypto::Secret<32>(seed));
  crypto::wipe(seed);
  const auto answer = post(certificate::clerk::AskChallenge{session, key_->open});
  if (!answer.ok() || answer->reply != Reply::Challenge) return std::nullopt;
  const auto nonce = base::fixed<32>(answer->content);
  if (!nonce.ok()) return std::nullopt;
  return *nonce;
}

ClerkLine::Offered ClerkLine::ask(const certificate::kiosk::work::Ask& ask) {
  auto proof = certificate::clerk::decode_proof(ask.proof);
  if (!proof.ok() || !key_) return {std::nullopt, Cause::Silent};
  certificate::clerk::AskPapers question{ask.session, ask.request, ask.order, std::move(*proof)};
  const auto answer = post(question);
  if (!answer.ok()) return {std::nullopt, Cause::Silent};
  if (answer->reply == Reply::Counter) return {std::nullopt, Cause::Refused};
  if (answer->reply == Reply::Revoked) return {std::nullopt, Cause::Revoked};
  if (answer->reply != Reply::Offer) return {std::nullopt, Cause::Silent};
  auto offer = certificate::clerk::open_offer(answer->content, *key_);
  if (!offer.ok()) return {std::nullopt, Cause::Silent};
  return {std::move(*offer), Cause::None};
}

bool ClerkLine::tell(const certificate::kiosk::Untold& outcome) {
  const auto answer =
      post(certificate::clerk::TellOutcome{outcome.session, outcome.request, outcome.outcome});
  return answer.ok() && answer->reply == Reply::Noted;
}

}  // namespace machi::kiosk
