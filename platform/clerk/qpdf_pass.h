// The one file that knows libqpdf, in the C++ of its headers (C++17: clang does not compile them as C++20),
// and so without anything of ours in its interface.
#pragma once

#include <string>

namespace machi::clerk {

struct QpdfWords {
  std::string created;  // as a PDF writes it
  std::string xmp;      // with PRODUCER where the producer's name belongs
  std::string profile;  // ICC
};
// "" when it is no PDF of the form that cairo writes.
std::string qpdf_pass(const std::string& pdf, const QpdfWords& words);

}  // namespace machi::clerk
