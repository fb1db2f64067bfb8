// What the visitor wants: which certificates, and of each how many and what stands on it. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Node;

constexpr Kind kOffered[] = {Kind::ResidentRecord, Kind::ResidentEntries, Kind::SealRegistration,
                             Kind::AddressHistory, Kind::RegisterAll,     Kind::RegisterPerson,
                             Kind::Taxation,       Kind::TaxPayment};

Node cancel_button(const Scene& scene) {
  return screen::button("cancel", scene.words("kiosk.cancel"), Importance::Secondary, screen::Icon::Close);
}

Node years(const Scene& scene, int chosen) {
  std::vector<screen::Option> options;
  const int newest = newest_tax_year(base::date_of(scene.now));
  for (int year = newest; year > newest - kTaxYears; --year) {
    options.push_back(screen::option(
        std::to_string(year),
        scene.words("kiosk.year", {{"year", std::to_string(year)}, {"era", std::to_string(year - 2018)}}),
        year == chosen));
  }
  return screen::choice("year", scene.words("kiosk.which-year"), screen::Kind::Single, std::move(options));
}

Node shown(const Scene& scene, const Options& chosen) {
  const auto& w = scene.words;
  std::vector<screen::Option> options;
  for (int i = 0; i <= static_cast<int>(kLastOption); ++i) {
    const auto option = static_cast<Option>(i);
    const std::string key = "kiosk.option." + std::string(name_of(option));
    options.push_back(
        screen::option(std::string(name_of(option)), w(key), chosen.has(option), w(key + ".hint")));
  }
  return screen::choice("shown", w("kiosk.shown"), screen::Kind::Multiple, std::move(options));
}

Node copies(const Scene& scene, int number) {
  const auto& w = scene.words;
  Node less = screen::button("less", w("kiosk.copies.less"));
  Node more = screen::button("more", w("kiosk.copies.more"));
  less.icon = screen::Icon::None;
  more.icon = screen::Icon::Add;
  if (number <= 1) {
    less.disabled = true;
    less.hint = w("kiosk.copies.least");
  }
  if (number >= kMostCopies) {
    more.disabled = true;
    more.hint = w("kiosk.copies.most", {{"most", std::to_string(kMostCopies)}});
  }
  return screen::group(
      "copies", w("kiosk.copies"),
      {std::move(less),
       screen::text("number", w("kiosk.copies.number", {{"copies", std::to_string(number)}})),
       std::move(more)});
}

}  // namespace

screen::Screen choose_screen(const Scene& scene, const Basket& basket) {
  const auto& w = scene.words;
  std::vector<screen::Option> options;
  for (const Kind kind : kOffered) {
    const std::int64_t fee = scene.fees[static_cast<std::size_t>(kind) - 1];
    options.push_back(
        screen::option(std::string(name_of(kind)), title_of(scene, kind), basket.find(kind) != nullptr,
                       w("kiosk.kind-and-fee", {{"what", w(kind_key(kind) + ".hint")}, {"yen", yen(fee)}})));
  }
  Node next = screen::button("next", w("kiosk.next"), Importance::Primary);
  if (basket.items().empty()) {
    next.disabled = true;
    next.hint = w("kiosk.choose.none");
  }
  return screen_of(scene,
                   {"kiosk.choose",
                    w("kiosk.choose"),
                    {screen::text("many", w("kiosk.choose.many")),
                     screen::choice("kinds", w("kiosk.kinds"), screen::Kind::Multiple, std::move(options))},
                    {std::move(next), cancel_button(scene)},
                    true});
}

screen::Screen details_screen(const Scene& scene, const OrderItem& item, bool last) {
  const auto& w = scene.words;
  screen::Nodes main;
  if (is_resident(item.kind)) {
    main.push_back(screen::choice("who", w("kiosk.who"), screen::Kind::Single,
                                  {screen::option("one", w("kiosk.who.one"), !item.household),
                                   screen::option("household", w("kiosk.who.household"), item.household)}));
    main.push_back(shown(scene, item.options));
  }
  if (is_tax(item.kind)) main.push_back(years(scene, item.year));
  main.push_back(copies(scene, item.copies));
  return screen_of(scene,
                   {"kiosk.details/" + std::string(name_of(item.kind)),
                    title_of(scene, item.kind),
                    std::move(main),
                    {screen::button("next", last ? w("kiosk.to-card") : w("kiosk.next"), Importance::Primary),
                     screen::button("back", w("button.back"), Importance::Secondary, screen::Icon::Back),
                     cancel_button(scene)},
                    true});
}

}  // namespace machi::certificate::kiosk
