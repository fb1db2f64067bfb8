// The public feed: items, immutable pages, signed head with a time (PROTOCOL.md, Feed). Values; any thread;
// pure.
#pragma once

#include "core/mail/town.h"

namespace machi::mail {

inline constexpr std::size_t kPageLimit = 65536;

struct Item {
  TownId town;
  std::uint64_t serial = 0;
  std::string type;
  Instant at;
  code::Cbor content;
};
Bytes make_item(const Item& item, const SignKey& key);
// "office" is the directory's; every other type the editor's.
Result<Item> read_item(ByteView bytes, const Trust& trust, Instant now);

struct Page {
  std::uint64_t number = 0;
  Hash previous{};
  std::vector<Bytes> items;
};
Bytes encode_page(const Page& page);
Result<Page> decode_page(ByteView bytes);

struct Head {
  TownId town;
  std::uint64_t pages = 0;
  Hash last{};
  Instant at;
};
Bytes make_head(const Head& head, const SignKey& editor);
Bytes make_fresh(const TownId& town, ByteView head, Instant at, const SignKey& hub_freshness);

struct FeedAnswer {
  Bytes head;
  Bytes fresh;
  std::vector<Bytes> delegations;
};
Bytes encode_feed_answer(const FeedAnswer& answer);
Result<FeedAnswer> decode_feed_answer(ByteView bytes);

struct CheckedHead {
  Head head;
  Instant fresh;
};
// Admits the delegations into `trust`, then checks head and freshness.
Result<CheckedHead> check_head(const FeedAnswer& answer, Trust& trust, Instant now);

// Content of an item of type "office".
struct Office {
  MailboxId mailbox;
  std::string kind;
  std::string name;
  SignPublic founder;
  std::string telephone;
  std::uint64_t epoch = 0;
  SealPublic epoch_key;
  std::optional<base::TimeOfDay> please_call;
  std::optional<base::TimeOfDay> starts;
  // What signs this office's slips, and no other's: at most kSlipKeys, the newest first.
  std::vector<SignPublic> slip_keys = {};
};
inline constexpr std::size_t kSlipKeys = 4;
code::Cbor encode_office(const Office& office);
Result<Office> decode_office(const code::Cbor& content);

}  // namespace machi::mail
