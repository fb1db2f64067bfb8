// Everything lost, and found again: an office whose desks are all gone comes back by its paper key or by the
// board; a person whose phone is gone comes back by the printed sheet, and stays the same person for the
// office; a second device joins. MACHIKADO_SEED repeats a seed, MACHIKADO_SEEDS=N runs N of them.
#include "tests/simulation/morning.h"

namespace machi::simulation {
namespace {

using Joining = mail::Client::Joining;

// A school with the two spare members, a desk and a family that has written.
struct School {
  explicit School(std::uint64_t seed) : morning(seed), board(morning.world.device("board")) {
    World& world = morning.world;
    crypto::Drbg random = crypto::Drbg::of_number(seed);
    paper = mail::make_paper(random);
    const crypto::DeviceSeed sheet(mail::paper_seed(paper));
    mail::Client& hall = morning.hall.client();
    EXPECT_TRUE(
        hall.admit_spare(morning.school, sheet.posting(morning.school).open, sheet.seal().open, world.now())
            .ok());
    EXPECT_TRUE(hall.admit_spare(morning.school, board.client().posting_key(morning.school),
                                 board.client().sealing_key(), world.now())
                    .ok());
    world.pump(morning.hall);
    EXPECT_TRUE(world.run_until([&] { return hall.access(morning.school)->members().size() == 3; }, 60000));
    world.run_for(5000);
    morning.pair_desk(morning.hall, "desk1");
    morning.enrol_family(1);
    world.weather = storm();
    for (int i = 0; i < 5; ++i) {
      morning.report(morning.families[0]);
      world.run_for(world.pick(100, 5000));
    }
    world.weather = {};
    EXPECT_TRUE(world.run_until([&] { return morning.all_told(); }, 3600 * 1000));
  }
  // Every device that ever held the office is gone.
  void lose_all_desks() {
    morning.hall.client().online(false, morning.world.now());
    morning.desks[0]->client().online(false, morning.world.now());
    morning.desks.clear();
  }
  // A device that folds what it reads, as Morning's desks do.
  Device& new_desk(const std::string& name) {
    Device& desk = morning.world.device(name, true);
    morning.desks.push_back(&desk);
    desk.on_message = [this, &desk](const mail::Received& received) -> base::Status {
      if (received.kind == "test.report") morning.folded[desk.name()][received.id] += 1;
      return {};
    };
    return desk;
  }
  bool comes_back(Device& desk) {
    World& world = morning.world;
    world.pump(desk);
    if (!world.run_until([&] { return desk.client().joining(morning.school) == Joining::Joined; }, 600000))
      return false;
    // What was written before, and what is written now, in the new epoch.
    morning.report(morning.families[0]);
    if (!world.run_until([&] { return morning.all_told() && morning.all_folded(); }, 3600 * 1000))
      return false;
    morning.check_exactly_once();
    return true;
  }

  Morning morning;
  Device& board;
  mail::PaperKey paper;
};

TEST(OfficeRecovery, ByThePaperKeyAnyNewDeviceComesInAndReadsEverything) {
  School school(41);
  school.lose_all_desks();
  const auto sheet = mail::paper_from_text(mail::paper_fragment(school.morning.school, school.paper));
  ASSERT_TRUE(sheet.ok());
  Device& desk = school.new_desk("rescued");
  World& world = school.morning.world;
  ASSERT_TRUE(desk.client().join_by_paper(*sheet->mailbox, sheet->paper, world.now()).ok());
  EXPECT_TRUE(school.comes_back(desk));
  // The lost ones are taken off, and the paper stays good for the next time.
  const auto& members = desk.client().access(school.morning.school)->members();
  const auto lost = school.morning.hall.client().posting_key(school.morning.school);
  ASSERT_TRUE(desk.client().remove(school.morning.school, lost, world.now()).ok());
  world.pump(desk);
  EXPECT_TRUE(world.run_until([&] { return !members.contains(lost); }, 60000));
  EXPECT_TRUE(members.contains(
      crypto::DeviceSeed(mail::paper_seed(school.paper)).posting(school.morning.school).open));
  Device& next = school.new_desk("rescued-again");
  ASSERT_TRUE(next.client().join_by_paper(school.morning.school, school.paper, world.now()).ok());
  EXPECT_TRUE(school.comes_back(next));
}

TEST(OfficeRecovery, TheBoardAdmitsANewDeviceAndReadsNoMailItself) {
  School school(42);
  school.lose_all_desks();
  World& world = school.morning.world;
  int read_by_board = 0;
  school.board.on_message = [&](const mail::Received&) -> base::Status {
    ++read_by_board;
    return {};
  };
  ASSERT_TRUE(school.board.client().attend(school.morning.school, world.now()).ok());
  auto invitation =
      school.board.client().invite(school.morning.school, world.now().plus_seconds(86400), world.now());
  ASSERT_TRUE(invitation.ok());
  world.pump(school.board);
  Device& desk = school.new_desk("rescued");
  ASSERT_TRUE(desk.client().join(school.morning.school, std::move(*invitation), world.now()).ok());
  EXPECT_TRUE(school.comes_back(desk));
  EXPECT_EQ(read_by_board, 0);
}

TEST(OfficeRecovery, AnotherPaperDoesNotOpenTheOffice) {
  School school(43);
  crypto::Drbg random = crypto::Drbg::of_number(99);
  Device& desk = school.new_desk("thief");
  World& world = school.morning.world;
  ASSERT_TRUE(desk.client().join_by_paper(school.morning.school, mail::make_paper(random), world.now()).ok());
  world.pump(desk);
  EXPECT_FALSE(world.run_until(
      [&] { return desk.client().joining(school.morning.school) == Joining::Joined; }, 600000));
}

TEST(Invitation, ScannedBeforeItsEntryIsAtTheHubIsWaitedFor) {
  Morning morning(44);
  World& world = morning.world;
  morning.hall.client().online(false, world.now());
  auto invitation =
      morning.hall.client().invite(morning.school, world.now().plus_seconds(86400), world.now());
  Device& desk = world.device("early");
  ASSERT_TRUE(desk.client().join(morning.school, std::move(*invitation), world.now()).ok());
  world.pump(desk);
  world.run_for(180000);
  EXPECT_EQ(desk.client().joining(morning.school), Joining::Waiting);
  morning.hall.client().online(true, world.now());
  world.pump(morning.hall);
  EXPECT_TRUE(
      world.run_until([&] { return desk.client().joining(morning.school) == Joining::Joined; }, 600000));
}

TEST(Restore, ALogOfAThousandPhonesIsPostedAgainInPages) {
  Morning morning(47);
  World& world = morning.world;
  world.take_backup();
  crypto::Drbg random = crypto::Drbg::of_number(4);
  constexpr std::size_t kPhones = 2100;
  for (std::size_t i = 0; i < kPhones; ++i) {
    crypto::SignPublic phone;
    random.fill(phone.bytes);
    ASSERT_TRUE(morning.hall.client().admit(morning.school, phone, mail::kPostOnly, world.now()).ok());
  }
  world.pump(morning.hall);
  const auto* log = morning.hall.client().access(morning.school);
  ASSERT_TRUE(world.run_until([&] { return log->members().size() == kPhones + 1; }, 7200 * 1000));
  world.restore_backup();
  morning.pair_desk(morning.hall, "desk1");
  ASSERT_FALSE(testing::Test::HasFatalFailure());
  EXPECT_EQ(morning.desks[0]->client().access(morning.school)->members().size(), kPhones + 2);
}

void lost_phone(std::uint64_t seed) {
  Morning morning(seed);
  World& world = morning.world;
  morning.pair_desk(morning.hall, "desk1");
  morning.pair_desk(*morning.desks[0], "desk2");
  morning.enrol_family(1);
  Device& phone = *morning.families[0].phone;
  const auto person = *phone.client().person_mailbox(world.now());
  std::set<base::MessageId> folded_before;
  phone.on_message = [&](const mail::Received& received) -> base::Status {
    folded_before.insert(received.id);
    return {};
  };
  world.weather = storm();
  morning.report(morning.families[0]);
  world.weather = {};
  ASSERT_TRUE(world.run_until([&] { return morning.all_told() && morning.all_folded(); }, 3600 * 1000));
  const std::string tables = "みお, 3年1組";
  auto paper = phone.client().make_recovery(base::view("old"), world.now());
  ASSERT_TRUE(paper.ok());
  ASSERT_TRUE(phone.client().keep_recovery(base::view(tables), world.now()).ok());
  const std::set<base::MessageId> in_slot = folded_before;
  world.pump(phone);
  world.run_for(60000);
  const auto first_key = phone.client().posting_key(morning.school);

  world.weather = storm();
  Device& fresh = world.device("new phone");
  std::string recovered;
  int folded_again = 0;
  fresh.on_recovered = [&](const base::Result<Bytes>& bytes) -> base::Status {
    if (bytes.ok()) recovered = std::string(base::text_view(*bytes));
    return {};
  };
  fresh.on_message = [&](const mail::Received& received) -> base::Status {
    folded_again += in_slot.contains(received.id) ? 1 : 0;
    return {};
  };
  fresh.client().recover(*mail::parse_paper(mail::print_paper(*paper)), world.now());
  world.pump(fresh);
  ASSERT_TRUE(
      world.run_until([&] { return fresh.client().joining(person) == Joining::Joined; }, 3600 * 1000));
  EXPECT_EQ(recovered, tables);
  if (world.chance() < 0.3) fresh.crash();
  // The new phone reports: for the office it is the same person, also before any desk has let it in.
  morning.families.push_back({&fresh, {}});
  ASSERT_TRUE(
      world.run_until([&] { return fresh.client().office(morning.school).has_value(); }, 3600 * 1000));
  morning.report(morning.families[1]);
  world.weather = {};
  EXPECT_TRUE(world.run_until([&] { return morning.all_told() && morning.all_folded(); }, 3600 * 1000));
  morning.check_exactly_once();
  for (Device* desk : morning.desks)
    EXPECT_EQ(morning.senders[desk->name()][morning.families[1].written[0]], first_key) << desk->name();
  EXPECT_FALSE(in_slot.empty());
  EXPECT_EQ(folded_again, 0) << "a message that is in the slot was folded again";
  // The lost phone is cut off, at the office and in its own mailbox.
  const auto* log = morning.desks[0]->client().access(morning.school);
  EXPECT_TRUE(world.run_until(
      [&] {
        return !log->members().contains(first_key) &&
               log->members().contains(fresh.client().posting_key(morning.school));
      },
      600000));
  EXPECT_TRUE(world.run_until(
      [&] {
        return phone.client().joining(person) != Joining::Joined ||
               fresh.client().access(person)->members().size() == 1;
      },
      600000));
  // The sheet stays good: the next phone comes back by it, too.
  Device& third = world.device("third phone");
  third.client().recover(paper->clone(), world.now());
  world.pump(third);
  EXPECT_TRUE(world.run_until([&] { return third.client().joining(person) == Joining::Joined; }, 600000));
  // Taken off by the office, the person is off with every device.
  ASSERT_TRUE(world.run_until(
      [&] { return log->members().contains(third.client().posting_key(morning.school)); }, 600000));
  ASSERT_TRUE(morning.desks[0]->client().remove(morning.school, first_key, world.now()).ok());
  world.pump(*morning.desks[0]);
  EXPECT_TRUE(world.run_until(
      [&] { return !log->members().contains(third.client().posting_key(morning.school)); }, 600000));
  if (testing::Test::HasFailure()) morning.explain();
}

TEST(PersonRecovery, TheSheetBringsALostPhoneBackAsTheSamePersonAndCutsTheLostOneOff) {
  for_seeds(4001, 5, [](std::uint64_t seed) { lost_phone(seed); });
}

TEST(PersonRecovery, AnotherSheetFindsNothing) {
  World world(45);
  Device& phone = world.device("phone");
  std::optional<base::Code> why;
  phone.on_recovered = [&](const base::Result<Bytes>& bytes) -> base::Status {
    if (!bytes.ok()) why = bytes.code();
    return {};
  };
  crypto::Drbg random = crypto::Drbg::of_number(1);
  phone.client().recover(mail::make_paper(random), world.now());
  world.pump(phone);
  EXPECT_TRUE(world.run_until([&] { return why.has_value(); }, 60000));
  EXPECT_EQ(*why, base::Code::NotFound);
}

TEST(PersonRecovery, ASecondDeviceJoinsByTheFirstAndWritesAsTheSamePerson) {
  Morning morning(46);
  World& world = morning.world;
  morning.pair_desk(morning.hall, "desk1");
  morning.enrol_family(1);
  Device& phone = *morning.families[0].phone;
  const auto person = *phone.client().person_mailbox(world.now());
  morning.report(morning.families[0]);
  ASSERT_TRUE(world.run_until([&] { return morning.all_told(); }, 600000));
  world.run_for(10000);
  ASSERT_TRUE(phone.client()
                  .post_snapshot(person, base::view("tables"), phone.client().folded(person), world.now())
                  .ok());
  auto invitation = phone.client().invite(person, world.now().plus_seconds(3600), world.now());
  world.pump(phone);
  Device& tablet = world.device("tablet");
  std::string begun;
  tablet.on_snapshot = [&](ByteView bytes, std::uint64_t) -> base::Status {
    begun = std::string(base::text_view(bytes));
    return {};
  };
  ASSERT_TRUE(tablet.client().join(person, std::move(*invitation), world.now(), mail::Nature::Person).ok());
  world.pump(tablet);
  const auto* log = morning.desks[0]->client().access(morning.school);
  ASSERT_TRUE(world.run_until(
      [&] { return log->members().contains(tablet.client().posting_key(morning.school)); }, 3600 * 1000));
  EXPECT_EQ(begun, "tables");
  EXPECT_EQ(*tablet.client().person_mailbox(world.now()), person);
  morning.families.push_back({&tablet, {}});
  morning.report(morning.families[1]);
  morning.report(morning.families[0]);  // the first one goes on
  EXPECT_TRUE(world.run_until([&] { return morning.all_told() && morning.all_folded(); }, 3600 * 1000));
  EXPECT_EQ(morning.senders["desk1"][morning.families[1].written[0]],
            phone.client().posting_key(morning.school));
  if (testing::Test::HasFailure()) morning.explain();
}

}  // namespace
}  // namespace machi::simulation
