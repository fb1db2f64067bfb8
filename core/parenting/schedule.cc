// Reading a schedule, and the days of a child's life. Pure; any thread.
#include "core/parenting/schedule.h"

#include <charconv>

#include "core/rules/age.h"
#include "core/rules/place.h"

namespace machi::parenting {
namespace {

using base::Code;
using base::fail;
using rules::Place;

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

bool take_number(std::string_view& text, int most, int& out) {
  const auto found = std::from_chars(text.data(), text.data() + text.size(), out);
  if (found.ec != std::errc() || out < 0 || out > most) return false;
  text.remove_prefix(static_cast<std::size_t>(found.ptr - text.data()));
  return true;
}

Result<std::optional<When>> when_if_given(const Place& place) {
  if (!place.given()) return std::optional<When>();
  MACHI_TRY_SET(text, place.text());
  const auto when = parse_when(text);
  if (!when.ok()) return place.fault(when.error().detail);
  return std::optional<When>(*when);
}

Result<When> when_at(const Place& place) {
  MACHI_TRY_SET(when, when_if_given(place));
  if (!when) return place.fault("missing", Code::Missing);
  return *when;
}

Result<Gap> gap_at(const Place& place) {
  Gap gap;
  if (!place.given()) return gap;
  MACHI_TRY(place.only({"days", "months"}));
  const bool days = place.has("days");
  if (days == place.has("months")) return place.fault("days or months are expected");
  MACHI_TRY_SET(count, place[days ? "days" : "months"].integer());
  if (count < 1 || count > 5000) return place.fault("1 to 5000 are expected");
  (days ? gap.days : gap.months) = static_cast<int>(count);
  return gap;
}

Result<Dose> dose_at(const Place& place) {
  MACHI_TRY(place.only(
      {"from", "to", "usualFrom", "usualTo", "advisedUntil", "afterPrevious", "afterFirst", "skipAfter"}));
  MACHI_TRY_SET(from, when_at(place["from"]));
  MACHI_TRY_SET(to, when_at(place["to"]));
  MACHI_TRY_SET(usual_from, when_if_given(place["usualFrom"]));
  MACHI_TRY_SET(usual_to, when_if_given(place["usualTo"]));
  MACHI_TRY_SET(advised, when_if_given(place["advisedUntil"]));
  MACHI_TRY_SET(after_previous, gap_at(place["afterPrevious"]));
  MACHI_TRY_SET(after_first, gap_at(place["afterFirst"]));
  MACHI_TRY_SET(skip_after, when_if_given(place["skipAfter"]));
  return Dose{from, to, usual_from, usual_to, advised, after_previous, after_first, skip_after};
}

Result<Series> series_at(const Place& place) {
  MACHI_TRY(place.only({"id", "group", "name", "only", "liveInjected", "plans", "source"}));
  Series series;
  MACHI_TRY_SET(id, place["id"].id());
  series.id = series.group = id;
  if (place.has("group")) {
    MACHI_TRY_SET(group, place["group"].id());
    series.group = group;
  }
  MACHI_TRY_SET(names, place["name"].members());
  for (const auto& [language, name] : names) {
    MACHI_TRY_SET(text, name.text());
    series.name[language] = text;
  }
  if (place.has("only")) {
    MACHI_TRY_SET(sex, place["only"].text());
    if (sex != "female" && sex != "male") return place["only"].fault("female or male is expected");
    series.only = sex == "female" ? Sex::Female : Sex::Male;
  }
  if (place.has("liveInjected")) {
    MACHI_TRY_SET(live, place["liveInjected"].truth());
    series.live_injected = live;
  }
  MACHI_TRY_SET(source, place["source"].text());
  series.source = source;
  MACHI_TRY_SET(plans, place["plans"].items());
  for (const Place& at : plans) {
    MACHI_TRY(at.only({"firstTo", "doses"}));
    Plan plan;
    MACHI_TRY_SET(first_to, when_if_given(at["firstTo"]));
    plan.first_to = first_to;
    MACHI_TRY_SET(doses, at["doses"].items());
    for (const Place& dose_place : doses) {
      MACHI_TRY_SET(dose, dose_at(dose_place));
      plan.doses.push_back(dose);
    }
    if (plan.doses.empty() || plan.doses.size() > 20) return at["doses"].fault("1 to 20 doses are expected");
    series.plans.push_back(std::move(plan));
  }
  if (series.plans.empty() || series.plans.size() > 20)
    return place["plans"].fault("1 to 20 plans are expected");
  for (std::size_t i = 0; i + 1 < series.plans.size(); ++i)
    if (!series.plans[i].first_to) return place["plans"].fault("only the last plan may be open");
  return series;
}

}  // namespace

int Schedule::find(std::string_view name) const {
  for (std::size_t i = 0; i < series.size(); ++i)
    if (series[i].id == name) return static_cast<int>(i);
  return -1;
}

Result<When> parse_when(std::string_view text) {
  constexpr int kMost = 60 * 366;
  When when;
  bool good = true;
  if (take(text, "birth")) {
    when.kind = When::Kind::Birth;
  } else if (take(text, "school-")) {
    when.kind = When::Kind::SchoolBegin;
    good = take_number(text, 10, when.count);
  } else if (take(text, "school")) {
    when.kind = When::Kind::SchoolEve;
  } else if (take(text, "sy")) {
    good = take_number(text, 100, when.count);
    when.kind = take(text, "end") ? When::Kind::YearEnd : When::Kind::YearBegin;
  } else if (take(text, "d")) {
    when.kind = When::Kind::Days;
    good = take_number(text, kMost, when.count);
  } else if (take(text, "m")) {
    when.kind = When::Kind::Months;
    good = take_number(text, 1200, when.count);
  } else if (take(text, "y")) {
    when.kind = When::Kind::Months;
    good = take_number(text, 100, when.count);
    when.count *= 12;
  } else if (take(text, "c")) {
    when.kind = When::Kind::Calendar;
    good = take_number(text, 1800, when.count);
  } else {
    good = false;
  }
  if (good && !text.empty()) {
    const bool less = text.front() == '-';
    good = (less || text.front() == '+');
    text.remove_prefix(1);
    good = good && take_number(text, kMost, when.more_days) && text.empty();
    if (less) when.more_days = -when.more_days;
  }
  if (!good)
    return fail(Code::BadInput,
                "a day is written as birth, d42, m12, y9, c12, school-1, school, sy12 or sy16end");
  return when;
}

Result<Date> day_of(const When& when, Date birth) {
  Result<Date> found = birth;
  switch (when.kind) {
    case When::Kind::Birth:
      break;
    case When::Kind::Days:
      found = birth.plus(when.count);
      break;
    case When::Kind::Months:
      found = rules::reach_months(birth, when.count);
      break;
    case When::Kind::Calendar:
      found = rules::plus_months(birth, when.count);
      break;
    case When::Kind::SchoolBegin:
    case When::Kind::SchoolEve: {
      MACHI_TRY_SET(start, rules::school_start(birth));
      found = when.kind == When::Kind::SchoolEve ? Result<Date>(start.plus(-1))
                                                 : rules::plus_months(start, -12 * when.count);
      break;
    }
    case When::Kind::YearBegin:
    case When::Kind::YearEnd: {
      MACHI_TRY_SET(year, rules::school_year_of_reaching(birth, when.count));
      found =
          when.kind == When::Kind::YearBegin ? rules::school_year_begin(year) : rules::school_year_end(year);
      break;
    }
  }
  MACHI_TRY_SET(day, found);
  return day.plus(when.more_days);
}

Result<Schedule> read_schedule(const code::Cbor& written) {
  const Place root(&written, "");
  MACHI_TRY(root.only({"format", "id", "asOf", "source", "liveGap", "series"}));
  MACHI_TRY_SET(format, root["format"].integer());
  if (format != 1) return root["format"].fault("this program reads format 1", Code::Unsupported);
  Schedule schedule;
  MACHI_TRY_SET(id, root["id"].id());
  MACHI_TRY_SET(as_of, root["asOf"].date());
  schedule.id = id, schedule.as_of = as_of;
  if (const Place gap = root["liveGap"]; gap.given()) {
    MACHI_TRY(gap.only({"days", "confirmed"}));
    MACHI_TRY_SET(days, gap["days"].integer());
    MACHI_TRY_SET(confirmed, gap["confirmed"].truth());
    if (days < 0 || days > 365) return gap["days"].fault("0 to 365 are expected");
    schedule.live_gap_days = static_cast<int>(days), schedule.live_gap_confirmed = confirmed;
  }
  MACHI_TRY_SET(series, root["series"].items());
  if (series.size() > 100) return root["series"].fault("too many series", Code::TooLarge);
  for (const Place& place : series) {
    MACHI_TRY_SET(one, series_at(place));
    if (schedule.find(one.id) >= 0) return place["id"].fault("a second series of this name");
    schedule.series.push_back(std::move(one));
  }
  return schedule;
}

}  // namespace machi::parenting
