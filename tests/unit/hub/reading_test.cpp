// Tickets, reads, streams, grants and what a removed key still gets: nothing.
#include "tests/unit/hub/hub_bench.h"

#include "platform/hub/reading.h"

namespace machi::hub {
namespace {

class Reading : public HubTest {
 protected:
  void fill(const Box& box, const crypto::SignKey& from, int count) {
    for (int i = 0; i < count; ++i) ASSERT_EQ(outcome(ask("POST", "/v1/post", envelope(box, from))), "200");
  }
  // The contents of frames: numbers, 0 for an idle one.
  static std::vector<std::int64_t> frames(ByteView bytes) {
    std::vector<std::int64_t> out;
    while (bytes.size() >= 4) {
      const std::size_t length = (std::size_t{bytes[0]} << 24) | (std::size_t{bytes[1]} << 16) |
                                 (std::size_t{bytes[2]} << 8) | bytes[3];
      if (bytes.size() < 4 + length) break;
      auto item = code::decode(bytes.subspan(4, length));
      out.push_back(item->is_null() ? 0 : *(*item->array())[0].integer());
      bytes = bytes.subspan(4 + length);
    }
    EXPECT_TRUE(bytes.empty());
    return out;
  }
};

TEST_F(Reading, GivesMessagesPastTheCursor) {
  const Member founder = new_member();
  const Box box = founded(founder);
  fill(box, founder.key, 5);
  const std::string t = ticket(box.id, founder.key);
  EXPECT_EQ(numbers(ask("GET", "/v1/messages?after=0", {}, t)), (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  const Response some = ask("GET", "/v1/messages?after=2&limit=2", {}, t);
  EXPECT_EQ(numbers(some), (std::vector<std::int64_t>{3, 4}));
  EXPECT_EQ(*code::decode(some.body)->integer_at(3), 5);
  EXPECT_EQ(base::copy(*code::decode(some.body)->bytes_at(1)), base::copy(office->incarnation().view()));
  EXPECT_TRUE(numbers(ask("GET", "/v1/messages?after=5", {}, t)).empty());
}

TEST_F(Reading, GivesAtMostAMegabyteAtOnce) {
  const Member founder = new_member();
  const Box box = founded(founder);
  mail::Body body;
  body.kind = "test.big";
  body.content = code::Cbor::map({{1, Bytes(60000, 7)}});
  for (int i = 0; i < 20; ++i) {
    auto bytes = mail::make_envelope(*entropy, entropy->id<base::MessageTag>(), box.id, 1, box.epoch.open,
                                     founder.key, body);
    ASSERT_EQ(outcome(ask("POST", "/v1/post", *bytes)), "200");
  }
  const Response response = ask("GET", "/v1/messages?after=0&limit=100", {}, ticket(box.id, founder.key));
  EXPECT_LE(response.body.size(), 1048576u);
  EXPECT_GE(numbers(response).size(), 10u);
}

TEST_F(Reading, RefusesBadQueries) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const std::string t = ticket(box.id, founder.key);
  for (const char* query : {"after=-1", "after=x", "after=", "after=99999999999999999999", "after=1&limit=a"})
    EXPECT_EQ(outcome(ask("GET", std::string("/v1/messages?") + query, {}, t)), "400 bad-input") << query;
}

TEST_F(Reading, TakesATicketOnlyForReadersOfTheMailbox) {
  const Member founder = new_member(), guardian = new_member(), stranger = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, guardian, mail::kPostOnly, founder.key)});
  EXPECT_EQ(outcome(ask_ticket(box.id, founder.key)), "200");
  EXPECT_EQ(outcome(ask_ticket(box.id, guardian.key)), "403 not-allowed");
  EXPECT_EQ(outcome(ask_ticket(box.id, stranger.key)), "401 unknown-key");
  EXPECT_EQ(outcome(ask_ticket(entropy->id<base::MailboxTag>(), founder.key)), "404 not-found");
}

TEST_F(Reading, UsesAChallengeOnceAndForAMinute) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const Bytes once = ticket_request(box.id, founder.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/ticket", once)), "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/ticket", once)), "401 expired");
  const Bytes late = ticket_request(box.id, founder.key);
  now = now.plus_seconds(61);
  EXPECT_EQ(outcome(ask("POST", "/v1/ticket", late)), "401 expired");
}

TEST_F(Reading, RefusesAChallengeThatWasGivenToAnotherKeyOrMailbox) {
  const Member founder = new_member(), second = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, second, mail::kAllRights, founder.key)});
  const auto answer = code::decode(challenge(box.id, second.key.open).body);
  const Bytes request = mail::make_ticket_request(
      {*answer->fixed_at<32>(1), box.id, founder.key.open, office->incarnation()}, founder.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/ticket", request)), "401 expired");
  const Bytes invented =
      mail::make_ticket_request({{}, box.id, founder.key.open, office->incarnation()}, founder.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/ticket", invented)), "401 expired");
}

TEST_F(Reading, RefusesATicketRequestOfAnotherIncarnation) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const auto answer = code::decode(challenge(box.id, founder.key.open).body);
  const Bytes request = mail::make_ticket_request(
      {*answer->fixed_at<32>(1), box.id, founder.key.open, entropy->id<base::IncarnationTag>()}, founder.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/ticket", request)), "409 conflict");
}

TEST_F(Reading, EndsATicketAfterTenMinutes) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const std::string t = ticket(box.id, founder.key);
  now = now.plus_seconds(600);
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, t)), "200");
  now = now.plus_seconds(1);
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, t)), "401 expired");
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, "")), "401 expired");
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, "zz")), "401 expired");
}

TEST_F(Reading, TakesNoTicketWhichWasAlteredInAnyByteOrIsOfAnotherIncarnation) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const std::string t = ticket(box.id, founder.key);
  for (std::size_t i = 0; i < t.size(); i += 2) {
    std::string other = t;
    other[i] = other[i] == '0' ? '1' : '0';
    EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, other)), "401 expired") << i;
  }
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, t)), "200");
  restore();
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, t)), "401 expired");
}

TEST_F(Reading, DeniesARemovedReaderAtOnceWhateverTicketItHolds) {
  const Member founder = new_member(), lost = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, lost, mail::kAllRights, founder.key)});
  fill(box, founder.key, 1);
  const std::string t = ticket(box.id, lost.key);
  Response stream = ask("GET", "/v1/stream?after=0", {}, t);
  ASSERT_TRUE(stream.stream.has_value());
  post_entries({remove_key(box, lost.key.open, founder.key), begin_epoch(box, founder.key)});
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, t)), "403 not-allowed");
  EXPECT_EQ(outcome(ask("GET", "/v1/grants", {}, t)), "403 not-allowed");
  EXPECT_EQ(outcome(ask("GET", "/v1/access?after=0", {}, t)), "403 not-allowed");
  EXPECT_EQ(outcome(ask_ticket(box.id, lost.key)), "403 not-allowed");
  EXPECT_EQ(office->pull(*stream.stream, now).code(), base::Code::NotAllowed);
}

TEST_F(Reading, StreamsWhatComesAndEndsWithTheTicket) {
  const Member founder = new_member();
  const Box box = founded(founder);
  fill(box, founder.key, 2);
  Response response = ask("GET", "/v1/stream?after=1", {}, ticket(box.id, founder.key));
  ASSERT_TRUE(response.stream.has_value());
  EXPECT_EQ(frames(response.body), (std::vector<std::int64_t>{2}));
  EXPECT_TRUE(office->pull(*response.stream, now)->empty());
  fill(box, founder.key, 2);
  EXPECT_EQ(frames(*office->pull(*response.stream, now)), (std::vector<std::int64_t>{3, 4}));
  EXPECT_EQ(frames(idle_frame()), (std::vector<std::int64_t>{0}));
  now = now.plus_seconds(601);
  EXPECT_EQ(office->pull(*response.stream, now).code(), base::Code::Expired);
}

TEST_F(Reading, GivesAReaderItsOwnGrantsOnly) {
  const Member founder = new_member(), second = new_member(), outsider = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, second, mail::kAllRights, founder.key)});
  const Bytes mine = mail::make_grant(*entropy, box.id, 1, box.epoch.secret, founder.key.open,
                                      founder.seal.open, founder.key);
  const Bytes theirs =
      mail::make_grant(*entropy, box.id, 1, box.epoch.secret, second.key.open, second.seal.open, founder.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/grants", list({mine, theirs}))), "200");
  EXPECT_EQ(ask("GET", "/v1/grants", {}, ticket(box.id, second.key)).body, list({theirs}));
  EXPECT_EQ(ask("GET", "/v1/grants", {}, ticket(box.id, founder.key)).body, list({mine}));

  const Bytes by_stranger = mail::make_grant(*entropy, box.id, 1, box.epoch.secret, second.key.open,
                                             second.seal.open, outsider.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/grants", list({by_stranger}))), "401 unknown-key");
  const Bytes to_stranger = mail::make_grant(*entropy, box.id, 1, box.epoch.secret, outsider.key.open,
                                             outsider.seal.open, founder.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/grants", list({to_stranger}))), "403 not-allowed");
}

TEST_F(Reading, TellsOfTheHubItself) {
  const auto map = code::decode(ask("GET", "/v1/hub").body);
  EXPECT_EQ(base::copy(*map->bytes_at(1)), base::copy(office->incarnation().view()));
  EXPECT_EQ(*map->integer_at(2), now.ms);
  EXPECT_EQ(base::copy(*map->bytes_at(3)), base::copy(town.id.view()));
  EXPECT_EQ(ask("GET", "/health").status, 200);
}

}  // namespace
}  // namespace machi::hub
