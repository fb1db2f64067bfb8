// Reading and completing the sample's people. Ids and everything that is drawn come from a number that never
// changes.
#include "platform/machi/sample_people.h"

#include <algorithm>
#include <set>

#include "core/crypto/drbg.h"
#include "core/screen/json.h"

namespace machi::sample {
namespace {

using absence::PupilRecord;
using base::Code;
using base::Date;
using base::fail;
using base::Result;
using base::Status;
using screen::JsonView;

constexpr std::uint64_t kNumber = 20261124;
constexpr int kFirstGradeBorn =
    2019;  // April of the year in which the first grade of school year 2026 was born

std::string text_of(const JsonView& view, std::string_view name) {
  const auto found = view.find(name);
  return found ? found->text().value_or("") : "";
}

class People {
 public:
  explicit People(JsonView root) : root_(root) {}

  Result<std::vector<Date>> closed_days() const {
    std::vector<Date> out;
    const auto list = root_.find("closedDays");
    for (std::size_t i = 0; list && i < list->size(); ++i) {
      const std::string text = list->at(i).text().value_or("");
      const auto dots = text.find("..");
      MACHI_TRY_SET(first, Date::parse(text.substr(0, dots)));
      Date last = first;
      if (dots != std::string::npos) {
        MACHI_TRY_SET(end, Date::parse(text.substr(dots + 2)));
        last = end;
      }
      for (Date day = first; day <= last; day = day.plus(1))
        if (day.weekday() < base::Weekday::Saturday) out.push_back(day);
    }
    return out;
  }

  Result<std::vector<absence::Roll>> classes() {
    std::vector<absence::Roll> out;
    const auto school = root_.find("school");
    const auto list = school ? school->find("classes") : std::nullopt;
    if (!list) return fail(Code::BadInput, "classes");
    for (std::size_t i = 0; i < list->size(); ++i) {
      MACHI_TRY_SET(one, read_class(list->at(i)));
      out.push_back(std::move(one));
    }
    return out;
  }

 private:
  Result<absence::Roll> read_class(JsonView view) {
    absence::Roll roll;
    roll.id = entropy_.id<absence::ClassTag>();
    const auto grade = view.find("grade");
    roll.grade = grade ? static_cast<int>(grade->integer().value_or(0)) : 0;
    roll.name = text_of(view, "name");
    roll.teacher = text_of(view, "teacher");
    if (roll.grade < 1 || roll.grade > 6) return fail(Code::BadInput, "grade");
    const auto written = view.find("pupils");
    for (std::size_t i = 0; written && i < written->size(); ++i) {
      const JsonView pupil = written->at(i);
      MACHI_TRY_SET(birth, Date::parse(text_of(pupil, "birth")));
      add(roll, text_of(pupil, "name"), text_of(pupil, "reading"), birth, text_of(pupil, "telephone"));
    }
    const auto size = root_.find("pupilsInAClass");
    MACHI_TRY(fill(roll, size ? static_cast<std::size_t>(size->integer().value_or(0)) : 0));
    // The register's order is the order of readings.
    std::stable_sort(roll.pupils.begin(), roll.pupils.end(),
                     [](const PupilRecord& a, const PupilRecord& b) { return a.reading < b.reading; });
    for (std::size_t i = 0; i < roll.pupils.size(); ++i) roll.pupils[i].number = static_cast<int>(i) + 1;
    return roll;
  }

  Status fill(absence::Roll& roll, std::size_t size) {
    const auto families = root_.find("families");
    const auto given = root_.find("given");
    if (!families || !given || families->size() == 0 || given->size() == 0)
      return fail(Code::BadInput, "names");
    for (int tries = 0; roll.pupils.size() < size; ++tries) {
      if (tries > 10000) return fail(Code::BadInput, "too few names");
      const JsonView family = families->at(draw(families->size()));
      const JsonView name = given->at(draw(given->size()));
      if (family.size() != 2 || name.size() != 2) return fail(Code::BadInput, "names");
      const std::string whole = family.at(0).text().value_or("") + " " + name.at(0).text().value_or("");
      if (!taken_.insert(whole).second) continue;
      MACHI_TRY_SET(april, Date::of(kFirstGradeBorn - roll.grade + 1, 4, 2));
      std::string digits = std::to_string(draw(1000000));
      digits.insert(0, 6 - digits.size(), '0');
      add(roll, whole, family.at(1).text().value_or("") + " " + name.at(1).text().value_or(""),
          april.plus(static_cast<int>(draw(365))), "0000" + digits);
    }
    return {};
  }

  void add(absence::Roll& roll, std::string name, std::string reading, Date birth, std::string telephone) {
    taken_.insert(name);
    roll.pupils.push_back({entropy_.id<absence::PupilTag>(),
                           0,
                           std::move(name),
                           std::move(reading),
                           birth,
                           {std::move(telephone)}});
  }

  std::size_t draw(std::size_t below) {
    base::Array<8> raw{};
    entropy_.fill(raw);
    std::uint64_t number = 0;
    for (std::uint8_t byte : raw) number = number << 8 | byte;
    return static_cast<std::size_t>(number % below);
  }

  JsonView root_;
  crypto::Drbg entropy_ = crypto::Drbg::of_number(kNumber);
  std::set<std::string> taken_;
};

}  // namespace

Result<SampleTown> read_sample(std::string_view text) {
  MACHI_TRY_SET(json, screen::Json::parse(text));
  const auto school = json.root().find("school");
  if (!school) return fail(Code::BadInput, "school");
  People people(json.root());
  SampleTown out;
  out.town.name = text_of(json.root(), "name");
  MACHI_TRY_SET(closed, people.closed_days());
  out.town.closed_days = std::move(closed);
  out.school.name = text_of(*school, "name");
  out.school.telephone = text_of(*school, "telephone");
  MACHI_TRY_SET(please_call, base::TimeOfDay::parse(text_of(*school, "pleaseCall")));
  out.school.please_call = please_call;
  MACHI_TRY_SET(starts, base::TimeOfDay::parse(text_of(*school, "starts")));
  out.school.starts = starts;
  MACHI_TRY_SET(classes, people.classes());
  out.school.classes = std::move(classes);
  const auto board = json.root().find("board");
  if (!board) return fail(Code::BadInput, "board");
  out.board.kind = "board";
  out.board.name = text_of(*board, "name");
  out.board.telephone = text_of(*board, "telephone");
  const auto shelter = json.root().find("shelter");
  if (!shelter) return fail(Code::BadInput, "shelter");
  out.shelter.kind = "shelter";
  out.shelter.name = text_of(*shelter, "name");
  out.shelter.telephone = text_of(*shelter, "telephone");
  const auto care = json.root().find("care");
  for (std::size_t i = 0; care && i < care->size(); ++i) {
    town::SchoolPlan office;
    office.kind = text_of(care->at(i), "kind");
    office.name = text_of(care->at(i), "name");
    office.telephone = text_of(care->at(i), "telephone");
    out.care.push_back(std::move(office));
  }
  out.try_as = text_of(json.root(), "tryAs");
  return out;
}

}  // namespace machi::sample
