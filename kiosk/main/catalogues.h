// Catalogues of the words from their folder (build/words). Native only.
#pragma once

#include <string>

#include "core/words/words.h"

namespace machi::kiosk {

// The file's bytes; empty when there is none.
base::Bytes catalogue_of(const std::string& folder, const std::string& language);
// Japanese where there is no such catalogue.
words::Words words_of(const std::string& folder, const std::string& language);

}  // namespace machi::kiosk
