// Access logs at the hub: founding, following, repeating; and what a restored hub asks for before it gives
// reads.
#include "tests/unit/hub/hub_bench.h"

namespace machi::hub {
namespace {

class Access : public HubTest {
 protected:
  Response confirm(const Box& box, const crypto::SignKey& key) {
    return ask(
        "POST", "/v1/access-head",
        mail::make_access_head(
            {box.id, box.log.next_number() - 1, box.log.head(), office->incarnation(), key.open}, key));
  }
};

TEST_F(Access, TakesALogAndGivesItBack) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const auto map = code::decode(ask("GET", "/v1/access?after=0", {}, ticket(box.id, founder.key)).body);
  ASSERT_TRUE(map.ok());
  ASSERT_EQ(map->find(1)->array()->size(), 2u);
  EXPECT_EQ(base::copy(*(*map->find(1)->array())[1].bytes()), box.entries[1]);
  EXPECT_EQ(*map->integer_at(2), 2);
}

TEST_F(Access, TakesTheSameEntriesAgain) {
  const Member founder = new_member(), phone = new_member();
  Box box = founded(founder);
  EXPECT_EQ(outcome(post_entries(box.entries)), "200");
  add_key(box, phone, mail::kPostOnly, founder.key);
  const Response response = post_entries(box.entries);  // two known ones, one new
  EXPECT_EQ(outcome(response), "200");
  EXPECT_EQ(*code::decode(response.body)->integer_at(1), 3);
}

TEST_F(Access, RefusesAnotherEntryUnderAKnownNumberAndGaps) {
  const Member founder = new_member(), phone = new_member();
  Box box = founded(founder);
  const mail::AccessLog before = box.log;
  Box fork;
  fork.id = box.id;
  fork.log = before;
  post_entries({add_key(box, phone, mail::kPostOnly, founder.key)});
  EXPECT_EQ(outcome(post_entries({begin_epoch(fork, founder.key)})), "409 conflict");
  begin_epoch(box, founder.key);
  EXPECT_EQ(outcome(post_entries({begin_epoch(box, founder.key)})), "409 conflict");
}

TEST_F(Access, TakesAllOrNone) {
  const Member founder = new_member(), phone = new_member(), stranger = new_member();
  Box box = founded(founder);
  const Bytes good = add_key(box, phone, mail::kPostOnly, founder.key);
  mail::AccessEntry by_phone = box.log.next(mail::AccessOp::Add);  // which has no admin right
  by_phone.subject = stranger.key.open;
  by_phone.rights = mail::kPostOnly;
  const Bytes bad = mail::make_access_entry(by_phone, phone.key);
  EXPECT_EQ(outcome(post_entries({good, bad})), "403 not-allowed");
  EXPECT_EQ(store->access(box.id, 0)->size(), 2u);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, phone.key))),
            "200");  // as a stranger, from the pool
  EXPECT_EQ(outcome(post_entries({good})), "200");
}

TEST_F(Access, RefusesEntriesOfTwoMailboxesAtOnce) {
  const Member founder = new_member();
  const Box one = new_box(founder, mail::Nature::Person), two = new_box(founder, mail::Nature::Person);
  EXPECT_EQ(outcome(post_entries({one.entries[0], two.entries[1]})), "400 bad-input");
}

TEST_F(Access, LimitsNewMailboxesFromOneAddress) {
  const Member founder = new_member();
  address = "203.0.113.7";
  int taken = 0;
  for (int i = 0; i < 610; ++i)
    taken += post_entries(new_box(founder, mail::Nature::Person).entries).status == 200 ? 1 : 0;
  EXPECT_EQ(taken, 600);
  address = "203.0.113.8";
  EXPECT_EQ(outcome(post_entries(new_box(founder, mail::Nature::Person).entries)), "200");
  // All of an IPv6 network is one address.
  address = "2001:db8:1:2:3:4:5:6";
  taken = 0;
  for (int i = 0; i < 610; ++i) {
    address = "2001:db8:1:2::" + std::to_string(i);
    taken += post_entries(new_box(founder, mail::Nature::Person).entries).status == 200 ? 1 : 0;
  }
  EXPECT_EQ(taken, 600);
}

TEST_F(Access, KeepsItsFoldOverARestartOfTheHub) {
  const Member founder = new_member(), invited = new_member(), phone = new_member();
  Box box = founded(founder);
  mail::AccessEntry invitation = box.log.next(mail::AccessOp::Add);
  invitation.subject = invited.key.open;
  invitation.rights = mail::kAllRights;
  invitation.seal = invited.seal.open;
  invitation.to = now.plus_seconds(600);
  add(box, invitation, founder.key);
  add_key(box, phone, mail::kAllRights, invited.key);
  remove_key(box, invited.key.open, phone.key);
  EXPECT_EQ(outcome(post_entries(box.entries)), "200");
  // The invitation's dates are long over when the log is folded again.
  now = now.plus_seconds(86400 * 400);
  open_office();
  EXPECT_EQ(outcome(ask_ticket(box.id, phone.key)), "200");
  EXPECT_EQ(outcome(ask_ticket(box.id, invited.key)), "403 not-allowed");
}

TEST_F(Access, RestoredGivesNoReadsUntilAnAdminConfirmsTheNewestEntry) {
  const Member founder = new_member(), phone = new_member();
  Box box = founded(founder);
  ask("POST", "/v1/post", envelope(box, founder.key));
  const auto old = office->incarnation();
  // After the backup: the phone was added.
  add_key(box, phone, mail::kAllRights, founder.key);
  restore();
  EXPECT_NE(office->incarnation(), old);

  EXPECT_EQ(outcome(ask_ticket(box.id, founder.key)), "403 head-needed");
  EXPECT_EQ(outcome(ask_ticket(box.id, phone.key)),
            "403 head-needed");  // not known again yet: it was not taken off
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, founder.key))), "200");
  EXPECT_EQ(outcome(confirm(box, founder.key)), "403 head-needed");
  EXPECT_EQ(outcome(post_entries(box.entries)), "200");
  EXPECT_EQ(outcome(ask_ticket(box.id, founder.key)), "403 head-needed");
  EXPECT_EQ(outcome(confirm(box, founder.key)), "200");
  EXPECT_EQ(numbers(ask("GET", "/v1/messages?after=0", {}, ticket(box.id, founder.key))),
            (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(outcome(ask_ticket(box.id, phone.key)), "200");
  EXPECT_EQ(outcome(confirm(box, founder.key)), "200");  // again
}

TEST_F(Access, RestoredRefusesTheHeadOfStrangersOfReadersAndOfAnotherIncarnation) {
  const Member founder = new_member(), reader = new_member(), stranger = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, reader, {true, true, false}, founder.key)});
  const auto old = office->incarnation();
  restore();
  EXPECT_EQ(outcome(confirm(box, stranger.key)), "401 unknown-key");
  EXPECT_EQ(outcome(confirm(box, reader.key)), "403 not-allowed");
  const Bytes before =
      mail::make_access_head({box.id, 2, box.log.head(), old, founder.key.open}, founder.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/access-head", before)), "409 conflict");
  const Bytes older = mail::make_access_head(
      {box.id, 1, box.log.head(), office->incarnation(), founder.key.open}, founder.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/access-head", older)), "409 conflict");
}

TEST_F(Access, RestoredTakesEntriesAgainAfterTheInvitationsDates) {
  const Member founder = new_member(), invited = new_member(), phone = new_member();
  Box box = founded(founder);
  mail::AccessEntry invitation = box.log.next(mail::AccessOp::Add);
  invitation.subject = invited.key.open;
  invitation.rights = mail::kAllRights;
  invitation.seal = invited.seal.open;
  invitation.to = now.plus_seconds(600);
  post_entries({add(box, invitation, founder.key)});
  add_key(box, phone, mail::kAllRights, invited.key);  // lost with the disk
  now = now.plus_seconds(86400);
  EXPECT_EQ(outcome(post_entries({box.entries.back()})), "403 not-allowed");
  restore();
  EXPECT_EQ(outcome(post_entries({box.entries.back()})), "200");
  EXPECT_EQ(outcome(confirm(box, phone.key)), "200");
}

// A school with two desks in the backup; afterwards the second one was lost and taken off.
class LostTablet : public Access {
 protected:
  LostTablet() : desk(new_member()), lost(new_member()), third(new_member()), box(founded(desk)) {
    post_entries(
        {add_key(box, lost, mail::kAllRights, desk.key), add_key(box, third, mail::kAllRights, desk.key)});
    kept = box.entries.size();
    remove_key(box, lost.key.open, desk.key);
    begin_epoch(box, desk.key);
    restore();
  }
  Response confirm_backup(const crypto::SignKey& key) { return confirm(backup_box(), key); }
  // The log as the backup has it.
  Box backup_box() {
    Box out;
    out.id = box.id;
    for (std::size_t i = 0; i < kept; ++i) {
      EXPECT_TRUE(out.log.append_known(box.entries[i]).ok());
      out.entries.push_back(box.entries[i]);
    }
    return out;
  }

  Member desk, lost, third;
  Box box;
  std::size_t kept = 0;
};

TEST_F(LostTablet, CannotConfirmTheOlderLogWhileTheOthersAreThere) {
  EXPECT_EQ(outcome(confirm_backup(lost.key)), "403 head-needed");
  EXPECT_EQ(outcome(confirm_backup(lost.key)), "403 head-needed");  // saying it twice is not two
  EXPECT_EQ(outcome(post_entries(box.entries)), "200");
  EXPECT_EQ(outcome(confirm(box, desk.key)), "403 head-needed");
  EXPECT_EQ(outcome(confirm(box, third.key)), "200");  // two that the backup lists agree
  EXPECT_EQ(outcome(ask_ticket(box.id, desk.key)), "200");
  EXPECT_EQ(outcome(ask_ticket(box.id, lost.key)), "403 not-allowed");
  EXPECT_EQ(store->access(box.id, 0)->size(), box.entries.size());
}

TEST_F(LostTablet, IsContradictedByADeskThatHasNotReadYetWhatTheOtherWrote) {
  // The third desk knows of the removal, and not of the epoch after it.
  Box behind = backup_box();
  const std::size_t removal = kept;
  EXPECT_TRUE(behind.log.append_known(box.entries[removal]).ok());
  behind.entries.push_back(box.entries[removal]);
  EXPECT_EQ(outcome(post_entries(behind.entries)), "200");
  EXPECT_EQ(outcome(confirm(behind, third.key)), "403 head-needed");
  EXPECT_EQ(outcome(confirm(behind, lost.key)), "403 not-allowed");
  EXPECT_EQ(outcome(post_entries(box.entries)), "200");
  EXPECT_EQ(outcome(confirm(behind, third.key)), "403 head-needed") << "nobody has stated the newest yet";
  EXPECT_EQ(outcome(confirm(box, desk.key)), "200");
  EXPECT_EQ(store->access(box.id, 0)->size(), box.entries.size());
  EXPECT_EQ(outcome(confirm(behind, third.key)), "409 conflict") << "it reads on";
  EXPECT_EQ(outcome(ask_ticket(box.id, third.key)), "200");
  EXPECT_EQ(outcome(ask_ticket(box.id, lost.key)), "403 not-allowed");
}

TEST_F(LostTablet, DoesNotCountTheAccompliceThatItAdds) {
  Box fork = backup_box();
  const Member accomplice = new_member();
  add_key(fork, accomplice, mail::kAllRights, lost.key);
  EXPECT_EQ(outcome(post_entries(fork.entries)), "200");
  EXPECT_EQ(outcome(confirm(fork, lost.key)), "403 head-needed");
  EXPECT_EQ(outcome(confirm(fork, accomplice.key)), "403 head-needed");
  // The school's own log puts the fork aside; now time decides nothing, two of the backup's admins do.
  EXPECT_EQ(outcome(post_entries(box.entries)), "200");
  EXPECT_EQ(outcome(confirm(box, desk.key)), "403 head-needed");
  now = now.plus_seconds(3600);
  EXPECT_EQ(outcome(confirm(box, desk.key)), "403 head-needed");
  EXPECT_EQ(outcome(post_entries(fork.entries)), "200");
  EXPECT_EQ(outcome(confirm(fork, lost.key)), "403 head-needed");
  EXPECT_EQ(outcome(post_entries(box.entries)), "200");
  EXPECT_EQ(outcome(confirm(box, third.key)), "200");
  EXPECT_EQ(outcome(ask_ticket(box.id, accomplice.key)), "401 unknown-key");
}

TEST_F(LostTablet, ConfirmsAloneOnlyAfterTenMinutesInWhichNobodyElseSpoke) {
  EXPECT_EQ(outcome(confirm_backup(lost.key)), "403 head-needed");
  now = now.plus_seconds(599);
  EXPECT_EQ(outcome(confirm_backup(lost.key)), "403 head-needed");
  now = now.plus_seconds(1);
  EXPECT_EQ(outcome(confirm_backup(lost.key)), "200");
}

TEST_F(LostTablet, IsContradictedByFamiliesThatWriteToTheNewEpoch) {
  // Families heard of the epoch that followed the removal; two of those that the backup lists write again.
  Box base = backup_box();
  const Member one = new_member(), two = new_member();
  restore();  // the same backup, with the families in it
  add_key(base, one, mail::kPostOnly, desk.key);
  add_key(base, two, mail::kPostOnly, desk.key);
  EXPECT_EQ(outcome(post_entries(base.entries)), "200");
  EXPECT_EQ(outcome(confirm(base, desk.key)), "403 head-needed");
  EXPECT_EQ(outcome(confirm(base, third.key)), "200");
  restore();
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, one.key))), "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, one.key))), "200");  // one family is not two
  EXPECT_EQ(outcome(confirm(base, lost.key)), "403 head-needed");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, two.key))), "200");
  now = now.plus_seconds(3600);
  EXPECT_EQ(outcome(confirm(base, lost.key)), "403 head-needed");
  now = now.plus_seconds(86400);  // nobody knows better: the office must go on
  EXPECT_EQ(outcome(confirm(base, desk.key)), "200");
}

TEST_F(Access, RestoredGivesReceiptsOfTheNewIncarnation) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const Bytes kept = envelope(box, founder.key);
  ask("POST", "/v1/post", kept);
  restore();
  const mail::Receipt receipt = receipt_in(ask("POST", "/v1/post", kept));
  EXPECT_EQ(receipt.number, 1u);
  EXPECT_EQ(receipt.incarnation, office->incarnation());
}

}  // namespace
}  // namespace machi::hub
