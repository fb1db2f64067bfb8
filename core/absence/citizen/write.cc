// Versions out of versions, and one transaction for all that a press sends.
#include "core/absence/citizen/write.h"

#include <algorithm>

#include "core/absence/citizen/draft.h"
#include "core/absence/citizen/frame.h"
#include "core/crypto/sodium.h"

namespace machi::absence {
namespace {

void append(base::Bytes& out, base::ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

base::Array<16> hashed(const base::Bytes& seed) {
  const auto hash = crypto::hash(seed);
  base::Array<16> out{};
  std::copy_n(hash.begin(), out.size(), out.begin());
  return out;
}

std::vector<VersionId> heads_of(const Entry& entry) {
  std::vector<VersionId> out;
  for (const ReportVersion& head : entry.heads) out.push_back(head.report.version);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Status write_reports(const CitizenContext& context, const std::vector<Outgoing>& reports,
                     const std::string& draft_key) {
  store::Transaction transaction(context.database);
  for (const Outgoing& one : reports) {
    MACHI_TRY_SET(before, context.reports.find(one.report.report));
    MACHI_TRY_SET(message,
                  !one.picture.empty()
                      ? send_with_photo(context, one.office, kKindReport, encode(one.report), one.picture)
                      : send_on(context, one.office, kKindReport, encode(one.report), one.photo));
    // A photo that was taken out goes nowhere any more.
    for (const ReportVersion& head : before ? before->heads : std::vector<ReportVersion>())
      MACHI_TRY(context.mail.drop_enclosures(head.message));
    ReportVersion version;
    version.report = one.report;
    version.message = message;
    version.from = context.mail.posting_key(one.office).bytes;
    version.written = context.now;
    version.taken = context.now;
    MACHI_TRY(context.reports.add(version));
  }
  MACHI_TRY(DraftBook(context.database).drop(draft_key));
  return transaction.commit();
}

VersionId following(const Entry& entry, std::string_view what) {
  base::Bytes seed = base::copy(entry.report.view());
  for (const VersionId& head : heads_of(entry)) append(seed, head.view());
  append(seed, base::view(what));
  VersionId out;
  out.bytes = hashed(seed);
  return out;
}

base::Array<16> derived_bytes(std::string_view what, base::ByteView from, const PupilId& pupil, Date day) {
  base::Bytes seed = base::copy(from);
  append(seed, pupil.view());
  append(seed, base::view(day.iso()));
  append(seed, base::view(what));
  return hashed(seed);
}

Report cancellation(const CitizenContext& context, const Entry& entry) {
  const Report& shown = entry.shown().report;
  Report report;
  report.report = entry.report;
  report.version = following(entry, "");
  report.replaces = heads_of(entry);
  report.pupil = shown.pupil;
  report.date = shown.date;
  report.last = shown.last;
  report.kind = ReportKind::Cancelled;
  report.language = context.words.language();
  return report;
}

std::vector<Outgoing> ended_before(const CitizenContext& context, const PupilId& pupil, Date day,
                                   const MailboxId& office) {
  std::vector<Outgoing> out;
  const auto entries = context.reports.on(day);
  if (!entries.ok()) return out;
  for (const Entry& entry : *entries) {
    const Report& shown = entry.shown().report;
    const bool concerned = shown.pupil == pupil && shown.covers(day) && shown.kind == ReportKind::Absent;
    if (!concerned || is_told(entry)) continue;
    if (shown.date == day) {
      out.push_back({cancellation(context, entry), office});
      continue;
    }
    Report ended = shown;
    ended.version = following(entry, "ends " + day.iso());
    ended.replaces = heads_of(entry);
    ended.last.reset();
    if (day.plus(-1) > shown.date) ended.last = day.plus(-1);
    out.push_back({std::move(ended), office, PhotoBook(context.database).of(entry.shown().message.view())});
  }
  return out;
}

bool is_told(const Entry& entry) {
  return std::all_of(entry.heads.begin(), entry.heads.end(),
                     [](const ReportVersion& head) { return head.from == base::Array<32>{}; });
}

bool may_change(const CitizenContext& context, const Entry& entry) {
  const Report& report = entry.shown().report;
  const Child child = child_of(context, report.pupil);
  if (is_told(entry) || entry.cancelled() || child.card.name.empty() || report.end() < context.today())
    return false;
  return !context.children.closed(child.office, report.end());
}

bool may_cancel(const CitizenContext& context, const Entry& entry) {
  const Report& report = entry.shown().report;
  return may_change(context, entry) && report.date >= context.today() &&
         !context.children.closed(child_of(context, report.pupil).office, report.date);
}

}  // namespace machi::absence
