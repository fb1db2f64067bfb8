// One school has at most some thousand pupils: every one is looked at, no index is kept.
#include "core/absence/desk/roll/find.h"

#include "core/base/text.h"

namespace machi::absence {
namespace {

// What the eye takes for a space parts words; search_form takes spaces out, so it comes afterwards.
std::vector<std::string> words_of(std::string_view typed) {
  std::vector<std::string> out;
  std::u32string word;
  const auto end = [&] {
    if (!word.empty()) out.push_back(base::search_form(base::from_code_points(word)));
    word.clear();
  };
  for (const char32_t sign : base::to_code_points(typed)) {
    if (sign == U' ' || sign == U'\u3000' || sign == U'\t' || sign == U'\n')
      end();
    else
      word.push_back(sign);
  }
  end();
  std::erase(out, "");
  return out;
}

bool has(const Sought& one, const std::string& word) {
  for (const std::string* text : {&one.name, &one.reading, &one.class_name})
    if (text->find(word) != std::string::npos) return true;
  const std::string grade = std::to_string(one.of->grade);
  if (!word.starts_with(grade + "-")) return false;
  const std::string number = one.of->name.substr(0, one.of->name.find("組"));
  return word == grade + "-" + number ||
         word == grade + "-" + number + "-" + std::to_string(one.pupil->record.number);
}

}  // namespace

std::vector<const Pupil*> find_pupils(const RollBook& roll, std::string_view typed) {
  const std::vector<std::string> words = words_of(typed);
  std::vector<const Pupil*> out;
  if (words.empty()) return out;
  for (const Sought& one : roll.sought())
    if (std::all_of(words.begin(), words.end(), [&](const std::string& word) { return has(one, word); }))
      out.push_back(one.pupil);
  return out;
}

void add_finder(const DeskScene& scene, std::string_view verb, const std::string& typed,
                screen::Nodes& main) {
  const auto& words = scene.words;
  screen::Node field = screen::field("find", words("desk.find"), screen::Kind::Text, typed);
  field.hint = words("desk.find.hint");
  field.max_length = 40;
  main.push_back(std::move(field));
  if (base::trimmed(typed).empty()) return;
  const auto found = find_pupils(scene.school.roll(), typed);
  if (found.empty()) {
    main.push_back(screen::text("find.none", words("desk.find.none")));
    return;
  }
  screen::Nodes rows;
  for (const Pupil* pupil : found) {
    if (rows.size() == kFoundShown) break;
    rows.push_back(screen::row_button(
        std::string(verb) + "." + pupil->record.pupil.hex(), pupil_name(words, *pupil),
        words("desk.pupil.about",
              {{"class", pupil->class_name}, {"number", std::to_string(pupil->record.number)}})));
  }
  main.push_back(screen::list(
      "found", words.count("desk.find.count", static_cast<std::int64_t>(found.size())), std::move(rows)));
  if (found.size() > kFoundShown) main.push_back(screen::text("find.more", words("desk.find.more")));
}

}  // namespace machi::absence
