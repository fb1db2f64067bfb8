// zlib keeps five kilobytes of tables for the check of gzip files, which no compression shrinks. The core
// reads and writes zlib streams alone (core/code/cwt.h): these stand where the tables would be, and are never
// called.
#include <cstdlib>

extern "C" unsigned long crc32(unsigned long, const unsigned char*, unsigned) { std::abort(); }
extern "C" unsigned long crc32_z(unsigned long, const unsigned char*, std::size_t) { std::abort(); }
