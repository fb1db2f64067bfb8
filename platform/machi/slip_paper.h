// An enrolment slip as it is given to a family: the QR symbol as a picture, and the whole sheet (A6) as a
// page to print. Pure but for the symbol's writer. TooLarge when the link does not fit a symbol.
#pragma once

#include <string>

#include "core/absence/message.h"
#include "core/base/bytes.h"

namespace machi::sample {

struct SlipPaper {
  std::string school;  // 東小学校
  std::string telephone;
  std::string child;  // 3年1組 佐倉 みお
  std::string link;   // what the symbol carries
  std::string code;   // what is typed where it cannot be read
  base::Date until;
};

// A PNG of the symbol, black on white, quiet zone 4, `scale` pixels a module.
base::Result<base::Bytes> slip_png(const std::string& link, int scale);
base::Result<std::string> slip_page(const SlipPaper& paper);

// An office's paper key, as it goes into two envelopes.
struct KeyPaper {
  std::string office;  // 東小学校
  std::string link;    // what the symbol carries
  std::string signs;   // what is typed where it cannot be read
  std::string desk;    // where it is used
};
base::Result<std::string> key_page(const KeyPaper& paper);

}  // namespace machi::sample
