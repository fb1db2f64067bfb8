// The payment terminal's contract, over TCP against the simulator as a process of its own, with every way in
// which one behaves badly; and the protocol's frames.
#include <nlohmann/json.hpp>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "platform/host/simulated/simulated_terminal.h"
#include "platform/host/terminal/tcp_terminal.h"
#include "tests/unit/devices/process.h"

namespace machi::devices::test {
namespace {

using certificate::kiosk::Known;
using certificate::kiosk::Ref;
using host::SimulatedTerminal;
using host::TcpTerminal;

constexpr std::int64_t kYen = 600;

class Terminal : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(crypto::ready());
    start();
  }
  void start(std::uint16_t port = 0) {
    process_ = std::make_unique<Process>(std::vector<std::string>{MACHI_PROGRAM, "simulate", "terminal",
                                                                  "--book", (folder_ / "book.db").string(),
                                                                  "--port", std::to_string(port)});
    const auto said = nlohmann::json::parse(process_->hear(), nullptr, false);
    ASSERT_TRUE(said.is_object() && said.contains("port"));
    port_ = said["port"];
    terminal = std::make_unique<TcpTerminal>("127.0.0.1:" + std::to_string(port_),
                                             host::TerminalTimes{3'000, 700, 700, 700});
  }
  void cut_power() { process_->end(SIGKILL); }
  void say(const std::string& line) { EXPECT_EQ("{\"done\":true}", process_->say(line)) << line; }
  Ref ref() { return random_.id<certificate::kiosk::RefTag>(); }
  // What really happened to the money under a reference.
  std::int64_t money(const Ref& of) const {
    const auto book = SimulatedTerminal::book(folder_ / "book.db");
    for (const auto& entry : *book)
      if (entry.ref == of && entry.done) return entry.amount;
    return 0;
  }
  std::size_t entries() const { return SimulatedTerminal::book(folder_ / "book.db")->size(); }

  std::unique_ptr<TcpTerminal> terminal;
  std::uint16_t port_ = 0;
  Folder folder_;
  std::unique_ptr<Process> process_;
  crypto::Drbg random_ = crypto::Drbg::of_number(11);
};

TEST_F(Terminal, TakesMoneyAndGivesItBack) {
  EXPECT_TRUE(terminal->ready());
  const Ref charge = ref(), refund = ref();
  EXPECT_EQ(Known::Yes, terminal->charge(charge, kYen));
  EXPECT_EQ(kYen, money(charge));
  EXPECT_EQ(Known::Yes, terminal->refund(refund, charge, kYen));
  EXPECT_EQ(kYen, money(refund));
  EXPECT_EQ(Known::Yes, terminal->settle(charge));
  EXPECT_EQ(Known::No, terminal->refund(ref(), ref(), kYen));  // of nothing
}

TEST_F(Terminal, SaysNoOnlyWhenNoMoneyMoved) {
  say("once charge decline");
  const Ref charge = ref();
  EXPECT_EQ(Known::No, terminal->charge(charge, kYen));
  EXPECT_EQ(0, money(charge));
}

TEST_F(Terminal, NeverTakesTwiceUnderOneReference) {
  const Ref charge = ref();
  EXPECT_EQ(Known::Yes, terminal->charge(charge, kYen));
  EXPECT_EQ(Known::Yes, terminal->charge(charge, kYen));
  EXPECT_EQ(1u, entries());
}

TEST_F(Terminal, IsAskedAgainWhenItsAnswerIsLost) {
  for (const std::string how : {"lost", "garbage", "unknown"}) {
    say("once charge " + how);
    const Ref charge = ref();
    EXPECT_EQ(Known::Unknown, terminal->charge(charge, kYen)) << how;
    EXPECT_EQ(kYen, money(charge)) << how;
    EXPECT_EQ(Known::Yes, terminal->settle(charge)) << how;
  }
  for (const std::string how : {"silent", "cut"}) {
    say("once charge " + how);
    const Ref charge = ref();
    EXPECT_EQ(Known::Unknown, terminal->charge(charge, kYen)) << how;
    EXPECT_EQ(Known::No, terminal->settle(charge)) << how;
    EXPECT_EQ(0, money(charge)) << how;
  }
}

TEST_F(Terminal, BelievesNoAnswerToSomethingElse) {
  say("once charge twice");
  say("once charge stale");
  const Ref first = ref(), second = ref();
  EXPECT_EQ(Known::Yes, terminal->charge(first, kYen));
  EXPECT_EQ(Known::Yes, terminal->charge(second, kYen));
  say("once settle stale");
  const Ref never = ref();
  EXPECT_EQ(Known::No, terminal->settle(never));
}

TEST_F(Terminal, DoesNothingUnderAReferenceThatWasSettled) {
  const Ref charge = ref();
  EXPECT_EQ(Known::No, terminal->settle(charge));
  EXPECT_EQ(Known::No, terminal->charge(charge, kYen));
  EXPECT_EQ(0, money(charge));
  // Also when the charge was under way, and would have come late.
  say("once charge late");
  const Ref late = ref();
  EXPECT_EQ(Known::Unknown, terminal->charge(late, kYen));
  EXPECT_EQ(Known::No, terminal->settle(late));
  pause(1'700);
  EXPECT_EQ(Known::No, terminal->settle(late));
  EXPECT_EQ(0, money(late));
}

TEST_F(Terminal, StopsWaitingForAVisitorWhoChangedTheirMind) {
  say("once charge wait");
  terminal = std::make_unique<TcpTerminal>("127.0.0.1:" + std::to_string(port_));
  const Ref charge = ref();
  std::thread visitor([&] {
    pause(200);
    terminal->abandon(charge);
  });
  EXPECT_EQ(Known::No, terminal->charge(charge, kYen));
  visitor.join();
  EXPECT_EQ(0, money(charge));
  // Nobody else's payment is stopped by it.
  EXPECT_EQ(Known::Yes, terminal->charge(ref(), kYen));
}

TEST_F(Terminal, KeepsItsBookWithoutPower) {
  say("once charge lost");
  const Ref charge = ref();
  EXPECT_EQ(Known::Unknown, terminal->charge(charge, kYen));
  cut_power();
  EXPECT_EQ(Known::Unknown, terminal->settle(charge));
  EXPECT_FALSE(terminal->ready());
  start(port_);
  EXPECT_EQ(Known::Yes, terminal->settle(charge));
  EXPECT_EQ(kYen, money(charge));
}

TEST(TerminalFrames, ComeWholeOutOfPiecesOfAnySize) {
  using namespace certificate::terminal;
  crypto::Drbg random = crypto::Drbg::of_number(5);
  base::Bytes stream;
  std::vector<Request> sent;
  for (int i = 0; i < 20; ++i) {
    Request request{Ask::Charge, random.id<certificate::kiosk::RefTag>(), 100 + i, {}};
    if (i % 3 == 1) request = {Ask::Refund, request.ref, 5, random.id<certificate::kiosk::RefTag>()};
    if (i % 3 == 2) request = {Ask::Health, {}, 0, {}};
    sent.push_back(request);
    const auto bytes = framed(encode(request));
    stream.insert(stream.end(), bytes.begin(), bytes.end());
  }
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{50}, stream.size()}) {
    Frames frames;
    std::vector<Request> got;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      frames.feed(base::ByteView(stream).subspan(at, std::min(piece, stream.size() - at)));
      for (;;) {
        const auto message = frames.next();
        ASSERT_TRUE(message.ok());
        if (!*message) break;
        const auto request = decode_request(**message);
        ASSERT_TRUE(request.ok());
        got.push_back(*request);
      }
    }
    EXPECT_EQ(sent, got) << piece;
  }
}

TEST(TerminalMessages, AreRefusedWhenSomethingIsWrongInThem) {
  using namespace certificate::terminal;
  using base::Code;
  const Ref ref = Ref{{1}};
  const auto bytes = [](std::initializer_list<code::CborPair> pairs) {
    return code::encode(code::Cbor::map(pairs));
  };
  EXPECT_FALSE(decode_request(bytes({{1, 1}, {2, ref.view()}})).ok());          // no amount
  EXPECT_FALSE(decode_request(bytes({{1, 1}, {2, ref.view()}, {3, 0}})).ok());  // nothing
  EXPECT_FALSE(decode_request(bytes({{1, 1}, {2, ref.view()}, {3, kMostYen + 1}})).ok());
  EXPECT_FALSE(decode_request(bytes({{1, 1}, {2, Ref{}.view()}, {3, 5}})).ok());  // no reference
  EXPECT_FALSE(decode_request(bytes({{1, 3}, {2, ref.view()}, {3, 5}})).ok());    // of what?
  EXPECT_FALSE(decode_request(bytes({{1, 1}, {2, ref.view()}, {3, 5}, {4, ref.view()}})).ok());
  EXPECT_FALSE(decode_request(bytes({{1, 9}})).ok());
  EXPECT_FALSE(decode_answer(bytes({{1, 1}, {2, ref.view()}})).ok());
  EXPECT_FALSE(decode_answer(bytes({{1, 1}, {2, ref.view()}, {5, 4}})).ok());
  EXPECT_TRUE(decode_answer(bytes({{1, 1}, {2, ref.view()}, {5, 1}, {77, "later"}})).ok());
  Frames frames;
  frames.feed(base::Bytes{0, 0, 0x10, 0});
  EXPECT_EQ(Code::TooLarge, frames.next().code());
  Frames empty;
  empty.feed(base::Bytes{0, 0, 0, 0});
  EXPECT_EQ(Code::BadInput, empty.next().code());
  for (const Answer& answer : {Answer{Ask::Charge, ref, State::Not, Why::Declined}, Answer{}})
    EXPECT_EQ(answer, *decode_answer(encode(answer)));
}

}  // namespace
}  // namespace machi::devices::test
