// A town's phones follow the notices over a network that loses, cuts and serves what is old, while the town
// publishes, corrects and withdraws. What must hold, whatever happened on the way: once a phone could look in
// peace, it shows exactly the notices in force that concern its owner - as a plain rule says, not the segment
// language - and holds no word of what was put aside; and all phones asked for the same files.
#include <algorithm>
#include <random>

#include "tests/seeds.h"
#include "tests/unit/notice/feed_town.h"

namespace machi::notice {
namespace {

using test::kNow;
using test::Phone;
using test::Town;

struct Owner {
  int district = 0;
  int child_months = -1;  // of the one child, on the last day; -1: none
  bool carer = false;
};
struct Said {
  std::uint64_t serial = 0;
  std::string title;
  int kind = 0;  // to whom: see concerns
  bool withdrawn = false;
};
constexpr int kKinds = 5;

std::string segment_of(int kind) {
  const char* const segments[kKinds] = {"", "district 1, 2", "child 6m..3y", "child any and not district 3",
                                        "role carer or (district 0 and child ..5m)"};
  return segments[kind];
}
// The same in plain words.
bool concerns(int kind, const Owner& one) {
  switch (kind) {
    case 0:
      return true;
    case 1:
      return one.district == 1 || one.district == 2;
    case 2:
      return one.child_months >= 6 && one.child_months < 48;
    case 3:
      return one.child_months >= 0 && one.district != 3;
    default:
      return one.carer || (one.district == 0 && one.child_months >= 0 && one.child_months < 6);
  }
}

Profile profile_of(const Owner& one) {
  Profile out;
  out.districts = {std::to_string(one.district)};
  out.roles = one.carer ? std::vector<std::string>{"carer"} : std::vector<std::string>{};
  out.children.emplace();
  if (one.child_months >= 0) {
    // The fifteenth of that month: kNow is a twenty-fourth, so as many whole months have gone by.
    const int month = base::date_of(kNow).year() * 12 + base::date_of(kNow).month() - 1 - one.child_months;
    const auto birth = *base::Date::of(month / 12, month % 12 + 1, 15);
    out.children->push_back(Birth{birth, birth});
  }
  return out;
}

void town_of(std::uint64_t seed, int phones) {
  std::mt19937_64 chance(seed);
  const auto one_in = [&](std::uint64_t n) { return chance() % n == 0; };
  Town town;
  town.write();
  std::vector<Said> all;
  std::vector<std::string> put_aside;
  std::vector<Owner> owners;
  std::vector<std::unique_ptr<Phone>> pockets;
  for (int i = 0; i < phones; ++i) {
    owners.push_back({static_cast<int>(chance() % 5), static_cast<int>(chance() % 70) - 10, one_in(4)});
    owners.back().child_months = std::max(owners.back().child_months, -1);
    pockets.push_back(std::make_unique<Phone>(town));
  }
  Town before = town;
  for (int round = 0; round < 12; ++round) {
    before = town;
    town.at = town.at.plus_seconds(60);
    for (int i = 0; i < 4; ++i) {
      const auto choose = [&]() -> Said& { return all[chance() % all.size()]; };
      const std::string title = "知らせ" + std::to_string(town.serial);
      if (all.empty() || !one_in(3)) {
        const int kind = static_cast<int>(chance() % kKinds);
        all.push_back({town.publish(title, segment_of(kind)), title, kind});
      } else if (Said& said = choose(); !said.withdrawn) {
        put_aside.push_back(said.title);
        town.forget(said.title);
        if (one_in(2)) {
          town.withdraw(said.serial);
          said.withdrawn = true;
        } else {
          NoticeHeader header;
          header.act = NoticeAct::Correct;
          header.of = said.serial;
          header.segment = segment_of(said.kind);
          town.say(header, title);
          said.title = title;
        }
      }
    }
    town.write();
    for (auto& phone : pockets) {
      if (one_in(3)) continue;  // asleep
      Town seen = one_in(6) ? before : town;
      if (one_in(4)) {  // a file is lost, cut or changed on the way
        auto file = seen.files.begin();
        std::advance(file, static_cast<std::ptrdiff_t>(chance() % seen.files.size()));
        if (one_in(2))
          file->second.resize(chance() % (file->second.size() + 1));
        else if (!file->second.empty())
          file->second[chance() % file->second.size()] ^= 1;
      }
      static_cast<void>(phone->follow(seen));
    }
  }
  town.at = town.at.plus_seconds(60);
  town.publish("最後の知らせ");
  all.push_back({town.serial - 1, "最後の知らせ", 0});
  town.write();
  EXPECT_TRUE(town.verified(town.at).problems.empty());
  for (int i = 0; i < phones; ++i) {
    Phone& phone = *pockets[static_cast<std::size_t>(i)];
    const Owner& owner = owners[static_cast<std::size_t>(i)];
    ASSERT_TRUE(phone.follow(town).ok()) << "phone " << i;
    std::vector<std::string> expected;
    for (const Said& said : all)
      if (!said.withdrawn && concerns(said.kind, owner)) expected.push_back(said.title);
    std::vector<std::string> shown = phone.titles(profile_of(owner), town.at);
    std::sort(expected.begin(), expected.end());
    std::sort(shown.begin(), shown.end());
    ASSERT_EQ(shown, expected) << "phone " << i;
    // As CBOR writes a short text: its length first, so that 知らせ1 is not found in 知らせ12.
    for (const std::string& title : put_aside) {
      ASSERT_FALSE(phone.holds(std::string(1, static_cast<char>(0x60 + title.size())) + title)) << title;
    }
  }
  // What a phone asks for after the same look is the same, whoever owns it.
  town.at = town.at.plus_seconds(60);
  town.publish("もう一つ", segment_of(2));
  town.write();
  for (auto& phone : pockets) {
    ASSERT_TRUE(phone->follow(town).ok());
    ASSERT_EQ(phone->asked, pockets[0]->asked);
  }
}

TEST(NoticeSimulation, EveryPhoneEndsWithExactlyWhatConcernsItsOwner) {
  const int phones = static_cast<int>(number_from("MACHIKADO_PHONES", 12));
  for_seeds(1, 4, [&](std::uint64_t seed) { town_of(seed, phones); });
}

}  // namespace
}  // namespace machi::notice
