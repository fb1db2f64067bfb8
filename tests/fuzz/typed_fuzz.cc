// What people type and scan: a slip's number, a recovery sheet's signs, their links, a temperature; and the
// town pack and the plural rule, which come as text too. Invariant: what is taken is written in one form and
// read from it as the same.
#include "core/absence/citizen/form.h"
#include "core/app/pack.h"
#include "core/mail/paper.h"
#include "core/mail/slip.h"
#include "core/words/plural.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  MACHI_CHECK(crypto::ready());
  const std::string_view text = base::text_view(input);
  if (const auto code = mail::parse_code(text); code.ok())
    MACHI_CHECK(*mail::parse_code(mail::print_code(*code)) == *code);
  if (const auto paper = mail::parse_paper(text); paper.ok())
    MACHI_CHECK(mail::parse_paper(mail::print_paper(*paper))->bytes.bytes() == paper->bytes.bytes());
  if (const auto sheet = mail::paper_from_text(text); sheet.ok() && sheet->mailbox) {
    const auto again = mail::paper_from_text(mail::paper_fragment(*sheet->mailbox, sheet->paper));
    MACHI_CHECK(again.ok() && again->mailbox == sheet->mailbox &&
                again->paper.bytes.bytes() == sheet->paper.bytes.bytes());
  }
  (void)mail::slip_from_text(text).ok();
  if (const auto tenths = absence::parse_temperature(text); tenths.ok())
    MACHI_CHECK(*tenths >= 340 && *tenths <= 430);
  (void)app::read_pack(text).ok();
  if (const auto rule = words::PluralRule::parse(text); rule.ok())
    for (const std::uint64_t n : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{11}, UINT64_MAX})
      MACHI_CHECK(rule->form(n) >= 0 && rule->form(n) < rule->forms());
}
