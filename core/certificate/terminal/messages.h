// What the kiosk and a payment terminal say to each other (TERMINAL.md): requests under the kiosk's own
// reference, and one form of answer. Frames of CBOR; values; any thread; pure. Readers refuse what is not
// deterministic or not whole, so that a garbled answer is no answer.
#pragma once

#include "core/certificate/kiosk/journal.h"

namespace machi::certificate::terminal {

using kiosk::Ref;

inline constexpr std::size_t kFrameLimit = 1024;     // bytes of one message, without its length
inline constexpr std::int64_t kMostYen = 1'000'000;  // of one charge
inline constexpr std::size_t kLengthBytes = 4;       // in front of each message, most significant first

enum class Ask {
  Charge = 1,   // takes the amount from whoever presents a card or a telephone
  Settle = 2,   // says what became of a reference, and closes it: nothing happens under it any more
  Refund = 3,   // gives the amount of the charge `of` back
  Abandon = 4,  // stops waiting for somebody's card; the charge's own answer says how that ended
  Health = 5,   // is it there and able to take money
};
struct Request {
  Ask ask = Ask::Health;
  Ref ref;                  // zero with Health
  std::int64_t amount = 0;  // yen; Charge, Refund
  Ref of;                   // Refund
  bool operator==(const Request&) const = default;
};

enum class State {
  Done = 1,     // the money has moved; Health: ready
  Not = 2,      // it has not, and will not under this reference
  Unknown = 3,  // the terminal does not know itself
};
enum class Why { None = 0, Declined = 1, Abandoned = 2, TimedOut = 3, Closed = 4, Refused = 5 };
struct Answer {
  Ask ask = Ask::Health;
  Ref ref;
  State state = State::Unknown;
  Why why = Why::None;
  kiosk::Means means = kiosk::Means::Unknown;  // Charge, Settle of one: how it was paid
  bool operator==(const Answer&) const = default;
};

Bytes encode(const Request& request);
Bytes encode(const Answer& answer);
Result<Request> decode_request(ByteView message);
Result<Answer> decode_answer(ByteView message);

// A message with its length in front.
Bytes framed(ByteView message);

// Bytes as they come, in pieces of any size, back into messages.
class Frames {
 public:
  void feed(ByteView bytes) { buffer_.insert(buffer_.end(), bytes.begin(), bytes.end()); }
  // The next whole message; nothing when more must come first. TooLarge, BadInput: the line is of no use any
  // more.
  Result<std::optional<Bytes>> next();

 private:
  Bytes buffer_;
};

}  // namespace machi::certificate::terminal
