// The day's money by item and by what it was paid with, how visits ended, and what happened last. Pure.
#include "core/certificate/kiosk/screens.h"

#include <map>

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Tone;

struct Sum {
  int copies = 0;
  std::int64_t yen = 0;
};

std::string said(const Scene& scene, const Sum& sum) {
  const std::string sign = sum.yen < 0 ? "-" : "";
  return scene.words("kiosk.staff.total", {{"copies", std::to_string(sum.copies)},
                                           {"yen", sign + yen(sum.yen < 0 ? -sum.yen : sum.yen)}});
}

screen::Node home(const Scene& scene) {
  return screen::button("home", scene.words("button.back"), Importance::Secondary, screen::Icon::Back);
}

std::string what_of(const Scene& scene, const Record& record) {
  const auto& w = scene.words;
  const std::string number = "A-" + std::to_string(record.number);
  switch (record.mark) {
    case Mark::Ended:
      switch (record.outcome) {
        case Outcome::Delivered:
          return w("kiosk.staff.ends.delivered");
        case Outcome::NotCharged:
          return w("kiosk.staff.ends.not-charged");
        case Outcome::Refunded:
          return w("kiosk.staff.ends.refunded");
        case Outcome::OpenCase:
          return w("kiosk.case") + " " + number;
      }
      return {};
    case Mark::OutOfService:
      return w("kiosk.closed");
    case Mark::BackInService:
      return w("kiosk.staff.log.in");
    case Mark::CaseSettled:
      return w("kiosk.staff.settle", {{"number", number}});
    case Mark::CaseRefund:
      return w("kiosk.staff.refund") + " " + number;
    case Mark::CaseReprint:
      return w("kiosk.staff.reprint") + " " + number;
    case Mark::StaffCame:
      return w("kiosk.staff.log.came");
    case Mark::StaffRefused:
      return w("kiosk.staff.pin.wrong");
    case Mark::Began:
    case Mark::Asked:
    case Mark::Offered:
    case Mark::PayIntent:
    case Mark::PayKnown:
    case Mark::PrintIntent:
    case Mark::PrintKnown:
    case Mark::RefundIntent:
    case Mark::RefundKnown:
    case Mark::ClerkTold:
    case Mark::PaperTaken:
    case Mark::CaseKnown:
      return {};
  }
  return {};
}

}  // namespace

screen::Screen staff_totals_screen(const Scene& scene, const Machine& machine) {
  const auto& w = scene.words;
  screen::Nodes main, items, means;
  std::map<Kind, Sum> by_kind;
  std::map<Means, Sum> by_means;
  for (const DayTotals::Row& row : machine.today.rows) {
    if (row.entry == Entry::Again) continue;
    for (Sum* sum : {&by_kind[row.kind], &by_means[row.means]}) {
      sum->copies += row.copies;
      sum->yen += row.yen;
    }
  }
  if (machine.saved)
    main.push_back(*machine.saved ? screen::alert("saved", w("kiosk.staff.csv.ok"), Tone::Success)
                                  : screen::alert("saved", w("kiosk.staff.csv.failed"), Tone::Warning));
  for (const auto& [kind, sum] : by_kind)
    items.push_back(
        screen::fact("total." + std::string(name_of(kind)), title_of(scene, kind), said(scene, sum)));
  for (const auto& [kind, sum] : by_means)
    means.push_back(screen::fact("means." + std::string(name_of(kind)),
                                 w("kiosk.means." + std::string(name_of(kind))), said(scene, sum)));
  if (items.empty()) {
    main.push_back(screen::text("today", w("kiosk.staff.today") + ": " + w("kiosk.staff.none")));
  } else {
    items.push_back(screen::fact("total", w("kiosk.staff.sum"),
                                 said(scene, {machine.today.copies(), machine.today.yen()})));
    main.push_back(screen::facts("today", w("kiosk.staff.today"), std::move(items)));
    main.push_back(screen::facts("means", w("kiosk.staff.means"), std::move(means)));
  }
  const auto count = [&](std::string id, std::string name, std::int64_t number) {
    return screen::fact("count." + std::move(id), std::move(name), std::to_string(number));
  };
  main.push_back(
      screen::facts("counts", w("kiosk.staff.ends"),
                    {count("delivered", w("kiosk.staff.ends.delivered"), machine.today.delivered),
                     count("not-charged", w("kiosk.staff.ends.not-charged"), machine.today.not_charged),
                     count("refunded", w("kiosk.staff.ends.refunded"), machine.today.refunded),
                     count("cases", w("kiosk.staff.cases"), machine.today.cases),
                     count("sheets", w("kiosk.staff.ends.sheets"), machine.today.sheets)}));
  return screen_of(scene, {"kiosk.staff/totals",
                           w("kiosk.staff.totals"),
                           std::move(main),
                           {screen::button("save", w("kiosk.staff.csv")), home(scene)},
                           false,
                           true});
}

screen::Screen staff_log_screen(const Scene& scene, const Machine& machine) {
  const auto& w = scene.words;
  screen::Nodes rows, main;
  int number = 0;
  for (const Record& record : machine.log) {
    std::string what = what_of(scene, record);
    if (!record.session.is_zero()) what = number_of(record.session) + " " + what;
    rows.push_back(screen::row("log." + std::to_string(number++), std::move(what),
                               w.date(base::date_of(record.at)) + " " + w.time(base::time_of(record.at))));
  }
  if (rows.empty())
    main.push_back(screen::text("none", w("kiosk.staff.none")));
  else
    main.push_back(screen::list("log", w("kiosk.staff.log"), std::move(rows)));
  return screen_of(scene,
                   {"kiosk.staff/log", w("kiosk.staff.log"), std::move(main), {home(scene)}, false, true});
}

}  // namespace machi::certificate::kiosk
