// The calls of winscard.h. A card that was pulled answers SCARD_E_NOT_TRANSACTED or SCARD_W_REMOVED_CARD at
// once; its handle is given back before the next connection.
#include "platform/host/card/pcsc_card_reader.h"

#include <winscard.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace machi::host {
namespace {

using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kAnswerLimit = 264;  // 256 bytes, two of status, some air
constexpr int kContinuations = 32;         // of an answer that comes in pieces (protocol T=0)
constexpr int kPause = 250;                // ms between two tries to find a service that is away

}  // namespace

struct PcscCardReader::Link {
  SCARDCONTEXT context = 0;
  SCARDHANDLE card = 0;
  DWORD protocol = 0;
  bool established = false, connected = false;
  std::string reader;      // where the card lies
  std::uint64_t stay = 0;  // as stay_of() when somebody last looked; 0 = nobody has

  // pcscd counts each reader's cards, laid and lifted, in the upper half of its state.
  static std::uint64_t stay_of(const std::vector<SCARD_READERSTATE>& states) {
    std::uint64_t out = 1;
    for (const auto& one : states) out = out * 65'599 + ((one.dwEventState >> 16) & 0xFFFF) + 1;
    return out;
  }

  bool establish() {
    if (established && SCardIsValidContext(context) == SCARD_S_SUCCESS) return true;
    release();
    established = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) == SCARD_S_SUCCESS;
    return established;
  }
  void release() {
    drop();
    if (established) SCardReleaseContext(context);
    established = false;
  }
  // A driver that is told to reset a slot without a card may lose the next one (vpcd does).
  void drop() {
    if (!connected) return;
    SCARD_READERSTATE state{};
    state.szReader = reader.c_str();
    state.dwCurrentState = SCARD_STATE_UNAWARE;
    const bool present = SCardGetStatusChange(context, 0, &state, 1) == SCARD_S_SUCCESS &&
                         (state.dwEventState & SCARD_STATE_PRESENT) != 0;
    SCardDisconnect(card, present ? SCARD_RESET_CARD : SCARD_LEAVE_CARD);
    connected = false;
  }
  std::vector<std::string> readers() {
    DWORD size = 0;
    std::vector<std::string> out;
    if (!establish()) return out;
    const LONG asked = SCardListReaders(context, nullptr, nullptr, &size);
    if (asked == SCARD_E_NO_SERVICE || asked == SCARD_E_SERVICE_STOPPED) release();
    if (asked != SCARD_S_SUCCESS) return out;
    std::vector<char> names(size + 1, 0);
    if (SCardListReaders(context, nullptr, names.data(), &size) != SCARD_S_SUCCESS) return out;
    for (const char* at = names.data(); *at != 0; at += out.back().size() + 1) out.emplace_back(at);
    return out;
  }
  // As they are now; `states` names point into `names`.
  std::vector<SCARD_READERSTATE> states(const std::vector<std::string>& names) {
    std::vector<SCARD_READERSTATE> out(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      out[i] = SCARD_READERSTATE{};
      out[i].szReader = names[i].c_str();
      out[i].dwCurrentState = SCARD_STATE_UNAWARE;
    }
    if (out.empty()) return out;
    const LONG asked = SCardGetStatusChange(context, 0, out.data(), static_cast<DWORD>(out.size()));
    if (asked != SCARD_S_SUCCESS) {
      if (asked != SCARD_E_TIMEOUT) release();
      out.clear();
    }
    return out;
  }
  static CardSeen seen(const std::vector<SCARD_READERSTATE>& states) {
    if (states.empty()) return CardSeen::NoReader;
    std::size_t present = 0, mute = 0, alive = 0;
    for (const auto& one : states) {
      if ((one.dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) == 0) ++alive;
      if ((one.dwEventState & SCARD_STATE_PRESENT) == 0) continue;
      ++present;
      if ((one.dwEventState & SCARD_STATE_MUTE) != 0) ++mute;
    }
    if (alive == 0) return CardSeen::NoReader;
    if (present == 0) return CardSeen::Empty;
    if (present > 1) return CardSeen::Several;
    return mute > 0 ? CardSeen::Mute : CardSeen::Card;
  }
};

PcscCardReader::PcscCardReader() : link_(std::make_unique<Link>()) {}
PcscCardReader::~PcscCardReader() { link_->release(); }

CardSeen PcscCardReader::look() {
  const auto names = link_->readers();
  const auto states = link_->states(names);
  link_->stay = Link::stay_of(states);
  return Link::seen(states);
}

CardSeen PcscCardReader::wait(CardSeen before, int milliseconds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  for (;;) {
    const auto names = link_->readers();
    auto states = link_->states(names);
    const CardSeen now = Link::seen(states);
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now())
            .count();
    const std::uint64_t stay = Link::stay_of(states);
    const std::uint64_t last = std::exchange(link_->stay, stay);
    const bool lies = now == CardSeen::Card || now == CardSeen::Mute || now == CardSeen::Several;
    if (now == before && lies && last != 0 && stay != last) return CardSeen::Empty;
    if (now != before || left <= 0) return now;
    if (states.empty()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::min<long>(kPause, left)));
      continue;
    }
    for (auto& one : states) one.dwCurrentState = one.dwEventState & ~DWORD{SCARD_STATE_CHANGED};
    // A reader that is plugged in meanwhile wakes nobody: look around now and then.
    SCardGetStatusChange(link_->context, static_cast<DWORD>(std::min<long>(1000, left)), states.data(),
                         static_cast<DWORD>(states.size()));
  }
}

base::Status PcscCardReader::connect() {
  link_->drop();
  const auto names = link_->readers();
  const auto states = link_->states(names);
  const CardSeen seen = Link::seen(states);
  if (seen == CardSeen::Several) return fail(Code::Conflict, "several cards");
  if (seen == CardSeen::NoReader) return fail(Code::Unreachable, "no reader");
  for (const auto& one : states) {
    if ((one.dwEventState & SCARD_STATE_PRESENT) == 0) continue;
    const LONG done = SCardConnect(link_->context, one.szReader, SCARD_SHARE_EXCLUSIVE,
                                   SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &link_->card, &link_->protocol);
    link_->connected = done == SCARD_S_SUCCESS;
    link_->reader = one.szReader;
    if (link_->connected) return {};
    if (done == SCARD_E_SHARING_VIOLATION) return fail(Code::Conflict, "held by another program");
    if (done == SCARD_E_NO_SMARTCARD || done == SCARD_W_REMOVED_CARD) return fail(Code::NotFound, "no card");
    return fail(Code::Unreachable, "reader");
  }
  return fail(Code::NotFound, "no card");
}

Result<Bytes> PcscCardReader::transmit(ByteView command) {
  if (!link_->connected) return fail(Code::Unreachable, "no card");
  const SCARD_IO_REQUEST* protocol = link_->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
  Bytes out, next = base::copy(command);
  for (int i = 0; i < kContinuations; ++i) {
    Bytes answer(kAnswerLimit);
    DWORD size = static_cast<DWORD>(answer.size());
    const LONG done = SCardTransmit(link_->card, protocol, next.data(), static_cast<DWORD>(next.size()),
                                    nullptr, answer.data(), &size);
    std::fill(next.begin(), next.end(), std::uint8_t{0});  // it may have been a PIN
    if (done != SCARD_S_SUCCESS || size < 2 || size > answer.size()) {
      link_->drop();
      return fail(Code::Unreachable, "card");
    }
    const std::uint8_t first = answer[size - 2], second = answer[size - 1];
    const bool more = link_->protocol == SCARD_PROTOCOL_T0 && first == 0x61;
    const bool other_length = link_->protocol == SCARD_PROTOCOL_T0 && first == 0x6C && command.size() == 5;
    if (other_length) {
      next = base::copy(command);
      next[4] = second;
      continue;
    }
    answer.resize(more ? size - 2 : size);
    out.insert(out.end(), answer.begin(), answer.end());
    if (!more) return out;
    next = {command[0], 0xC0, 0x00, 0x00, second};
  }
  link_->drop();
  return fail(Code::Unreachable, "card");
}

void PcscCardReader::disconnect() { link_->drop(); }

}  // namespace machi::host
