// Typed text, dates and telephone numbers from strangers. Invariants: every form is valid UTF-8 and stable
// when made twice; code points go there and back; dates and numbers that are taken are written in one form.
#include "core/base/text.h"
#include "core/base/time.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  const std::string_view text = base::text_view(input);
  const std::u32string points = base::to_code_points(text);
  MACHI_CHECK(points.size() == base::count_code_points(text));
  if (base::is_utf8(text)) MACHI_CHECK(base::from_code_points(points) == text);
  for (const auto form :
       {base::fold_width, base::to_hiragana, base::to_katakana, base::trimmed, base::search_form}) {
    const std::string once = form(text);
    MACHI_CHECK(base::is_utf8(once) && form(once) == once);
  }
  if (const auto digits = base::phone_digits(text); digits.ok())
    MACHI_CHECK(*base::phone_digits(*digits) == *digits);
  if (const auto date = base::Date::parse(text); date.ok()) MACHI_CHECK(date->iso() == text);
  if (const auto time = base::TimeOfDay::parse(text); time.ok())
    MACHI_CHECK(*base::TimeOfDay::parse(time->iso()) == *time);
}
