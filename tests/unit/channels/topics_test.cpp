// Coarse topics: what is written, what is refused, and which notice is told to whom.
#include "core/notice/channel/topics.h"

#include <gtest/gtest.h>

using namespace machi;
using notice::Importance;
using notice::read_topics;
using notice::topic_for;

namespace {

notice::NoticeHeader header(std::string segment, Importance importance = Importance::Normal,
                            std::string theme = "") {
  notice::NoticeHeader out;
  out.segment = std::move(segment);
  out.importance = importance;
  out.theme = std::move(theme);
  return out;
}

notice::Topics wants(std::string_view text) {
  const auto read = read_topics(text);
  EXPECT_TRUE(read.ok()) << text;
  return read.ok() ? *read : notice::Topics{};
}

const base::Date kToday = base::Date::of(2026, 11, 24).value();

TEST(Topics, AreWrittenInOneOrder) {
  EXPECT_EQ(notice::topics_text(wants("district:3,disaster,all,child")), "all,child,disaster,district:3");
  EXPECT_EQ(notice::topics_text(wants("district:北町")), "district:北町");
  EXPECT_TRUE(wants("").none());
}

TEST(Topics, AreRefusedWhereTheySayMoreThanTheFourWords) {
  for (const char* bad : {"disability", "all,", ",all", "district:", "district:3:4", "all child",
                          "district:a b", "district:\"", "district:\x01", "district:\xff", "birth:2024-05"})
    EXPECT_FALSE(read_topics(bad).ok()) << bad;
  EXPECT_EQ(read_topics("district:" + std::string(21, 'x')).code(), base::Code::TooLarge);
  EXPECT_EQ(read_topics(std::string(201, 'a')).code(), base::Code::TooLarge);
}

TEST(Topics, TellAnEmergencyToWhoeverAskedForDisasters) {
  const auto grave = header("district 3", Importance::Emergency);
  EXPECT_EQ(topic_for(wants("disaster"), grave, kToday), "disaster");
  EXPECT_EQ(topic_for(wants("all"), grave, kToday), "all");
  EXPECT_EQ(topic_for(wants("child"), grave, kToday), "");
}

TEST(Topics, TellADistrictWhatADistrictAloneDecides) {
  EXPECT_EQ(topic_for(wants("district:3"), header("district 3, 4"), kToday), "district");
  EXPECT_EQ(topic_for(wants("district:5"), header("district 3, 4"), kToday), "");
  // It needs a child's age too: the app shows it, no channel tells it.
  EXPECT_EQ(topic_for(wants("all,child,district:3"), header("district 3 and child 6m..3y"), kToday), "");
}

TEST(Topics, TellEverybodyWhatIsForEverybody) {
  EXPECT_EQ(topic_for(wants("all"), header(""), kToday), "all");
  EXPECT_EQ(topic_for(wants("all"), header("handbook any"), kToday), "");
  EXPECT_EQ(topic_for(wants("child"), header("", Importance::Normal, "child"), kToday), "child");
  EXPECT_EQ(topic_for(wants("child"), header(""), kToday), "");
  EXPECT_EQ(topic_for(wants("disaster"), header("", Importance::Important), kToday), "");
}

}  // namespace
