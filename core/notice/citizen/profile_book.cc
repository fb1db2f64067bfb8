// Answers as texts, one row each; deleted rows are overwritten on the disk (secure_delete).
#include "core/notice/citizen/profile_book.h"

#include "core/base/text.h"

namespace machi::notice {

using base::Code;
using base::fail;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE notice_profile (name TEXT NOT NULL PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE notice_setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";
constexpr std::size_t kAnswers = 16;
constexpr std::size_t kAnswerSigns = 40;

std::vector<std::string> parts(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string one = base::trimmed(text.substr(0, comma));
    if (!one.empty()) out.push_back(std::move(one));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

// "2024-05" is all of that month.
Result<Birth> birth(const std::string& text, base::Date today) {
  if (text.size() == 7) {
    MACHI_TRY_SET(first, base::Date::parse(text + "-01"));
    const int year = first.month() == 12 ? first.year() + 1 : first.year();
    MACHI_TRY_SET(next, base::Date::of(year, first.month() == 12 ? 1 : first.month() + 1, 1));
    if (first > today) return fail(Code::DateOutOfRange, "birth");
    return Birth{first, next.plus(-1)};
  }
  MACHI_TRY_SET(day, base::Date::parse(text));
  if (day > today || day.year() < 1880) return fail(Code::DateOutOfRange, "birth");
  return Birth{day, day};
}

// "physical" or "physical:2"
Result<Handbook> handbook(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  if (kind != "physical" && kind != "intellectual" && kind != "mental") return fail(Code::BadInput, "kind");
  if (colon == std::string::npos) return Handbook{kind, std::nullopt};
  const std::string grade = text.substr(colon + 1);
  if (grade.size() != 1 || grade[0] < '1' || grade[0] > '7') return fail(Code::BadInput, "grade");
  return Handbook{kind, grade[0] - '0'};
}

// Reads one answer into a profile.
Status read(Question question, std::string_view answer, base::Date today, Profile& out) {
  const std::vector<std::string> values = parts(answer);
  if (values.size() > kAnswers) return fail(Code::TooMany, "answers");
  for (const std::string& one : values)
    if (base::count_code_points(one) > kAnswerSigns) return fail(Code::TooLarge, "answer");
  switch (question) {
    case Question::Districts:
      out.districts = values;
      return {};
    case Question::Roles:
      out.roles = values;
      return {};
    case Question::Languages:
      out.languages = values;
      return {};
    case Question::Children:
      out.children.emplace();
      for (const std::string& one : values) {
        MACHI_TRY_SET(of, birth(one, today));
        out.children->push_back(of);
      }
      return {};
    case Question::Birth: {
      if (values.size() != 1) return fail(Code::BadInput, "birth");
      MACHI_TRY_SET(own, birth(values[0], today));
      out.birth = own;
      return {};
    }
    case Question::Handbooks:
      out.handbooks.emplace();
      for (const std::string& one : values) {
        MACHI_TRY_SET(of, handbook(one));
        out.handbooks->push_back(of);
      }
      return {};
  }
  return {};
}

}  // namespace

std::string_view name_of(Question question) {
  constexpr std::string_view kNames[] = {"districts", "children", "birth", "handbooks", "roles", "languages"};
  return kNames[static_cast<std::size_t>(question)];
}

std::optional<Question> question_of(std::string_view name) {
  for (const Question one : kQuestions)
    if (name_of(one) == name) return one;
  return std::nullopt;
}

std::vector<store::Migration> ProfileBook::migrations() { return {{"notice.profile.1", kTables}}; }

std::optional<std::string> ProfileBook::answer(Question question) const {
  auto row = database_.prepare("SELECT answer FROM notice_profile WHERE name = ?");
  row.bind(name_of(question));
  const auto there = row.step();
  return there.ok() && *there ? std::optional(row.text(0)) : std::nullopt;
}

Status ProfileBook::tell(Question question, std::string_view answer, base::Date today) {
  Profile tried;
  MACHI_TRY(read(question, answer, today, tried));
  return database_.prepare("INSERT OR REPLACE INTO notice_profile VALUES (?, ?)")
      .bind(name_of(question))
      .bind(answer)
      .run();
}

Status ProfileBook::erase(Question question) {
  return database_.prepare("DELETE FROM notice_profile WHERE name = ?").bind(name_of(question)).run();
}

Status ProfileBook::erase_all() { return database_.prepare("DELETE FROM notice_profile").run(); }

Profile ProfileBook::profile(base::Date today) const {
  Profile out;
  for (const Question one : kQuestions)
    if (const auto told = answer(one)) {
      Profile with = out;
      if (read(one, *told, today, with).ok()) out = std::move(with);
    }
  return out;
}

std::string ProfileBook::setting(std::string_view name) const {
  auto row = database_.prepare("SELECT value FROM notice_setting WHERE name = ?");
  row.bind(name);
  const auto there = row.step();
  return there.ok() && *there ? row.text(0) : "";
}

Status ProfileBook::set(std::string_view name, std::string_view value) {
  return database_.prepare("INSERT OR REPLACE INTO notice_setting VALUES (?, ?)")
      .bind(name)
      .bind(value)
      .run();
}

}  // namespace machi::notice
