// The payment terminal's line: the input as bytes that come in pieces, and each frame as request and answer.
// Invariants: pieces of any size give the same messages as all at once; a line that has failed gives none;
// what is read is written and read again as the same.
#include "core/certificate/terminal/messages.h"
#include "tests/fuzz/frame.h"

using namespace machi;

namespace {

namespace terminal = certificate::terminal;

std::vector<base::Bytes> messages(base::ByteView input, std::size_t piece) {
  terminal::Frames frames;
  std::vector<base::Bytes> out;
  for (std::size_t at = 0; at < input.size(); at += piece) {
    frames.feed(input.subspan(at, std::min(piece, input.size() - at)));
    for (;;) {
      auto next = frames.next();
      if (!next.ok()) return out;
      if (!*next) break;
      out.push_back(std::move(**next));
    }
  }
  return out;
}

void check_message(base::ByteView message) {
  if (const auto request = terminal::decode_request(message); request.ok()) {
    const auto again = terminal::decode_request(terminal::encode(*request));
    MACHI_CHECK(again.ok() && *again == *request);
  }
  if (const auto answer = terminal::decode_answer(message); answer.ok()) {
    const auto again = terminal::decode_answer(terminal::encode(*answer));
    MACHI_CHECK(again.ok() && *again == *answer);
  }
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  check_message(input);
  const auto whole = messages(input, std::max<std::size_t>(1, input.size()));
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{64}})
    MACHI_CHECK(messages(input, piece) == whole);
  for (const base::Bytes& message : whole) {
    MACHI_CHECK(!message.empty() && message.size() <= terminal::kFrameLimit);
    check_message(message);
  }
}
