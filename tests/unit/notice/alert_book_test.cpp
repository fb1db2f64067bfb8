// Messages in threads of one event: in whatever order, however often, with broken ones between them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "core/notice/alert/alert_book.h"
#include "platform/host/file.h"
#include "platform/host/xml/xml_reader.h"

namespace machi::notice {
namespace {

const Instant kNow = Instant::from_seconds(1795500000);

Result<Alert> read(ByteView bytes) {
  static const AlertMeanings kMeanings = [] {
    const auto csv = host::read_file(MACHI_SOURCE_DIR "/assets/alerts/jma.csv", 1 << 20);
    return *AlertMeanings::read(base::text_view(*csv));
  }();
  MACHI_TRY_SET(root, host::read_xml(bytes));
  return read_alert(root, kMeanings);
}

std::string cap(const std::string& id, const std::string& sent, const std::string& type,
                const std::string& refers = "", const std::string& status = "Actual") {
  return "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>" + id +
         "</identifier><sender>town</sender><sent>2026-11-24T" + sent + ":00+09:00</sent><status>" + status +
         "</status><msgType>" + type + "</msgType><scope>Public</scope>" +
         (refers.empty() ? "" : "<references>town," + refers + ",2026-11-24T00:00:00+09:00</references>") +
         "<info><category>Met</category><event>Flood " + id +
         "</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty></"
         "info></alert>";
}

struct Desk {
  std::unique_ptr<store::Database> database = *store::Database::open({});
  AlertBook book = *AlertBook::open(*database);
  AlertBook::Taken take(std::string_view xml) {
    return *book.take(base::view(xml), read(base::view(xml)), kNow);
  }
  std::string told() const {
    std::string out;
    const auto events = book.events();
    for (const AlertEvent& one : *events)
      out += one.thread + " " + std::string(name_of(one.status)) + " " + one.title + " " +
             std::to_string(static_cast<int>(one.state)) + " of " + std::to_string(one.messages) + "\n";
    return out;
  }
};

TEST(AlertBook, ThreadsUpdatesAndCancellationsInAnyOrder) {
  std::vector<std::string> messages = {cap("a", "09:00", "Alert"),
                                       cap("b", "10:00", "Update", "a"),
                                       cap("c", "11:00", "Update", "b"),
                                       cap("x", "09:30", "Alert"),
                                       cap("y", "09:40", "Cancel", "x"),
                                       cap("a2", "09:10", "Alert", "", "Exercise"),
                                       cap("b2", "12:00", "Update", "a", "Exercise"),
                                       "<broken",
                                       "<feed xmlns='http://www.w3.org/2005/Atom'/>"};
  std::string expected;
  std::mt19937 chance(7);
  for (int round = 0; round < 30; ++round) {
    Desk desk;
    for (const std::string& one : messages) desk.take(one);
    for (const std::string& one : messages) EXPECT_EQ(desk.take(one), AlertBook::Taken::Duplicate);
    if (expected.empty()) expected = desk.told();
    EXPECT_EQ(desk.told(), expected);
    EXPECT_EQ(desk.book.refused()->size(), 2u);
    std::shuffle(messages.begin(), messages.end(), chance);
  }
  EXPECT_NE(expected.find("cap/town,a actual Flood c 0 of 3\n"), std::string::npos) << expected;
  EXPECT_NE(expected.find("cap/town,x actual Flood y 2 of 2\n"), std::string::npos) << expected;
  EXPECT_NE(expected.find("exercise"), std::string::npos);
}

TEST(AlertBook, SaysWhetherAMessageIsNewJoinsOrWasThere) {
  Desk desk;
  EXPECT_EQ(desk.take(cap("a", "09:00", "Alert")), AlertBook::Taken::Event);
  EXPECT_EQ(desk.take(cap("b", "10:00", "Update", "a")), AlertBook::Taken::Joined);
  EXPECT_EQ(desk.take(cap("a", "09:00", "Alert") + "\n"), AlertBook::Taken::Duplicate);  // other bytes
  EXPECT_EQ(desk.take("no XML"), AlertBook::Taken::Refused);
  EXPECT_EQ(desk.take("no XML"), AlertBook::Taken::Duplicate);
  EXPECT_EQ(desk.take(cap("z", "10:00", "Alert")), AlertBook::Taken::Event);
  EXPECT_NE(desk.book.refused()->at(0).why.find("line 1"), std::string::npos);
  // An exercise that refers to a real message does not join it.
  EXPECT_EQ(desk.take(cap("e", "11:00", "Update", "a", "Exercise")), AlertBook::Taken::Event);
}

TEST(AlertBook, HoldsEveryTelegramOfTheAgencyAndNeverTakesAnExerciseForReal) {
  Desk desk;
  int taken = 0;
  for (const auto& entry : std::filesystem::directory_iterator(MACHI_TEST_DATA "/alerts/jma_seismic")) {
    const auto bytes = host::read_file(entry.path(), host::kXmlLimit);
    ASSERT_TRUE(bytes.ok());
    const auto result = desk.book.take(*bytes, read(*bytes), kNow);
    ASSERT_TRUE(result.ok());
    taken += *result == AlertBook::Taken::Event || *result == AlertBook::Taken::Joined ? 1 : 0;
  }
  const auto events = desk.book.events();
  ASSERT_TRUE(events.ok());
  int messages = 0;
  for (const AlertEvent& one : *events) messages += one.messages;
  EXPECT_EQ(messages, taken);
  EXPECT_LT(events->size(), static_cast<std::size_t>(taken));  // some are of one earthquake
}

}  // namespace
}  // namespace machi::notice
