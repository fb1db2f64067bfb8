// Sentences by key, and dates, times and names as a language writes them. One thread; pure.
#include "core/words/words.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/words/markup.h"

namespace machi::words {
namespace {

const std::string kNothing = "…";  // a sentence that no catalogue has

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

bool is_ours(std::string_view tag) {
  const auto& all = languages();
  return std::any_of(all.begin(), all.end(), [tag](const Language& one) { return one.tag == tag; });
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

Words::Words(std::shared_ptr<const Catalogue> catalogue, std::shared_ptr<const Catalogue> english)
    : catalogue_(std::move(catalogue)), english_(std::move(english)) {}

const std::string& Words::language() const { return catalogue_->language(); }
bool Words::reviewed() const { return catalogue_->reviewed_by_speaker(); }
bool Words::easy() const { return language() == "ja-x-easy"; }

std::optional<std::string_view> Words::find(std::string_view key, std::int64_t n) const {
  const auto size = n < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
  static const std::shared_ptr<const Catalogue> japanese = Catalogue::japanese();
  for (const Catalogue* in : {catalogue_.get(), english_.get(), japanese.get()}) {
    if (in == nullptr) continue;
    if (auto found = in->find_for(key, size)) return found;
  }
  return std::nullopt;
}

std::string Words::operator()(std::string_view key, Arguments arguments) const {
  const auto found = find(key);
  return found ? resolve(*found, arguments) : kNothing;
}

std::string Words::count(std::string_view key, std::int64_t n, Arguments arguments) const {
  std::vector<Argument> all(arguments);
  all.push_back({"n", std::to_string(n)});
  const auto found = find(key, n);
  return found ? resolve(*found, all.data(), all.size()) : kNothing;
}

std::string Words::date(base::Date date) const {
  const Words& words = *this;
  return words("date.format",
               {{"year", std::to_string(date.year())},
                {"month", words("date.month." + std::to_string(date.month()))},
                {"day", easy() ? easy_day(date.day()) : std::to_string(date.day())},
                {"weekday", words("date.weekday." + std::to_string(static_cast<int>(date.weekday())))}});
}

std::string Words::birth(base::Date date) const {
  const Words& words = *this;
  return words("date.birth", {{"year", std::to_string(date.year())},
                              {"month", words("date.month." + std::to_string(date.month()))},
                              {"day", easy() ? easy_day(date.day()) : std::to_string(date.day())}});
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

std::string Words::decimal(std::int64_t tenths) const {
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  return (tenths < 0 ? "-" : "") + std::to_string(size / 10) + (*this)("number.point") +
         std::to_string(size % 10);
}

std::string Words::foreign(std::string_view tag) const {
  const auto family = [](std::string_view one) { return one.starts_with("ja") ? "ja" : one; };
  return is_ours(tag) && family(tag) != family(language()) ? std::string(tag) : std::string();
}

std::string Words::language_name(std::string_view tag) const {
  if (!is_ours(tag)) return std::string(tag);
  return (*this)("language.name." + std::string(tag));
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
  static const std::vector<Language> all = {{"ja", "日本語"},        {"ja-x-easy", "やさしい日本語"},
                                            {"en", "English"},       {"zh-Hans", "简体中文"},
                                            {"zh-Hant", "繁體中文"}, {"ko", "한국어"},
                                            {"vi", "Tiếng Việt"},    {"fil", "Filipino"},
                                            {"pt", "Português"},     {"es", "Español"},
                                            {"ne", "नेपाली"},         {"id", "Bahasa Indonesia"}};
  return all;
}

std::string_view language_for(std::string_view device) {
  const auto has = [device](std::string_view part) {
    const auto at = device.find(part);
    const auto end = at + part.size();
    return at != std::string_view::npos && (end == device.size() || device[end] == '-' || device[end] == '_');
  };
  const std::string_view first = device.substr(0, device.find_first_of("-_"));
  if (first.empty()) return "ja";
  if (device == "ja-x-easy") return "ja-x-easy";
  if (first == "zh") return has("-Hant") || has("-TW") || has("-HK") || has("-MO") ? "zh-Hant" : "zh-Hans";
  if (first == "tl") return "fil";  // what browsers and phones called Filipino before
  if (first == "in") return "id";   // and Indonesian
  for (const Language& one : languages())
    if (one.tag == first) return one.tag;
  return "en";
}

}  // namespace machi::words
