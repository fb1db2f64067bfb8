// The clerk as it runs: the real program with its processes, a town, a registry of invented residents, an
// authority made by OpenSSL - and everybody who may come to it.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <thread>

#include "core/crypto/drbg.h"
#include "platform/clerk/resident_list.h"
#include "platform/clerk/sample_residents.h"
#include "platform/clerk/serve/clerk_server.h"
#include "platform/clerk/sqlite_registry.h"
#include "platform/host/http_client.h"
#include "tests/unit/clerk/clerk_program.h"

namespace machi::clerk::test {
namespace {

using base::Code;
using certificate::Kind;
using certificate::Option;
using certificate::clerk::Reply;
using certificate::kiosk::Outcome;

class ClerkServe : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(crypto::ready());
    world_ = new ClerkWorld;
  }
  static void TearDownTestSuite() { delete std::exchange(world_, nullptr); }
  ClerkWorld& world() { return *world_; }
  static ClerkWorld* world_;
};
ClerkWorld* ClerkServe::world_ = nullptr;

TEST_F(ClerkServe, IssuesToWhomTheCardProvesSealedToTheSession) {
  ClerkProgram clerk(world());
  Visit visit(world(), clerk, world().anybody());
  visit.order = {visit.item(Kind::ResidentRecord), visit.item(Kind::ResidentEntries, 2)};
  const Answer answer = visit.ask();
  ASSERT_EQ(Reply::Offer, answer.reply);
  const auto offer = certificate::clerk::open_offer(answer.content, visit.key);
  ASSERT_TRUE(offer.ok()) << offer.error().detail;
  certificate::kiosk::Session session;
  session.id = visit.session;
  session.request = visit.request;
  session.order = visit.order;
  const certificate::kiosk::Holder holder{visit.proof.name, visit.proof.birth};
  const auto right = check_offer(*offer, session, holder, world().seal_keys(), world().today());
  EXPECT_TRUE(right.ok()) << right.error().detail;
  EXPECT_EQ(300, offer->papers[0].fee);
  EXPECT_EQ(600, offer->papers[1].fee);
  // Another session's key does not open it.
  const auto other = crypto::seal_key(crypto::Secret<32>(base::Array<32>{9}));
  EXPECT_EQ(Code::BadSignature, certificate::clerk::open_offer(answer.content, other).code());
  // A lost answer comes again, the same; nothing is issued twice.
  EXPECT_EQ(answer, visit.post());
  EXPECT_EQ(2u, world().log_size());
  // What was issued and not handed out is withdrawn, and saying it twice changes nothing.
  EXPECT_EQ(Reply::Noted, visit.tell(Outcome::NotCharged).reply);
  EXPECT_EQ(Reply::Noted, visit.tell(Outcome::NotCharged).reply);
  EXPECT_EQ(2u, world().withdrawn());
}

TEST_F(ClerkServe, RefusesEverybodyElseWithOneSentence) {
  ClerkProgram clerk(world());
  const auto before = world().log_size();
  const auto refused = [&](const char* who, Visit& visit) {
    EXPECT_EQ((Answer{Reply::Counter, {}}), visit.ask()) << who;
  };
  const Resident& somebody = world().anybody();
  {
    Visit visit(world(), clerk, somebody);
    visit.prepare();
    visit.proof.signature[100] ^= 1;
    EXPECT_EQ(Reply::Counter, visit.post().reply) << "wrong signature";
  }
  {
    Visit visit(world(), clerk, somebody);
    visit.prepare();
    visit.proof.signature = world().authority.sign(base::view("another challenge"));
    EXPECT_EQ(Reply::Counter, visit.post().reply) << "a signature over something else";
  }
  {
    Visit visit(world(), clerk, somebody);
    visit.proof.certificate = world().expired_card;
    refused("expired", visit);
  }
  {
    Visit visit(world(), clerk, somebody);
    visit.proof.certificate = world().revoked_card;
    // Said of the card, whose list is public.
    EXPECT_EQ((Answer{Reply::Revoked, {}}), visit.ask());
  }
  {
    Visit visit(world(), clerk, somebody);
    visit.proof.certificate = world().foreign_card;
    visit.signer = &world().stranger;
    refused("another authority", visit);
  }
  {
    Visit visit(world(), clerk, somebody);
    visit.proof.name = "日和　太郎";
    refused("another name", visit);
  }
  {
    Visit visit(world(), clerk, somebody);
    visit.proof.birth = visit.proof.birth.plus(1);
    refused("another birth date", visit);
  }
  {
    Visit visit(world(), clerk, somebody);
    visit.proof.certificate = world().unknown_card;
    refused("a card that nobody here has", visit);
  }
  Visit guarded(world(), clerk, world().guarded());
  refused("guarded", guarded);
  Visit gone(world(), clerk, world().moved_out());
  refused("moved out", gone);
  Visit child(world(), clerk, world().child());
  child.order = {child.item(Kind::SealRegistration)};
  refused("a child's seal", child);
  Visit unsettable(world(), clerk, world().unsettable());
  refused("a name that no font has", unsettable);
  EXPECT_EQ(before, world().log_size());
}

TEST_F(ClerkServe, SaysWhoWasNotTaxedUnderTheSameButton) {
  ClerkProgram clerk(world());
  const Resident& who = world().untaxed();
  Visit visit(world(), clerk, who);
  visit.order = {visit.item(Kind::Taxation)};
  visit.order[0].year = who.taxes.back().year;
  const Answer answer = visit.ask();
  ASSERT_EQ(Reply::Offer, answer.reply);
  const auto offer = certificate::clerk::open_offer(answer.content, visit.key);
  ASSERT_TRUE(offer.ok());
  EXPECT_EQ(Kind::NonTaxation, offer->papers[0].kind);
  certificate::kiosk::Session session;
  session.id = visit.session;
  session.request = visit.request;
  session.order = visit.order;
  EXPECT_TRUE(check_offer(*offer, session, {visit.proof.name, visit.proof.birth}, world().seal_keys(),
                          world().today())
                  .ok());
}

TEST_F(ClerkServe, ReadsTheListOfRevokedCardsAnewWhenToldSo) {
  ClerkProgram clerk(world());
  const Resident& who = world().whose_card_is_revoked_later();
  {
    Visit visit(world(), clerk, who);
    EXPECT_EQ(Reply::Offer, visit.ask().reply);
  }
  world().authority.revoke(world().card_of(who));
  clerk.read_lists_anew();
  Reply reply = Reply::Later;
  for (int tries = 0; tries < 300 && reply == Reply::Later; ++tries) {
    pause();
    Visit visit(world(), clerk, who);
    reply = visit.ask().reply;
  }
  EXPECT_EQ(Reply::Revoked, reply);
  Visit other(world(), clerk, world().anybody());
  EXPECT_EQ(Reply::Offer, other.ask().reply);
}

TEST_F(ClerkServe, AChallengeIsGoodForOneQuestionOfItsOwnSession) {
  ClerkProgram clerk(world());
  Visit visit(world(), clerk, world().anybody());
  ASSERT_EQ(Reply::Offer, visit.ask().reply);
  visit.request = world().entropy.id<certificate::kiosk::RefTag>();
  EXPECT_EQ(Reply::Counter, visit.post().reply);
  Visit never(world(), clerk, world().anybody());
  never.proof.signature = visit.proof.signature;
  EXPECT_EQ(Reply::Counter, never.post().reply);
}

TEST_F(ClerkServe, AnswersGarbageAndStrangersWithoutASentence) {
  ClerkProgram clerk(world());
  base::Bytes noise(5000);
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<std::uint8_t>(i * 131 + i / 7);
  EXPECT_EQ(400, clerk.post(noise).status);
  EXPECT_EQ(400, clerk.post(base::Bytes{0xD2, 0x84}).status);
  EXPECT_EQ(413, clerk.post(base::Bytes(100'000)).status);
  const auto stranger = crypto::sign_key(crypto::Secret<32>(base::Array<32>{77}));
  const auto question = certificate::clerk::make_question(
      certificate::clerk::AskChallenge{world().entropy.id<certificate::kiosk::SessionTag>(),
                                       crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open},
      stranger);
  EXPECT_EQ(400, clerk.post(question).status);
  Visit visit(world(), clerk, world().anybody());
  EXPECT_EQ(Reply::Offer, visit.ask().reply);
}

TEST_F(ClerkServe, AsksTheRegistryNoMoreThanIsAllowed) {
  ClerkProgram clerk(world(), "--most-an-hour 2");
  for (const Reply expected : {Reply::Offer, Reply::Offer, Reply::Later}) {
    Visit visit(world(), clerk, world().anybody());
    EXPECT_EQ(expected, visit.ask().reply);
  }
}

TEST_F(ClerkServe, GoesOnWhenAProcessIsKilled) {
  ClerkProgram clerk(world());
  for (std::size_t i = 0; i < 3; ++i) {
    const auto processes = clerk.processes();
    ASSERT_EQ(3u, processes.size());
    // The oldest: signer, office, front; its successor is the youngest.
    ASSERT_EQ(0, kill(processes[0], SIGKILL));
    clerk.wait_for_others(processes);
    Visit visit(world(), clerk, world().anybody());
    Reply reply = Reply::Later;
    for (int tries = 0; tries < 300 && reply == Reply::Later; ++tries) {
      pause();
      visit.session = world().entropy.id<certificate::kiosk::SessionTag>();
      visit.request = world().entropy.id<certificate::kiosk::RefTag>();
      reply = visit.ask().reply;
    }
    EXPECT_EQ(Reply::Offer, reply) << i;
  }
}

TEST_F(ClerkServe, WritesNothingAboutAPersonIntoItsLog) {
  ClerkProgram clerk(world());
  const Resident& who = world().anybody();
  Visit visit(world(), clerk, who);
  ASSERT_EQ(Reply::Offer, visit.ask().reply);
  Visit guarded(world(), clerk, world().guarded());
  ASSERT_EQ(Reply::Counter, guarded.ask().reply);
  clerk.stop();
  const std::string log = clerk.log();
  EXPECT_NE(std::string::npos, log.find("question-answered"));
  for (const std::string& text : {who.person.name, who.address, who.card, who.number, visit.session.hex(),
                                  visit.request.hex(), who.person.birth.iso(), world().guarded().card})
    EXPECT_EQ(std::string::npos, log.find(text));
  EXPECT_EQ(0, world().verify_log());
}

TEST_F(ClerkServe, TheSignerSignsOnlyWhatStandsInTheLog) {
  ChannelPair pair = *channel_pair();
  const pid_t process = fork();
  if (process == 0) {
    ServePlan plan;
    plan.log = world().folder / "signer.db";
    plan.read_keys = [] {
      return base::Result<SignerKeys>(SignerKeys{crypto::sign_key(crypto::Secret<32>(base::Array<32>{1})),
                                                 crypto::sign_key(crypto::Secret<32>(base::Array<32>{2}))});
    };
    _exit(run_signer(plan, pair.second, [](std::uint16_t) {}).ok() ? 0 : 1);
  }
  RemoteSigner signer(pair.first);
  ASSERT_TRUE(signer.salts().ok());
  certificate::Seal seal;
  seal.number = "26-000001";
  seal.issued = world().today();
  seal.people = {{"日和　花子", base::Date{5000}, false}};
  const auto payload = certificate::seal_payload(seal);
  EXPECT_EQ(Code::NotAllowed, signer.sign(payload).code());
  {
    auto log = *IssueLog::open(world().folder / "signer.db");
    const std::vector<Hash> leaves = {certificate::leaf_hash(payload)};
    ASSERT_TRUE(log->append(0, leaves).ok());
  }
  EXPECT_TRUE(signer.sign(payload).ok());
  seal.people[0].name = "日和　太郎";
  EXPECT_EQ(Code::NotAllowed, signer.sign(certificate::seal_payload(seal)).code());
  EXPECT_FALSE(signer.sign(base::view("no seal")).ok());
  kill(process, SIGKILL);
  waitpid(process, nullptr, 0);
}

}  // namespace
}  // namespace machi::clerk::test
