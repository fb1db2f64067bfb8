// The garbage dictionary: by the sound that a thing begins with, or by what is typed, and the days of a
// district.
#include <algorithm>

#include "core/base/text.h"
#include "core/notice/citizen/chat.h"

namespace machi::notice {

using screen::Kind;
using screen::Nodes;

namespace {

// The ten rows of the syllabary by their first and last sign.
struct KanaRow {
  const char* name;
  char32_t first, last;
};
constexpr KanaRow kKanaRows[] = {{"あ", U'ぁ', U'お'}, {"か", U'か', U'ご'}, {"さ", U'さ', U'ぞ'},
                                 {"た", U'た', U'ど'}, {"な", U'な', U'の'}, {"は", U'は', U'ぽ'},
                                 {"ま", U'ま', U'も'}, {"や", U'ゃ', U'よ'}, {"ら", U'ら', U'ろ'},
                                 {"わ", U'ゎ', U'ん'}};

bool begins_in(const AnswerEntry& entry, const std::string& row) {
  const std::string& reading = entry.names[0].reading.empty() ? entry.title : entry.names[0].reading;
  const std::u32string signs = base::to_code_points(base::search_form(reading));
  if (signs.empty()) return false;
  for (const KanaRow& one : kKanaRows)
    if (row == one.name) return signs[0] >= one.first && signs[0] <= one.last;
  return false;
}

std::vector<std::string> districts_of(const AnswerPack& pack) {
  std::vector<std::string> out;
  for (const GarbageKind& kind : pack.kinds)
    for (const auto& [name, days] : kind.days)
      if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::string garbage_district(const PhoneContext& context, const AnswerPack& pack) {
  const std::vector<std::string> known = districts_of(pack);
  const auto there = [&](const std::string& name) {
    return std::find(known.begin(), known.end(), name) != known.end();
  };
  const std::string chosen = context.profile.setting("garbage");
  if (there(chosen)) return chosen;
  const auto profile = context.profile.profile(context.today());
  if (profile.districts)
    for (const std::string& one : *profile.districts)
      if (there(one)) return one;
  return "";
}

screen::Screen Chat::garbage(const PhoneContext& context) const {
  const auto& words = context.words;
  screen::Screen out = phone_frame(context, kGarbage, words("notice.garbage.title"));
  if (!pack_) {
    out.main.push_back(
        screen::empty("none", words(context.follower.busy() ? "notice.chat.loading" : "notice.chat.none")));
    return out;
  }
  const std::string district = garbage_district(context, *pack_);
  std::vector<screen::Option> districts;
  for (const std::string& one : districts_of(*pack_))
    districts.push_back(screen::option(one, one, one == district));
  if (!districts.empty()) {
    out.main.push_back(
        screen::choice("district", words("notice.garbage.district"), Kind::Single, std::move(districts)));
  }
  if (!district.empty()) {
    Nodes facts;
    for (const GarbageKind& kind : pack_->kinds)
      if (const auto days = kind.days.find(district); days != kind.days.end()) {
        facts.push_back(screen::fact("kind." + kind.id, kind.label, days->second));
        facts.back().language = words.foreign("ja");
      }
    if (!facts.empty())
      out.main.push_back(screen::facts("days", words("notice.garbage.when"), std::move(facts)));
  }
  screen::Node field = screen::field("find", words("notice.garbage.find"), Kind::Text, wanted_);
  field.max_length = 40;
  out.main.push_back(std::move(field));
  std::vector<screen::Option> options;
  for (const KanaRow& one : kKanaRows) {
    options.push_back(screen::option(one.name, one.name, row_ == one.name));
    options.back().language = words.foreign("ja");
  }
  if (wanted_.empty())
    out.main.push_back(screen::choice("row", words("notice.garbage.row"), Kind::Single, std::move(options)));
  std::vector<int> all;
  if (!base::trimmed(wanted_).empty()) {
    for (const FoundAnswer& one : search_->ask(wanted_, 20))
      if (one.score > 0.3 && pack_->entries[static_cast<std::size_t>(one.entry)].field == kGarbageField)
        all.push_back(one.entry);
  } else if (!row_.empty()) {
    for (std::size_t i = 0; i < pack_->entries.size(); ++i)
      if (pack_->entries[i].field == kGarbageField && begins_in(pack_->entries[i], row_))
        all.push_back(static_cast<int>(i));
    std::sort(all.begin(), all.end(), [this](int a, int b) {
      const auto reading = [this](int index) {
        return pack_->entries[static_cast<std::size_t>(index)].names[0].reading;
      };
      return reading(a) < reading(b);
    });
  }
  Nodes rows;
  add_rows(context, all, rows);
  if (!rows.empty())
    out.main.push_back(screen::list("things", words("notice.garbage.things"), std::move(rows)));
  else if (!wanted_.empty() || !row_.empty())
    out.main.push_back(screen::empty("none", words("notice.garbage.none")));
  return out;
}

}  // namespace machi::notice
