// The sample town's people and papers.
#include <gtest/gtest.h>
#include <png.h>

#include <set>

#include "core/base/text.h"
#include "core/code/qr.h"
#include "platform/machi/sample_people.h"
#include "platform/machi/slip_paper.h"

namespace machi::sample {
namespace {

TEST(SampleTown, HasThreeClassesOfThirtyDifferentPupils) {
  const auto sample = read_sample(sample_json());
  ASSERT_TRUE(sample.ok()) << sample.error().detail;
  ASSERT_EQ(sample->school.classes.size(), 3u);
  std::set<absence::PupilId> ids;
  std::set<std::string> names;
  for (const absence::Roll& one : sample->school.classes) {
    ASSERT_EQ(one.pupils.size(), 30u);
    for (const absence::PupilRecord& pupil : one.pupils) {
      ids.insert(pupil.pupil);
      names.insert(pupil.name);
      ASSERT_EQ(pupil.telephones.size(), 1u);
      EXPECT_TRUE(pupil.telephones[0].starts_with("0000")) << "a number that might be somebody's";
      EXPECT_EQ(base::phone_digits(pupil.telephones[0]).ok(), true) << pupil.telephones[0];
      // Born in the school year of the grade: 2 April to 1 April.
      EXPECT_EQ(pupil.birth.plus(-1).school_year(), 2019 - one.grade + 1)
          << pupil.name << " " << pupil.birth.iso();
    }
    // What is sent crosses the reader's rules.
    EXPECT_TRUE(absence::decode_roll(absence::encode(one)).ok());
  }
  EXPECT_EQ(ids.size(), 90u);
  EXPECT_EQ(names.size(), 90u);
  EXPECT_TRUE(names.contains(sample->try_as));
  EXPECT_TRUE(names.contains("マリア・サントス"));
  EXPECT_TRUE(names.contains("𠮷岡 そら"));
}

TEST(SampleTown, IsTheSameWheneverItIsRead) {
  const auto first = read_sample(sample_json());
  const auto second = read_sample(sample_json());
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(code::encode(absence::encode(first->school.classes[i])),
              code::encode(absence::encode(second->school.classes[i])));
}

TEST(SampleTown, IsClosedOnHolidaysAndInTheHolidays) {
  const auto sample = read_sample(sample_json());
  const std::set<base::Date> closed(sample->town.closed_days.begin(), sample->town.closed_days.end());
  EXPECT_TRUE(closed.contains(*base::Date::of(2026, 11, 23)));
  EXPECT_TRUE(closed.contains(*base::Date::of(2027, 1, 1)));
  EXPECT_FALSE(closed.contains(*base::Date::of(2026, 11, 24)));
  EXPECT_LT(closed.size(), 500u) << "more than an answer to a phone may carry";
}

TEST(SlipPaper, IsReadBackFromItsPicture) {
  const std::string link = "https://app.example/#s=eNoBpABb_9KEWB2jAScESCqd3fA";
  const auto png = slip_png(link, 4);
  ASSERT_TRUE(png.ok());
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  ASSERT_NE(png_image_begin_read_from_memory(&image, png->data(), png->size()), 0);
  image.format = PNG_FORMAT_GRAY;
  base::Bytes pixels(PNG_IMAGE_SIZE(image));
  ASSERT_NE(png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr), 0);
  const auto text = code::read_qr(pixels, static_cast<int>(image.width), static_cast<int>(image.height));
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, link);
}

TEST(SlipPaper, LetsNoNameBecomeMarkup) {
  const auto page = slip_page({"東小学校", "0000-12-3456", "3年1組 <b>&\"", "https://app.example/#s=x",
                               "AAAA", *base::Date::of(2026, 12, 5)});
  ASSERT_TRUE(page.ok());
  EXPECT_NE(page->find("3年1組 &lt;b&gt;&amp;&quot;さん"), std::string::npos);
  EXPECT_NE(page->find("12月5日（土）まで"), std::string::npos);
}

}  // namespace
}  // namespace machi::sample
