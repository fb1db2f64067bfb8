// The roster. The file is the office's own and has everybody who is there; the paper may hang on a wall, and
// names those alone whose relatives may be told - the others are a number.
#include "core/base/csv.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

constexpr std::size_t kEverybody = 100'000;

Result<std::vector<StayLine>> present(const DeskView& view, const ShelterId& shelter) {
  StayBook::Filter filter;
  filter.shelter = shelter;
  filter.open = true;
  return view.book().find(filter, kEverybody);
}

std::string plain_word(const DeskView& view, std::string_view key) { return words::plain(view.words(key)); }

}  // namespace

Result<FileToGive> roster_csv(const DeskView& view, const ShelterId& shelter) {
  MACHI_TRY_SET(lines, present(view, shelter));
  const auto& words = view.words;
  std::vector<base::CsvRow> rows;
  base::CsvRow head;
  for (const std::string_view key :
       {"desk.shelter.name", "desk.shelter.kana", "desk.shelter.age.field", "desk.shelter.sex",
        "desk.shelter.needs", "desk.shelter.manner", "desk.shelter.room", "desk.shelter.card",
        "desk.shelter.telephone", "desk.shelter.address", "desk.shelter.came", "desk.shelter.tell"})
    head.push_back(plain_word(view, key));
  rows.push_back(std::move(head));
  for (const StayLine& line : lines) {
    const Person& one = line.person;
    const auto sex = !one.sex                  ? ""
                     : *one.sex == Sex::Female ? "female"
                     : *one.sex == Sex::Male   ? "male"
                                               : "other";
    rows.push_back({shown_name(one), one.kana, words::plain(age_text(view, one)),
                    *sex ? plain_word(view, "desk.shelter.sex." + std::string(sex)) : "",
                    words::plain(needs_text(words, one)),
                    words::plain(line.said ? words("desk.shelter.said") : manner_word(words, line.manner)),
                    line.room, line.card, one.telephone, one.address,
                    base::date_of(line.entered).iso() + " " + base::time_of(line.entered).iso(),
                    plain_word(view, one.tell ? "desk.shelter.tell.yes" : "desk.shelter.tell.no")});
  }
  return FileToGive{"shelter-" + base::date_of(view.now).iso() + ".csv", "text/csv;charset=utf-8",
                    base::csv_file(rows)};
}

Result<screen::Paper> roster_paper(const DeskView& view, const ShelterId& shelter) {
  MACHI_TRY_SET(lines, present(view, shelter));
  MACHI_TRY_SET(counts, view.book().counts(shelter));
  const auto& words = view.words;
  screen::Paper paper;
  const ShelterLine* at = view.find(shelter);
  paper.title = at ? at->name : "";
  paper.language = words.language();
  paper.lines.push_back(words::plain(words.moment(view.now, Instant{})));
  paper.lines.push_back(words::plain(words("desk.shelter.count.inside")) + " " +
                        words::plain(words.count("desk.shelter.people", counts.inside)));
  screen::PaperTable table;
  table.name = plain_word(view, "desk.shelter.page.list");
  table.rows.push_back({{plain_word(view, "desk.shelter.name"), plain_word(view, "desk.shelter.kana"),
                         plain_word(view, "desk.shelter.room")}});
  table.widths = {2, 2, 1};
  std::set<PersonId> named, others;
  for (const StayLine& line : lines) {
    if (line.said) continue;
    if (!line.person.tell)
      others.insert(line.person.id);
    else if (named.insert(line.person.id).second)
      table.rows.push_back({{shown_name(line.person), line.person.kana, line.room}});
  }
  paper.tables.push_back(std::move(table));
  if (!others.empty())
    paper.notes.push_back(
        words::plain(words.count("desk.shelter.paper.others", static_cast<std::int64_t>(others.size()))));
  return paper;
}

}  // namespace machi::shelter
