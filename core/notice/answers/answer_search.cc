// Each form of each name is laid along the question with at most as many errors as its length allows, and
// beside that its pairs of signs are counted, those that few answers have counting more. Pure.
#include "core/notice/answers/answer_search.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "core/notice/answers/fold.h"

namespace machi::notice {
namespace {

constexpr char32_t kGap = 1;  // between pieces: fits no sign

std::uint64_t pair_of(char32_t first, char32_t second) { return (std::uint64_t{first} << 32) | second; }
std::uint64_t bit_of(char32_t sign) { return std::uint64_t{1} << ((sign * 0x9E3779B1u) >> 26 & 63); }
double heavy(char32_t sign) { return is_kanji(sign) ? 2.0 : 1.0; }
double heavy(std::u32string_view signs) {
  double out = 0;
  for (const char32_t sign : signs)
    if (sign != kGap) out += heavy(sign);
  return out;
}

std::size_t errors_allowed(std::size_t length) { return length < 4 ? 0 : length < 8 ? 1 : 2; }

// People seldom err in the first sign, and short words that differ there are other words.
bool begins_alike(std::u32string_view form, std::u32string_view text) {
  return form.size() > 5 || text.find(form[0]) != std::u32string_view::npos;
}

// The fewest errors with which `form` stands somewhere in `text` (Sellers 1980).
std::size_t nearest(std::u32string_view form, std::u32string_view text, std::vector<std::size_t>& row) {
  row.resize(form.size() + 1);
  for (std::size_t i = 0; i <= form.size(); ++i) row[i] = i;
  std::size_t best = row[form.size()];
  for (const char32_t sign : text) {
    std::size_t corner = 0;  // row[0] is 0 everywhere: the form may begin anywhere
    for (std::size_t i = 1; i <= form.size(); ++i) {
      const std::size_t changed = corner + (form[i - 1] == sign ? 0 : 1);
      corner = row[i];
      row[i] = std::min({changed, row[i] + 1, row[i - 1] + 1});
    }
    best = std::min(best, row[form.size()]);
  }
  return best;
}

std::vector<std::uint64_t> pairs(std::u32string_view signs) {
  std::vector<std::uint64_t> out;
  for (std::size_t i = 0; i + 1 < signs.size(); ++i)
    if (signs[i] != kGap && signs[i + 1] != kGap) out.push_back(pair_of(signs[i], signs[i + 1]));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::u32string joined(const std::vector<std::u32string>& pieces) {
  std::u32string out;
  for (const std::u32string& piece : pieces) {
    if (!out.empty()) out.push_back(kGap);
    out += piece;
  }
  return out;
}

}  // namespace

AnswerSearch::AnswerSearch(const AnswerPack& pack) : entries_(pack.entries.size()) {
  for (std::size_t i = 0; i < pack.entries.size(); ++i) {
    std::set<std::u32string> mine;
    std::set<std::uint64_t> grams;
    bool title = true;
    for (const AnswerName& name : pack.entries[i].names) {
      for (const std::string& written : {name.text, name.reading}) {
        if (written.empty()) continue;
        const std::u32string whole = fold_answer(written);
        const std::u32string content = joined(content_of(whole));
        for (const std::u32string& signs : {whole, content}) {
          if (signs.empty() || !mine.insert(signs).second) continue;
          Form form{static_cast<int>(i), signs, 0, 0, title};
          for (const char32_t sign : signs) form.present |= bit_of(sign);
          for (const std::uint64_t pair : pairs(signs)) grams.insert(pair);
          forms_.push_back(std::move(form));
        }
      }
      title = false;
    }
    for (const std::uint64_t pair : grams) ++seen_[pair];
  }
  for (Form& form : forms_) form.weight = weight_of(form.signs);
}

double AnswerSearch::weight_of(char32_t first, char32_t second) const {
  const auto found = seen_.find(pair_of(first, second));
  const double all = std::log(static_cast<double>(entries_) + 2);
  // A pair that no answer has says something too: that the question may be about something else.
  if (found == seen_.end()) return all * 0.5;
  return all - std::log(static_cast<double>(found->second) + 1);
}

double AnswerSearch::weight_of(std::u32string_view signs) const {
  double out = 0;
  for (const std::uint64_t pair : pairs(signs))
    out += weight_of(static_cast<char32_t>(pair >> 32), static_cast<char32_t>(pair));
  return out;
}

double AnswerSearch::match(const Form& form, const std::vector<std::u32string>& pieces, double asked) const {
  const std::u32string question = joined(pieces);
  if (question == form.signs) return 1;
  double best = 0;
  const std::size_t length = form.signs.size();
  // Laid along the question.
  thread_local std::vector<std::size_t> row;
  const std::size_t allowed = errors_allowed(length);
  const std::size_t errors = length < 2 ? 1 : nearest(form.signs, question, row);
  if (errors <= allowed && (errors == 0 || begins_alike(form.signs, question))) {
    const double alike = 1 - 1.2 * static_cast<double>(errors) / static_cast<double>(length);
    const double covered = std::min(1.0, heavy(form.signs) * alike / heavy(question));
    best = alike * (0.5 + 0.45 * covered);
    // Two kana stand in many words by chance.
    const bool kana = std::all_of(form.signs.begin(), form.signs.end(), is_hiragana);
    const bool alone = std::find(pieces.begin(), pieces.end(), form.signs) != pieces.end();
    if (kana && length <= 2 && !alone) best *= 0.75;
  }
  // A word of the question is the beginning or a part of the name: "コンタクト" of コンタクトレンズ.
  for (const std::u32string& piece : pieces)
    for (const std::u32string& word : words_of(piece)) {
      const std::size_t at = form.signs.find(word);
      if (at == std::u32string::npos || (word.size() < 2 && form.signs.size() > 1)) continue;
      const double of_form = heavy(word) / heavy(form.signs), of_question = heavy(word) / heavy(question);
      // One kanji that is a word by itself: 竹, 傘, 薬.
      if (word == form.signs) best = std::max(best, 0.5 + 0.45 * of_question);
      best = std::max(best, (at == 0 ? 0.95 : 0.85) * std::pow(of_form, 0.35) * std::pow(of_question, 0.5));
    }
  // By pairs of signs.
  double common = 0;
  const auto mine = pairs(form.signs), theirs = pairs(question);
  for (const std::uint64_t pair : mine)
    if (std::binary_search(theirs.begin(), theirs.end(), pair))
      common += weight_of(static_cast<char32_t>(pair >> 32), static_cast<char32_t>(pair));
  if (common > 0 && form.weight > 0 && asked > 0) {
    const double of_form = common / form.weight, of_question = common / asked;
    best = std::max(best, 0.95 * std::pow(of_form, 0.4) * std::pow(of_question, 0.6));
  }
  return best;
}

std::vector<FoundAnswer> AnswerSearch::ask(std::string_view question, std::size_t most) const {
  // What is longer than a question is a story: its beginning has to do.
  std::u32string folded = fold_answer(question.substr(0, 1200));
  if (folded.size() > 100) folded.resize(100);
  std::vector<std::u32string> pieces = content_of(folded);
  if (pieces.empty() && !folded.empty()) pieces.push_back(folded);
  std::vector<FoundAnswer> out;
  if (pieces.empty()) return out;
  const std::u32string whole = joined(pieces);
  const double asked = weight_of(whole);
  std::uint64_t present = 0;
  for (const char32_t sign : whole) present |= bit_of(sign);
  // A word of which no answer has anything: the question is about something else, more or less.
  double strange = 0;
  for (const std::u32string& piece : pieces)
    for (const std::u32string& word : words_of(piece)) {
      const auto parts = pairs(word);
      const bool none =
          std::none_of(parts.begin(), parts.end(), [&](std::uint64_t pair) { return seen_.contains(pair); });
      if (word.size() > 1 && none) strange += heavy(word);
    }
  const double trust = 1 - 0.5 * std::min(1.0, strange / heavy(whole));
  std::unordered_map<int, double> best;
  for (const Form& form : forms_) {
    // Too few signs in common for any of the two ways.
    const int shared = std::popcount(form.present & present);
    if (shared == 0 || (shared < 2 && std::popcount(form.present) > 1)) continue;
    double score = match(form, pieces, asked);
    if (form.title) score = std::min(1.0, score * 1.01);
    double& held = best[form.entry];
    held = std::max(held, score);
  }
  for (const auto& [entry, score] : best) out.push_back({entry, score * trust});
  const auto order = [](const FoundAnswer& a, const FoundAnswer& b) {
    return a.score != b.score ? a.score > b.score : a.entry < b.entry;
  };
  std::sort(out.begin(), out.end(), order);
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace machi::notice
