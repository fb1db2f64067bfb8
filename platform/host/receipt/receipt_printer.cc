// The few commands of ESC/POS that every such printer has: reset, kanji mode, size, feed, cut.
#include "platform/host/receipt/receipt_printer.h"

#include <fcntl.h>
#include <iconv.h>
#include <unistd.h>

#include "platform/host/socket.h"

namespace machi::host {
namespace {

using base::Code;
using base::fail;

void put(base::Bytes& out, std::initializer_list<int> bytes) {
  for (const int one : bytes) out.push_back(static_cast<std::uint8_t>(one));
}

base::Status put_text(base::Bytes& out, const std::string& text) {
  const iconv_t to = ::iconv_open("CP932", "UTF-8");
  if (to == reinterpret_cast<iconv_t>(-1)) return fail(Code::Unsupported, "no Shift_JIS here");
  std::string from = text, into(text.size() * 2 + 8, '\0');
  char* in = from.data();
  char* end = into.data();
  std::size_t left = from.size(), room = into.size();
  const bool done = ::iconv(to, &in, &left, &end, &room) != static_cast<std::size_t>(-1);
  ::iconv_close(to);
  if (!done) return fail(Code::Unsupported, "a sign that it has not");
  out.insert(out.end(), into.begin(), into.end() - static_cast<std::ptrdiff_t>(room));
  return {};
}

}  // namespace

base::Status EscPosPrinter::print(const std::vector<std::string>& lines) {
  base::Bytes out;
  put(out, {0x1B, '@', 0x1C, '&', 0x1C, 'C', 1});  // reset; kanji; in Shift_JIS
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int size = i == 0 ? 0x11 : 0x00;
    put(out, {0x1D, '!', size, 0x1B, 'a', i == 0 ? 1 : 0});
    MACHI_TRY(put_text(out, lines[i]));
    put(out, {'\n'});
  }
  put(out, {0x1D, 'V', 66, 80});  // feed, cut
  if (where_.find('/') == std::string::npos) {
    MACHI_TRY_SET(line, Socket::connect(where_, 3'000));
    return line.send(out);
  }
  const int file = ::open(where_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return fail(Code::Unreachable, "receipt printer");
  const auto written = ::write(file, out.data(), out.size());
  ::close(file);
  if (written != static_cast<ssize_t>(out.size())) return fail(Code::Unreachable, "receipt printer");
  return {};
}

}  // namespace machi::host
