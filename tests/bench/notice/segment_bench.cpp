// A year of 1,500 notices with segments against one profile: read and matched by the phone's own code, and
// beside it SQLite making the same selection from tables in the same run. Medians as one JSON object; exit
// code 1 past 20 ms, or when the two do not choose the same notices.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "core/notice/segment/match.h"
#include "core/store/database.h"

namespace {

using namespace machi;

template <class Work>
double median_ms(int runs, Work work) {
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
  return times[static_cast<std::size_t>(runs / 2)];
}

constexpr int kNotices = 1500;

}  // namespace

int main() {
  const base::Date today = *base::Date::parse("2026-11-24");
  const auto birth = *base::Date::parse("2024-05-10");
  notice::Profile profile;
  profile.districts = {"3"};
  profile.children = {notice::Birth{birth, birth}};
  profile.roles = {"carer"};
  const std::int64_t months = 30;

  auto database = store::Database::open({});
  if (!database.ok()) return 1;
  store::Database& db = **database;
  if (!db.execute(
             "create table notice(id integer primary key, least integer, most integer, role text);"
             "create table notice_district(notice integer, district text, primary key(notice, district)) "
             "without rowid;")
           .ok())
    return 1;
  std::vector<std::string> texts;
  store::Transaction transaction(db);
  for (int i = 0; i < kNotices; ++i) {
    const int least = i % 48, most = least + 6 + i % 30;
    const std::string first = std::to_string(i % 12), second = std::to_string((i * 7 + 5) % 12);
    const std::string role = i % 3 == 0 ? "carer" : "business";
    std::string districts = first;
    if (second != first) districts += ", " + second;
    texts.push_back("(child " + std::to_string(least) + "m.." + std::to_string(most) + "m or role " + role +
                    ") and district " + districts);
    auto row = db.prepare("insert into notice values(?,?,?,?)");
    if (!row.bind(i).bind(least).bind(most).bind(role).run().ok()) return 1;
    for (const std::string& one : {first, second})
      if (!db.prepare("insert or ignore into notice_district values(?,?)").bind(i).bind(one).run().ok())
        return 1;
  }
  if (!transaction.commit().ok()) return 1;

  std::vector<int> mine, theirs;
  const double own = median_ms(21, [&] {
    mine.clear();
    const notice::Matcher matcher(profile, today);
    for (int i = 0; i < kNotices; ++i) {
      const auto segment = notice::parse_segment(texts[static_cast<std::size_t>(i)]);
      if (segment.ok() && matcher.match(*segment) == rules::Truth::Yes) mine.push_back(i);
    }
  });
  std::vector<notice::Segment> read;
  for (const std::string& text : texts) read.push_back(*notice::parse_segment(text));
  const double matched = median_ms(21, [&] {
    const notice::Matcher matcher(profile, today);
    int yes = 0;
    for (const notice::Segment& segment : read) yes += matcher.match(segment) == rules::Truth::Yes ? 1 : 0;
    if (yes != static_cast<int>(mine.size())) std::abort();
  });
  const double sqlite = median_ms(21, [&] {
    theirs.clear();
    auto rows = db.prepare(
        "select id from notice where (?1 between least and most or role='carer') and exists(select 1 from "
        "notice_district where notice=id and district='3') order by id");
    rows.bind(months);
    for (auto row = rows.step(); row.ok() && *row; row = rows.step())
      theirs.push_back(static_cast<int>(rows.integer(0)));
  });
  const bool held = own < 20 && mine == theirs;
  std::printf(
      "{\"notices\": %d, \"chosen\": %zu, \"readAndMatchedMs\": %.3f, \"matchedMs\": %.3f, \"sqliteMs\": "
      "%.3f, \"ratioToSqlite\": %.2f, \"limitMs\": 20, \"same\": %s, \"verdict\": \"%s\"}\n",
      kNotices, mine.size(), own, matched, sqlite, own / sqlite, mine == theirs ? "true" : "false",
      held ? "held" : "NOT HELD");
  return held ? 0 : 1;
}
