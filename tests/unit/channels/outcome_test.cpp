// What becomes of a message by its answer, and how long it waits.
#include "platform/channels/outcome.h"

#include <gtest/gtest.h>

using namespace machi;
using channels::Fate;
using channels::outcome_of;

namespace {

constexpr base::Instant kNow{784'111'777'000};  // 1994-11-06T08:49:37Z

TEST(Outcome, IsSentForEveryTwoHundred) {
  for (const int status : {200, 201, 202, 204}) EXPECT_EQ(outcome_of(status, "", 0, kNow).fate, Fate::Sent);
}

TEST(Outcome, IsGoneForWhatIsNoMore) {
  EXPECT_EQ(outcome_of(404, "", 0, kNow).fate, Fate::Gone);
  EXPECT_EQ(outcome_of(410, "", 0, kNow).fate, Fate::Gone);
}

TEST(Outcome, IsNeverForAMessageThatTheServiceWillNotTake) {
  for (const int status : {301, 400, 401, 403, 413})
    EXPECT_EQ(outcome_of(status, "", 0, kNow).fate, Fate::Never);
}

TEST(Outcome, WaitsTwiceAsLongEachTimeAndAnHourAtMost) {
  std::int64_t last = 0;
  for (int tries = 0; tries < 20; ++tries) {
    const auto outcome = outcome_of(503, "", tries, kNow);
    ASSERT_EQ(outcome.fate, Fate::Later);
    const std::int64_t wait = outcome.again.seconds() - kNow.seconds();
    EXPECT_EQ(wait, std::min<std::int64_t>(3600, last == 0 ? 30 : last * 2)) << tries;
    last = wait;
  }
}

TEST(Outcome, WaitsAsLongAsTheServiceAsksIfThatIsLonger) {
  EXPECT_EQ(outcome_of(429, "120", 0, kNow).again, kNow.plus_seconds(120));
  EXPECT_EQ(outcome_of(429, "1", 0, kNow).again, kNow.plus_seconds(30));
  EXPECT_EQ(outcome_of(503, "Sun, 06 Nov 1994 08:59:37 GMT", 0, kNow).again, kNow.plus_seconds(600));
  EXPECT_EQ(outcome_of(0, "", 0, kNow).fate, Fate::Later);
}

TEST(RetryAfter, IsReadAsSecondsOrAsADateAndNeverTrustedBeyondADay) {
  EXPECT_EQ(channels::seconds_of_retry("999999999", kNow), 86400);
  EXPECT_EQ(channels::seconds_of_retry("Sun, 06 Nov 1994 08:49:37 GMT", kNow), 0);
  EXPECT_EQ(channels::seconds_of_retry("Fri, 06 Nov 2099 08:49:37 GMT", kNow), 86400);
  for (const char* bad :
       {"", "-1", "soon", "1.5", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 36 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 28:49:37 GMT", "99999999999999999999"})
    EXPECT_FALSE(channels::seconds_of_retry(bad, kNow).has_value()) << bad;
}

}  // namespace
