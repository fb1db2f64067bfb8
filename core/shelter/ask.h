// A relative's question by phone, and its one answer (the desk's own is desk/answer_page.cc). Who is not
// here, who does not want it told and who is protected are one answer, the same bytes; and every answer is as
// long as every other, so that the post office learns nothing of it either. Values; any thread; pure.
// Layouts: MESSAGES.md.
#pragma once

#include "core/mail/client.h"
#include "core/shelter/fact.h"

namespace machi::shelter {

struct AskTag {};
using AskId = base::Id<AskTag>;

inline constexpr std::string_view kKindAsk = "shelter.ask";        // a phone -> the office
inline constexpr std::string_view kKindAnswer = "shelter.answer";  // the office -> that phone
inline constexpr std::size_t kAskNameLimit = 40;                   // characters
inline constexpr std::size_t kAnswerPlace = 180;                   // bytes of UTF-8
inline constexpr std::size_t kAsksOfDay = 5;                       // of one phone

struct Ask {
  AskId id;
  std::string name;
  Date birth;
  mail::Recipient reply;
};

struct Answer {
  enum class What { Nothing = 1, Safe = 2, Here = 3 };
  AskId id;
  What what = What::Nothing;
  std::string place;  // with Here: the shelter's name
  bool operator==(const Answer&) const = default;
};

code::Cbor encode(const Ask& ask);
Result<Ask> decode_ask(const code::Cbor& content);
code::Cbor encode(const Answer& answer);
Result<Answer> decode_answer(const code::Cbor& content);

}  // namespace machi::shelter
