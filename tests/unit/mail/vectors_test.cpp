// The vectors of PROTOCOL.md: tests/data/mail/vectors.txt holds one `name hex` a line. Written anew only on
// purpose, with MACHIKADO_REWRITE=1 in the environment; a change of a line is a change of the wire format.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "core/mail/slip.h"
#include "tests/unit/mail/people.h"

namespace machi::mail::test {
namespace {

std::string vectors_file() { return std::string(MACHI_TEST_DATA) + "/mail/vectors.txt"; }

std::vector<std::pair<std::string, Bytes>> compute() {
  std::vector<std::pair<std::string, Bytes>> out;
  auto put = [&](const std::string& name, ByteView bytes) { out.emplace_back(name, base::copy(bytes)); };
  crypto::Drbg random = crypto::Drbg::of_number(2026);
  const auto founder = device(1);
  const auto phone = device(2);
  const MailboxId school = mailbox(0xa1);
  const MailboxId person = mailbox(0xb2);

  put("seed", founder.view());
  put("seal-secret", founder.seal().secret.view());
  put("seal-public", founder.seal().open.bytes);
  put("mailbox", school.view());
  put("posting-seed", founder.posting(school).seed.view());
  put("posting-public", founder.posting(school).open.bytes);

  LogBook book(school, founder);
  crypto::Secret<32> secret(base::Array<32>{0x42});
  const crypto::SealKey epoch = crypto::seal_key(secret.clone());
  (void)book.epoch(founder, epoch);
  (void)book.add(founder, phone, kPostOnly);
  for (std::size_t i = 0; i < book.entries.size(); ++i) put("access-" + std::to_string(i), book.entries[i]);
  put("access-head", book.log.head());
  put("epoch-secret", secret.view());
  put("epoch-public", epoch.open.bytes);
  put("grant", make_grant(random, school, 1, secret, founder.posting(school).open, founder.seal().open,
                          founder.posting(school)));

  Body body;
  body.kind = "receipt.have";
  body.written = kNow;
  body.content = code::Cbor::map({{1, code::Cbor::array({code::Cbor(person.view())})}});
  MessageId id;
  id.bytes.fill(0xc3);
  auto envelope = make_envelope(random, id, school, 1, epoch.open, phone.posting(school), body);
  put("envelope", *envelope);
  put("envelope-hash", envelope_hash(*envelope));
  put("voucher", make_voucher(school, founder.posting(school), person, founder.posting(person).open, kNow));

  SlipCode code{};
  code.fill(0x5a);
  put("slip-code", code);
  put("slip-id", slip_id(code).view());
  TownId town;
  town.bytes.fill(0x77);
  const Bytes slip = make_slip({town, code, school, "東小学校", kNow, kNow.plus_seconds(14 * 86400)},
                               device(3).posting(person));
  put("slip-key", device(3).posting(person).open.bytes);
  put("slip", slip);
  return out;
}

TEST(Vectors, AreWhatThisProgramMakes) {
  const auto computed = compute();
  if (const char* rewrite = std::getenv("MACHIKADO_REWRITE"); rewrite != nullptr) {
    std::ofstream file(vectors_file());
    for (const auto& [name, bytes] : computed) file << name << ' ' << base::to_hex(bytes) << '\n';
  }
  std::ifstream file(vectors_file());
  ASSERT_TRUE(file) << vectors_file();
  std::map<std::string, std::string> kept;
  for (std::string name, hex; file >> name >> hex;) kept[name] = hex;
  EXPECT_EQ(kept.size(), computed.size());
  for (const auto& [name, bytes] : computed) EXPECT_EQ(kept[name], base::to_hex(bytes)) << name;
}

TEST(Vectors, EnvelopeOpensWithTheEpochsSecret) {
  std::map<std::string, Bytes> all;
  for (auto& [name, bytes] : compute()) all[name] = bytes;
  auto envelope = read_envelope(all["envelope"]);
  ASSERT_TRUE(envelope.ok());
  auto body =
      open_envelope(*envelope, crypto::seal_key(crypto::Secret<32>(*base::fixed<32>(all["epoch-secret"]))));
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->kind, "receipt.have");
}

}  // namespace
}  // namespace machi::mail::test
