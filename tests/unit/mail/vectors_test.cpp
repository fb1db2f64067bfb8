// The vectors of PROTOCOL.md: tests/data/mail/vectors.txt holds one `name hex` a line. Written anew only on
// purpose, with MACHIKADO_REWRITE=1 in the environment; a change of a line is a change of the wire format.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "core/code/cwt.h"
#include "core/crypto/sodium.h"
#include "core/mail/paper.h"
#include "core/mail/post_forms.h"
#include "core/mail/record.h"
#include "core/mail/slip.h"
#include "core/mail/snapshot.h"
#include "tests/unit/mail/people.h"

namespace machi::mail::test {
namespace {

std::string vectors_file() { return std::string(MACHI_TEST_DATA) + "/mail/vectors.txt"; }

class Lines {
 public:
  void put(const std::string& name, ByteView bytes) { all.emplace_back(name, base::copy(bytes)); }
  std::vector<std::pair<std::string, Bytes>> all;
};

IncarnationId an_incarnation() {
  IncarnationId id;
  id.bytes.fill(0xd4);
  return id;
}

// What stands beside the log: a picture, a snapshot, a sheet and its slot, a record, the hub's receipt.
void put_kept(Lines& out, base::Entropy& random, const LogBook& book, const crypto::SealKey& epoch) {
  const auto put = [&out](const std::string& name, ByteView bytes) { out.put(name, bytes); };
  const auto founder = device(1);
  const auto phone = device(2);
  const MailboxId school = book.id;
  const MailboxId person = mailbox(0xb2);
  const auto picture = base::view("a picture of a note");

  Attachment attachment;
  attachment.key.fill(0x33);
  const Bytes blob = crypto::lock(random, crypto::Secret<32>(attachment.key), picture);
  attachment.blob = crypto::hash(blob);
  attachment.size = picture.size();
  attachment.media_type = "image/jpeg";
  Body body;
  body.kind = "absence.note";
  body.written = kNow;
  body.attachments.push_back(attachment);
  MessageId id;
  id.bytes.fill(0xc4);
  put("blob", blob);
  put("blob-permit", make_blob_permit({school, attachment.blob, blob.size(), phone.posting(school).open},
                                      phone.posting(school)));
  put("envelope-with-blob", *make_envelope(random, id, school, 1, epoch.open, phone.posting(school), body));

  SnapshotContent content;
  content.messages.push_back({id, phone.posting(school).open});
  content.persons.push_back({phone.posting(school).open, person, 3, epoch.open});
  content.service = base::copy(base::view("the service's tables"));
  content.offices.push_back(school);
  content.devices.push_back({device(4).posting(school).open, phone.posting(school).open, true});
  const Bytes whole = *encode_snapshot_content(content);
  SnapshotSecret secret{crypto::Secret<32>(base::Array<32>{0x44}), crypto::hash(whole)};
  Snapshot snapshot{school, 1, an_incarnation(), 7, {}, {}, {}};
  // In two pieces, as a large one is.
  for (const ByteView piece : {ByteView(whole).first(40), ByteView(whole).subspan(40)}) {
    const Bytes locked = crypto::lock(random, secret.key, piece);
    put("snapshot-blob-" + std::to_string(snapshot.chunks.size()), locked);
    snapshot.chunks.push_back({crypto::hash(locked), locked.size()});
  }
  put("snapshot", make_snapshot(random, snapshot, secret, epoch.open, founder.posting(school)));

  const PaperKey paper = make_paper(random);
  put("paper", paper.bytes.view());
  put("paper-signs", base::view(print_paper(paper)));
  put("paper-fragment", base::view(paper_fragment(school, paper)));
  put("paper-seed", paper_seed(paper).view());
  put("slot-id", slot_id(paper).view());
  put("slot", *make_slot(random, paper, {person, crypto::Secret<32>(base::Array<32>{0x55}), whole},
                         phone.posting(person)));
  put("device-statement", make_device_statement({school, {}, person}, device(4).posting(school)));

  OfficeRecord record;
  record.office = school;
  record.day = base::Date{20781};
  record.files.push_back(record_file("2026-11-24.csv", "text/csv", base::view("a,b\r\n")));
  record.at = kNow;
  record.chain = {book.entries[0]};
  put("record", make_office_record(record, founder.posting(school)));

  put("receipt-key", device(5).posting(person).open.bytes);
  put("receipt", make_receipt({crypto::hash(base::view("an envelope")), school, 8, an_incarnation(), kNow},
                              device(5).posting(person)));
  base::Array<32> challenge{};
  challenge.fill(0x66);
  put("ticket-request",
      make_ticket_request({challenge, school, founder.posting(school).open, an_incarnation()},
                          founder.posting(school)));
  put("access-head-statement",
      make_access_head({school, book.log.next_number() - 1, book.log.head(), an_incarnation(), {}},
                       founder.posting(school)));
}

std::vector<std::pair<std::string, Bytes>> compute() {
  Lines out;
  const auto put = [&out](const std::string& name, ByteView bytes) { out.put(name, bytes); };
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
  put_kept(out, random, book, epoch);
  return out.all;
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

TEST(Vectors, OfWhatIsKeptAreReadByThisProgram) {
  std::map<std::string, Bytes> all;
  for (auto& [name, bytes] : compute()) all[name] = bytes;
  const auto epoch = crypto::seal_key(crypto::Secret<32>(*base::fixed<32>(all["epoch-secret"])));
  const auto snapshot = read_snapshot(all["snapshot"]);
  ASSERT_TRUE(snapshot.ok());
  const auto secret = open_snapshot(*snapshot, epoch);
  ASSERT_TRUE(secret.ok());
  Bytes whole;
  for (const char* name : {"snapshot-blob-0", "snapshot-blob-1"}) {
    const auto piece = crypto::unlock(secret->key, all[name]);
    ASSERT_TRUE(piece.ok());
    whole.insert(whole.end(), piece->begin(), piece->end());
  }
  EXPECT_EQ(crypto::hash(whole), secret->content);
  EXPECT_EQ(decode_snapshot_content(whole)->service, base::copy(base::view("the service's tables")));
  const auto paper = parse_paper(base::text_view(all["paper-signs"]));
  ASSERT_TRUE(paper.ok());
  const auto slot = read_slot(all["slot"]);
  ASSERT_TRUE(slot.ok());
  EXPECT_EQ(open_slot(*paper, slot->locked)->content, whole);
  EXPECT_TRUE(read_device_statement(all["device-statement"]).ok());
  EXPECT_TRUE(read_office_record(all["record"]).ok());
  EXPECT_TRUE(read_receipt(all["receipt"], SignPublic{*base::fixed<32>(all["receipt-key"])}).ok());
  EXPECT_TRUE(read_ticket_request(all["ticket-request"]).ok());
  EXPECT_TRUE(read_access_head(all["access-head-statement"]).ok());
  EXPECT_TRUE(read_blob_permit(all["blob-permit"]).ok());
  const auto body = open_envelope(*read_envelope(all["envelope-with-blob"]), epoch);
  ASSERT_TRUE(body.ok());
  ASSERT_EQ(body->attachments.size(), 1u);
  EXPECT_TRUE(crypto::unlock(crypto::Secret<32>(body->attachments[0].key), all["blob"]).ok());
}

}  // namespace
}  // namespace machi::mail::test
