// Commands by their second byte; whatever is not known is answered with 6D00.
#include "platform/host/simulated/virtual_card.h"

#include <algorithm>

namespace machi::host {
namespace {

using base::Bytes;
using base::ByteView;

constexpr int kItemsPin = 0x11, kItemsFile = 0x02, kKeysPin = 0x18, kCertificateFile = 0x0A, kKeyFile = 0x17;
constexpr int kTries = 3;

Bytes status(int word) {
  return {static_cast<std::uint8_t>(word >> 8), static_cast<std::uint8_t>(word & 0xFF)};
}

void put(Bytes& out, int tag, std::string_view content) {
  out.insert(out.end(), {0xDF, static_cast<std::uint8_t>(tag)});
  const std::size_t size = std::min<std::size_t>(content.size(), 800);
  if (size >= 256) {
    out.insert(out.end(), {0x82, static_cast<std::uint8_t>(size >> 8)});
  } else if (size >= 128) {
    out.push_back(0x81);
  }
  out.push_back(static_cast<std::uint8_t>(size & 0xFF));
  out.insert(out.end(), content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size));
}

}  // namespace

Bytes items_file(const CardPerson& person) {
  Bytes inner;
  put(inner, 0x21, std::string_view("\x00\x0e\x00\x20", 4));
  put(inner, 0x22, person.name);
  put(inner, 0x23, person.address);
  put(inner, 0x24, person.birth);
  put(inner, 0x25, person.sex);
  Bytes out = {0xFF, 0x20, 0x82, static_cast<std::uint8_t>(inner.size() >> 8),
               static_cast<std::uint8_t>(inner.size() & 0xFF)};
  out.insert(out.end(), inner.begin(), inner.end());
  out.resize(out.size() + 300, 0xFF);  // the file is longer than what stands in it
  return out;
}

void VirtualCard::reset() {
  application_ = Application::None;
  file_ = 0;
  open_ = false;
}

Bytes VirtualCard::answer(ByteView command) {
  if (command.size() < 4) return status(0x6700);
  switch (command[1]) {
    case 0xA4:
      if (command.size() < 6 || command.size() < 5u + command[4]) return status(0x6700);
      if (command[2] == 0x04) return select(command.subspan(5, command[4]));
      if (application_ == Application::None || command[4] != 2) return status(0x6A82);
      file_ = command[5] << 8 | command[6];
      return status(0x9000);
    case 0x20:
      return verify(command);
    case 0xB0:
      return read(command);
    case 0x2A:
      return sign(command);
    default:
      return status(0x6D00);
  }
}

Bytes VirtualCard::select(ByteView name) {
  reset();
  const std::string text = base::to_hex(name);
  if (content_.my_number && text == "d3921000310001010408") application_ = Application::Items;
  if (content_.my_number && text == "d392f000260100000001") application_ = Application::Keys;
  return status(application_ == Application::None ? 0x6A82 : 0x9000);
}

Bytes VirtualCard::verify(ByteView command) {
  const bool items = application_ == Application::Items;
  if (application_ == Application::None || file_ != (items ? kItemsPin : kKeysPin)) return status(0x6A88);
  int& tries = items ? content_.items_tries : content_.keys_tries;
  if (command.size() == 4) return status(tries == 0 ? 0x6984 : 0x63C0 | tries);
  if (command.size() < 6 || command.size() != 5u + command[4]) return status(0x6700);
  if (tries == 0) return status(0x6984);
  if (base::text_view(command.subspan(5)) != content_.pin) {
    open_ = false;
    return status(0x63C0 | --tries);
  }
  tries = kTries;
  open_ = true;
  return status(0x9000);
}

Bytes VirtualCard::read(ByteView command) const {
  const bool items = application_ == Application::Items && file_ == kItemsFile && open_;
  const bool certificate = application_ == Application::Keys && file_ == kCertificateFile;
  if (!items && !certificate) return status(0x6982);
  const Bytes& content = items ? content_.items : content_.certificate;
  const auto at = static_cast<std::size_t>(command[2] << 8 | command[3]);
  if (at >= content.size()) return status(0x6B00);
  std::size_t count = command.size() == 5 && command[4] != 0 ? command[4] : 256;
  count = std::min(count, content.size() - at);
  Bytes out(content.begin() + static_cast<std::ptrdiff_t>(at),
            content.begin() + static_cast<std::ptrdiff_t>(at + count));
  out.insert(out.end(), {0x90, 0x00});
  return out;
}

Bytes VirtualCard::sign(ByteView command) const {
  if (application_ != Application::Keys || file_ != kKeyFile || !open_) return status(0x6982);
  if (command.size() < 6 || command.size() < 5u + command[4]) return status(0x6700);
  auto signature = key_.sign(command.subspan(5, command[4]));
  if (!signature.ok()) return status(0x6A80);
  signature->insert(signature->end(), {0x90, 0x00});
  return std::move(*signature);
}

}  // namespace machi::host
