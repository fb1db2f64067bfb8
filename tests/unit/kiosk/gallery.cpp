// One scene, and from it each screen in the states that look different.
#include "tests/unit/kiosk/gallery.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/base/check.h"
#include "core/screen/json.h"

namespace machi::kiosk::test {
namespace {

namespace lobby = certificate::kiosk;
using certificate::Kind;

words::Words words_of(const std::string& language) {
  std::ifstream in(std::string(MACHI_CATALOGUES) + "/" + language + ".mo", std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  auto catalogue = words::Catalogue::load(base::view(text));
  MACHI_CHECK(catalogue.ok());
  return words::Words(catalogue.value());
}

constexpr Kind kKinds[] = {Kind::ResidentRecord, Kind::SealRegistration, Kind::RegisterAll, Kind::Taxation};

lobby::Session session() {
  lobby::Session out;
  for (const Kind kind : kKinds) {
    lobby::OrderItem item;
    item.kind = kind;
    item.household = kind == Kind::ResidentRecord;
    item.year = kind == Kind::Taxation ? 2026 : 0;
    item.copies = kind == Kind::ResidentRecord ? 2 : 1;
    out.order.push_back(item);
    lobby::OfferedPaper paper;
    paper.kind = kind;
    paper.copies = item.copies;
    paper.sheets = kind == Kind::RegisterAll ? 2 : 1;
    paper.fee = item.copies * (kind == Kind::RegisterAll ? 450 : 300);
    out.papers.push_back(paper);
  }
  return out;
}

}  // namespace

std::vector<std::string> languages() {
  std::vector<std::string> out;
  const char* wanted =
      std::getenv("MACHIKADO_LANGUAGE");  // one more than Japanese will do under the sanitizers
  for (const words::Language& one : words::languages())
    if (wanted == nullptr || one.tag == "ja" || one.tag == wanted) out.emplace_back(one.tag);
  return out;
}

std::vector<Panel> panels(const std::string& language) {
  const words::Words words = words_of(language);
  Look usual;
  usual.page_back = words("kiosk.page.back");
  usual.page_on = words("kiosk.page.on");
  std::vector<Panel> out{{"portrait", usual},  {"large", usual},     {"low", usual},
                         {"landscape", usual}, {"low large", usual}, {"landscape large", usual}};
  out[1].look.large = out[4].look.large = out[5].look.large = true;
  out[2].look.low = out[4].look.low = true;
  for (const std::size_t i : {3u, 5u}) std::swap(out[i].look.width, out[i].look.height);
  return out;
}

std::vector<Picture> gallery(const std::string& language) {
  const words::Words words = words_of(language);
  const lobby::Session order = session();
  lobby::Basket basket;
  basket.choose({kKinds[0], kKinds[1], kKinds[2], kKinds[3]}, 2026);
  lobby::Scene scene{words,
                     "日和町役場",
                     base::Instant{1795484160000},
                     {},
                     {300, 300, 300, 300, 450, 450, 300, 300, 300},
                     "K-4827",
                     "1",
                     0,
                     basket.copies(),
                     1950,
                     lobby::Help::None};
  std::vector<Picture> out;
  const auto keep = [&](std::string_view what, screen::Screen screen) {
    out.push_back({screen.name + (what.empty() ? "" : "." + std::string(what)), std::move(screen)});
  };
  const auto at = [&](int step) {
    lobby::Scene here = scene;
    here.step = step;
    return here;
  };
  keep("", lobby::attract_screen(scene, true, true));
  keep("", lobby::languages_screen(scene, true));
  keep("", lobby::still_there_screen(at(1), 20));
  keep("", lobby::choose_screen(at(1), basket));
  keep("nothing", lobby::choose_screen(at(1), {}));
  for (const lobby::OrderItem& item : basket.items())
    keep("", lobby::details_screen(at(1), item, item.kind == Kind::Taxation));
  keep("", lobby::card_screen(at(2), lobby::Trouble::None, 0));
  keep("reprint", lobby::card_screen(at(2), lobby::Trouble::None, 1042));
  keep("unreadable", lobby::card_screen(at(2), lobby::Trouble::CardUnreadable, 0));
  keep("", lobby::pin_screen(at(3), 2, false, 3));
  keep("wrong", lobby::pin_screen(at(3), 4, true, 2));
  keep("", lobby::forgot_screen(at(3)));
  for (const auto what :
       {lobby::Working::Card, lobby::Working::Clerk, lobby::Working::Printer, lobby::Working::Stopping})
    keep(std::to_string(static_cast<int>(what)), lobby::working_screen(at(3), what, true));
  const lobby::Holder holder{"髙﨑 𠮷之助", *base::Date::of(1984, 11, 3)};
  keep("", lobby::confirm_screen(at(4), {order, &holder, false, false}));
  keep("declined", lobby::confirm_screen(at(4), {order, &holder, true, true}));
  keep("", lobby::pay_screen(at(5), 1950, false, true));
  lobby::Prints prints{order.papers, 1, 1, true};
  keep("", lobby::printing_screen(at(6), prints));
  prints.done = order.papers.size();
  keep("", lobby::take_screen(at(6), prints, true));
  keep("", lobby::farewell_screen(scene, true));
  keep("", lobby::card_left_screen(scene));
  for (int trouble = 1; trouble <= static_cast<int>(lobby::Trouble::Broken); ++trouble)
    keep(lobby::name_of(static_cast<lobby::Trouble>(trouble)),
         lobby::trouble_screen(at(6), static_cast<lobby::Trouble>(trouble),
                               {lobby::Outcome::OpenCase, 1950, 1042}, true, true));
  for (int reason = 1; reason <= static_cast<int>(lobby::Reason::Tray); ++reason)
    keep(std::to_string(reason), lobby::closed_screen(scene, static_cast<lobby::Reason>(reason), true));
  lobby::Machine machine;
  machine.known = machine.printer = true;
  machine.cause = lobby::Cause::PaperOut;
  machine.sheets = 12345;
  machine.paper = 40;
  machine.today.day = *base::Date::of(2026, 11, 22);
  int next = 0;
  for (const Kind kind : kKinds)
    machine.today.rows.push_back({lobby::Entry::Paid, kind, static_cast<lobby::Means>(next++ % 5), 12, 3600});
  machine.test = machine.saved = false;
  lobby::Record one;
  one.at = scene.now;
  for (const lobby::Mark mark :
       {lobby::Mark::Ended, lobby::Mark::OutOfService, lobby::Mark::StaffCame, lobby::Mark::StaffRefused,
        lobby::Mark::CaseRefund, lobby::Mark::CaseReprint, lobby::Mark::BackInService}) {
    one.mark = mark;
    one.number = 1042;
    one.outcome = lobby::Outcome::OpenCase;
    machine.log.push_back(one);
  }
  keep("", lobby::staff_screen(scene, machine, {}, lobby::Known::Yes));
  keep("", lobby::staff_totals_screen(scene, machine));
  keep("", lobby::staff_log_screen(scene, machine));
  keep("", lobby::staff_pin_screen(scene, 4, true, 8));
  lobby::Case open{1042, scene.now, order, false};
  open.session.payments.push_back({{}, lobby::Known::Yes, 1950, 0, std::nullopt});
  keep("", lobby::staff_case_screen(scene, {open, false, false, lobby::Known::Unknown}));
  if (const char* folder = std::getenv("MACHIKADO_SCREENS"))
    for (const Picture& picture : out) {
      std::string name = picture.name;
      for (char& c : name) c = c == '/' ? '.' : c;
      std::ofstream(std::string(folder) + "/" + language + "-" + name + ".json")
          << screen::to_json(picture.screen);
    }
  return out;
}

Room& room() {
  static Room one;
  return one;
}

Room::Room() {
  auto fonts = installed_fonts();
  MACHI_CHECK(fonts.ok());
  fonts_ = fonts.value();
  stage_.no_renderer();
  auto type = Typesetter::open(fonts_.set, harfbuzz_shaper(fonts_.devanagari, fonts_.mincho));
  MACHI_CHECK(type.ok());
  type_ = std::move(type.value());
}

}  // namespace machi::kiosk::test
