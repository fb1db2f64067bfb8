// Who was in a class on days gone by, out of what the roll says now and the stays that were told. The roll is
// the authority on today: who is on it is in class, whatever an old stay says.
#include <algorithm>

#include "core/absence/desk/roll/roll.h"

namespace machi::absence {
namespace {

bool overlaps(const Seat::Span& span, Date first, Date last) {
  return (!span.from || *span.from <= last) && (!span.last || *span.last >= first);
}

Seat::Span span_of(const Stay& stay) { return {stay.from, stay.last}; }

}  // namespace

bool Seat::holds(Date day) const {
  return std::any_of(spans.begin(), spans.end(),
                     [day](const Span& span) { return overlaps(span, day, day); });
}

// The record of somebody who may be in another class by now, or gone.
std::optional<Pupil> RollBook::ever(const PupilId& id, const SchoolClass& one, int number) const {
  auto row = database_.prepare("SELECT name, reading, birth FROM roll_pupil WHERE id = ?");
  row.bind(id);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  Pupil pupil;
  pupil.record.pupil = id;
  pupil.record.number = number;
  pupil.record.name = row.text(0);
  pupil.record.reading = row.text(1);
  pupil.record.birth = Date{static_cast<std::int32_t>(row.integer(2))};
  pupil.class_id = one.id;
  pupil.grade = one.grade;
  pupil.class_name = std::to_string(one.grade) + "年" + one.name;
  return pupil;
}

std::vector<Seat> RollBook::seats(const SchoolClass& one, std::vector<Pupil> now,
                                  const std::vector<Stay>& told, Date first, Date last) const {
  std::vector<Seat> out;
  out.reserve(now.size() + told.size());
  for (Pupil& pupil : now) {
    Seat seat{std::move(pupil), {}};
    const Stay* open = nullptr;
    for (const Stay& stay : told) {
      if (stay.pupil != seat.pupil.record.pupil) continue;
      seat.spans.push_back(span_of(stay));
      open = &stay;
    }
    if (!open || open->last) seat.spans.push_back({open ? open->from : std::nullopt, std::nullopt});
    out.push_back(std::move(seat));
  }
  const auto end_of_now = static_cast<std::ptrdiff_t>(out.size());
  for (const Stay& stay : told) {
    const auto same = [&](const Seat& seat) { return seat.pupil.record.pupil == stay.pupil; };
    if (std::any_of(out.begin(), out.begin() + end_of_now, same) || !stay.last) continue;
    if (const auto seat = std::find_if(out.begin(), out.end(), same); seat != out.end())
      seat->spans.push_back(span_of(stay));
    else if (auto pupil = ever(stay.pupil, one, stay.number))
      out.push_back({std::move(*pupil), {span_of(stay)}});
  }
  std::erase_if(out, [&](const Seat& seat) {
    return std::none_of(seat.spans.begin(), seat.spans.end(),
                        [&](const Seat::Span& span) { return overlaps(span, first, last); });
  });
  const auto by_number = [](const Seat& a, const Seat& b) {
    return a.pupil.record.number < b.pupil.record.number;
  };
  // The roll comes in this order: only who left has to be put in between.
  if (!std::is_sorted(out.begin(), out.end(), by_number)) std::stable_sort(out.begin(), out.end(), by_number);
  return out;
}

std::vector<Seat> RollBook::seats(const SchoolClass& one, Date first, Date last) const {
  const auto& told = now().stays;
  const auto of = told.find(one.id);
  return seats(one, pupils(one.id), of == told.end() ? std::vector<Stay>{} : of->second, first, last);
}

std::vector<std::pair<SchoolClass, std::vector<Seat>>> RollBook::register_of(Date first, Date last) const {
  const auto& told = now().stays;
  std::vector<std::pair<SchoolClass, std::vector<Seat>>> out;
  for (SchoolClass& one : classes()) {
    const auto of = told.find(one.id);
    auto all = seats(one, pupils(one.id), of == told.end() ? std::vector<Stay>{} : of->second, first, last);
    out.emplace_back(std::move(one), std::move(all));
  }
  return out;
}

Stay RollBook::stay(const Pupil& pupil) const {
  Stay out;
  out.pupil = pupil.record.pupil;
  out.class_id = pupil.class_id;
  out.number = pupil.record.number;
  auto row = database_.prepare(
      "SELECT since FROM roll_stay WHERE class = ? AND pupil = ? AND until IS NULL ORDER BY since DESC LIMIT "
      "1");
  row.bind(pupil.class_id).bind(pupil.record.pupil);
  const auto there = row.step();
  if (there.ok() && *there && row.integer(0) != 0) out.from = Date{static_cast<std::int32_t>(row.integer(0))};
  return out;
}

}  // namespace machi::absence
