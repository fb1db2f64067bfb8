// Speaks to a My Number card (個人番号カード) by APDUs (ISO/IEC 7816-4) over whatever reader the host has:
// how many tries are left, without spending one; the PIN; the four basic items; a signature with the key for
// user authentication. Nothing is tried when it could be the last try: that ends with a visit to the town
// hall. One thread; the calls of `transmit` are the only effects.
//
// File numbers and commands as public programs that read the card use them; no specification of the card's
// makers was read, nor was a real card met. The birth date's form on the card is taken to be YYYYMMDD.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/base/time.h"
#include "core/crypto/keys.h"

namespace machi::certificate::card {

using base::Bytes;
using base::ByteView;

// A command to the card, its answer with the two status bytes. An error when the card is gone.
using Transmit = std::function<base::Result<Bytes>(ByteView)>;

enum class Trouble {
  None,
  Gone,         // taken away, or the reader failed
  NotMyNumber,  // another card, or upside down
  WrongPin,     // tries() are left
  LastTry,      // one is left, and is not spent here
  Locked,
  Unreadable,  // it answers what this program does not understand
};

struct BasicItems {
  std::string name;
  std::string address;
  std::string birth_text;  // as on the card
  std::optional<base::Date> birth;
  std::string sex_text;
};
// The content of the file of basic items: private tags 0x20 { 0x21 offsets, 0x22 name, 0x23 address, 0x24
// birth, 0x25 sex }, others ignored. BadInput.
base::Result<BasicItems> parse_basic_items(ByteView file);

struct Reading {
  Trouble trouble = Trouble::None;
  int tries = -1;  // with WrongPin, LastTry, Locked; of the PIN that it is about
  BasicItems items;
  Bytes certificate;  // of the user authentication, DER
  Bytes signature;    // RSA, PKCS#1 v1.5, SHA-256 of the challenge
};

// The lower of the tries that both PINs have left (basic items, user authentication); spends none.
Reading look(const Transmit& transmit);
// look(), then everything. Both PINs have the same four digits on nearly every card; where they differ the
// first one is tried once and said to be wrong. `pin` is not kept.
Reading read(const Transmit& transmit, const crypto::Secret<4>& pin, ByteView challenge);

}  // namespace machi::certificate::card
