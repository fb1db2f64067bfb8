// A post office in memory with a town, and people who write to it: what the tests of the hub stand on.
// One thread; everything repeats with the number of the generator.
#pragma once

#include <gtest/gtest.h>

#include "core/code/cbor.h"
#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "platform/hub/post_office.h"
#include "platform/hub/sqlite_message_store.h"

namespace machi::hub {

inline crypto::SignKey new_sign_key(base::Entropy& entropy) {
  crypto::Secret<32> seed;
  entropy.fill(seed.bytes());
  return crypto::sign_key(std::move(seed));
}

inline std::string code_in(const Response& response) {
  return std::string(base::code_name(mail::decode_error(response.body).code));
}

// Statuses and codes in one word: "200", "401 unknown-key".
inline std::string outcome(const Response& response) {
  if (response.status == 200) return "200";
  return std::to_string(response.status) + " " + code_in(response);
}

class HubTest : public testing::Test {
 protected:
  HubTest() : HubTest(store::OpenOptions{}) {}
  explicit HubTest(const store::OpenOptions& options) {
    EXPECT_TRUE(crypto::ready());
    entropy = std::make_unique<crypto::Drbg>(crypto::Drbg::of_number(7));
    town.id = entropy->id<base::TownTag>();
    root = new_sign_key(*entropy);
    town.root = root.open;
    receipt_key = new_sign_key(*entropy);
    freshness_key = new_sign_key(*entropy);
    store = std::move(*SqliteMessageStore::open(options));
    open_office();
  }

  void open_office() { office = std::move(*PostOffice::open(*store, feed, keys(), *entropy, now)); }
  OfficeKeys keys() const {
    return {town, crypto::sign_key(freshness_key.seed.clone()), crypto::sign_key(receipt_key.seed.clone())};
  }

  struct Member {
    crypto::SignKey key;
    crypto::SealKey seal;
  };
  Member new_member() {
    crypto::Secret<32> seed;
    entropy->fill(seed.bytes());
    return {new_sign_key(*entropy), crypto::seal_key(std::move(seed))};
  }

  // A mailbox as its founder knows it.
  struct Box {
    MailboxId id;
    mail::AccessLog log;
    std::vector<Bytes> entries;
    crypto::SealKey epoch;
  };

  Bytes add(Box& box, mail::AccessEntry entry, const crypto::SignKey& author) {
    Bytes bytes = mail::make_access_entry(std::move(entry), author);
    EXPECT_TRUE(box.log.append_known(bytes).ok());
    box.entries.push_back(bytes);
    return bytes;
  }
  Bytes add_key(Box& box, const Member& subject, mail::Rights rights, const crypto::SignKey& author) {
    mail::AccessEntry entry = box.log.next(mail::AccessOp::Add);
    entry.subject = subject.key.open;
    entry.rights = rights;
    if (rights.read) entry.seal = subject.seal.open;
    return add(box, entry, author);
  }
  Bytes remove_key(Box& box, const crypto::SignPublic& subject, const crypto::SignKey& author) {
    mail::AccessEntry entry = box.log.next(mail::AccessOp::Remove);
    entry.subject = subject;
    return add(box, entry, author);
  }
  Bytes begin_epoch(Box& box, const crypto::SignKey& author) {
    crypto::Secret<32> secret;
    entropy->fill(secret.bytes());
    box.epoch = crypto::seal_key(std::move(secret));
    mail::AccessEntry entry = box.log.next(mail::AccessOp::Epoch);
    entry.epoch = box.log.epoch() + 1;
    entry.epoch_key = box.epoch.open;
    return add(box, entry, author);
  }
  // Entry 0 and the first epoch, not posted yet.
  Box new_box(const Member& founder, mail::Nature nature) {
    Box box;
    box.id = entropy->id<base::MailboxTag>();
    mail::AccessEntry entry;
    entry.mailbox = box.id;
    entry.subject = founder.key.open;
    entry.rights = mail::kAllRights;
    entry.seal = founder.seal.open;
    entry.nature = nature;
    add(box, entry, founder.key);
    begin_epoch(box, founder.key);
    return box;
  }
  Box founded(const Member& founder, mail::Nature nature = mail::Nature::Office) {
    Box box = new_box(founder, nature);
    EXPECT_EQ(outcome(post_entries(box.entries)), "200");
    return box;
  }

  static Bytes list(const std::vector<Bytes>& items) {
    code::CborArray out;
    for (const Bytes& item : items) out.emplace_back(ByteView(item));
    return code::encode(code::Cbor(std::move(out)));
  }

  Response ask(const std::string& method, const std::string& target, Bytes body = {},
               const std::string& ticket = {}) {
    return office->handle({method, target, std::move(body), ticket, address}, now);
  }
  Response post_entries(const std::vector<Bytes>& entries) {
    return ask("POST", "/v1/access", list(entries));
  }

  Bytes envelope(const Box& box, const crypto::SignKey& from, const mail::MessageId& id,
                 std::string_view kind = "test.note") {
    mail::Body body;
    body.kind = kind;
    body.written = now;
    return std::move(*mail::make_envelope(*entropy, id, box.id, box.log.epoch(), box.epoch.open, from, body));
  }
  Bytes envelope(const Box& box, const crypto::SignKey& from) {
    return envelope(box, from, entropy->id<base::MessageTag>());
  }

  mail::Receipt receipt_in(const Response& response) {
    auto receipt = mail::read_receipt(response.body, receipt_key.open);
    EXPECT_TRUE(receipt.ok());
    return receipt.ok() ? *receipt : mail::Receipt{};
  }

  Response challenge(const MailboxId& mailbox, const crypto::SignPublic& key) {
    return ask("POST", "/v1/challenge", code::encode(code::Cbor::map({{1, mailbox.view()}, {2, key.bytes}})));
  }
  // The ticket's request for a fresh challenge.
  Bytes ticket_request(const MailboxId& mailbox, const crypto::SignKey& key) {
    const auto answer = code::decode(challenge(mailbox, key.open).body);
    return mail::make_ticket_request({*answer->fixed_at<32>(1), mailbox, key.open, office->incarnation()},
                                     key);
  }
  Response ask_ticket(const MailboxId& mailbox, const crypto::SignKey& key) {
    return ask("POST", "/v1/ticket", ticket_request(mailbox, key));
  }
  std::string ticket(const MailboxId& mailbox, const crypto::SignKey& key) {
    const Response response = ask_ticket(mailbox, key);
    EXPECT_EQ(outcome(response), "200");
    auto map = code::decode(response.body);
    auto token = map->fixed_at<32>(1);
    return token.ok() ? base::to_hex(*token) : std::string();
  }
  // Numbers of the messages that a read gave.
  static std::vector<std::int64_t> numbers(const Response& response) {
    std::vector<std::int64_t> out;
    auto map = code::decode(response.body);
    if (!map.ok() || map->find(2) == nullptr || map->find(2)->array() == nullptr) return out;
    for (const code::Cbor& item : *map->find(2)->array()) out.push_back(*(*item.array())[0].integer());
    return out;
  }

  // What a restore does: the same store in a new incarnation.
  void restore() {
    EXPECT_TRUE(store->begin().ok());
    EXPECT_TRUE(store->begin_incarnation(entropy->id<base::IncarnationTag>(), now).ok());
    EXPECT_TRUE(store->commit().ok());
    open_office();
  }

  Instant now = Instant::from_seconds(1795000000);
  std::string address;
  std::unique_ptr<crypto::Drbg> entropy;
  mail::Town town;
  crypto::SignKey root;
  crypto::SignKey receipt_key;
  crypto::SignKey freshness_key;
  MemoryFeed feed;
  std::unique_ptr<SqliteMessageStore> store;
  std::unique_ptr<PostOffice> office;
};

}  // namespace machi::hub
