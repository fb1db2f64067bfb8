// The place where the visitor lays a card, as the kiosk's host asks it. A connection is one stay of one card:
// once the card was lifted, reset or taken by another program, every further command fails until connect()
// meets a card anew, so that nobody goes on with somebody else's. One thread.
#pragma once

#include "core/base/bytes.h"

namespace machi::host {

enum class CardSeen {
  NoReader,  // none is plugged in, or the machine's card service is away
  Empty,
  Card,
  Mute,     // something lies there that does not answer: upside down, or no card
  Several,  // a card in each of two readers
};

class CardReader {
 public:
  virtual ~CardReader() = default;
  virtual CardSeen look() = 0;
  // look() when it is no longer `before`, or after so many milliseconds. A card that was lifted and laid
  // again since the last look or wait is Empty first: whose card it is now, nobody knows.
  virtual CardSeen wait(CardSeen before, int milliseconds) = 0;
  // The card that lies there, for this program alone. NotFound without one, Conflict with several or when
  // another program holds it, Unreachable when the reader fails.
  virtual base::Status connect() = 0;
  // A command and its answer with the two status bytes. Unreachable once the card is gone.
  virtual base::Result<base::Bytes> transmit(base::ByteView command) = 0;
  // The card forgets which PINs were given.
  virtual void disconnect() = 0;
};

}  // namespace machi::host
