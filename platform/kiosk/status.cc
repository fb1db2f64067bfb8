// One line a number, its name and kind before it.
#include "platform/kiosk/status.h"

namespace machi::kiosk {

using namespace certificate::kiosk;

std::string_view word_of(Stage stage, const Book& book) {
  if (stage == Stage::Stuck) return "the journal cannot be written";
  if (const auto& reason = book.out_of_service()) switch (*reason) {
      case Reason::Printing:
        return "out of service: it stopped while printing";
      case Reason::Terminal:
        return "out of service: the terminal does not say what it did";
      case Reason::WrongPerson:
        return "out of service: another person's certificate was offered";
      case Reason::Staff:
        return "out of service: taken out by staff";
      case Reason::Tray:
        return "out of service: paper was left";
    }
  return book.open() ? "in service: a visitor" : "in service";
}

std::string status_text(const Machine& machine, const Book& book, Stage stage, base::Instant now) {
  std::string out;
  const auto number = [&](std::string_view name, std::string_view help, std::int64_t value) {
    const std::string whole = "machikado_kiosk_" + std::string(name);
    out += "# HELP " + whole + " " + std::string(help) + "\n# TYPE " + whole + " gauge\n" + whole + " " +
           std::to_string(value) + "\n";
  };
  number("in_service", "1 while visitors are served",
         !book.out_of_service() && stage != Stage::Stuck ? 1 : 0);
  number("reason", "0, or why it is out of service: 1 printing, 2 terminal, 3 wrong person, 4 staff, 5 tray",
         book.out_of_service() ? static_cast<int>(*book.out_of_service()) : 0);
  number("open_cases", "numbered slips that staff have not settled",
         static_cast<std::int64_t>(book.open_cases().size()));
  number("untold", "outcomes that the clerk does not know yet",
         static_cast<std::int64_t>(book.untold().size()));
  number("staff_refused", "wrong PINs of staff in a row", book.staff_refused());
  if (machine.known) {
    number("printer_ready", "1 when it could print", machine.printer ? 1 : 0);
    number("terminal_ready", "1 when it answers", machine.terminal ? 1 : 0);
    number("clerk_ready", "1 when it answers", machine.clerk ? 1 : 0);
    if (machine.sheets >= 0) number("sheets_ever", "sheets by the printer's own count", machine.sheets);
  }
  number("delivered_today", "visits that ended with their papers", machine.today.delivered);
  number("not_charged_today", "visits that ended without a charge", machine.today.not_charged);
  number("refunded_today", "visits that were paid back", machine.today.refunded);
  number("cases_today", "visits of which nobody knows the end", machine.today.cases);
  number("time_seconds", "when this was written; old means that the machine is not well", now.ms / 1000);
  return out;
}

}  // namespace machi::kiosk
