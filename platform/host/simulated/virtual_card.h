// A My Number card that is not one: answers the commands of core/certificate/card as such a card does, with
// tries that are counted down and a key of a test authority. For simulators and tests; one thread.
#pragma once

#include <algorithm>
#include <string>

#include "platform/host/card/card_key.h"

namespace machi::host {

struct CardPerson {
  std::string name, address;
  std::string birth;  // YYYYMMDD, as on the card
  std::string sex;    // "1", "2" or ""
};
// The file of basic items as the card keeps it, with what a card has behind it.
base::Bytes items_file(const CardPerson& person);

class VirtualCard {
 public:
  struct Content {
    base::Bytes items, certificate;
    std::string pin = "1234";
    int items_tries = 3, keys_tries = 3;
    bool my_number = true;  // else a card that knows none of the applications
  };
  VirtualCard(Content content, CardKey key) : content_(std::move(content)), key_(std::move(key)) {}

  base::Bytes answer(base::ByteView command);
  // What the reader does when a card is laid on it or a program lets it go: PINs must be given anew.
  void reset();
  void change(bool my_number) { content_.my_number = my_number; }
  int tries() const { return std::min(content_.items_tries, content_.keys_tries); }

 private:
  enum class Application { None, Items, Keys };
  base::Bytes select(base::ByteView name);
  base::Bytes verify(base::ByteView command);
  base::Bytes read(base::ByteView command) const;
  base::Bytes sign(base::ByteView command) const;

  Content content_;
  CardKey key_;
  Application application_ = Application::None;
  int file_ = 0;
  bool open_ = false;
};

}  // namespace machi::host
