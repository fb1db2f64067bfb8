// The fonts that Debian's packages install, mapped into memory: their pages are shared, and only what is
// drawn is read. Native only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kiosk/text/typesetter.h"

namespace machi::kiosk {

class MappedFile {
 public:
  static base::Result<std::shared_ptr<MappedFile>> open(const std::string& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();
  base::ByteView bytes() const { return bytes_; }

 private:
  explicit MappedFile(base::ByteView bytes) : bytes_(bytes) {}
  base::ByteView bytes_;
};

struct InstalledFonts {
  FontSet set;
  std::string devanagari, mincho;
  std::vector<std::shared_ptr<MappedFile>> files;
};

// NotFound names the package that is missing.
base::Result<InstalledFonts> installed_fonts();

}  // namespace machi::kiosk
