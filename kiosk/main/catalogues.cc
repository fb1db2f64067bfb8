// A language is a tag of letters and dashes: nothing else becomes part of a file's name.
#include "kiosk/main/catalogues.h"

#include <fstream>
#include <iterator>

namespace machi::kiosk {

base::Bytes catalogue_of(const std::string& folder, const std::string& language) {
  if (language.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") !=
      std::string::npos)
    return {};
  std::ifstream in(folder + "/" + language + ".mo", std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  return base::copy(base::view(bytes));
}

words::Words words_of(const std::string& folder, const std::string& language) {
  auto catalogue = words::Catalogue::load(catalogue_of(folder, language));
  return catalogue ? words::Words(catalogue.value()) : words::Words();
}

}  // namespace machi::kiosk
