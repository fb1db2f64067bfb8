// Finds the answers to a question, on the phone and without a network: kana and kanji, widths, small errors,
// words of two signs. One that is not known well enough is not guessed. Made once for a pack; one thread;
// pure.
#pragma once

#include <unordered_map>

#include "core/notice/answers/answer_pack.h"

namespace machi::notice {

struct FoundAnswer {
  int entry = -1;    // in the pack
  double score = 0;  // 0..1
};

// Below this the best answer is none: "I do not know".
inline constexpr double kKnown = 0.5;

class AnswerSearch {
 public:
  // The pack is looked at while this lives.
  explicit AnswerSearch(const AnswerPack& pack);
  // Best first, at most `most`; also those below kKnown, for a person to choose from.
  std::vector<FoundAnswer> ask(std::string_view question, std::size_t most = 3) const;

 private:
  // A form of a name: as written, or its reading, folded.
  struct Form {
    int entry = -1;
    std::u32string signs;
    double weight = 0;          // of all its signs
    std::uint64_t present = 0;  // which signs it has, by a hash of 64
    bool title = false;
  };
  double weight_of(char32_t first, char32_t second) const;
  double weight_of(std::u32string_view signs) const;
  double match(const Form& form, const std::vector<std::u32string>& pieces, double asked) const;
  std::vector<Form> forms_;
  std::unordered_map<std::uint64_t, int> seen_;  // in how many entries a pair of signs stands
  std::size_t entries_ = 0;
};

}  // namespace machi::notice
