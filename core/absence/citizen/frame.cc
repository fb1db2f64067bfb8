// Bars, names and telephone links of the citizen's screens.
#include "core/absence/citizen/frame.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;

// Longer words before the ones that they begin with.
constexpr std::pair<std::string_view, std::string_view> kCommonWords[] = {
    {"小学校", "しょうがっこう"}, {"中学校", "ちゅうがっこう"}, {"保育園", "ほいくえん"}, {"幼稚園", "ようちえん"},
    {"学校", "がっこう"},         {"年", "ねん"},               {"組", "くみ"}};

screen::Screen bare(const CitizenContext& context, const Route& route, const std::string& title) {
  screen::Screen out;
  out.app = "citizen";
  out.name = route.screen();
  out.title = words::plain(title);
  out.language = context.words.language();
  return out;
}

}  // namespace

screen::Screen titled(const CitizenContext& context, const Route& route, const std::string& title) {
  screen::Screen out = bare(context, route, title);
  out.bar.push_back(screen::button("back", context.words("button.back"), Importance::Tertiary, Icon::Back));
  auto& place = context.words.easy() ? out.main : out.bar;
  place.push_back(screen::heading("title", title));
  if (context.words.easy()) {
    out.bar.push_back(screen::link("language", context.words("button.language"), {}, Icon::Language));
  }
  return out;
}

screen::Screen outcome(const CitizenContext& context, const Route& route, const std::string& title, screen::Node heading) {
  screen::Screen out = bare(context, route, title);
  out.bar.push_back(screen::button("back", context.words("button.close"), Importance::Tertiary, Icon::Close));
  out.bar.push_back(screen::text("title", title));
  out.announce = words::plain(heading.name);
  out.main.push_back(std::move(heading));
  return out;
}

std::string called(const CitizenContext& context, const Child& child) {
  if (child.card.name.empty()) return context.words("absence.child.gone");
  return context.words("absence.child.called", {{"name", context.words.name(child.given_name(), child.given_reading())}});
}

std::string full_name(const CitizenContext& context, const Child& child) {
  if (child.card.name.empty()) return context.words("absence.child.gone");
  return context.words("absence.child.full", {{"name", context.words.name(child.card.name, child.card.reading)},
                                              {"class", readable(context.words, child.card.class_name)}});
}

Child child_of(const CitizenContext& context, const PupilId& pupil) {
  const auto child = context.children.child(pupil);
  if (child.ok() && *child) return **child;
  Child gone;
  gone.card.pupil = pupil;
  return gone;
}

std::string readable(const words::Words& words, std::string_view name) {
  if (!words.easy()) return std::string(name);
  std::string out;
  while (!name.empty()) {
    std::size_t taken = 0;
    for (const auto& [written, reading] : kCommonWords) {
      if (!name.starts_with(written)) continue;
      out += words.name(written, reading);
      taken = written.size();
      break;
    }
    if (taken == 0) {
      out += name.front();
      taken = 1;
    }
    name.remove_prefix(taken);
  }
  return out;
}

std::string office_name(const CitizenContext& context, const MailboxId& office, const std::string& fallback) {
  const auto known = context.mail.office(office);
  return readable(context.words, known && !known->name.empty() ? known->name : fallback);
}

std::string office_telephone(const CitizenContext& context, const MailboxId& office) {
  const auto known = context.mail.office(office);
  return known ? known->telephone : "";
}

std::optional<screen::Node> call_link(const CitizenContext& context, std::string id, const MailboxId& office,
                                      const std::string& name) {
  const std::string telephone = office_telephone(context, office);
  std::string digits;
  for (char sign : telephone) {
    if (sign >= '0' && sign <= '9') digits += sign;
  }
  if (digits.empty()) return std::nullopt;
  const std::string label = context.words("absence.call", {{"office", office_name(context, office, name)}});
  screen::Node link = screen::link(std::move(id), label, "tel:" + digits, Icon::Telephone);
  link.hint = telephone;
  return link;
}

}  // namespace machi::absence
