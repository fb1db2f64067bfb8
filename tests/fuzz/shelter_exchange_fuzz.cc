// What a stranger's file or envelope may hold: an exchange file, its head, the facts in it, a list of
// shelters. A head is tried as it comes and as a payload that is really signed. Invariants: what is read is
// written back as it was, a head opens only to who it was sealed to, and nobody of a phone's facts is seen by
// staff.
#include "core/base/text.h"
#include "core/mail/apart.h"
#include "core/mail/typ.h"
#include "core/shelter/desk/exchange.h"
#include "core/shelter/fact.h"
#include "core/shelter/open_data.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/keys.h"

using namespace machi;

namespace {

void check_head(base::ByteView bytes) {
  auto head = mail::read_apart_head(bytes);
  if (!head.ok()) return;
  const auto signed_anew = mail::read_apart_head(mail::write_apart_head(*head, fuzz::key()));
  MACHI_CHECK(signed_anew.ok() && signed_anew->from == fuzz::key().open);
  MACHI_CHECK(signed_anew->for_readers == head->for_readers && signed_anew->entries == head->entries &&
              signed_anew->for_epoch == head->for_epoch && signed_anew->epoch == head->epoch &&
              signed_anew->first == head->first && signed_anew->file_key == head->file_key);
  for (const auto& [reader, sealed] : head->for_readers)
    if (const auto opened = mail::open_apart_head(*head, reader, fuzz::epoch(), nullptr); opened.ok())
      MACHI_CHECK(opened->open == head->file_key);
  if (const auto opened = mail::open_apart_head(*head, {}, fuzz::epoch(), &fuzz::epoch()); opened.ok())
    MACHI_CHECK(opened->open == head->file_key);
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  const std::string_view text = base::text_view(input);
  if (const auto file = shelter::read_exchange(text); file.ok()) {
    const auto again = shelter::read_exchange(shelter::write_exchange(file->head, file->envelopes));
    MACHI_CHECK(again.ok() && again->head == file->head && again->envelopes == file->envelopes &&
                again->damaged == 0);
    check_head(file->head);
  }
  check_head(input);
  check_head(fuzz::signed_by_us(mail::typ::kApartHead, input, 2));
  if (const auto map = code::decode(input); map.ok())
    if (const auto facts = shelter::decode_facts(*map); facts.ok()) {
      MACHI_CHECK(!facts->empty() && facts->size() <= shelter::kFactsLimit);
      const auto again = shelter::decode_facts(shelter::encode(*facts));
      MACHI_CHECK(again.ok() && *again == *facts);
      if (shelter::check_self(*facts).ok())
        for (const shelter::Fact& fact : *facts) MACHI_CHECK(std::get<shelter::Enter>(fact.what).said);
    }
  const shelter::OpenList list = shelter::read_open_data(text);
  for (const shelter::OpenShelter& one : list.shelters)
    MACHI_CHECK(!one.name.empty() && base::is_utf8(one.name) &&
                one.latitude.has_value() == one.longitude.has_value());
}
