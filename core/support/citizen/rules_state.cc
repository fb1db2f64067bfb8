// Trouble with the rules, in words.
#include "core/support/citizen/rules_state.h"

namespace machi::support {

using Outcome = pages::PackShelf::Outcome;
using screen::Tone;

screen::Nodes rules_trouble(const pages::Context& context) {
  const auto& words = context.words;
  screen::Nodes out;
  const auto say = [&](const char* key, Tone tone) {
    out.push_back(screen::alert("rules.trouble", words(key), tone));
    if (context.shelf.pack() != nullptr) out.back().hint = words("support.rules.kept");
  };
  switch (context.shelf.outcome()) {
    case Outcome::None:
      if (context.shelf.pack() == nullptr)
        out.push_back(screen::text("rules.trouble", words("support.rules.loading")));
      break;
    case Outcome::Same:
    case Outcome::Taken:
      break;
    case Outcome::Unreachable:
      say("support.rules.unreachable", Tone::Info);
      out.back().icon = screen::Icon::Offline;
      break;
    case Outcome::Absent:
      say("support.rules.absent", Tone::Info);
      break;
    case Outcome::Forged:
      say("support.rules.forged", Tone::Danger);
      break;
    case Outcome::Older:
      say("support.rules.older", Tone::Warning);
      break;
    case Outcome::Unsound:
      say("support.rules.unsound", Tone::Warning);
      break;
    case Outcome::Storage:
      say("error.storage.what", Tone::Danger);
      break;
  }
  return out;
}

screen::Nodes rules_date(const pages::Context& context) {
  const rules::Pack* pack = context.shelf.pack();
  if (pack == nullptr) return {};
  return {screen::text("rules.date",
                       context.words("support.rules.from", {{"date", context.words.birth(pack->issued)},
                                                            {"version", std::to_string(pack->version)}}))};
}

}  // namespace machi::support
