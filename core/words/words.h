// Words: every sentence that a person sees or hears, by key, in the person's language. Catalogues are GNU .mo
// files made from assets/words/*.po; Japanese is built in, others are loaded when chosen. One thread; pure.
//
// Inside a msgstr: {name} argument, {漢字|かんじ} ruby, `|` phrase boundary (becomes U+200B), `\{`, `\|` the
// signs themselves.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
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
  // The msgstr as written, or nothing; it lives as long as the catalogue. `form`: plural form index.
  std::optional<std::string_view> find(std::string_view key, int form = 0) const;
  // The one for this number.
  std::optional<std::string_view> find_for(std::string_view key, std::uint64_t n) const;
  int plural_form(std::uint64_t n) const;    // by the file's Plural-Forms, checked at build time
  int forms() const;                         // how many plural forms the language has
  int forms_of(std::string_view key) const;  // how many msgstr this key has; 0 = no such key
  std::vector<std::string> keys() const;

 private:
  struct Content;
  static base::Result<std::shared_ptr<const Catalogue>> read(base::ByteView mo,
                                                             const std::shared_ptr<Content>& content);
  std::optional<std::string_view> forms_at(std::string_view key) const;
  std::shared_ptr<const Content> content_;
};

class Words {
 public:
  // `english`: what says a sentence that the catalogue lacks, before Japanese does (core/words/shelf.h).
  explicit Words(std::shared_ptr<const Catalogue> catalogue = Catalogue::japanese(),
                 std::shared_ptr<const Catalogue> english = nullptr);

  const std::string& language() const;
  bool reviewed() const;  // by somebody who grew up with the language
  bool easy() const;      // easy Japanese: ruby everywhere, names with their readings, 2026年, 午前/午後
  // The sentence. A missing key falls back to English, then to Japanese; a key is never shown: what no
  // catalogue has is "…" (a test forbids it).
  std::string operator()(std::string_view key, Arguments arguments = {}) const;
  std::string count(std::string_view key, std::int64_t n,
                    Arguments arguments = {}) const;  // {n} and the plural form

  // Dates and times as the language writes them: 11月24日（火）, 2026年11月24日 火曜日 with ruby, "Tue 24
  // November".
  std::string date(base::Date date) const;
  std::string birth(base::Date date) const;      // with its year and without a weekday: 1985年4月2日
  std::string time(base::TimeOfDay time) const;  // 7:42 | 午前 7時42分 | 7:42
  std::string moment(base::Instant at, base::Instant now) const;  // time when today, else date and time
  std::string decimal(std::int64_t tenths) const;                 // 38.2 | 38,2
  // The tag when a text in that language is foreign to who reads this one, else "": easy Japanese is
  // Japanese, and a tag that is none of the product's says nothing.
  std::string foreign(std::string_view tag) const;
  // What a language is called in this one: "vi" -> ベトナム語. A tag that is none of the product's stays as
  // it is.
  std::string language_name(std::string_view tag) const;
  // A name with its reading, as ruby in easy Japanese, plain elsewhere.
  std::string name(std::string_view name, std::string_view reading) const;

 private:
  std::optional<std::string_view> find(std::string_view key, std::int64_t n = 0) const;

  std::shared_ptr<const Catalogue> catalogue_;
  std::shared_ptr<const Catalogue> english_;  // may be none
};

// The languages of the product, in the order of the language screen.
struct Language {
  std::string_view tag;       // BCP 47: "ja-x-easy"
  std::string_view own_name;  // "やさしい日本語"
};
const std::vector<Language>& languages();

// The product's language for a device's (BCP 47: "zh-TW", "tl-PH", "de"); English for those that it does not
// have, Japanese when the device names none.
std::string_view language_for(std::string_view device);

// The text without ruby and phrase marks: for titles, logs of tests, and voice (reading=true: readings
// instead of kanji).
std::string plain(std::string_view text, bool reading = false);

}  // namespace machi::words
