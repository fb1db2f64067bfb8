// Choosing a language, and what comes of it.
#include "core/words/shelf.h"

#include <algorithm>

namespace machi::words {
namespace {

constexpr std::string_view kEnglish = "en";

bool has_gaps(const Catalogue& catalogue) {
  const auto keys = Catalogue::japanese()->keys();
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) { return catalogue.forms_of(key) == 0; });
}

}  // namespace

Shelf::Shelf() : spoken_("ja"), wanted_("ja") { catalogues_.emplace("ja", Catalogue::japanese()); }

std::string Shelf::choose(std::string_view tag) {
  const auto& all = languages();
  if (std::none_of(all.begin(), all.end(), [tag](const Language& one) { return one.tag == tag; })) return {};
  wanted_ = tag;
  failed_ = false;
  if (!catalogues_.contains(tag)) return wanted_;
  spoken_ = wanted_;
  return {};
}

std::string Shelf::came(std::string_view tag, base::ByteView mo) {
  auto catalogue = Catalogue::load(mo);
  const bool fits = catalogue.ok() && (*catalogue)->language() == tag;
  if (fits) catalogues_[std::string(tag)] = *catalogue;
  if (tag == wanted_ && waiting()) {
    failed_ = !fits;
    (fits ? spoken_ : wanted_) = fits ? wanted_ : spoken_;
  }
  const bool wants_english = fits && !tag.starts_with("ja") && !catalogues_.contains(kEnglish) && has_gaps(**catalogue);
  return wants_english ? std::string(kEnglish) : std::string();
}

Words Shelf::words() const {
  const auto english = catalogues_.find(kEnglish);
  const bool helps = english != catalogues_.end() && !spoken_.starts_with("ja");
  return Words(catalogues_.find(spoken_)->second, helps ? english->second : nullptr);
}

}  // namespace machi::words
