// Any bytes as a .mo file: refused or read, and what was read can be looked up, counted and shown.
#include "core/words/words.h"
#include "tests/fuzz/frame.h"

void machi::fuzz::read(base::ByteView input) {
  const auto loaded = machi::words::Catalogue::load(input);
  if (!loaded.ok()) return;
  const machi::words::Words words(*loaded);
  for (const std::string& key : (*loaded)->keys()) {
    for (const std::int64_t n : {INT64_MIN, std::int64_t{0}, std::int64_t{1}, INT64_MAX})
      (void)machi::words::plain(words.count(key, n, {{"name", "{a|b}"}}), n == 0);
  }
  (void)words.date(machi::base::Date{20000});
}
