// The catalogues that an app has at hand, and the language that its person chose. Japanese is there from the
// start; another language speaks once its catalogue was loaded, and until then the one before it does. What a
// catalogue lacks is said in English, then in Japanese. One per app, one thread; pure.
#pragma once

#include <map>

#include "core/words/words.h"

namespace machi::words {

class Shelf {
 public:
  Shelf();

  // The person wants this language. Gives the catalogue to load, or "" when it is here, or is none of the
  // product's.
  std::string choose(std::string_view tag);
  // What loading gave; no bytes when it could not be had. Gives the next catalogue to load (English, where
  // this one has gaps), or "".
  std::string came(std::string_view tag, base::ByteView mo);

  Words words() const;
  const std::string& wanted() const { return wanted_; }  // what words() will speak, or speak already
  bool waiting() const { return wanted_ != spoken_; }
  bool failed() const { return failed_; }  // the language chosen last could not be had

 private:
  std::map<std::string, std::shared_ptr<const Catalogue>, std::less<>> catalogues_;
  std::string spoken_, wanted_;
  bool failed_ = false;
};

}  // namespace machi::words
