// Questions and answers as deterministic CBOR, with every bound checked on the way in.
#include "core/shelter/ask.h"

#include "core/base/text.h"
#include "core/shelter/reading.h"

namespace machi::shelter {

using namespace reading;
namespace content = code::content;

Cbor encode(const Ask& ask) {
  return Cbor::map({{1, ask.id.bytes}, {2, ask.name}, {3, ask.birth.days}, {4, address(ask.reply)}});
}

Result<Ask> decode_ask(const Cbor& map) {
  Ask out;
  MACHI_TRY_SET(id, content::id_at<AskId>(map, 1));
  out.id = id;
  MACHI_TRY(read(map, 2, kAskNameLimit, out.name));
  if (base::trimmed(out.name).empty()) return fail(Code::BadInput, "name");
  MACHI_TRY_SET(day, map.at(3));
  MACHI_TRY_SET(birth, content::date(*day, kFirstBirth));
  out.birth = birth;
  MACHI_TRY_SET(to, map.at(4));
  MACHI_TRY_SET(reply, address_of(*to));
  out.reply = reply;
  return out;
}

// The place and what fills it up are one byte string of one length.
Cbor encode(const Answer& answer) {
  base::Bytes place = base::copy(base::view(answer.place));
  place.resize(kAnswerPlace, 0);
  return Cbor::map({{1, answer.id.bytes}, {2, static_cast<int>(answer.what)}, {3, std::move(place)}});
}

Result<Answer> decode_answer(const Cbor& map) {
  Answer out;
  MACHI_TRY_SET(id, content::id_at<AskId>(map, 1));
  out.id = id;
  MACHI_TRY_SET(said, map.at(2));
  MACHI_TRY_SET(what, content::member(*said, Answer::What::Here));
  out.what = what;
  MACHI_TRY_SET(raw, map.bytes_at(3));
  if (raw.size() != kAnswerPlace) return fail(Code::BadInput, "place");
  std::string place(base::text_view(raw));
  place.erase(std::min(place.find('\0'), place.size()));
  MACHI_TRY_SET(text, content::text(Cbor(place), kAnswerPlace));
  if ((out.what == Answer::What::Here) == text.empty()) return fail(Code::BadInput, "place");
  out.place = std::move(text);
  return out;
}

}  // namespace machi::shelter
