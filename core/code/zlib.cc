// The zlib stream (RFC 1950), whole in memory. Pure; any thread. Inflating never holds more than the limit:
// TooLarge past it, BadInput for a broken, unfinished or trailed stream.
#include <zlib.h>

#include <algorithm>

#include "core/base/check.h"
#include "core/code/cwt.h"

namespace machi::code {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t kStep = 4096;

// Ends the stream on every way out.
class Inflater {
 public:
  Inflater() { MACHI_CHECK(inflateInit(&stream_) == Z_OK); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
};

}  // namespace

Bytes deflate(ByteView bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  Bytes out(size);
  MACHI_CHECK(compress2(out.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()),
                        Z_BEST_COMPRESSION) == Z_OK);
  out.resize(size);
  return out;
}

Result<Bytes> inflate(ByteView bytes, std::size_t limit) {
  Inflater inflater;
  z_stream& stream = inflater.stream();
  stream.next_in = const_cast<Bytef*>(bytes.data());  // zlib's own interface; it does not write there
  stream.avail_in = static_cast<uInt>(bytes.size());
  Bytes out;
  for (;;) {
    // One byte past the limit tells a stream that ends there from one that goes on.
    const std::size_t room = std::min(kStep, limit + 1 - out.size());
    const std::size_t before = out.size();
    out.resize(before + room);
    stream.next_out = out.data() + before;
    stream.avail_out = static_cast<uInt>(room);
    const int state = ::inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    if (state != Z_OK && state != Z_STREAM_END) return fail(Code::BadInput, "zlib stream");
    if (out.size() > limit) return fail(Code::TooLarge, "inflated size");
    if (state == Z_STREAM_END) break;
    if (stream.avail_in == 0 && stream.avail_out > 0) return fail(Code::BadInput, "zlib stream cut short");
  }
  if (stream.avail_in != 0) return fail(Code::BadInput, "more behind the zlib stream");
  return out;
}

}  // namespace machi::code
