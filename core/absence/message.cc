// Reports and confirmations on the wire, and what a school answers to a phone. Pure; any thread.
// Layouts are in MESSAGES.md; a reader refuses what breaks a rule of message.h, and ignores keys that it does
// not know.
#include "core/absence/message.h"

#include <algorithm>

#include "core/absence/content.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using base::Status;
using code::Cbor;
using code::CborArray;
using code::CborMap;
using content::id_at;
using content::kLanguageLimit;

constexpr std::size_t kReplacesLimit = 64;
constexpr std::size_t kPupilsLimit = 20;  // of one guardian
constexpr std::size_t kClosedDaysLimit = 500;

Status check(const Report& report) {
  const bool cancelled = report.kind == ReportKind::Cancelled;
  const bool back = report.kind == ReportKind::Back;
  if ((cancelled || back) && (report.reason || !report.symptoms.empty() || report.temperature)) {
    return fail(Code::BadInput, "a cancellation with a reason");
  }
  if (cancelled && report.time) return fail(Code::BadInput, "a cancellation with a time");
  if (!cancelled && !back && !report.reason) return fail(Code::BadInput, "no reason");
  if (report.last && (back || *report.last <= report.date || *report.last > report.date.plus(kRangeLimit))) {
    return fail(Code::BadInput, "last day");
  }
  const bool infectious = report.reason == Reason::Infectious;
  if (!infectious && (report.disease || report.onset || report.better))
    return fail(Code::BadInput, "a disease without its reason");
  if (report.onset && report.better && *report.better < *report.onset)
    return fail(Code::BadInput, "better before ill");
  if (report.kind == ReportKind::Absent && report.time) return fail(Code::BadInput, "a time of absence");
  if (content::repeats(report.replaces)) return fail(Code::BadInput, "replaces twice");
  for (const VersionId& replaced : report.replaces) {
    if (replaced == report.version) return fail(Code::BadInput, "replaces itself");
  }
  if (content::repeats(report.symptoms)) return fail(Code::BadInput, "symptom twice");
  if (report.temperature &&
      (*report.temperature < kTemperatureLowest || *report.temperature > kTemperatureHighest)) {
    return fail(Code::BadInput, "temperature");
  }
  return {};
}

Result<PupilCard> decode_card(const Cbor& item) {
  PupilCard card;
  MACHI_TRY_SET(pupil, id_at<PupilId>(item, 1));
  card.pupil = pupil;
  MACHI_TRY_SET(name, content::text_at(item, 2, content::kNameLimit));
  card.name = std::move(name);
  MACHI_TRY_SET(reading, content::text_at(item, 3, content::kNameLimit));
  card.reading = std::move(reading);
  MACHI_TRY_SET(class_name, content::text_at(item, 4, content::kNameLimit));
  card.class_name = std::move(class_name);
  if (const Cbor* value = item.find(5)) {
    MACHI_TRY_SET(preschool, value->boolean());
    card.preschool = preschool;
  }
  if (card.name.empty()) return fail(Code::BadInput, "a pupil without a name");
  return card;
}

}  // namespace

Cbor encode(const Report& report) {
  CborMap map{{1, report.report.bytes},
              {2, report.version.bytes},
              {4, report.pupil.bytes},
              {5, report.date.days},
              {6, static_cast<int>(report.kind)}};
  if (!report.replaces.empty()) {
    auto sorted = report.replaces;
    std::sort(sorted.begin(), sorted.end());
    CborArray replaces;
    for (const VersionId& version : sorted) replaces.emplace_back(version.bytes);
    map.emplace_back(3, std::move(replaces));
  }
  if (report.reason) map.emplace_back(7, static_cast<int>(*report.reason));
  if (!report.symptoms.empty()) {
    auto sorted = report.symptoms;
    std::sort(sorted.begin(), sorted.end());
    CborArray symptoms;
    for (Symptom symptom : sorted) symptoms.emplace_back(static_cast<int>(symptom));
    map.emplace_back(8, std::move(symptoms));
  }
  if (report.temperature) map.emplace_back(9, *report.temperature);
  if (report.time) map.emplace_back(10, report.time->minutes);
  if (!report.note.empty()) map.emplace_back(11, report.note);
  if (!report.language.empty()) map.emplace_back(12, report.language);
  if (report.last) map.emplace_back(13, report.last->days);
  if (report.disease) map.emplace_back(14, static_cast<int>(*report.disease));
  if (report.onset) map.emplace_back(15, report.onset->days);
  if (report.better) map.emplace_back(16, report.better->days);
  return Cbor(std::move(map));
}

Result<Report> decode_report(const Cbor& item) {
  Report report;
  MACHI_TRY_SET(id, id_at<ReportId>(item, 1));
  report.report = id;
  MACHI_TRY_SET(version, id_at<VersionId>(item, 2));
  report.version = version;
  MACHI_TRY_SET(replaces, content::list_at<VersionId>(item, 3, kReplacesLimit,
                                                      [](const Cbor& one) -> Result<VersionId> {
                                                        MACHI_TRY_SET(raw, one.bytes());
                                                        return VersionId::from(raw);
                                                      }));
  report.replaces = std::move(replaces);
  MACHI_TRY_SET(pupil, id_at<PupilId>(item, 4));
  report.pupil = pupil;
  MACHI_TRY_SET(day, item.at(5));
  MACHI_TRY_SET(date, content::date(*day));
  report.date = date;
  MACHI_TRY_SET(kind_value, item.at(6));
  MACHI_TRY_SET(kind, content::member(*kind_value, ReportKind::Back));
  report.kind = kind;
  if (const Cbor* value = item.find(7)) {
    MACHI_TRY_SET(reason, content::member(*value, Reason::Bereavement));
    report.reason = reason;
  }
  MACHI_TRY_SET(symptoms, content::list_at<Symptom>(item, 8, 7, [](const Cbor& one) {
                  return content::member(one, Symptom::Rash);
                }));
  report.symptoms = std::move(symptoms);
  if (const Cbor* value = item.find(9)) {
    MACHI_TRY_SET(tenths, value->integer());
    if (tenths < 0 || tenths > 1000) return fail(Code::BadInput, "temperature");
    report.temperature = static_cast<int>(tenths);
  }
  if (const Cbor* value = item.find(10)) {
    MACHI_TRY_SET(minutes, value->integer());
    if (minutes < 0 || minutes >= 24 * 60) return fail(Code::BadInput, "time");
    report.time = TimeOfDay{static_cast<std::int16_t>(minutes)};
  }
  if (const Cbor* value = item.find(11)) {
    MACHI_TRY_SET(note, content::text(*value, kNoteLimit));
    report.note = std::move(note);
  }
  if (const Cbor* value = item.find(12)) {
    MACHI_TRY_SET(language, content::text(*value, kLanguageLimit));
    report.language = std::move(language);
  }
  const auto day_at = [&item](std::int64_t key, std::optional<Date>& out) -> Status {
    const Cbor* value = item.find(key);
    if (!value) return {};
    MACHI_TRY_SET(read, content::date(*value));
    out = read;
    return {};
  };
  MACHI_TRY(day_at(13, report.last));
  if (const Cbor* value = item.find(14)) {
    MACHI_TRY_SET(disease, content::member(*value, Disease::OtherThirdClass));
    report.disease = disease;
  }
  MACHI_TRY(day_at(15, report.onset));
  MACHI_TRY(day_at(16, report.better));
  MACHI_TRY(check(report));
  return report;
}

Cbor encode(const ReadMark& mark) {
  CborMap map{{1, mark.report.bytes}, {2, mark.version.bytes}, {3, mark.at.ms}};
  if (!mark.by.empty()) map.emplace_back(4, mark.by);
  return Cbor(std::move(map));
}

Result<ReadMark> decode_read_mark(const Cbor& item) {
  ReadMark mark;
  MACHI_TRY_SET(report, id_at<ReportId>(item, 1));
  mark.report = report;
  MACHI_TRY_SET(version, id_at<VersionId>(item, 2));
  mark.version = version;
  MACHI_TRY_SET(ms, item.at(3));
  MACHI_TRY_SET(at, content::instant(*ms));
  mark.at = at;
  if (const Cbor* value = item.find(4)) {
    MACHI_TRY_SET(by, content::text(*value, content::kNameLimit));
    mark.by = std::move(by);
  }
  return mark;
}

Cbor encode(const Enrolled& enrolled) {
  CborMap map{{1, enrolled.slip}, {2, static_cast<int>(enrolled.standing)}};
  if (enrolled.why) map.emplace_back(3, base::code_name(*enrolled.why));
  if (!enrolled.pupils.empty()) {
    CborArray pupils;
    for (const PupilCard& card : enrolled.pupils) {
      CborMap one{{1, card.pupil.bytes}, {2, card.name}, {3, card.reading}, {4, card.class_name}};
      if (card.preschool) one.emplace_back(5, true);
      pupils.emplace_back(std::move(one));
    }
    map.emplace_back(4, std::move(pupils));
  }
  if (!enrolled.closed_days.empty()) {
    CborArray days;
    for (Date day : enrolled.closed_days) days.emplace_back(day.days);
    map.emplace_back(5, std::move(days));
  }
  if (enrolled.until) map.emplace_back(6, enrolled.until->days);
  return Cbor(std::move(map));
}

Result<Enrolled> decode_enrolled(const Cbor& item) {
  Enrolled enrolled;
  MACHI_TRY_SET(slip, item.fixed_at<16>(1));
  enrolled.slip = slip;
  MACHI_TRY_SET(standing_value, item.at(2));
  MACHI_TRY_SET(standing, content::member(*standing_value, Standing::Refused));
  enrolled.standing = standing;
  if (item.find(3)) {
    MACHI_TRY_SET(name, content::text_at(item, 3, 40));
    enrolled.why = base::code_of(name);
    if (!enrolled.why) return fail(Code::Unsupported, "why");
  }
  MACHI_TRY_SET(pupils, content::list_at<PupilCard>(item, 4, kPupilsLimit, decode_card));
  enrolled.pupils = std::move(pupils);
  MACHI_TRY_SET(days, content::list_at<Date>(item, 5, kClosedDaysLimit,
                                             [](const Cbor& one) { return content::date(one); }));
  enrolled.closed_days = std::move(days);
  if (const Cbor* value = item.find(6)) {
    MACHI_TRY_SET(until, content::date(*value));
    enrolled.until = until;
  }
  if ((standing == Standing::Confirmed) == enrolled.pupils.empty()) return fail(Code::BadInput, "pupils");
  if ((standing == Standing::Refused) != enrolled.why.has_value()) return fail(Code::BadInput, "why");
  return enrolled;
}

Cbor encode(const Welcome& welcome) {
  return Cbor::map(
      {{1, welcome.code}, {2, welcome.pupil.bytes}, {3, welcome.guardian}, {4, welcome.birth.days}});
}

Result<Welcome> decode_welcome(const Cbor& item) {
  Welcome welcome;
  MACHI_TRY_SET(code, item.fixed_at<10>(1));
  welcome.code = code;
  MACHI_TRY_SET(pupil, id_at<PupilId>(item, 2));
  welcome.pupil = pupil;
  MACHI_TRY_SET(guardian, content::text_at(item, 3, content::kNameLimit));
  welcome.guardian = std::move(guardian);
  MACHI_TRY_SET(value, item.at(4));
  MACHI_TRY_SET(birth, content::date(*value));
  welcome.birth = birth;
  return welcome;
}

Cbor encode(const Decision& decision) {
  return Cbor::map({{1, decision.slip},
                    {2, decision.phone},
                    {3, decision.person},
                    {4, static_cast<int>(decision.standing)},
                    {5, decision.pupil.bytes}});
}

Result<Decision> decode_decision(const Cbor& item) {
  Decision decision;
  MACHI_TRY_SET(slip, item.fixed_at<16>(1));
  decision.slip = slip;
  MACHI_TRY_SET(phone, item.fixed_at<32>(2));
  decision.phone = phone;
  MACHI_TRY_SET(person, item.fixed_at<16>(3));
  decision.person = person;
  MACHI_TRY_SET(standing_value, item.at(4));
  MACHI_TRY_SET(standing, content::member(*standing_value, Standing::Refused));
  decision.standing = standing;
  MACHI_TRY_SET(pupil, id_at<PupilId>(item, 5));
  decision.pupil = pupil;
  return decision;
}

Cbor encode(const GuardianNews& news) { return code::Cbor::map({{1, news.pupil.bytes}, {2, news.at.ms}}); }

Result<GuardianNews> decode_guardian_news(const Cbor& content) {
  MACHI_TRY_SET(pupil, content.fixed_at<16>(1));
  MACHI_TRY_SET(at, content.at(2));
  MACHI_TRY_SET(instant, content::instant(*at));
  return GuardianNews{PupilId{pupil}, instant};
}

}  // namespace machi::absence
