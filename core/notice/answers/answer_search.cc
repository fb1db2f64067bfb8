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
    std::vector<std::uint64_t> grams;
    bool title = true;
    for (const AnswerName& name : pack.entries[i].names) {
      for (const std::string& written : {name.text, name.reading}) {
        if (written.empty()) continue;
        const std::u32string whole = fold_answer(written);
        const std::u32string content = joined(content_of(whole));
        for (const std::u32string& signs : {whole, content}) {
          if (signs.empty() || !mine.insert(signs).second) continue;
          Form form;
          form.entry = static_cast<int>(i);
          form.signs = signs;
          form.pairs = pairs(signs);
          form.heft = heavy(signs);
          form.kana = std::all_of(signs.begin(), signs.end(), is_hiragana);
          form.title = title;
          for (const char32_t sign : signs) form.present |= bit_of(sign);
          grams.insert(grams.end(), form.pairs.begin(), form.pairs.end());
          forms_.push_back(std::move(form));
        }
      }
      title = false;
    }
    std::sort(grams.begin(), grams.end());
    grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
    for (const std::uint64_t pair : grams) ++seen_[pair];
  }
  for (Form& form : forms_) form.weight = weight_of(form.pairs);
}

double AnswerSearch::weight_of(std::uint64_t pair) const {
  const auto found = seen_.find(pair);
  const double all = std::log(static_cast<double>(entries_) + 2);
  // A pair that no answer has says something too: that the question may be about something else.
  if (found == seen_.end()) return all * 0.5;
  return all - std::log(static_cast<double>(found->second) + 1);
}

double AnswerSearch::weight_of(const std::vector<std::uint64_t>& pairs) const {
  double out = 0;
  for (const std::uint64_t pair : pairs) out += weight_of(pair);
  return out;
}

AnswerSearch::Question AnswerSearch::question_of(std::string_view text) const {
  Question out;
  // What is longer than a question is a story: its beginning has to do.
  std::u32string folded = fold_answer(text.substr(0, 1200));
  if (folded.size() > 100) folded.resize(100);
  out.pieces = content_of(folded);
  if (out.pieces.empty() && !folded.empty()) out.pieces.push_back(folded);
  out.whole = joined(out.pieces);
  out.pairs = pairs(out.whole);
  out.heft = heavy(out.whole);
  out.weight = weight_of(out.pairs);
  for (const char32_t sign : out.whole) out.present |= bit_of(sign);
  for (const std::u32string& piece : out.pieces)
    for (std::u32string& word : words_of(piece)) out.words.push_back(std::move(word));
  return out;
}

double AnswerSearch::match(const Form& form, const Question& question, std::vector<std::size_t>& row) const {
  if (question.whole == form.signs) return 1;
  double best = 0;
  const std::size_t length = form.signs.size();
  // Laid along the question; each error leaves two signs at most that the question may lack.
  const std::size_t allowed = errors_allowed(length);
  const auto lacking = static_cast<std::size_t>(std::popcount(form.present & ~question.present));
  const std::size_t errors =
      length < 2 || lacking > allowed ? allowed + 1 : nearest(form.signs, question.whole, row);
  if (errors <= allowed && (errors == 0 || begins_alike(form.signs, question.whole))) {
    const double alike = 1 - 1.2 * static_cast<double>(errors) / static_cast<double>(length);
    const double covered = std::min(1.0, form.heft * alike / question.heft);
    best = alike * (0.5 + 0.45 * covered);
    // Two kana stand in many words by chance.
    const bool alone =
        std::find(question.pieces.begin(), question.pieces.end(), form.signs) != question.pieces.end();
    if (form.kana && length <= 2 && !alone) best *= 0.75;
  }
  // A word of the question is the beginning or a part of the name: "コンタクト" of コンタクトレンズ.
  for (const std::u32string& word : question.words) {
    const std::size_t at = form.signs.find(word);
    if (at == std::u32string::npos || (word.size() < 2 && form.signs.size() > 1)) continue;
    const double of_form = heavy(word) / form.heft, of_question = heavy(word) / question.heft;
    // One kanji that is a word by itself: 竹, 傘, 薬.
    if (word == form.signs) best = std::max(best, 0.5 + 0.45 * of_question);
    best = std::max(best, (at == 0 ? 0.95 : 0.85) * std::pow(of_form, 0.35) * std::pow(of_question, 0.5));
  }
  // By pairs of signs.
  double common = 0;
  for (const std::uint64_t pair : form.pairs)
    if (std::binary_search(question.pairs.begin(), question.pairs.end(), pair)) common += weight_of(pair);
  if (common > 0 && form.weight > 0 && question.weight > 0) {
    const double of_form = common / form.weight, of_question = common / question.weight;
    best = std::max(best, 0.95 * std::pow(of_form, 0.4) * std::pow(of_question, 0.6));
  }
  return best;
}

std::vector<FoundAnswer> AnswerSearch::ask(std::string_view text, std::size_t most) const {
  std::vector<FoundAnswer> out;
  const Question question = question_of(text);
  if (question.pieces.empty()) return out;
  // A word of which no answer has anything: the question is about something else, more or less.
  double strange = 0;
  for (const std::u32string& word : question.words) {
    const auto parts = pairs(word);
    const bool none =
        std::none_of(parts.begin(), parts.end(), [&](std::uint64_t pair) { return seen_.contains(pair); });
    if (word.size() > 1 && none) strange += heavy(word);
  }
  const double trust = 1 - 0.5 * std::min(1.0, strange / question.heft);
  std::vector<double> best(entries_, 0.0);
  std::vector<std::size_t> row;
  for (const Form& form : forms_) {
    // Too few signs in common for any of the ways.
    const int shared = std::popcount(form.present & question.present);
    if (shared == 0 || (shared < 2 && std::popcount(form.present) > 1)) continue;
    double score = match(form, question, row);
    if (form.title) score = std::min(1.0, score * 1.01);
    double& held = best[static_cast<std::size_t>(form.entry)];
    held = std::max(held, score);
  }
  for (std::size_t i = 0; i < best.size(); ++i)
    if (best[i] > 0) out.push_back({static_cast<int>(i), best[i] * trust});
  const auto order = [](const FoundAnswer& a, const FoundAnswer& b) {
    return a.score != b.score ? a.score > b.score : a.entry < b.entry;
  };
  const std::size_t shown = std::min(most, out.size());
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(shown), out.end(), order);
  out.resize(shown);
  return out;
}

}  // namespace machi::notice
