// Items, pages and heads of the public feed. Pure.
#include "core/mail/feed.h"

#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;

// Verifies by any present key of the role whose kid fits; the kid only narrows the search.
Result<code::Sign1> verify_by_role(ByteView bytes, std::string_view typ, TownRole role, const Trust& trust,
                                   Instant now) {
  return code::verify_sign1(bytes, typ, [&](const code::Sign1& sign1) -> std::optional<SignPublic> {
    const Bytes kid = sign1.kid();
    for (const SignPublic& key : trust.keys(role, now))
      if (base::equal(kid, key_id(key))) return key;
    return std::nullopt;
  });
}

Status check_town(const Cbor& map, const Trust& trust) {
  MACHI_TRY_SET(town, map.bytes_at(1));
  if (!base::equal(town, trust.town().id.view())) return fail(Code::WrongTown, "feed");
  return {};
}

Result<std::vector<Bytes>> list_of_bytes(const Cbor* list, std::size_t limit) {
  if (list == nullptr || list->array() == nullptr || list->array()->size() > limit)
    return fail(Code::BadInput, "list");
  std::vector<Bytes> out;
  for (const Cbor& item : *list->array()) {
    MACHI_TRY_SET(bytes, item.bytes());
    out.push_back(base::copy(bytes));
  }
  return out;
}

Cbor array_of(const std::vector<Bytes>& list) {
  CborArray out;
  for (const Bytes& item : list) out.emplace_back(ByteView(item));
  return Cbor(std::move(out));
}

Result<std::optional<base::TimeOfDay>> minutes_at(const Cbor& map, std::int64_t key) {
  if (map.find(key) == nullptr) return std::optional<base::TimeOfDay>{};
  MACHI_TRY_SET(minutes, map.integer_at(key));
  if (minutes < 0 || minutes >= 24 * 60) return fail(Code::BadInput, "time of day");
  return std::optional<base::TimeOfDay>{base::TimeOfDay{static_cast<std::int16_t>(minutes)}};
}

}  // namespace

Bytes make_item(const Item& item, const SignKey& key) {
  return code::sign1(key, typ::kItem,
                     code::encode(Cbor::map({{1, item.town.view()},
                                             {2, item.serial},
                                             {3, item.type},
                                             {4, item.at.seconds()},
                                             {5, item.content}})),
                     key_id(key.open));
}

Result<Item> read_item(ByteView bytes, const Trust& trust, Instant now) {
  MACHI_TRY_SET(peek, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(peek.payload));
  MACHI_TRY_SET(type, map.text_at(3));
  const TownRole role = type == "office" ? TownRole::Directory : TownRole::Editor;
  MACHI_TRY(verify_by_role(bytes, typ::kItem, role, trust, now));
  MACHI_TRY(check_town(map, trust));
  MACHI_TRY_SET(serial, map.integer_at(2));
  MACHI_TRY_SET(at, map.integer_at(4));
  MACHI_TRY_SET(content, map.at(5));
  if (serial < 0 || content->map() == nullptr) return fail(Code::BadInput, "item");
  return Item{trust.town().id, static_cast<std::uint64_t>(serial), type, Instant::from_seconds(at), *content};
}

Bytes encode_page(const Page& page) {
  return code::encode(Cbor::map({{1, page.number}, {2, page.previous}, {3, array_of(page.items)}}));
}

Result<Page> decode_page(ByteView bytes) {
  if (bytes.size() > kPageLimit) return fail(Code::TooLarge, "page");
  MACHI_TRY_SET(map, code::decode(bytes));
  MACHI_TRY_SET(number, map.integer_at(1));
  MACHI_TRY_SET(previous, map.fixed_at<32>(2));
  MACHI_TRY_SET(items, list_of_bytes(map.find(3), 4096));
  if (number < 0) return fail(Code::BadInput, "page number");
  return Page{static_cast<std::uint64_t>(number), previous, std::move(items)};
}

Bytes make_head(const Head& head, const SignKey& editor) {
  return code::sign1(editor, typ::kHead,
                     code::encode(Cbor::map(
                         {{1, head.town.view()}, {2, head.pages}, {3, head.last}, {4, head.at.seconds()}})),
                     key_id(editor.open));
}

Bytes make_fresh(const TownId& town, ByteView head, Instant at, const SignKey& hub_freshness) {
  return code::sign1(hub_freshness, typ::kFresh,
                     code::encode(Cbor::map({{1, town.view()}, {2, crypto::hash(head)}, {3, at.seconds()}})),
                     key_id(hub_freshness.open));
}

Bytes encode_feed_answer(const FeedAnswer& answer) {
  return code::encode(Cbor::map(
      {{1, ByteView(answer.head)}, {2, ByteView(answer.fresh)}, {3, array_of(answer.delegations)}}));
}

Result<FeedAnswer> decode_feed_answer(ByteView bytes) {
  MACHI_TRY_SET(map, code::decode(bytes));
  MACHI_TRY_SET(head, map.bytes_at(1));
  MACHI_TRY_SET(fresh, map.bytes_at(2));
  MACHI_TRY_SET(delegations, list_of_bytes(map.find(3), 64));
  return FeedAnswer{base::copy(head), base::copy(fresh), std::move(delegations)};
}

Result<CheckedHead> check_head(const FeedAnswer& answer, Trust& trust, Instant now) {
  for (const Bytes& delegation : answer.delegations) {
    auto admitted = trust.admit(delegation);
    if (!admitted.ok() && admitted.code() != Code::Unsupported) return admitted.error();
  }
  MACHI_TRY_SET(head, verify_by_role(answer.head, typ::kHead, TownRole::Editor, trust, now));
  MACHI_TRY_SET(map, code::decode(head.payload));
  MACHI_TRY(check_town(map, trust));
  MACHI_TRY_SET(pages, map.integer_at(2));
  MACHI_TRY_SET(last, map.fixed_at<32>(3));
  MACHI_TRY_SET(at, map.integer_at(4));
  if (pages < 0) return fail(Code::BadInput, "pages");

  MACHI_TRY_SET(fresh, verify_by_role(answer.fresh, typ::kFresh, TownRole::HubFreshness, trust, now));
  MACHI_TRY_SET(fresh_map, code::decode(fresh.payload));
  MACHI_TRY(check_town(fresh_map, trust));
  MACHI_TRY_SET(of_head, fresh_map.fixed_at<32>(2));
  MACHI_TRY_SET(fresh_at, fresh_map.integer_at(3));
  if (of_head != crypto::hash(answer.head)) return fail(Code::BadSignature, "freshness of another head");
  return CheckedHead{
      Head{trust.town().id, static_cast<std::uint64_t>(pages), last, Instant::from_seconds(at)},
      Instant::from_seconds(fresh_at)};
}

Cbor encode_office(const Office& office) {
  CborMap map{{1, office.mailbox.view()}, {2, office.kind},      {3, office.name},
              {4, office.founder.bytes},  {5, office.telephone}, {6, office.epoch},
              {7, office.epoch_key.bytes}};
  if (office.please_call) map.emplace_back(8, static_cast<int>(office.please_call->minutes));
  if (office.starts) map.emplace_back(9, static_cast<int>(office.starts->minutes));
  if (!office.slip_keys.empty()) {
    code::CborArray keys;
    for (const SignPublic& key : office.slip_keys) keys.emplace_back(key.bytes);
    map.emplace_back(10, std::move(keys));
  }
  return Cbor(std::move(map));
}

Result<Office> decode_office(const Cbor& map) {
  Office office;
  MACHI_TRY_SET(mailbox, map.bytes_at(1));
  MACHI_TRY_SET(id, MailboxId::from(mailbox));
  MACHI_TRY_SET(kind, map.text_at(2));
  MACHI_TRY_SET(name, map.text_at(3));
  MACHI_TRY_SET(founder, map.fixed_at<32>(4));
  MACHI_TRY_SET(telephone, map.text_at(5));
  MACHI_TRY_SET(epoch, map.integer_at(6));
  MACHI_TRY_SET(epoch_key, map.fixed_at<32>(7));
  MACHI_TRY_SET(please_call, minutes_at(map, 8));
  MACHI_TRY_SET(starts, minutes_at(map, 9));
  if (epoch < 1 || name.empty()) return fail(Code::BadInput, "office");
  std::vector<SignPublic> slip_keys;
  if (const Cbor* keys = map.find(10)) {
    if (!keys->array() || keys->array()->size() > kSlipKeys) return fail(Code::BadInput, "slip keys");
    for (const Cbor& item : *keys->array()) {
      MACHI_TRY_SET(raw, item.bytes());
      MACHI_TRY_SET(key, base::fixed<32>(raw));
      slip_keys.push_back(SignPublic{key});
    }
  }
  return Office{id,
                kind,
                name,
                SignPublic{founder},
                telephone,
                static_cast<std::uint64_t>(epoch),
                SealPublic{epoch_key},
                please_call,
                starts,
                std::move(slip_keys)};
}

}  // namespace machi::mail
