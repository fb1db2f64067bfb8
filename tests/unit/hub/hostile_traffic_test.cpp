// What somebody on the way can do to genuine requests: alter any byte, cut or lengthen them, carry them to
// another door, send them again, change their order. Each is answered with a code of the table, and nothing
// of it stays.
#include "tests/unit/hub/hub_bench.h"

namespace machi::hub {
namespace {

struct Genuine {
  std::string name;
  std::string path;
  Bytes body;
};

class HostileTraffic : public HubTest {
 protected:
  HostileTraffic() : founder(new_member()), parent(new_member()), box(founded(founder)) {
    EXPECT_EQ(outcome(post_entries({add_key(box, parent, mail::kPostOnly, founder.key)})), "200");
  }

  // One of every signed thing that the hub takes, each good by itself.
  std::vector<Genuine> all() {
    std::vector<Genuine> out;
    out.push_back({"envelope", "/v1/post", envelope(box, parent.key)});
    const mail::AccessHead head{box.id, box.log.next_number() - 1, box.log.head(), office->incarnation(),
                                founder.key.open};
    out.push_back({"head", "/v1/access-head", mail::make_access_head(head, founder.key)});
    mail::AccessEntry entry = box.log.next(mail::AccessOp::Add);  // good, and not taken yet
    entry.subject = new_member().key.open;
    entry.rights = mail::kPostOnly;
    out.push_back({"entry", "/v1/access", list({mail::make_access_entry(entry, founder.key)})});
    crypto::Secret<32> secret;
    entropy->fill(secret.bytes());
    out.push_back({"grant", "/v1/grants",
                   list({mail::make_grant(*entropy, box.id, 1, secret, founder.key.open, founder.seal.open,
                                          founder.key)})});
    out.push_back({"ticket", "/v1/ticket", ticket_request(box.id, founder.key)});
    const Bytes bytes(500, 3);
    const Bytes permit =
        mail::make_blob_permit({box.id, crypto::hash(bytes), bytes.size(), parent.key.open}, parent.key);
    out.push_back({"blob", "/v1/blob",
                   code::encode(code::Cbor::array({*code::decode(permit), code::Cbor(ByteView(bytes))}))});
    return out;
  }
  Response send(const Genuine& request, Bytes body) { return ask("POST", request.path, std::move(body)); }
  // What the hub holds: nothing of this may move.
  std::string state() {
    auto row = store->mailbox(box.id);
    return std::to_string(row->value().newest) + " messages, " +
           std::to_string(store->access(box.id, 0)->size()) + " entries, " +
           std::to_string(store->grants(box.id, founder.key.open)->size()) + " grants, " +
           (store->blob(box.id, crypto::hash(Bytes(500, 3)))->has_value() ? "the blob" : "no blob");
  }
  // A refusal with a code of its own, never a success and never "come again, it is our fault".
  static bool clear(const Response& response) {
    return response.status >= 400 && response.status < 500 && code::decode(response.body).ok() &&
           !code_in(response).empty();
  }

  Member founder;
  Member parent;
  Box box;
};

TEST_F(HostileTraffic, IsRefusedWhicheverByteWasAltered) {
  for (const Genuine& request : all()) {
    SCOPED_TRACE(request.name);
    const std::string before = state();
    for (std::size_t i = 0; i < request.body.size(); ++i) {
      Bytes altered = request.body;
      altered[i] ^= static_cast<std::uint8_t>(1 + i % 255);
      const Response response = send(request, std::move(altered));
      ASSERT_TRUE(clear(response)) << "byte " << i << ": " << outcome(response);
    }
    EXPECT_EQ(state(), before);
    EXPECT_EQ(outcome(send(request, request.body)), "200");
  }
}

TEST_F(HostileTraffic, IsRefusedWhenItWasCutOrLengthened) {
  for (const Genuine& request : all()) {
    SCOPED_TRACE(request.name);
    const std::string before = state();
    for (std::size_t length = 0; length < request.body.size(); length += 1 + length / 40)
      ASSERT_TRUE(clear(send(
          request, Bytes(request.body.begin(), request.body.begin() + static_cast<std::ptrdiff_t>(length)))));
    Bytes longer = request.body;
    longer.push_back(0);
    EXPECT_TRUE(clear(send(request, longer)));
    EXPECT_EQ(state(), before);
  }
}

TEST_F(HostileTraffic, IsRefusedAtEveryOtherDoor) {
  const auto requests = all();
  const std::string before = state();
  for (const Genuine& request : requests)
    for (const Genuine& other : requests) {
      if (other.path == request.path) continue;
      const Response response = send(other, request.body);
      EXPECT_TRUE(clear(response)) << request.name << " at " << other.path << ": " << outcome(response);
    }
  EXPECT_EQ(state(), before);
}

TEST_F(HostileTraffic, ChangesNothingWhenItIsReplayed) {
  for (const Genuine& request : all()) {
    SCOPED_TRACE(request.name);
    const Response first = send(request, request.body);
    ASSERT_EQ(outcome(first), "200");
    const std::string after = state();
    now = now.plus_seconds(5);  // within the life of a challenge
    const Response again = send(request, request.body);
    EXPECT_EQ(outcome(again), request.name == "ticket" ? "401 expired" : "200");
    if (request.name == "envelope") {
      EXPECT_EQ(receipt_in(again).number, receipt_in(first).number);
      EXPECT_EQ(receipt_in(again).at, receipt_in(first).at);
    }
    EXPECT_EQ(state(), after);
  }
}

TEST_F(HostileTraffic, HasItsEntriesTakenInTheirOrderOnly) {
  std::vector<Bytes> entries;
  for (int i = 0; i < 4; ++i) entries.push_back(add_key(box, new_member(), mail::kPostOnly, founder.key));
  const std::string before = state();
  for (std::size_t i = entries.size(); i-- > 1;)
    EXPECT_EQ(outcome(post_entries({entries[i]})), "409 conflict");
  EXPECT_EQ(outcome(post_entries({entries[0], entries[2]})), "400 bad-input");
  EXPECT_EQ(outcome(post_entries({entries[1], entries[0]})), "400 bad-input");
  EXPECT_EQ(state(), before);
  for (const Bytes& entry : entries) EXPECT_EQ(outcome(post_entries({entry})), "200");
  EXPECT_EQ(outcome(post_entries(entries)), "200");  // and again, as it was answered before
}

TEST_F(HostileTraffic, TakesMailInWhateverOrderItComes) {
  const std::vector<Bytes> sent{envelope(box, parent.key), envelope(box, parent.key),
                                envelope(box, parent.key)};
  for (std::size_t i : {2u, 0u, 1u, 0u, 2u}) EXPECT_EQ(outcome(ask("POST", "/v1/post", sent[i])), "200");
  EXPECT_EQ(receipt_in(ask("POST", "/v1/post", sent[2])).number, 1u);
  EXPECT_EQ(store->mailbox(box.id)->value().newest, 3u);
}

TEST_F(HostileTraffic, IsRefusedWhenItIsTooLargeBeforeAnythingElse) {
  const std::string before = state();
  for (const Genuine& request : all())
    EXPECT_EQ(outcome(send(request, Bytes(5 * 1024 * 1024, 0xff))), "413 too-large") << request.name;
  EXPECT_EQ(outcome(ask("POST", "/v1/access", list(std::vector<Bytes>(2049, Bytes{1})))), "413 too-large");
  EXPECT_EQ(state(), before);
}

TEST_F(HostileTraffic, OfARemovedKeyIsRefusedThoughItWasSignedBefore) {
  const Bytes early = envelope(box, parent.key);
  ASSERT_EQ(outcome(post_entries({remove_key(box, parent.key.open, founder.key)})), "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", early)), "403 not-allowed");
}

}  // namespace
}  // namespace machi::hub
