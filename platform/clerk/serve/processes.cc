// What each process opens, and when it gives its rights up: after the last file, before the first message.
#include "core/crypto/drbg.h"
#include "platform/clerk/serve/clerk_server.h"
#include "platform/clerk/serve/confine.h"
#include "platform/clerk/serve/front.h"
#include "platform/clerk/sqlite_registry.h"
#include "platform/host/file.h"

namespace machi::clerk {
namespace {

using base::Bytes;
using base::Code;
using base::fail;
using base::Result;
using base::Status;

constexpr std::size_t kListLimit = 64u << 20;
constexpr int kLeisureMilliseconds = 5'000;

Result<host::CardVerifier> cards_of(const ServePlan& plan) {
  std::vector<Bytes> authorities, lists;
  for (const auto& file : plan.authorities) {
    MACHI_TRY_SET(bytes, host::read_file(file, kListLimit));
    authorities.push_back(std::move(bytes));
  }
  for (const auto& file : plan.lists) {
    MACHI_TRY_SET(bytes, host::read_file(file, kListLimit));
    lists.push_back(std::move(bytes));
  }
  return host::CardVerifier::make(authorities, lists);
}

Status lock_up(Confinement confinement) {
  MACHI_TRY(confine(confinement));
  const std::string way = try_to_escape(confinement);
  return way.empty() ? Status{} : Status{fail(Code::NotAllowed, way)};
}

}  // namespace

Status run_signer(const ServePlan& plan, int office, const Ready& ready) {
  close_others({office});
  MACHI_TRY_SET(keys, plan.read_keys());
  MACHI_TRY_SET(log, IssueLog::open(plan.log));
  MACHI_TRY(lock_up(Confinement::Worker));
  Signer signer(std::move(keys), plan.town, *log);
  const Channel channel(office);
  ready(0);
  for (;;) {
    MACHI_TRY_SET(question, channel.receive(-1));
    // Whoever asked may be dead by now.
    static_cast<void>(channel.send(question.call, signer.answer(question.bytes)).ok());
  }
}

Status run_office(const ServePlan& plan, int front, int signer, const Ready& ready) {
  close_others({front, signer});
  MACHI_TRY_SET(cards, cards_of(plan));
  MACHI_TRY_SET(registry, SqliteRegistry::open(plan.registry));
  MACHI_TRY_SET(log, IssueLog::open(plan.log));
  MACHI_TRY_SET(face, Typeface::open(plan.font));
  crypto::SystemEntropy entropy;
  MACHI_TRY(lock_up(Confinement::Worker));
  RemoteSigner signing(signer);
  MACHI_TRY_SET(salts, signing.salts());
  Office office(plan.office, *registry, cards, *log, face, std::move(salts), signing, entropy);
  const Channel channel(front);
  ready(0);
  for (;;) {
    auto question = channel.receive(kLeisureMilliseconds);
    if (!question.ok()) {
      static_cast<void>(office.sign_head(plan.now()).ok());
      continue;
    }
    const auto asked = certificate::clerk::read_question(question->bytes, plan.kiosks);
    const Answer answer =
        asked.ok() ? office.answer(*asked, plan.now()) : Answer{certificate::clerk::Reply::Counter, {}};
    crypto::wipe(question->bytes);
    static_cast<void>(channel.send(question->call, encode_answer(answer)).ok());
    static_cast<void>(office.sign_head(plan.now()).ok());
  }
}

Status run_front(const ServePlan& plan, int office, const Ready& ready) {
  close_others({office});
  MACHI_TRY_SET(cards, cards_of(plan));
  const host::EventLog log(plan.quiet ? -1 : 2);
  Front front(plan.kiosks, std::move(cards), office, plan.now, log);
  host::HttpServerOptions options = plan.http;
  options.connections = std::min<std::size_t>(options.connections, 128);
  MACHI_TRY_SET(server, host::HttpServer::listen(options, front, log));
  MACHI_TRY(lock_up(Confinement::Parser));
  ready(server->port());
  server->run(true);
  return {};
}

}  // namespace machi::clerk
