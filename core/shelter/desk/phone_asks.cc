// Relatives' questions that come by phone: headquarters' device answers them by itself, from the same look-up
// as its own page, and each is written down as a look. What is said of nobody is the same bytes, after the
// same steps, whatever the reason.
#include "core/shelter/ask.h"
#include "core/shelter/desk/shelter_desk.h"

namespace machi::shelter {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kAnsweredMs = 2 * kDayMs;  // older ones are not answered any more
constexpr std::int64_t kOfPhone = 20;             // a day; the phones' own limit is lower
constexpr std::size_t kAtOnce = 20;

std::string place_of(std::string name) {
  for (std::size_t limit = 60; name.size() > kAnswerPlace; --limit) name = household::cleaned(name, limit);
  return name;
}

}  // namespace

Status ShelterDesk::keep_ask(const mail::Received& mail) {
  MACHI_TRY_SET(ask, decode_ask(mail.content));
  MACHI_TRY(database_.prepare("DELETE FROM shelter_ask WHERE at < ?").bind(mail.at.ms - 7 * kDayMs).run());
  return database_.prepare("INSERT OR IGNORE INTO shelter_ask VALUES (?, ?, ?, ?, 0)")
      .bind(ask.id)
      .bind(mail.written)
      .bind(ask.reply.mailbox)
      .bind(code::encode(encode(ask)))
      .run();
}

// Inside the transaction of settle().
Status ShelterDesk::answer_asks(Instant now) {
  std::vector<Ask> open;
  {
    auto row = database_.prepare(
        "SELECT content FROM shelter_ask WHERE done = 0 AND at > ? ORDER BY at, id LIMIT ?");
    row.bind(now.ms - kAnsweredMs).bind(static_cast<std::int64_t>(kAtOnce));
    for (;;) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      MACHI_TRY_SET(map, code::decode(row.blob(0)));
      MACHI_TRY_SET(ask, decode_ask(map));
      open.push_back(std::move(ask));
    }
  }
  if (open.empty()) return {};
  MACHI_TRY_SET(shelters, book_.shelters());
  for (const Ask& ask : open) {
    MACHI_TRY(database_.prepare("UPDATE shelter_ask SET done = 1 WHERE id = ?").bind(ask.id).run());
    // Another device of headquarters was quicker.
    MACHI_TRY_SET(looked, book_.heads(ask.id.bytes, Field::Look));
    if (!looked.empty()) continue;
    std::int64_t asked = 0;
    {
      auto row = database_.prepare("SELECT COUNT(*) FROM shelter_ask WHERE who = ? AND at > ?");
      MACHI_TRY_SET(there, row.bind(ask.reply.mailbox).bind(now.ms - kDayMs).step());
      asked = there ? row.integer(0) : 0;
    }
    const Fact look = fact(
        Correct{ask.id.bytes, Field::Look, "? " + household::cleaned(ask.name, kAskNameLimit), 0, {}}, now);
    MACHI_TRY(book_.add(look, Whose::Own));
    MACHI_TRY(post_.note(kKindFacts, encode(Facts{look}), now));
    MACHI_TRY_SET(known, told(ask.name, ask.birth));
    Answer answer{ask.id, Answer::What::Nothing, ""};
    if (known && asked <= kOfPhone) {
      answer.what = Answer::What::Safe;
      for (const ShelterLine& line : shelters)
        if (known->at == line.id && !line.name.empty())
          answer = {ask.id, Answer::What::Here, place_of(line.name)};
    }
    MACHI_TRY(post_.tell(ask.reply, kKindAnswer, encode(answer), now));
  }
  return {};
}

}  // namespace machi::shelter
