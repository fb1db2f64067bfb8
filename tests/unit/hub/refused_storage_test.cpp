// A disk that is full, or a commit that fails: no receipt for anything that is not kept, and nothing wrong in
// memory.
#include "tests/unit/hub/hub_bench.h"
#include "tests/unit/hub/refusing_store.h"

namespace machi::hub {
namespace {

class RefusedStorage : public HubTest {
 protected:
  RefusedStorage() : refusing(*store) {
    office = std::move(*PostOffice::open(refusing, feed, keys(), *entropy, now));
  }
  Prepared post(const Bytes& bytes) { return PostOffice::prepare({"POST", "/v1/post", bytes, "", ""}); }
  RefusingStore refusing;
};

TEST_F(RefusedStorage, GivesUpTheWholeBatchWhenTheDiskIsFullInTheMiddle) {
  const Member founder = new_member();
  const Box box = founded(founder);
  std::vector<Prepared> batch;
  for (int i = 0; i < 5; ++i) batch.push_back(post(envelope(box, founder.key)));
  batch.push_back(PostOffice::prepare({"GET", "/v1/hub", {}, "", ""}));
  bool told = false;
  office->on_news([&](std::span<const MailboxId>) { told = true; });
  refusing.appends_left = 3;
  for (const Response& response : office->commit(batch, now))
    EXPECT_EQ(outcome(response), "503 storage-full");
  EXPECT_FALSE(told);
  EXPECT_EQ(store->mailbox(box.id)->value().newest, 0u);

  refusing.appends_left = 100;  // room was made: the same again goes through, without a gap
  const auto responses = office->commit(batch, now);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(receipt_in(responses[i]).number, i + 1);
}

TEST_F(RefusedStorage, ForgetsAnAccessEntryWhoseCommitFailed) {
  const Member founder = new_member(), phone = new_member();
  Box box = founded(founder);
  const Bytes entry = add_key(box, phone, mail::kAllRights, founder.key);
  refusing.refuse_commit = true;
  EXPECT_EQ(outcome(post_entries({entry})), "503 storage");
  refusing.refuse_commit = false;
  EXPECT_EQ(outcome(ask_ticket(box.id, phone.key)), "401 unknown-key");
  EXPECT_EQ(outcome(post_entries({entry})), "200");
  EXPECT_EQ(outcome(ask_ticket(box.id, phone.key)), "200");
}

TEST_F(RefusedStorage, SaysWhenToComeAgain) {
  const Member founder = new_member();
  const Box box = founded(founder);
  refusing.refuse_commit = true;
  const Response response = ask("POST", "/v1/post", envelope(box, founder.key));
  EXPECT_EQ(outcome(response), "503 storage");
  EXPECT_GT(mail::decode_error(response.body).retry_after, 0u);
}

}  // namespace
}  // namespace machi::hub
