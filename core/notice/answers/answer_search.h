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
    std::vector<std::uint64_t> pairs;  // of neighbours, sorted
    double heft = 0;                   // kanji count twice
    bool kana = false;                 // hiragana alone
    double weight = 0;                 // of all its signs
    std::uint64_t present = 0;         // which signs it has, by a hash of 64
    bool title = false;
  };
  // What is asked, worked out once.
  struct Question {
    std::vector<std::u32string> pieces, words;
    std::u32string whole;              // with a gap between the pieces
    std::vector<std::uint64_t> pairs;  // sorted
    double heft = 0, weight = 0;
    std::uint64_t present = 0;
  };
  Question question_of(std::string_view text) const;
  double weight_of(std::uint64_t pair) const;
  double weight_of(const std::vector<std::uint64_t>& pairs) const;
  double match(const Form& form, const Question& question, std::vector<std::size_t>& row) const;
  std::vector<Form> forms_;
  std::unordered_map<std::uint64_t, int> seen_;  // in how many entries a pair of signs stands
  std::size_t entries_ = 0;
};

}  // namespace machi::notice
