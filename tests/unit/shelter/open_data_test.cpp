// Lists of shelters: the files of real towns go in as they are, and whatever cannot be taken is named by
// line.
#include "core/shelter/open_data.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/host/file.h"
#include "platform/host/text_file.h"

namespace machi::shelter {
namespace {

using What = OpenTrouble::What;

OpenList file(const std::string& name, std::string* encoding = nullptr) {
  const auto bytes = host::read_file(std::string(MACHI_TEST_DATA) + "/shelter/" + name, 1u << 22);
  EXPECT_TRUE(bytes.ok()) << name;
  const host::TextFile text = host::read_text(*bytes);
  if (encoding) *encoding = text.encoding;
  return read_open_data(text.text);
}
bool says(const OpenList& list, int line, What what, int other = 0) {
  return std::any_of(list.troubles.begin(), list.troubles.end(), [&](const OpenTrouble& one) {
    return one.line == line && one.what == what && one.other == other;
  });
}
int not_taken(const OpenList& list) {
  return static_cast<int>(std::count_if(list.troubles.begin(), list.troubles.end(),
                                        [](const OpenTrouble& one) { return !one.taken(); }));
}

TEST(OpenData, TakesYaizusSheltersAsTheyAre) {
  const OpenList list = file("yaizu_hinanjo.csv");
  EXPECT_EQ(list.rows, 56);
  EXPECT_EQ(list.shelters.size(), 56u);
  EXPECT_EQ(not_taken(list), 0);
  const OpenShelter& first = list.shelters.front();
  EXPECT_EQ(first.name, "二区コミュニティ防災センター");
  EXPECT_EQ(first.kana, "にくこみにゅてぃぼうさいせんたー");
  EXPECT_EQ(first.place, "静岡県焼津市本町5-9-1");
  EXPECT_EQ(first.telephone, "(054)628-3359");
  EXPECT_EQ(first.code, "222127");
  EXPECT_NEAR(first.latitude.value_or(0), 34.86145068, 1e-9);
  EXPECT_NEAR(first.area.value_or(0), 475, 1e-9);
  EXPECT_FALSE(first.capacity);
  EXPECT_EQ(first.hazards, 1u << int(Hazard::Earthquake) | 1u << int(Hazard::Tsunami) |
                               1u << int(Hazard::Flood) | 1u << int(Hazard::StormSurge));
  // A dash for a telephone is none.
  EXPECT_EQ(list.shelters[53].telephone, "");
}

TEST(OpenData, TakesTheRecommendedColumnsOfEvacuationSpaces) {
  const OpenList list = file("yaizu_evacuation_space.csv");
  EXPECT_EQ(list.shelters.size(), static_cast<std::size_t>(list.rows));
  EXPECT_EQ(list.unknown, (std::vector<std::string>{"標高", "内線番号", "対象となる町会・自治会", "URL"}));
  EXPECT_EQ(list.shelters.front().name, "中港タワー");
  EXPECT_EQ(list.shelters.front().hazards, 1u << int(Hazard::Earthquake) | 1u << int(Hazard::Tsunami));
}

TEST(OpenData, TakesTheStandardColumnsAndFlagsAndCapacitiesOfNanao) {
  const OpenList list = file("nanao_reference.csv");
  EXPECT_EQ(not_taken(list), 0);
  EXPECT_EQ(list.shelters.size(), static_cast<std::size_t>(list.rows));
  EXPECT_EQ(list.shelters.front().id, "CC0000000504");
  EXPECT_EQ(list.shelters.front().code, "172022");
  EXPECT_EQ(list.shelters.front().capacity, 191);
  EXPECT_EQ(list.shelters[1].capacity, 1371) << "a comma between thousands, indoors first";
  EXPECT_TRUE(list.shelters.front().hazards & 1u << int(Hazard::Tsunami));
  EXPECT_FALSE(list.shelters.front().hazards & 1u << int(Hazard::Fire));
}

TEST(OpenData, TakesTheSheltersThatWereOpenAfterTheEarthquakeOfNoto) {
  const OpenList list = file("nanao_open_2024-01-09.csv");
  EXPECT_EQ(list.shelters.size(), static_cast<std::size_t>(list.rows));
  EXPECT_EQ(list.rows, 29);
}

TEST(OpenData, ReadsAByteOrderMarkAndFilesOfOtherKinds) {
  EXPECT_EQ(file("yaizu_first_aid.csv").shelters.size(), 4u);
  EXPECT_EQ(file("yaizu_tsunami_buildings.csv").shelters.size(), 125u);
}

TEST(OpenData, ReadsShiftJis) {
  std::string encoding;
  const OpenList other = file("yaizu_care_sites_sjis.csv", &encoding);
  EXPECT_EQ(encoding, "shift_jis");
  // No list of shelters: its name column is called 要配慮者利用施設名称.
  ASSERT_EQ(other.troubles.size(), 1u);
  EXPECT_EQ(other.troubles.front().what, What::NoNameColumn);
  EXPECT_TRUE(other.shelters.empty());
}

TEST(OpenData, NamesEveryBadRow) {
  const OpenList list = read_open_data(
      "名称,所在地_連結標記,緯度,経度,想定収容人数,災害種別_津波\n"
      "東小体育館,日和町東１－２,３４．８６,１３８．３,８１０人（2平方メートルあたり1人）,○\n"  // 2
      ",日和町西1,34.8,138.3,10,1\n"                                                            // 3
      "西公民館,日和町西2,,,五十人,1.0\n"                                                       // 4
      "東小体育館,日和町東1-2,34.86,138.3,810,\n"                                               // 5: the same
      "東小体育館,日和町北9,34.86,138.3,20,\n"    // 6: another place
      "南館,,138.3,34.8,20,たぶん\n"              // 7
      "北館,日和町北1,北緯三十四度,138.3,20,×\n"  // 8
      "\n"
      "壊れた\xEF\xBF\xBD館,日和町,34.8,138.3,1,\n"  // 10
      "最後,日和町,34.8,138.3,1,\"開いた引用符");    // 11
  EXPECT_EQ(list.rows, 9);
  ASSERT_EQ(list.shelters.size(), 5u);
  EXPECT_EQ(list.shelters[0].capacity, 810);
  EXPECT_NEAR(list.shelters[0].latitude.value_or(0), 34.86, 1e-9) << "full-width digits";
  EXPECT_EQ(list.shelters[0].hazards, 1u << int(Hazard::Tsunami));
  EXPECT_TRUE(says(list, 3, What::NoName));
  EXPECT_TRUE(says(list, 4, What::NoCoordinates));
  EXPECT_TRUE(says(list, 4, What::NotNumber));
  EXPECT_TRUE(says(list, 5, What::Twice, 2));
  EXPECT_TRUE(says(list, 6, What::SameName, 2));
  EXPECT_TRUE(says(list, 7, What::NoPlace));
  EXPECT_TRUE(says(list, 7, What::OutsideJapan)) << "latitude and longitude changed places";
  EXPECT_TRUE(says(list, 7, What::NotFlag));
  EXPECT_TRUE(says(list, 8, What::NotNumber));
  EXPECT_TRUE(says(list, 10, What::Unreadable));
  EXPECT_TRUE(says(list, 11, What::OpenQuote));
  EXPECT_EQ(not_taken(list), 4);
}

TEST(OpenData, SaysThatAnEmptyFileHasNoLines) {
  for (const std::string_view text : {"", "\n\n", "名称,住所\n"}) {
    const OpenList list = read_open_data(text);
    ASSERT_EQ(list.troubles.size(), 1u);
    EXPECT_EQ(list.troubles.front().what, What::NoLines);
  }
}

TEST(OpenData, PutsAnAddressTogetherFromItsParts) {
  const OpenList list = read_open_data(
      "施設・場所名\t所在地_都道府県\t所在地_市区町村\t所在地_町字\t所在地_番地以下\t建物名等(方書)\n"
      "みなみ集会所\t日和県\t日和町\t南\t3番地\t2階\n");
  ASSERT_EQ(list.shelters.size(), 1u);
  EXPECT_EQ(list.shelters.front().place, "日和県日和町南3番地 2階");
}

}  // namespace
}  // namespace machi::shelter
