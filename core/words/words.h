// Words: every sentence that a person sees or hears, by key, in the person's language. Catalogues are GNU .mo
// files made from assets/words/*.po; Japanese is built in, others are loaded when chosen. One thread; pure.
//
// Inside a msgstr: {name} argument, {漢字|かんじ} ruby, `|` phrase boundary (becomes U+200B), `\{`, `\|` the
// signs themselves.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/time.h"

namespace machi::words {

struct Argument {
  std::string_view name;
  std::string value;
};
using Arguments = std::initializer_list<Argument>;

// A loaded language.
class Catalogue {
 public:
  // BadInput when the bytes are no .mo file. Language as in the file's header.
  static base::Result<std::shared_ptr<const Catalogue>> load(base::ByteView mo);
  static std::shared_ptr<const Catalogue> japanese();  // built in

  const std::string& language() const;  // "ja", "ja-x-easy", "en"
  bool reviewed_by_speaker() const;     // header X-Reviewed
  // The msgstr as written, or nothing. `form`: plural form index.
  const std::string* find(std::string_view key, int form = 0) const;
  int plural_form(std::uint64_t n) const;    // by the file's Plural-Forms, checked at build time
  int forms() const;                         // how many plural forms the language has
  int forms_of(std::string_view key) const;  // how many msgstr this key has; 0 = no such key
  std::vector<std::string> keys() const;

 private:
  struct Content;
  std::shared_ptr<const Content> content_;
};

class Words {
 public:
  explicit Words(std::shared_ptr<const Catalogue> catalogue = Catalogue::japanese());

  const std::string& language() const;
  bool easy() const;  // easy Japanese: ruby everywhere, names with their readings, 2026年, 午前/午後
  // The sentence; a missing key falls back to Japanese, and a key that no catalogue has shows the key (a test
  // forbids it).
  std::string operator()(std::string_view key, Arguments arguments = {}) const;
  std::string count(std::string_view key, std::int64_t n,
                    Arguments arguments = {}) const;  // {n} and the plural form

  // Dates and times as the language writes them: 11月24日（火）, 2026年11月24日 火曜日 with ruby, "Tue 24
  // November".
  std::string date(base::Date date) const;
  std::string time(base::TimeOfDay time) const;                   // 7:42 | 午前 7時42分 | 7:42
  std::string moment(base::Instant at, base::Instant now) const;  // time when today, else date and time
  // A name with its reading, as ruby in easy Japanese, plain elsewhere.
  std::string name(std::string_view name, std::string_view reading) const;

 private:
  std::shared_ptr<const Catalogue> catalogue_;
  std::shared_ptr<const Catalogue> fallback_;
};

// The languages of the product, in the order of the language screen.
struct Language {
  std::string_view tag;       // "ja-x-easy"
  std::string_view own_name;  // "やさしい日本語"
};
const std::vector<Language>& languages();

// The text without ruby and phrase marks: for titles, logs of tests, and voice (reading=true: readings
// instead of kanji).
std::string plain(std::string_view text, bool reading = false);

}  // namespace machi::words
