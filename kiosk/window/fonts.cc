// Noto Sans CJK for everything, IPAmj Mincho for the characters of family names that it lacks, Lohit for
// Nepali.
#include "kiosk/window/fonts.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace machi::kiosk {

base::Result<std::shared_ptr<MappedFile>> MappedFile::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return base::fail(base::Code::NotFound, path);
  struct stat about = {};
  void* start = MAP_FAILED;
  if (fstat(file, &about) == 0 && about.st_size > 0)
    start = mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  if (start == MAP_FAILED) return base::fail(base::Code::Storage, path);
  return std::shared_ptr<MappedFile>(
      new MappedFile({static_cast<const std::uint8_t*>(start), static_cast<std::size_t>(about.st_size)}));
}

MappedFile::~MappedFile() { munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size()); }

base::Result<InstalledFonts> installed_fonts() {
  const std::string fonts = "/usr/share/fonts/";
  const auto regular = MappedFile::open(fonts + "opentype/noto/NotoSansCJK-Regular.ttc");
  const auto bold = MappedFile::open(fonts + "opentype/noto/NotoSansCJK-Bold.ttc");
  if (!regular || !bold) return base::fail(base::Code::NotFound, "fonts-noto-cjk is not installed");
  InstalledFonts out;
  out.mincho = fonts + "truetype/ipamj/ipamjm.ttf";
  out.devanagari = fonts + "truetype/lohit-devanagari/Lohit-Devanagari.ttf";
  if (access(out.devanagari.c_str(), R_OK) != 0)
    return base::fail(base::Code::NotFound, "fonts-lohit-deva is not installed");
  const auto rare = MappedFile::open(out.mincho);
  if (!rare) return base::fail(base::Code::NotFound, "fonts-ipamj-mincho is not installed");
  out.files = {regular.value(), bold.value(), rare.value()};
  out.set = {regular.value()->bytes(), bold.value()->bytes(), rare.value()->bytes(), true};
  return out;
}

}  // namespace machi::kiosk
