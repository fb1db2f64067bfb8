// Sentences by key, and dates, times and names as a language writes them. One thread; pure.
#include "core/words/words.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/words/markup.h"

namespace machi::words {
namespace {

// Readings of 日 after a number (the special ones cover the number too), and of 分.
std::string easy_day(int day) {
  static constexpr std::string_view kWhole[] = {"",       "ついたち", "ふつか", "みっか",
                                                "よっか", "いつか",   "むいか", "なのか",
                                                "ようか", "ここのか", "とおか"};
  const std::string number = std::to_string(day);
  if (day <= 10) return ruby(number + "日", kWhole[day]);
  if (day == 20) return ruby("20日", "はつか");
  return number + ruby("日", day == 14 || day == 24 ? "か" : "にち");
}

std::string easy_minutes(int minute) {
  if (minute == 0) return {};
  const int last = minute % 10;
  const bool soft = last == 2 || last == 5 || last == 7 || last == 9;
  return std::to_string(minute) + ruby("分", soft ? "ふん" : "ぷん");
}

bool has_kanji(std::string_view text) {
  for (const char32_t sign : base::to_code_points(text))
    if (is_kanji(sign)) return true;
  return false;
}

// Without the characters that would begin or end a ruby.
std::string without_marks(std::string_view text) {
  std::u32string out;
  for (const char32_t sign : base::to_code_points(text))
    if (sign < 0xfff9 || sign > 0xfffb) out += sign == U'\u3000' ? U' ' : sign;
  return base::from_code_points(out);
}

std::vector<std::string_view> parts(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto space = std::min(text.find(' '), text.size());
    if (space > 0) out.push_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return out;
}

}  // namespace

Words::Words(std::shared_ptr<const Catalogue> catalogue)
    : catalogue_(std::move(catalogue)), fallback_(Catalogue::japanese()) {}

const std::string& Words::language() const { return catalogue_->language(); }
bool Words::easy() const { return language() == "ja-x-easy"; }

std::string Words::operator()(std::string_view key, Arguments arguments) const {
  const std::string* msgstr = catalogue_->find(key);
  if (msgstr == nullptr) msgstr = fallback_->find(key);
  return msgstr == nullptr ? std::string(key) : resolve(*msgstr, arguments);
}

std::string Words::count(std::string_view key, std::int64_t n, Arguments arguments) const {
  std::vector<Argument> all(arguments);
  all.push_back({"n", std::to_string(n)});
  const auto size = n < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
  const std::string* msgstr = catalogue_->find(key, catalogue_->plural_form(size));
  if (msgstr == nullptr) msgstr = fallback_->find(key);
  return msgstr == nullptr ? std::string(key) : resolve(*msgstr, all);
}

std::string Words::date(base::Date date) const {
  const Words& words = *this;
  return words("date.format",
               {{"year", std::to_string(date.year())},
                {"month", words("date.month." + std::to_string(date.month()))},
                {"day", easy() ? easy_day(date.day()) : std::to_string(date.day())},
                {"weekday", words("date.weekday." + std::to_string(static_cast<int>(date.weekday())))}});
}

std::string Words::time(base::TimeOfDay time) const {
  const Words& words = *this;
  const int hour = time.minutes / 60, minute = time.minutes % 60;
  return words("time.format", {{"hour", std::to_string(hour)},
                               {"hour12", std::to_string(hour % 12)},
                               {"half", words(hour < 12 ? "time.morning" : "time.afternoon")},
                               {"minute", (minute < 10 ? "0" : "") + std::to_string(minute)},
                               {"minutes", easy() ? easy_minutes(minute) : std::to_string(minute)}});
}

std::string Words::moment(base::Instant at, base::Instant now) const {
  const std::string clock = time(base::time_of(at));
  if (base::date_of(at) == base::date_of(now)) return clock;
  return (*this)("date.moment", {{"date", date(base::date_of(at))}, {"time", clock}});
}

std::string Words::name(std::string_view name, std::string_view reading) const {
  const std::string written = without_marks(name), read = without_marks(reading);
  if (!easy() || read.empty() || !has_kanji(written)) return written;
  const auto names = parts(written), readings = parts(read);
  if (names.size() != readings.size()) return ruby(written, read);
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += ' ';
    out += has_kanji(names[i]) ? ruby(names[i], readings[i]) : std::string(names[i]);
  }
  return out;
}

const std::vector<Language>& languages() {
  static const std::vector<Language> all = {
      {"ja", "日本語"}, {"ja-x-easy", "やさしい日本語"}, {"en", "English"}};
  return all;
}

}  // namespace machi::words
