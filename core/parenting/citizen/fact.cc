// Facts as CBOR, and what a form refuses. Pure; any thread.
#include "core/parenting/citizen/fact.h"

#include <algorithm>

#include "core/code/content.h"
#include "core/crypto/sodium.h"

namespace machi::parenting {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;
namespace content = code::content;

namespace {

// A pregnancy is counted as 280 days; a child that is expected is not expected later than in ten months, and
// none comes more than six weeks after its day or eighteen before it.
constexpr int kLongestWait = 310;
constexpr int kLate = 42, kEarly = 126;
constexpr int kMostGrams = 500'000, kMostMm = 3'000;

void put(CborMap& out, int key, const std::string& text) {
  if (!text.empty()) out.emplace_back(key, text);
}
void put(CborMap& out, int key, const std::optional<Date>& day) {
  if (day) out.emplace_back(key, day->days);
}
void put(CborMap& out, int key, int number) {
  if (number != 0) out.emplace_back(key, number);
}

Cbor said_cbor(const Said& said) {
  CborMap out;
  if (const auto* child = std::get_if<ChildSaid>(&said)) {
    put(out, 1, child->name);
    put(out, 2, child->birth);
    put(out, 3, child->due);
    if (child->sex) out.emplace_back(4, *child->sex == Sex::Male ? 1 : 2);
  } else if (const auto* dose = std::get_if<DoseGiven>(&said)) {
    out.emplace_back(1, dose->vaccine);
    out.emplace_back(2, dose->on.days);
    put(out, 3, dose->lot);
    put(out, 4, dose->place);
  } else if (const auto* measured = std::get_if<Measured>(&said)) {
    out.emplace_back(1, measured->on.days);
    put(out, 2, measured->grams);
    put(out, 3, measured->length_mm);
    put(out, 4, measured->head_mm);
    if (measured->posture) out.emplace_back(5, *measured->posture == Posture::Lying ? 1 : 2);
  } else if (const auto* check = std::get_if<CheckUp>(&said)) {
    out.emplace_back(1, check->form);
    out.emplace_back(2, check->on.days);
    put(out, 3, check->place);
    put(out, 4, check->note);
  } else if (const auto* noted = std::get_if<Noted>(&said)) {
    out.emplace_back(1, noted->on.days);
    out.emplace_back(2, noted->text);
  }
  return Cbor(std::move(out));
}

Result<std::string> text_or_none(const Cbor& map, int key, std::size_t limit) {
  const Cbor* value = map.find(key);
  if (value == nullptr) return std::string();
  return content::text(*value, limit);
}
Result<std::optional<Date>> day_or_none(const Cbor& map, int key) {
  const Cbor* value = map.find(key);
  if (value == nullptr) return std::optional<Date>();
  MACHI_TRY_SET(day, content::date(*value, kFirstBirth));
  return std::optional<Date>(day);
}
Result<Date> day_at(const Cbor& map, int key) {
  MACHI_TRY_SET(value, map.at(key));
  return content::date(*value, kFirstBirth);
}
Result<int> number_or_none(const Cbor& map, int key, int most) {
  const Cbor* value = map.find(key);
  if (value == nullptr) return 0;
  MACHI_TRY_SET(number, value->integer());
  if (number < 1 || number > most) return fail(Code::BadInput, "measurement");
  return static_cast<int>(number);
}

Result<Said> read_child(const Cbor& map) {
  ChildSaid out;
  MACHI_TRY_SET(name, text_or_none(map, 1, kNameSigns));
  MACHI_TRY_SET(birth, day_or_none(map, 2));
  MACHI_TRY_SET(due, day_or_none(map, 3));
  if (!birth && !due) return fail(Code::BadInput, "neither birth nor due date");
  if (birth && due && (due->days - birth->days > kEarly || birth->days - due->days > kLate))
    return fail(Code::BadInput, "due date");
  out.name = name, out.birth = birth, out.due = due;
  if (const Cbor* value = map.find(4)) {
    MACHI_TRY_SET(sex, value->integer());
    if (sex != 1 && sex != 2) return fail(Code::BadInput, "sex");
    out.sex = sex == 1 ? Sex::Male : Sex::Female;
  }
  return Said(std::move(out));
}
Result<Said> read_dose(const Cbor& map) {
  DoseGiven out;
  MACHI_TRY_SET(vaccine, content::text_at(map, 1, kNameSigns));
  MACHI_TRY_SET(on, day_at(map, 2));
  MACHI_TRY_SET(lot, text_or_none(map, 3, kLotSigns));
  MACHI_TRY_SET(place, text_or_none(map, 4, kPlaceSigns));
  if (vaccine.empty()) return fail(Code::BadInput, "vaccine");
  out.vaccine = vaccine, out.on = on, out.lot = lot, out.place = place;
  return Said(std::move(out));
}
Result<Said> read_measured(const Cbor& map) {
  Measured out;
  MACHI_TRY_SET(on, day_at(map, 1));
  MACHI_TRY_SET(grams, number_or_none(map, 2, kMostGrams));
  MACHI_TRY_SET(length, number_or_none(map, 3, kMostMm));
  MACHI_TRY_SET(head, number_or_none(map, 4, kMostMm));
  if (grams + length + head == 0) return fail(Code::BadInput, "nothing was measured");
  out.on = on, out.grams = grams, out.length_mm = length, out.head_mm = head;
  MACHI_TRY_SET(posture, number_or_none(map, 5, 2));
  if (posture > 0) out.posture = posture == 1 ? Posture::Lying : Posture::Standing;
  return Said(out);
}
Result<Said> read_check_up(const Cbor& map) {
  CheckUp out;
  MACHI_TRY_SET(form, content::text_at(map, 1, kNameSigns));
  MACHI_TRY_SET(on, day_at(map, 2));
  MACHI_TRY_SET(place, text_or_none(map, 3, kPlaceSigns));
  MACHI_TRY_SET(note, text_or_none(map, 4, kNoteSigns));
  out.form = form, out.on = on, out.place = place, out.note = note;
  return Said(std::move(out));
}
Result<Said> read_noted(const Cbor& map) {
  Noted out;
  MACHI_TRY_SET(on, day_at(map, 1));
  MACHI_TRY_SET(text, content::text_at(map, 2, kNoteSigns));
  if (text.empty()) return fail(Code::BadInput, "note");
  out.on = on, out.text = text;
  return Said(std::move(out));
}

Result<Said> read_said(std::int64_t kind, const Cbor& map) {
  if (kind == 1) return read_child(map);
  if (kind == 2) return read_dose(map);
  if (kind == 3) return read_measured(map);
  if (kind == 4) return read_check_up(map);
  if (kind == 5) return read_noted(map);
  if (kind == 6) return Said(Erased{});
  return fail(kind < 1 ? Code::BadInput : Code::Unsupported, "kind");
}

}  // namespace

Cbor encode_fact(const Fact& fact) {
  CborArray replaces;
  for (const FactId& one : fact.replaces) replaces.emplace_back(one.view());
  CborMap out;
  out.emplace_back(1, fact.salt);
  out.emplace_back(2, static_cast<int>(fact.said.index()) + 1);
  if (fact.child != fact.id) out.emplace_back(3, fact.child.view());
  out.emplace_back(4, fact.at.ms);
  if (!replaces.empty()) out.emplace_back(5, std::move(replaces));
  out.emplace_back(6, said_cbor(fact.said));
  return Cbor(std::move(out));
}

Fact named(Fact fact) {
  if (fact.child.is_zero())
    fact.id = {};
  else if (fact.child == fact.id)
    fact.child = fact.id = {};
  const base::Array<32> hash = crypto::sha256(code::encode(encode_fact(fact)));
  std::copy_n(hash.begin(), fact.id.bytes.size(), fact.id.bytes.begin());
  if (fact.child.is_zero()) fact.child = fact.id;
  return fact;
}

Result<Fact> decode_fact(const Cbor& value) {
  Fact out;
  MACHI_TRY_SET(salt, value.fixed_at<16>(1));
  MACHI_TRY_SET(kind, value.integer_at(2));
  MACHI_TRY_SET(at, content::instant_at(value, 4));
  MACHI_TRY_SET(replaces,
                content::list_at<FactId>(value, 5, kReplaced, [](const Cbor& one) -> Result<FactId> {
                  MACHI_TRY_SET(raw, one.bytes());
                  return FactId::from(raw);
                }));
  MACHI_TRY_SET(map, value.at(6));
  MACHI_TRY_SET(said, read_said(kind, *map));
  if (value.find(3) != nullptr) {
    MACHI_TRY_SET(child, content::id_at<FactId>(value, 3));
    if (child.is_zero()) return fail(Code::BadInput, "child");
    out.child = child;
  } else if (kind != 1) {
    return fail(Code::BadInput, "child");
  }
  if (content::repeats(replaces)) return fail(Code::BadInput, "replaces");
  if (std::holds_alternative<Erased>(said) && replaces.empty()) return fail(Code::BadInput, "erases nothing");
  out.salt = salt, out.at = at;
  out.replaces = std::move(replaces);
  out.said = std::move(said);
  out = named(std::move(out));
  // A fact is named by its bytes: what would be written otherwise is not passed on under another name.
  if (!(encode_fact(out) == value)) return fail(Code::Unsupported, "form");
  return out;
}

Status check_child(const ChildSaid& said, Date today) {
  if (!said.birth && !said.due) return fail(Code::Missing, "birth");
  if (said.birth && said.name.empty()) return fail(Code::Missing, "name");
  if (said.birth && (*said.birth > today || said.birth->days < kFirstBirth))
    return fail(Code::DateOutOfRange, "birth");
  if (said.due) {
    const int from = said.birth ? said.birth->days - kLate : today.days - kLate;
    const int to = said.birth ? said.birth->days + kEarly : today.days + kLongestWait;
    if (said.due->days < from || said.due->days > to) return fail(Code::DateOutOfRange, "due");
  }
  return {};
}

Status check_day(Date on, const ChildSaid& child, Date today) {
  if (on > today) return fail(Code::DateOutOfRange, "future");
  if (child.birth && on < *child.birth) return fail(Code::DateOutOfRange, "before the birth");
  if (!child.birth && child.due && on.days < child.due->days - 300)
    return fail(Code::DateOutOfRange, "before the pregnancy");
  return {};
}

}  // namespace machi::parenting
