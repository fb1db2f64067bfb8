// What the citizen's screens have in common: the bar with its way back, names of children and offices, telephone links.
// Pure functions over a context; one thread.
#pragma once

#include "core/absence/citizen/context.h"

namespace machi::absence {

// A screen whose title is its heading: in the bar, or above the content in easy Japanese, where titles are long.
screen::Screen titled(const CitizenContext& context, const Route& route, const std::string& title);
// A screen that shows how something came out: a close button and a quiet title in the bar, the outcome as heading.
screen::Screen outcome(const CitizenContext& context, const Route& route, const std::string& title, screen::Node heading);

// みおさん (easy Japanese: with ruby where the name has kanji).
std::string called(const CitizenContext& context, const Child& child);
// 佐倉 みお（3年1組）
std::string full_name(const CitizenContext& context, const Child& child);
// The child of a report; its class and names are empty when it is no longer registered on this phone.
Child child_of(const CitizenContext& context, const PupilId& pupil);

// Names of schools and classes as the language shows them: in easy Japanese their common words carry ruby (3年1組).
std::string readable(const words::Words& words, std::string_view name);
// The name that the directory gives, else the one that the slip gave; readable.
std::string office_name(const CitizenContext& context, const MailboxId& office, const std::string& fallback);
// Telephone of an office, as the directory prints it; "" when it is not known yet.
std::string office_telephone(const CitizenContext& context, const MailboxId& office);
// "東小学校に電話する"; nothing when no number is known.
std::optional<screen::Node> call_link(const CitizenContext& context, std::string id, const MailboxId& office,
                                      const std::string& name);

// The last path of an id: 32 hex signs.
template <class Id>
std::optional<Id> id_of(const std::string& hex) {
  auto id = Id::from_hex_text(hex);
  if (!id) return std::nullopt;
  return *id;
}

}  // namespace machi::absence
