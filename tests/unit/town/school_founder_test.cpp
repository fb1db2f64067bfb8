// A town's folder and its school on disk: made once, read again, papers renewed when they grow old.
#include "platform/town/school_founder.h"

#include <gtest/gtest.h>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "platform/machi/sample_people.h"

namespace machi::town {
namespace {

namespace fs = std::filesystem;
constexpr std::int64_t kDay = 86400;

class SchoolFounderTest : public testing::Test {
 protected:
  SchoolFounderTest() : entropy(crypto::Drbg::of_number(3)) {
    EXPECT_TRUE(crypto::ready());
    std::string name = (fs::temp_directory_path() / "machi-town-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    path = fs::path(name) / "town";
    sample = std::move(*sample::read_sample(sample::sample_json()));
    auto made = found_town(path, sample.town, entropy, now);
    EXPECT_TRUE(made.ok());
    folder.emplace(std::move(*made));
  }
  ~SchoolFounderTest() override {
    std::error_code ignored;
    fs::remove_all(path.parent_path(), ignored);
  }
  std::unique_ptr<SchoolFounder> open() {
    auto opened = SchoolFounder::open(*folder, entropy, now);
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().detail);
    EXPECT_TRUE((*opened)->found(sample.school, now).ok());
    EXPECT_TRUE((*opened)->issue_slips(now.plus_seconds(3 * kDay), now.plus_seconds(14 * kDay), now).ok());
    return std::move(*opened);
  }
  // As the directory has it now.
  std::optional<mail::Office> office_of(const SchoolFounder& school) const {
    mail::Trust trust(folder->town);
    hub::FolderFeed feed(folder->feed());
    EXPECT_TRUE(feed.head(now).ok());
    const auto delegations = feed.delegations();
    for (const auto& delegation : *delegations) EXPECT_TRUE(trust.admit(delegation).ok());
    std::optional<mail::Office> out;
    for (std::uint64_t number = 0;; ++number) {
      const auto bytes = feed.page(number, now);
      if (!bytes.ok()) return out;
      const auto items = mail::decode_page(*bytes);
      for (const auto& raw : items->items) {
        const auto item = mail::read_item(raw, trust, now);
        if (!item.ok() || item->type != "office") continue;
        auto office = mail::decode_office(item->content);
        if (office.ok() && office->mailbox == school.school()) out = std::move(*office);
      }
    }
  }
  static absence::PupilId first_pupil(const SchoolFounder& school) {
    return school.roll().pupils(school.roll().classes().front().id).front().record.pupil;
  }

  fs::path path;
  crypto::Drbg entropy;
  base::Instant now = base::instant_of(*base::Date::of(2026, 11, 24), {420});
  sample::SampleTown sample;
  std::optional<TownFolder> folder;
};

TEST_F(SchoolFounderTest, MakesATownOnlyOnce) {
  EXPECT_EQ(found_town(path, sample.town, entropy, now).code(), base::Code::Conflict);
  const auto again = open_town(path);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->town.id, folder->town.id);
  EXPECT_EQ(again->plan.name, "日和町");
  EXPECT_EQ(again->plan.closed_days, sample.town.closed_days);
  EXPECT_EQ(open_town(path / "elsewhere").code(), base::Code::NotFound);
}

TEST_F(SchoolFounderTest, KeepsSecretsFromOtherUsersOfTheMachine) {
  for (const char* name : {"keys/office.key", "hub/receipt.key", "root/root.key"})
    EXPECT_EQ(fs::status(path / name).permissions() & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none)
        << name;
}

TEST_F(SchoolFounderTest, FoundsTheSchoolOnceAndFindsItAgain) {
  mail::MailboxId school;
  {
    const auto founder = open();
    school = founder->school();
    EXPECT_EQ(founder->roll().classes().size(), 3u);
  }
  const auto founder = open();
  EXPECT_EQ(founder->school(), school);
  EXPECT_EQ(founder->roll().classes().size(), 3u);
}

TEST_F(SchoolFounderTest, GivesSlipsThatHoldAndRenewsThemBeforeTheyExpire) {
  base::Array<10> code{};
  {
    const auto founder = open();
    const auto slip = founder->slip_of(first_pupil(*founder));
    ASSERT_TRUE(slip.ok());
    code = slip->code;
    const auto cose = founder->signed_slip(*slip);
    ASSERT_TRUE(cose.ok());
    const auto office = office_of(*founder);
    ASSERT_TRUE(office);
    ASSERT_EQ(office->slip_keys.size(), 1u);
    const auto read = mail::read_slip(*cose, folder->town, *office, now);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->office, founder->school());
    EXPECT_EQ(read->office_name, "東小学校");
    EXPECT_EQ(read->code, code);
  }
  {
    const auto founder = open();
    EXPECT_EQ(founder->slip_of(first_pupil(*founder))->code, code);
  }
  now = now.plus_seconds(12 * kDay);
  const auto founder = open();
  EXPECT_NE(founder->slip_of(first_pupil(*founder))->code, code);
}

TEST_F(SchoolFounderTest, GivesTheSchoolAPenOfItsOwnAndANewOneBeforeItIsOld) {
  crypto::SignPublic first;
  {
    const auto founder = open();
    ASSERT_EQ(office_of(*founder)->slip_keys.size(), 1u);
    first = office_of(*founder)->slip_keys.front();
    EXPECT_EQ(crypto::sign_key(founder->roll().pen(now)->seed.clone()).open, first);
    EXPECT_NE(first, read_key(*folder, "office")->open) << "not the town's";
  }
  EXPECT_EQ(office_of(*open())->slip_keys, std::vector{first}) << "once";
  now = now.plus_seconds(380 * kDay);
  const auto founder = open();
  const auto keys = office_of(*founder)->slip_keys;
  ASSERT_EQ(keys.size(), 2u);
  EXPECT_EQ(keys.back(), first) << "slips of before are still good";
  EXPECT_EQ(crypto::sign_key(founder->roll().pen(now)->seed.clone()).open, keys.front());
}

TEST_F(SchoolFounderTest, KeepsAnInvitationUntilItGrowsOld) {
  const auto invite = [&](SchoolFounder& founder) {
    auto invitation = founder.invitation(now.plus_seconds(3 * kDay), now.plus_seconds(14 * kDay), now);
    EXPECT_TRUE(invitation.ok());
    return absence::invitation_fragment(*invitation);
  };
  std::string first;
  {
    const auto founder = open();
    first = invite(*founder);
    const auto read = absence::invitation_from_text("http://localhost:8082/#" + first);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->school, founder->school());
  }
  EXPECT_EQ(invite(*open()), first);
  now = now.plus_seconds(12 * kDay);
  EXPECT_NE(invite(*open()), first);
}

TEST_F(SchoolFounderTest, GivesTheOfficeAPaperKeyAndTheBoardAsSpareMembers) {
  const auto founder = open();
  const auto paper = founder->paper_key();
  ASSERT_TRUE(paper.ok());
  const auto board = read_board(*folder);
  ASSERT_TRUE(board.ok());
  const crypto::DeviceSeed sheet(mail::paper_seed(*paper));
  for (const auto& key : {sheet.posting(founder->school()).open, board->posting(founder->school()).open}) {
    const mail::Member* member = founder->access().find(key, now);
    ASSERT_NE(member, nullptr);
    EXPECT_EQ(member->rights, mail::kSpareRights);
    EXPECT_FALSE(member->to.has_value());
  }
}

TEST_F(SchoolFounderTest, IsSetUpWhenThePrintedPaperWasReadBackAndKeepsItNoLonger) {
  std::string printed;
  {
    const auto founder = open();
    printed = mail::print_paper(*founder->paper_key());
    EXPECT_FALSE(founder->is_set_up());
    EXPECT_EQ(founder->confirm_paper(mail::print_paper(mail::make_paper(entropy))).code(),
              base::Code::BadInput);
    EXPECT_FALSE(founder->is_set_up());
  }
  const auto founder = open();
  EXPECT_EQ(mail::print_paper(*founder->paper_key()), printed);
  EXPECT_TRUE(founder->confirm_paper(printed).ok());
  EXPECT_TRUE(founder->is_set_up());
  EXPECT_EQ(founder->paper_key().code(), base::Code::NotFound);
}

TEST_F(SchoolFounderTest, DoesNotWriteWhileTheHubRuns) {
  const auto lock = host::FileLock::take(folder->hub_lock());
  ASSERT_TRUE(lock.ok());
  EXPECT_EQ(SchoolFounder::open(*folder, entropy, now).code(), base::Code::Conflict);
}

}  // namespace
}  // namespace machi::town
