// Pure.
#include "core/notice/answers/fold.h"

#include <algorithm>

#include "core/base/text.h"

namespace machi::notice {
namespace {

// What is asked with, longest first by construction below; in hiragana where it is kana.
constexpr std::string_view kAround[] = {
    "捨て方",         "すて方",       "すてかた", "捨てたい",     "すてたい",     "捨てる",
    "すてる",         "捨てれば",     "すてれば", "捨てて",       "出し方",       "だしかた",
    "出したい",       "だしたい",     "出す",     "だす",         "出せる",       "だせる",
    "出せば",         "処分したい",   "処分方法", "処分",         "しょぶん",     "引き取り",
    "何ごみ",         "なにごみ",     "なんごみ", "何のごみ",     "どうやって",   "どうすれば",
    "どうしたら",     "どうする",     "どうすて", "どう",         "どこへ",       "どこに",
    "どこで",         "どこ",         "いつ",     "何曜日",       "曜日",         "教えて",
    "おしえて",       "ください",     "下さい",   "ですか",       "ますか",       "でしょうか",
    "たいのですが",   "いいですか",   "いいのか", "いいの",       "よいですか",   "について",
    "に関して",       "がほしい",     "が欲しい", "ほしい",       "欲しい",       "もらえますか",
    "もらえる",       "もらいたい",   "もらう",   "方法",         "仕方",         "しかた",
    "取り方",         "とりかた",     "出しかた", "古い",         "壊れた",       "こわれた",
    "使い終わった",   "回収日",       "回収",     "集めますか",   "必要です",     "必要",
    "したいのですが", "したいです",   "したい",   "いくら",       "なぜ",         "は何",
    "とは",           "です",         "ます",     "お願いします", "かもしれない", "しました",
    "するには",       "には",         "のひ",     "の日",         "がいる",       "知りたい",
    "しりたい",       "教えてほしい", "のしかた", "の仕方",       "を使いたい",   "いりますか"};

const std::vector<std::u32string>& around() {
  static const std::vector<std::u32string> kFolded = [] {
    std::vector<std::u32string> out;
    for (const std::string_view one : kAround) out.push_back(fold_answer(one));
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return out;
  }();
  return kFolded;
}

char32_t one_sign(char32_t sign) {
  constexpr std::u32string_view kSmall = U"ぁぃぅぇぉっゃゅょゎぢづ", kLarge = U"あいうえおつやゆよわじず";
  const auto at = kSmall.find(sign);
  return at == std::u32string_view::npos ? sign : kLarge[at];
}

bool is_mark(char32_t sign) {
  if (sign < 0x30 || (sign > 0x39 && sign < 0x61 && sign < 0x41)) return true;
  return std::u32string_view(U"、。？！・「」『』（）()［］…−‐〜～，．：；?!'\"").find(sign) !=
         std::u32string_view::npos;
}

bool is_particle(char32_t sign) {
  return std::u32string_view(U"はがをのにでとへもや").find(sign) != std::u32string_view::npos;
}

}  // namespace

bool is_kanji(char32_t sign) {
  return (sign >= 0x4E00 && sign <= 0x9FFF) || sign == U'々' || sign >= 0x20000;
}
bool is_hiragana(char32_t sign) { return sign >= 0x3041 && sign <= 0x3096; }

std::u32string fold_answer(std::string_view text) {
  std::u32string out;
  for (const char32_t sign : base::to_code_points(base::search_form(text)))
    if (!is_mark(sign)) out.push_back(one_sign(sign));
  return out;
}

namespace {

// "借りたい" and "借りる" are asked about alike.
void cut_ending(std::u32string& piece) {
  constexpr std::u32string_view kEndings[] = {U"たいんですが", U"たいんです", U"たいです", U"ませんか",
                                              U"ました",       U"ません",     U"たい",     U"ない",
                                              U"れば",         U"る"};
  for (const std::u32string_view ending : kEndings) {
    if (piece.size() < ending.size() + 2 || !piece.ends_with(ending)) continue;
    if (ending == U"る" && !is_hiragana(piece[piece.size() - 2])) continue;
    piece.resize(piece.size() - ending.size());
    return;
  }
}

}  // namespace

std::vector<std::u32string> words_of(const std::u32string& piece) {
  std::vector<std::u32string> out(1);
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const bool between = i > 0 && i + 1 < piece.size() && is_particle(piece[i]) &&
                         (!is_hiragana(piece[i - 1]) || !is_hiragana(piece[i + 1]));
    if (!between)
      out.back().push_back(piece[i]);
    else if (!out.back().empty())
      out.emplace_back();
  }
  std::erase_if(out, [](const std::u32string& word) {
    return word.empty() || (word.size() < 2 && !is_kanji(word[0]));
  });
  return out;
}

std::vector<std::u32string> content_of(const std::u32string& folded) {
  std::vector<std::u32string> pieces(1);
  std::size_t at = 0;
  while (at < folded.size()) {
    const std::u32string_view rest = std::u32string_view(folded).substr(at);
    const auto found = std::find_if(around().begin(), around().end(),
                                    [&](const std::u32string& one) { return rest.starts_with(one); });
    if (found != around().end()) {
      if (!pieces.back().empty()) pieces.emplace_back();
      at += found->size();
    } else {
      pieces.back().push_back(folded[at++]);
    }
  }
  std::vector<std::u32string> out;
  for (std::u32string& piece : pieces) {
    while (piece.size() > 1 && is_particle(piece.back())) piece.pop_back();
    cut_ending(piece);
    while (piece.size() > 2 && (piece[0] == U'の' || piece[0] == U'を' || piece[0] == U'が'))
      piece.erase(0, 1);
    const bool nothing = piece.empty() || (piece.size() == 1 && (is_particle(piece[0]) || piece[0] == U'か'));
    if (!nothing) out.push_back(std::move(piece));
  }
  return out;
}

}  // namespace machi::notice
