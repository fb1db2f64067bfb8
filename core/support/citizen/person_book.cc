// Small rows; deleted ones are overwritten on the disk (secure_delete).
#include "core/support/citizen/person_book.h"

#include <charconv>

#include "core/base/text.h"
#include "core/rules/date_text.h"

namespace machi::support {

using base::Code;
using base::Date;
using base::fail;
using base::Result;
using base::Status;
using rules::FactType;

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE support_person (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, shown INTEGER NOT "
    "NULL);"
    "CREATE TABLE support_answer (person INTEGER NOT NULL, fact TEXT NOT NULL, answer TEXT NOT NULL,"
    " PRIMARY KEY (person, fact)) WITHOUT ROWID;"
    "CREATE TABLE support_reminder (person INTEGER NOT NULL, what TEXT NOT NULL, day TEXT NOT NULL,"
    " PRIMARY KEY (person, what)) WITHOUT ROWID;"
    "CREATE TABLE support_card (person INTEGER NOT NULL, field TEXT NOT NULL, line TEXT NOT NULL,"
    " PRIMARY KEY (person, field)) WITHOUT ROWID;"
    "INSERT INTO support_person VALUES (1, '', 1);";

// "1,200,000" and "１２０万" are typed too; of these only signs and width are forgiven.
std::optional<std::int64_t> number_of(std::string_view typed) {
  std::string digits;
  for (const char sign : base::fold_width(base::trimmed(typed)))
    if (sign != ',' && sign != ' ') digits += sign;
  for (const std::string_view unit : {"円", "人", "歳", "番目"})
    if (digits.ends_with(unit)) digits.resize(digits.size() - unit.size());
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return out;
}

rules::Value value_of(const rules::Fact& fact, const std::string& answer, Date today) {
  const auto kept = answer == kNotKnown ? fail(Code::Missing, "") : answer_of(fact, answer, today);
  if (!kept.ok()) return std::nullopt;
  switch (fact.type) {
    case FactType::Truth:
      return answer == "yes" ? 1 : 0;
    case FactType::Number:
    case FactType::Yen:
      return number_of(answer);
    case FactType::Date:
      return Date::parse(*kept)->days;
    case FactType::Choice:
      for (std::size_t i = 0; i < fact.choices.size(); ++i)
        if (fact.choices[i].id == answer) return static_cast<std::int64_t>(i);
      break;
  }
  return std::nullopt;
}

}  // namespace

std::vector<store::Migration> PersonBook::migrations() { return {{"support.person.1", kTables}}; }

std::vector<Somebody> PersonBook::people() const {
  std::vector<Somebody> out;
  auto rows = database_.prepare("SELECT id, name FROM support_person ORDER BY id");
  for (auto there = rows.step(); there.ok() && *there; there = rows.step())
    out.push_back({rows.integer(0), rows.text(1)});
  if (out.empty()) out.push_back({1, ""});
  return out;
}

Somebody PersonBook::current() const {
  auto row = database_.prepare("SELECT id, name FROM support_person WHERE shown = 1");
  const auto there = row.step();
  if (there.ok() && *there) return {row.integer(0), row.text(1)};
  return people().front();
}

Status PersonBook::choose(std::int64_t person) {
  return database_.prepare("UPDATE support_person SET shown = (id = ?)").bind(person).run();
}

Status PersonBook::add(std::string_view name) {
  const auto all = people();
  if (all.size() >= kPeopleLimit) return fail(Code::TooMany, "people");
  const std::int64_t id = all.back().id + 1;
  MACHI_TRY(database_.prepare("INSERT INTO support_person VALUES (?, ?, 0)").bind(id).bind(name).run());
  return choose(id);
}

Status PersonBook::rename(std::int64_t person, std::string_view name) {
  return database_.prepare("UPDATE support_person SET name = ? WHERE id = ?").bind(name).bind(person).run();
}

Status PersonBook::erase(std::int64_t person) {
  const bool last = people().size() == 1;
  for (const char* sql :
       {"DELETE FROM support_answer WHERE person = ?", "DELETE FROM support_reminder WHERE person = ?",
        "DELETE FROM support_card WHERE person = ?"})
    MACHI_TRY(database_.prepare(sql).bind(person).run());
  if (last) return rename(person, "");
  MACHI_TRY(database_.prepare("DELETE FROM support_person WHERE id = ?").bind(person).run());
  return choose(people().front().id);
}

std::map<std::string, std::string> PersonBook::texts(std::string_view sql, std::int64_t person) const {
  std::map<std::string, std::string> out;
  auto rows = database_.prepare(sql);
  rows.bind(person);
  for (auto there = rows.step(); there.ok() && *there; there = rows.step()) out[rows.text(0)] = rows.text(1);
  return out;
}

std::map<std::string, std::string> PersonBook::answers(std::int64_t person) const {
  return texts("SELECT fact, answer FROM support_answer WHERE person = ?", person);
}

Status PersonBook::tell(std::int64_t person, std::string_view fact, std::string_view answer) {
  return database_.prepare("INSERT OR REPLACE INTO support_answer VALUES (?, ?, ?)")
      .bind(person)
      .bind(fact)
      .bind(answer)
      .run();
}

Status PersonBook::forget(std::int64_t person, std::string_view fact) {
  return database_.prepare("DELETE FROM support_answer WHERE person = ? AND fact = ?")
      .bind(person)
      .bind(fact)
      .run();
}

std::map<std::string, Date> PersonBook::reminders(std::int64_t person) const {
  std::map<std::string, Date> out;
  for (const auto& [what, day] : texts("SELECT what, day FROM support_reminder WHERE person = ?", person))
    if (const auto on = Date::parse(day); on.ok()) out[what] = *on;
  return out;
}

Status PersonBook::remind(std::int64_t person, std::string_view what, Date on) {
  return database_.prepare("INSERT OR REPLACE INTO support_reminder VALUES (?, ?, ?)")
      .bind(person)
      .bind(what)
      .bind(on.iso())
      .run();
}

Status PersonBook::drop_reminder(std::int64_t person, std::string_view what) {
  return database_.prepare("DELETE FROM support_reminder WHERE person = ? AND what = ?")
      .bind(person)
      .bind(what)
      .run();
}

std::map<std::string, std::string> PersonBook::card(std::int64_t person) const {
  return texts("SELECT field, line FROM support_card WHERE person = ?", person);
}

Status PersonBook::write_card(std::int64_t person, std::string_view field, std::string_view text) {
  if (text.empty())
    return database_.prepare("DELETE FROM support_card WHERE person = ? AND field = ?")
        .bind(person)
        .bind(field)
        .run();
  return database_.prepare("INSERT OR REPLACE INTO support_card VALUES (?, ?, ?)")
      .bind(person)
      .bind(field)
      .bind(text)
      .run();
}

rules::Person person_of(const rules::Pack& pack, const std::map<std::string, std::string>& answers,
                        Date today) {
  rules::Person out = rules::nobody(pack);
  for (const auto& [id, answer] : answers) {
    const int index = pack.fact_of(id);
    if (index < 0) continue;
    const rules::Fact& fact = pack.facts[static_cast<std::size_t>(index)];
    if (fact.derivation == rules::Derivation::Asked && !fact.each)
      out.facts[static_cast<std::size_t>(index)] = value_of(fact, answer, today);
  }
  return out;
}

Result<std::string> answer_of(const rules::Fact& fact, std::string_view typed, Date today) {
  const std::string text = base::trimmed(typed);
  switch (fact.type) {
    case FactType::Truth:
      if (text != "yes" && text != "no") return fail(Code::BadInput, "truth");
      return text;
    case FactType::Choice:
      for (const rules::Choice& one : fact.choices)
        if (one.id == text) return text;
      return fail(Code::BadInput, "choice");
    case FactType::Number:
    case FactType::Yen: {
      const auto number = number_of(text);
      if (!number) return fail(Code::BadInput, "number");
      if (*number < fact.least || *number > fact.most) return fail(Code::TooLarge, "number");
      return std::to_string(*number);
    }
    case FactType::Date: {
      if (fact.birth) {
        MACHI_TRY_SET(born, rules::parse_birth(text, today));
        return born.iso();
      }
      MACHI_TRY_SET(day, rules::parse_day(text));
      if (day.year() < 1900 || day.year() > 2200) return fail(Code::DateOutOfRange, "year");
      return day.iso();
    }
  }
  return fail(Code::BadInput, "fact");
}

}  // namespace machi::support
