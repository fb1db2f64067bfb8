// A device that is used for today only: its own screens while it waits and when it is over, and the group on
// another desk's page by which a person lets it in. Pure over the tables.
#include <array>

#include "core/absence/desk/page.h"

namespace machi::absence {

using screen::Importance;
using screen::Node;
using screen::Nodes;

namespace {

constexpr std::array kEnds = {base::TimeOfDay{12 * 60}, base::TimeOfDay{15 * 60}, base::TimeOfDay{17 * 60},
                              base::TimeOfDay{20 * 60}};
constexpr std::int64_t kShortestSeconds = 10 * 60;

screen::Screen bare(const words::Words& words, const char* name, const std::string& title) {
  screen::Screen out;
  out.app = "desk";
  out.name = name;
  out.language = words.language();
  out.title = words::plain(title);
  out.main.push_back(screen::heading("heading", title));
  return out;
}

}  // namespace

std::vector<Instant> guest_ends(Instant now) {
  std::vector<Instant> out;
  for (const base::TimeOfDay end : kEnds) {
    const Instant at = base::instant_of(base::date_of(now), end);
    if (at >= now.plus_seconds(kShortestSeconds)) out.push_back(at);
  }
  if (out.empty()) out.push_back(Instant::from_seconds(now.plus_seconds(2 * 3600).seconds()));
  return out;
}

screen::Screen guest_screen(const GuestScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = bare(words, "desk.guest", words("desk.guest.here"));
  out.main.push_back(screen::text("memory", words("desk.guest.memory")));
  if (scene.schools.empty()) {
    out.main.push_back(screen::progress("progress", words("desk.join.progress")));
    return screen::finish(std::move(out));
  }
  if (scene.schools.size() > 1) {
    std::vector<screen::Option> options;
    for (const BoardSchool& one : scene.schools)
      options.push_back(screen::option(one.id.hex(), one.name, one.id == scene.asked));
    out.main.push_back(
        screen::choice("school", words("desk.guest.school"), screen::Kind::Single, std::move(options)));
  } else {
    out.main.push_back(screen::text("school", scene.schools.front().name));
  }
  if (scene.asked.is_zero()) return screen::finish(std::move(out));
  out.main.push_back(screen::text("how", words("desk.guest.ask")));
  Nodes facts{screen::fact("code", words("desk.guest.code"), scene.code)};
  Nodes inside{screen::facts("facts", "", std::move(facts))};
  if (scene.symbol && *scene.symbol)
    if (auto modules = (*scene.symbol)(scene.code); modules.ok())
      inside.push_back(screen::qr("symbol", words("desk.guest.code"), scene.code, std::move(*modules)));
  out.main.push_back(screen::group("show", words("desk.guest.show"), std::move(inside)));
  out.main.push_back(screen::progress("waiting", words("desk.guest.waiting")));
  return screen::finish(std::move(out));
}

screen::Screen guest_over_screen(const words::Words& words) {
  screen::Screen out = bare(words, "desk.guest-over", words("desk.guest.over"));
  out.main.push_back(screen::text("next", words("desk.guest.over.next")));
  return screen::finish(std::move(out));
}

Node guest_group(const DeskScene& scene) {
  const auto& words = scene.words;
  const DeskPlace& place = scene.place;
  Nodes inside{screen::text("guest.how", words("desk.guest.allow.how"))};
  if (place.guest_code.empty()) {
    inside.push_back(
        screen::scanner("guest.scan", words("desk.guest.allow.scan"), words("desk.guest.allow.scan.hint")));
    return screen::group("guest", words("desk.guest.allow"), std::move(inside));
  }
  Node code =
      screen::field("guest.code", words("desk.guest.allow.code"), screen::Kind::Text, place.guest_code);
  code.max_length = 12;
  const auto read = mail::parse_guest_code(place.guest_code);
  if (!read.ok() || !scene.school.guests().find(*read, scene.now))
    code.error = words("desk.guest.allow.unknown");
  inside.push_back(std::move(code));
  std::vector<screen::Option> ends;
  const auto times = guest_ends(scene.now);
  const Instant chosen = place.guest_to > scene.now ? place.guest_to : times.back();
  for (const Instant at : times)
    ends.push_back(screen::option(std::to_string(at.seconds()), words.time(base::time_of(at)), at == chosen));
  inside.push_back(
      screen::choice("guest.to", words("desk.guest.allow.until"), screen::Kind::Single, std::move(ends)));
  inside.push_back(screen::choice("guest.view", words("desk.guest.view.what"), screen::Kind::Single,
                                  {screen::option("all", words("desk.guest.view.all"), !place.guest_some),
                                   screen::option("some", words("desk.guest.view.some"), place.guest_some)}));
  if (place.guest_some) {
    std::vector<screen::Option> classes;
    for (const SchoolClass& one : scene.school.roll().classes())
      classes.push_back(
          screen::option(one.id.hex(), class_name(words, one), place.guest_only.contains(one.id)));
    inside.push_back(screen::choice("guest.classes", words("desk.guest.view.classes"), screen::Kind::Multiple,
                                    std::move(classes)));
    inside.push_back(screen::text("guest.honest", words("desk.guest.view.honest")));
  }
  inside.push_back(screen::button("guest.allow", words("desk.guest.allow.yes"), Importance::Secondary));
  return screen::group("guest", words("desk.guest.allow"), std::move(inside));
}

}  // namespace machi::absence
