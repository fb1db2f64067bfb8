// POST /clerk/1 with a question, 200 with an answer; 400 for what is no question of a known kiosk.
#include "platform/clerk/serve/front.h"

namespace machi::clerk {
namespace {

using base::Code;
using certificate::clerk::AskChallenge;
using certificate::clerk::AskPapers;
using certificate::clerk::Reply;

constexpr int kOfficeMilliseconds = 20'000;
constexpr std::size_t kSeen = 1024;
constexpr std::int64_t kSeenSeconds = 600;

std::string_view word(Reply reply) {
  switch (reply) {
    case Reply::Challenge:
      return "challenge";
    case Reply::Offer:
      return "offer";
    case Reply::Counter:
      return "counter";
    case Reply::Noted:
      return "noted";
    case Reply::Later:
      return "later";
    case Reply::Revoked:
      return "revoked";
  }
  return "";
}

}  // namespace

std::size_t Front::body_limit(std::string_view method, std::string_view target) const {
  return method == "POST" && target == kClerkPath ? certificate::clerk::kQuestionLimit : 0;
}

std::string_view Front::route_name(std::string_view method, std::string_view target) const {
  if (target == kClerkPath && method == "POST") return "question";
  return target == "/health" ? "health" : "other";
}

void Front::serve(host::HttpRequest request, std::function<void(host::HttpResponse)> respond) {
  host::HttpResponse response;
  if (request.method == "GET" && request.target == "/health") {
    response.content_type = "text/plain";
    response.body = base::copy(base::view("ok\n"));
    return respond(std::move(response));
  }
  if (request.target != kClerkPath || request.method != "POST") {
    response.status = request.target == kClerkPath ? 405 : 404;
    return respond(std::move(response));
  }
  const auto asked = certificate::clerk::read_question(request.body, kiosks_);
  if (!asked.ok()) {
    response.status = 400;
    return respond(std::move(response));
  }
  const base::Instant before = now_();
  const Answer answer = this->answer(*asked, request.body);
  log_.write(host::Event::QuestionAnswered, {{"reply", word(answer.reply)}, {"ms", now_().ms - before.ms}});
  response.content_type = "application/cbor";
  response.headers.push_back({"Cache-Control", "no-store"});
  response.body = encode_answer(answer);
  respond(std::move(response));
}

Answer Front::answer(const Asked& asked, base::ByteView question) {
  const base::Instant now = now_();
  std::erase_if(seen_, [&](const auto& one) { return one.second.until < now; });
  if (const auto* papers = std::get_if<AskPapers>(&asked.question)) {
    const auto seen = seen_.find(papers->session);
    if (seen == seen_.end()) return {Reply::Counter, {}};
    const auto& proof = papers->proof;
    const auto card = cards_.check(proof.certificate, seen->second.nonce, proof.signature, now);
    // A list that is too old is nobody's fault who stands at the kiosk.
    if (!card.ok() && card.code() == Code::Revoked) return {Reply::Revoked, {}};
    if (!card.ok()) return {card.code() == Code::Storage ? Reply::Later : Reply::Counter, {}};
  }
  const Answer answer = pass_on(question);
  const auto* challenge = std::get_if<AskChallenge>(&asked.question);
  if (challenge != nullptr && answer.reply == Reply::Challenge && seen_.size() < kSeen) {
    Seen seen;
    std::copy(answer.content.begin(), answer.content.end(), seen.nonce.begin());
    seen.until = now.plus_seconds(kSeenSeconds);
    seen_[challenge->session] = seen;
  }
  return answer;
}

Answer Front::pass_on(base::ByteView question) {
  const auto bytes = office_.call(question, kOfficeMilliseconds);
  if (!bytes.ok()) return {Reply::Later, {}};
  auto answer = certificate::clerk::decode_answer(*bytes);
  return answer.ok() ? std::move(*answer) : Answer{Reply::Later, {}};
}

}  // namespace machi::clerk
