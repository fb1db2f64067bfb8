// A request of a stranger to the post office: the first line of the input is method and target, the next one
// the ticket, the rest the body; a target of another door is tried with the same body. Invariants: every
// answer has a status that the protocol knows, a refusal says its code, and a stranger's body is never served
// as a stream.
#include "core/crypto/drbg.h"
#include "core/mail/post_forms.h"
#include "platform/hub/post_office.h"
#include "platform/hub/sqlite_message_store.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/keys.h"

using namespace machi;

namespace {

struct Hub {
  crypto::Drbg entropy = crypto::Drbg::of_number(5);
  hub::MemoryFeed feed;
  std::unique_ptr<hub::SqliteMessageStore> store = std::move(*hub::SqliteMessageStore::open({}));
  std::unique_ptr<hub::PostOffice> office =
      std::move(*hub::PostOffice::open(*store, feed,
                                       {{{}, fuzz::key().open},
                                        crypto::sign_key(fuzz::key().seed.clone()),
                                        crypto::sign_key(fuzz::key().seed.clone())},
                                       entropy, base::Instant::from_seconds(1'800'000'000)));
};

void ask(Hub& hub, hub::Request request) {
  static std::int64_t at = 1'800'000'000;
  const hub::Response response = hub.office->handle(request, base::Instant::from_seconds(++at));
  for (const int known : {200, 400, 401, 403, 404, 409, 413, 429})
    if (response.status == known) {
      MACHI_CHECK(!response.stream);
      if (known != 200) MACHI_CHECK(mail::encode_error(mail::decode_error(response.body)) == response.body);
      return;
    }
  MACHI_CHECK(false);
}

std::string line_of(base::ByteView& input) {
  std::size_t end = 0;
  while (end < input.size() && input[end] != '\n') ++end;
  const std::string line(base::text_view(input.first(end)));
  input = input.subspan(end < input.size() ? end + 1 : end);
  return line;
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  MACHI_CHECK(crypto::ready());
  static Hub hub;
  const std::string first = line_of(input);
  const std::string ticket = line_of(input);
  const std::size_t space = first.find(' ');
  if (space != std::string::npos)
    ask(hub, {first.substr(0, space), first.substr(space + 1), base::copy(input), ticket, "stranger"});
  for (const char* door : {"/v1/post", "/v1/challenge", "/v1/ticket", "/v1/access", "/v1/grants",
                           "/v1/access-head", "/v1/blob", "/v1/snapshot", "/v1/slot", "/v1/slip-record"})
    ask(hub, {"POST", door, base::copy(input), ticket, "stranger"});
}
