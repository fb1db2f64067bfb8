// A phone believes a school only: every message here needs the office's proof, and speaks for that office's
// children alone.
#include "core/absence/citizen/mail.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;

constexpr std::string_view kKindSlipRefused = "slip.refused";

Status fold_read(ReportBook& reports, ChildBook& children, const MailboxId& office,
                 const code::Cbor& content) {
  MACHI_TRY_SET(mark, decode_read_mark(content));
  MACHI_TRY_SET(entry, reports.find(mark.report));
  // Another guardian's report: nothing to show it at, and kept in case the report is still on its way.
  MACHI_TRY_SET(all, children.children());
  bool ours = false;
  for (const Child& child : all) {
    ours = ours || (child.office == office && (!entry || child.card.pupil == entry->shown().report.pupil));
  }
  if (!ours) return fail(Code::NotAllowed, "read by another office");
  return reports.mark(mark);
}

}  // namespace

Status fold_for_citizen(ReportBook& reports, ChildBook& children, const mail::Received& mail) {
  const bool known = mail.kind == kKindEnrolled || mail.kind == kKindRead || mail.kind == kKindGuardian ||
                     mail.kind == kKindSlipRefused;
  if (!known) return {};
  if (!mail.office) return fail(Code::NotAllowed, "no office behind it");
  const MailboxId& office = mail.office->office;
  if (mail.kind == kKindEnrolled) {
    MACHI_TRY_SET(enrolled, decode_enrolled(mail.content));
    return children.fold(office, enrolled);
  }
  if (mail.kind == kKindRead) return fold_read(reports, children, office, mail.content);
  if (mail.kind == kKindGuardian) {
    MACHI_TRY_SET(news, decode_guardian_news(mail.content));
    return children.guardian_news(office, news.pupil, news.at);
  }
  MACHI_TRY_SET(slip, mail.content.fixed_at<16>(1));
  MACHI_TRY_SET(name, mail.content.text_at(2));
  return children.refuse(office, slip, base::code_of(name).value_or(Code::NotAllowed));
}

}  // namespace machi::absence
