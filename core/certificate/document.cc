// From facts to sheets. Pure.
#include "core/certificate/document.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/certificate/seal.h"

namespace machi::certificate {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t kWideSigns = 34;  // of a wide cell's line
constexpr std::size_t kHalfSigns = 14;
constexpr std::size_t kMostSheets = 99;

// How wide signs are: ASCII is half, selectors are nothing.
std::size_t width_of(std::string_view text) {
  std::size_t halves = 0;
  for (const char32_t point : base::to_code_points(text)) {
    if ((point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF)) continue;
    halves += point < 0x80 || (point >= 0xFF61 && point <= 0xFF9F) ? 1 : 2;
  }
  return (halves + 1) / 2;
}

Cell cell(std::string label, std::string text, bool wide = false, std::string reading = {}) {
  Cell out{std::move(label), std::move(text), std::move(reading), wide, 1};
  const std::size_t signs = wide ? kWideSigns : kHalfSigns;
  out.lines = static_cast<int>(std::max<std::size_t>(1, (width_of(out.text) + signs - 1) / signs));
  if (!out.reading.empty()) ++out.lines;
  return out;
}

std::string day_words(const std::optional<Date>& day) { return day ? era_date(*day) : std::string(kEmpty); }

std::string words_or(std::string_view text, bool asked) {
  if (!asked) return std::string(kOmitted);
  return text.empty() ? std::string(kEmpty) : std::string(text);
}

std::string yen(std::int64_t amount) {
  std::string digits = std::to_string(amount < 0 ? -amount : amount);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return (amount < 0 ? "△" : "") + digits + "円";
}

std::string_view sex_words(const std::optional<Sex>& sex) {
  if (!sex) return kEmpty;
  return *sex == Sex::Male ? "男" : "女";
}

Block who(const Person& person) {
  Block out;
  out.cells = {cell("氏名", person.name, true, person.kana)};
  if (!person.alias.empty()) out.cells.push_back(cell("通称", person.alias, true));
  out.cells.push_back(cell("生年月日", era_date(person.birth)));
  out.cells.push_back(cell("性別", std::string(sex_words(person.sex))));
  return out;
}

Block resident(const Facts& facts, const Person& person) {
  const Options& options = facts.options;
  Block out = who(person);
  out.cells.push_back(cell("続柄", words_or(person.relationship, options.has(Option::Relationship))));
  out.cells.push_back(cell("個人番号", words_or(person.my_number, options.has(Option::MyNumber))));
  out.cells.push_back(cell("住民となった年月日", day_words(person.resident_since)));
  out.cells.push_back(cell("届出年月日", day_words(person.notified)));
  out.cells.push_back(cell("住所を定めた年月日", day_words(person.address_since)));
  if (person.nationality.empty()) {
    out.cells.push_back(cell("筆頭者", words_or(person.register_head, options.has(Option::Domicile))));
    out.cells.push_back(cell("本籍", words_or(person.domicile, options.has(Option::Domicile)), true));
  } else {
    out.cells.push_back(cell("国籍・地域", person.nationality));
    out.cells.push_back(cell("在留資格", person.status));
    out.cells.push_back(cell("在留期間等", words_or(person.period, true)));
    out.cells.push_back(cell("満了の日", day_words(person.stay_until)));
    out.cells.push_back(cell("在留カード等の番号", words_or(person.card_number, true)));
  }
  out.cells.push_back(cell("転入前住所", words_or(person.previous_address, true), true));
  return out;
}

// A block and the people it speaks of; `list` ones may be broken between cells.
struct Piece {
  Block block;
  std::vector<std::size_t> people;
  bool list = false;
};

std::vector<Piece> resident_pieces(const Facts& facts) {
  Block home;
  home.cells = {cell("住所", facts.address, true),
                cell("世帯主", words_or(facts.head, facts.options.has(Option::Relationship)), true)};
  std::vector<Piece> out{{std::move(home), {}, false}};
  for (std::size_t i = 0; i < facts.people.size(); ++i)
    out.push_back({resident(facts, facts.people[i]), {i}, false});
  return out;
}

std::vector<Piece> register_pieces(const Facts& facts) {
  Block head;
  head.cells = {cell("本籍", facts.people[0].domicile, true),
                cell("筆頭者", facts.people[0].register_head, true)};
  std::vector<Piece> out{{std::move(head), {0}, false}};
  for (std::size_t i = 0; i < facts.people.size(); ++i) {
    Piece piece{who(facts.people[i]), {i}, true};
    for (const RegisterEntry& entry : facts.entries)
      if (entry.person == i) piece.block.cells.push_back(cell(entry.label, entry.text, true));
    out.push_back(std::move(piece));
  }
  if (facts.kind == Kind::AddressHistory) {
    Piece piece{{}, {}, true};
    piece.block.heading = "住所の記録";
    for (const AddressEntry& entry : facts.addresses) {
      piece.block.cells.push_back(cell("住所", entry.address, true));
      piece.block.cells.push_back(cell("住所を定めた年月日", day_words(entry.since), true));
    }
    out.push_back(std::move(piece));
  }
  return out;
}

std::vector<Piece> single_pieces(const Facts& facts) {
  Block person = who(facts.people[0]);
  person.cells.push_back(cell("住所", facts.address, true));
  std::vector<Piece> out;
  if (facts.imprint) {
    Block imprint;
    imprint.imprint = true;
    imprint.cells = {cell("登録番号", facts.imprint->registration),
                     cell("登録年月日", era_date(facts.imprint->registered))};
    out.push_back({std::move(imprint), {0}, false});
  }
  out.push_back({std::move(person), {0}, false});
  if (facts.tax) {
    Block tax;
    tax.heading = era_year(facts.tax->year);
    tax.cells = {cell(facts.kind == Kind::TaxPayment ? "納付済額" : "年税額", yen(facts.tax->amount), true)};
    for (const TaxLine& line : facts.tax->lines) tax.cells.push_back(cell(line.label, yen(line.yen)));
    out.push_back({std::move(tax), {0}, true});
  }
  return out;
}

// Lines of cells in pairs: a pair is as high as its higher one.
int lines_of(const std::vector<Cell>& cells, std::size_t from, std::size_t to) {
  int lines = 0;
  for (std::size_t i = from; i < to;) {
    if (cells[i].wide || i + 1 == to || cells[i + 1].wide) {
      lines += cells[i].lines;
      ++i;
    } else {
      lines += std::max(cells[i].lines, cells[i + 1].lines);
      i += 2;
    }
  }
  return lines;
}
constexpr int kImprintLines = 9;
constexpr int kHeadingLines = 1;
constexpr int kGapLines = 1;  // between blocks

int lines_of(const Block& block) {
  return lines_of(block.cells, 0, block.cells.size()) + (block.heading.empty() ? 0 : kHeadingLines) +
         (block.imprint ? kImprintLines : 0) + kGapLines;
}

std::vector<std::size_t> joined(std::vector<std::size_t> people, const std::vector<std::size_t>& more) {
  for (const std::size_t person : more)
    if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
  return people;
}

class Filler {
 public:
  explicit Filler(const Facts& facts) : facts_(facts) { turn(); }

  Status take(Piece piece) {
    while (!fits(piece.block, piece.people)) {
      if (piece.list) {
        if (const std::size_t head = head_that_fits(piece); head > 0) {
          Block first{piece.block.heading, {}, false};
          const auto end = piece.block.cells.begin() + static_cast<std::ptrdiff_t>(head);
          first.cells.assign(piece.block.cells.begin(), end);
          piece.block.cells.erase(piece.block.cells.begin(), end);
          put(std::move(first), piece.people);
          turn();
          continue;
        }
      }
      if (sheets_.back().blocks.empty()) return fail(Code::TooLarge, "one block is longer than a sheet");
      turn();
    }
    put(std::move(piece.block), piece.people);
    return {};
  }

  Result<std::vector<Sheet>> sheets() && {
    if (sheets_.size() > kMostSheets) return fail(Code::TooLarge, "sheets");
    // Every seal names somebody: those of the sheet before, else the first.
    for (std::size_t i = 0; i < sheets_.size(); ++i)
      if (sheets_[i].people.empty())
        sheets_[i].people = i == 0 ? std::vector<std::size_t>{0} : sheets_[i - 1].people;
    return std::move(sheets_);
  }

 private:
  void turn() {
    sheets_.emplace_back();
    used_ = 0;
  }
  bool fits(const Block& block, const std::vector<std::size_t>& more) const {
    if (used_ + lines_of(block) > kSheetLines + kGapLines) return false;
    const auto people = joined(sheets_.back().people, more);
    return people.size() <= kSealPeople && (people.empty() || seal_bytes(facts_, people) <= kSealBytes);
  }
  std::size_t head_that_fits(const Piece& piece) const {
    for (std::size_t count = piece.block.cells.size() - 1; count > 0; --count) {
      Block head{piece.block.heading, {}, false};
      head.cells.assign(piece.block.cells.begin(),
                        piece.block.cells.begin() + static_cast<std::ptrdiff_t>(count));
      if (fits(head, piece.people)) return count;
    }
    return 0;
  }
  void put(Block block, const std::vector<std::size_t>& people) {
    used_ += lines_of(block);
    sheets_.back().blocks.push_back(std::move(block));
    sheets_.back().people = joined(sheets_.back().people, people);
  }

  const Facts& facts_;
  std::vector<Sheet> sheets_;
  int used_ = 0;
};

std::string statement_of(const Facts& facts) {
  switch (facts.kind) {
    case Kind::ResidentRecord:
      return facts.household ? "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"
                             : "この写しは、住民票の原本と相違ないことを証明する。";
    case Kind::ResidentEntries:
      return "上記の事項は、住民票に記載されていることを証明する。";
    case Kind::SealRegistration:
      return "この写しは、登録されている印影と相違ないことを証明する。";
    case Kind::AddressHistory:
      return "この写しは、戸籍の附票の原本と相違ないことを証明する。";
    case Kind::RegisterAll:
      return "これは、戸籍に記録されている事項の全部を証明した書面である。";
    case Kind::RegisterPerson:
      return "これは、戸籍中の一部の者について記録されている事項の全部を証明した書面である。";
    case Kind::Taxation:
    case Kind::NonTaxation:
    case Kind::TaxPayment:
      return "上記のとおり相違ないことを証明する。";
  }
  return {};
}

}  // namespace

Result<Document> document_of(const Facts& facts) {
  MACHI_TRY(check(facts));
  Filler filler(facts);
  for (Piece& piece : is_resident(facts.kind)   ? resident_pieces(facts)
                      : is_register(facts.kind) ? register_pieces(facts)
                                                : single_pieces(facts))
    MACHI_TRY(filler.take(std::move(piece)));
  Document out;
  out.title = std::string(title_of(facts.kind));
  out.number = facts.number;
  out.statement = statement_of(facts);
  out.issued = era_date(facts.issued);
  out.mayor = facts.mayor;
  MACHI_TRY_SET(sheets, std::move(filler).sheets());
  out.sheets = std::move(sheets);
  return out;
}

}  // namespace machi::certificate
