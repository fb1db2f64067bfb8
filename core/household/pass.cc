// Writing and reading the household pass. Pure.
#include "core/household/pass.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/code/cwt.h"

namespace machi::household {
namespace {

using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kMark = 4;                  // bytes that name a town, a key, and check the whole
constexpr std::size_t kHead = 1 + 2 * kMark + 2;  // format, town, key, length of the box
constexpr std::uint8_t kStored = 0;               // how the content stands in the box
constexpr std::uint8_t kCompressed = 1;

constexpr std::array<std::string_view, 8> kTroubles = {"",           "not-pass",  "cut",   "damaged",
                                                       "other-town", "other-key", "newer", "superseded"};

using Mark = base::Array<kMark>;

Mark mark_of(std::string_view purpose, ByteView bytes) {
  Bytes named = base::copy(base::view(purpose));
  named.insert(named.end(), bytes.begin(), bytes.end());
  const auto hash = crypto::hash(named);
  Mark out;
  std::copy_n(hash.begin(), kMark, out.begin());
  return out;
}

Mark town_mark(const TownId& town) { return mark_of("machi-pass-town", town.view()); }
Mark key_mark(const crypto::SealPublic& key) { return mark_of("machi-pass-key", key.bytes); }

bool is_kana(std::uint32_t point) {
  return (point >= 0x3041 && point <= 0x3096) || (point >= 0x30A1 && point <= 0x30FE);
}

Cbor encode_name(const std::string& name) {
  if (auto bytes = kana_bytes(name)) return Cbor(std::move(*bytes));
  return Cbor(name);
}

Result<std::string> decode_name(const Cbor& map) {
  MACHI_TRY_SET(name, map.at(2));
  if (const auto bytes = name->bytes(); bytes.ok()) return kana_text(*bytes);
  return name->text();
}

// A telephone number with its leading zero as one integer: 1, then the digits.
Result<std::int64_t> encode_telephone(const std::string& digits) {
  MACHI_TRY_SET(same, base::phone_digits(digits));
  std::int64_t out = 1;
  for (const char c : same) out = out * 10 + (c - '0');
  return out;
}

Bytes encode(const Pass& pass, std::int64_t telephone) {
  CborArray members;
  for (const PassMember& member : pass.members) {
    CborMap map{{1, member.number}, {2, encode_name(member.kana)}, {3, member.birth.days}};
    if (member.sex) map.emplace_back(4, static_cast<int>(*member.sex));
    if (!member.needs.empty()) map.emplace_back(5, member.needs.bits);
    if (!member.allergens.empty()) map.emplace_back(6, member.allergens.bits);
    members.emplace_back(std::move(map));
  }
  CborMap map{
      {1, pass.household.view()}, {2, pass.counter}, {3, pass.made.seconds()}, {4, std::move(members)}};
  if (telephone != 0) map.emplace_back(5, telephone);
  if (!pass.pets.empty()) map.emplace_back(6, pass.pets.bits);
  if (pass.consent) map.emplace_back(7, true);
  if (pass.place != Place::Shelter) map.emplace_back(8, static_cast<int>(pass.place));
  if (!pass.language.empty()) map.emplace_back(9, pass.language);
  return code::encode(Cbor(std::move(map)));
}

// What the pass says is held to the bounds of the record (check), by way of one.
Status check_pass(const Pass& pass) {
  if (pass.counter < 1 || pass.members.empty()) return fail(Code::BadInput, "pass");
  Household household;
  household.id = pass.household;
  household.counter = pass.counter;
  household.telephone = pass.telephone;
  household.language = pass.language;
  household.last_number = kNumberLimit;
  for (const PassMember& member : pass.members)
    household.members.push_back({member.number, "", member.kana, member.birth, member.sex, {}, {}, ""});
  return check(household);
}

Result<std::int64_t> optional_integer(const Cbor& map, std::int64_t key, std::int64_t limit) {
  if (map.find(key) == nullptr) return std::int64_t{0};
  MACHI_TRY_SET(value, map.integer_at(key));
  if (value < 0 || value > limit) return fail(Code::BadInput, "range");
  return value;
}

Result<PassMember> decode_member(const Cbor& map) {
  PassMember out;
  MACHI_TRY_SET(number, optional_integer(map, 1, kNumberLimit));
  MACHI_TRY_SET(name, decode_name(map));
  MACHI_TRY_SET(birth, map.integer_at(3));
  MACHI_TRY_SET(sex, optional_integer(map, 4, 3));
  MACHI_TRY_SET(needs, optional_integer(map, 5, 0xFFFFFFFF));
  MACHI_TRY_SET(allergens, optional_integer(map, 6, 0xFFFFFFFF));
  if (birth < INT32_MIN || birth > INT32_MAX) return fail(Code::BadInput, "birth");
  out.number = static_cast<int>(number);
  out.kana = std::move(name);
  out.birth = Date{static_cast<std::int32_t>(birth)};
  if (sex != 0) out.sex = static_cast<Sex>(sex);
  out.needs.bits = static_cast<std::uint32_t>(needs);
  out.allergens.bits = static_cast<std::uint32_t>(allergens);
  return out;
}

Result<Pass> decode(ByteView bytes) {
  MACHI_TRY_SET(map, code::decode(bytes, {6, 512}));
  Pass out;
  MACHI_TRY_SET(raw, map.bytes_at(1));
  MACHI_TRY_SET(id, HouseholdId::from(raw));
  MACHI_TRY_SET(counter, optional_integer(map, 2, 0xFFFFFFFF));
  MACHI_TRY_SET(made, optional_integer(map, 3, 0xFFFFFFFFFF));
  MACHI_TRY_SET(telephone, optional_integer(map, 5, 200'000'000'000));
  MACHI_TRY_SET(pets, optional_integer(map, 6, 0xFFFFFFFF));
  MACHI_TRY_SET(place, optional_integer(map, 8, 2));
  out.household = id;
  out.counter = static_cast<std::uint64_t>(counter);
  out.made = Instant::from_seconds(made);
  if (telephone != 0) out.telephone = std::to_string(telephone).substr(1);
  out.pets.bits = static_cast<std::uint32_t>(pets);
  out.place = static_cast<Place>(place);
  if (const Cbor* consent = map.find(7)) {
    MACHI_TRY_SET(agreed, consent->boolean());
    out.consent = agreed;
  }
  if (map.find(9) != nullptr) {
    MACHI_TRY_SET(language, map.text_at(9));
    out.language = std::move(language);
  }
  MACHI_TRY_SET(members, map.at(4));
  if (members->array() == nullptr) return fail(Code::BadInput, "members");
  for (const Cbor& one : *members->array()) {
    MACHI_TRY_SET(member, decode_member(one));
    out.members.push_back(std::move(member));
  }
  MACHI_TRY(check_pass(out));
  return out;
}

// The bytes behind the prefix, as far as they are there and sound.
struct Frame {
  PassTrouble trouble = PassTrouble::None;
  Bytes bytes;
  ByteView box() const { return ByteView(bytes).subspan(kHead, bytes.size() - kHead - kMark); }
  bool names(std::size_t at, const Mark& mark) const {
    return base::equal(ByteView(bytes).subspan(at, kMark), mark);
  }
};

// How long the frame says that it is; more than it can be while its head is not there.
std::size_t announced(const Bytes& bytes) {
  if (bytes.size() < kHead) return SIZE_MAX;
  return kHead + bytes[kHead - 2] * 256u + bytes[kHead - 1] + kMark;
}

Frame unframe(std::string_view text) {
  auto whole = code::from_base45(text);
  if (!whole.ok()) {
    // The signs that are there: two bytes each three of them.
    const auto part = code::from_base45(text.substr(0, text.size() / 3 * 3));
    const std::size_t more = text.size() % 3 == 2 ? 1 : 0;  // a last byte that is no byte
    const bool cut = part.ok() && announced(*part) > part->size() + more;
    return {cut ? PassTrouble::Cut : PassTrouble::Damaged, {}};
  }
  if (announced(*whole) > whole->size()) return {PassTrouble::Cut, {}};
  const ByteView bytes(*whole);
  const std::size_t end = bytes.size() - kMark;
  const Mark check = mark_of("machi-pass", bytes.first(end));
  if (announced(*whole) != bytes.size() || !base::equal(bytes.subspan(end), check))
    return {PassTrouble::Damaged, {}};
  if (bytes[0] != kFormat) return {PassTrouble::Newer, {}};
  return {PassTrouble::None, std::move(*whole)};
}

Result<Pass> unpack(ByteView content) {
  if (content.empty()) return fail(Code::BadInput, "content");
  if (content[0] == kStored) return decode(content.subspan(1));
  if (content[0] != kCompressed) return fail(Code::Unsupported, "packing");
  MACHI_TRY_SET(inflated, code::inflate(content.subspan(1), kPassInflated));
  auto pass = decode(inflated);
  crypto::wipe(inflated);
  return pass;
}

// What a reader may have put around the text. No space is taken off: a space is a sign of Base45.
std::string_view bare(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == '\t'))
    text.remove_suffix(1);
  while (!text.empty() &&
         (text.front() == '\n' || text.front() == '\r' || text.front() == '\t' || text.front() == ' '))
    text.remove_prefix(1);
  return text;
}

}  // namespace

std::optional<Bytes> kana_bytes(std::string_view name) {
  Bytes out;
  for (const char32_t point : base::to_code_points(name)) {
    if (point != U' ' && !is_kana(point)) return std::nullopt;
    out.push_back(static_cast<std::uint8_t>(point & 0xFF));
  }
  return out;
}

Result<std::string> kana_text(ByteView bytes) {
  std::u32string out;
  for (const std::uint8_t byte : bytes) {
    const char32_t point = byte == 0x20 ? U' ' : static_cast<char32_t>(0x3000u + byte);
    if (point != U' ' && !is_kana(point)) return fail(Code::BadInput, "kana");
    out.push_back(point);
  }
  return base::from_code_points(out);
}

Pass pass_of(const Household& household, Instant now) {
  Pass out;
  out.household = household.id;
  out.counter = household.counter;
  out.made = Instant::from_seconds(now.seconds());
  out.telephone = household.telephone;
  out.pets = household.pets;
  out.consent = household.consent;
  out.place = household.place;
  if (household.language != "ja") out.language = household.language;
  for (const Member& member : household.members)
    out.members.push_back(
        {member.number, member.kana, member.birth, member.sex, member.needs, member.allergens});
  return out;
}

Result<std::string> write_pass(base::Entropy& entropy, const TownId& town, const crypto::SealPublic& key,
                               const Pass& pass) {
  MACHI_TRY(check_pass(pass));
  if (pass.made.ms < 0) return fail(Code::BadInput, "pass");
  std::int64_t telephone = 0;
  if (!pass.telephone.empty()) {
    MACHI_TRY_SET(number, encode_telephone(pass.telephone));
    telephone = number;
  }
  Bytes plain = encode(pass, telephone);
  Bytes packed = code::deflate(plain);
  const bool pays = packed.size() < plain.size();
  Bytes& content = pays ? packed : plain;
  content.insert(content.begin(), pays ? kCompressed : kStored);
  const Bytes box = crypto::seal(entropy, key, content);
  crypto::wipe(plain);
  crypto::wipe(packed);
  if (box.empty()) return fail(Code::BadInput, "pass key");
  if (box.size() > 0xFFFF) return fail(Code::TooLarge, "pass");
  Bytes frame{kFormat};
  for (const Mark& mark : {town_mark(town), key_mark(key)})
    frame.insert(frame.end(), mark.begin(), mark.end());
  frame.push_back(static_cast<std::uint8_t>(box.size() >> 8));
  frame.push_back(static_cast<std::uint8_t>(box.size() & 0xFF));
  frame.insert(frame.end(), box.begin(), box.end());
  const Mark check = mark_of("machi-pass", frame);
  frame.insert(frame.end(), check.begin(), check.end());
  std::string text = std::string(kPassPrefix) + code::to_base45(frame);
  if (text.size() > kPassTextLimit) return fail(Code::TooLarge, "pass");
  return text;
}

std::size_t pass_bytes(std::string_view text) {
  const std::size_t signs = text.size() - std::min(text.size(), kPassPrefix.size());
  return signs / 3 * 2 + (signs % 3 == 0 ? 0 : 1);
}

std::string_view name_of(PassTrouble trouble) { return kTroubles[static_cast<std::size_t>(trouble)]; }

std::string pass_words(PassTrouble trouble) {
  return trouble == PassTrouble::None ? "" : "desk.pass." + std::string(name_of(trouble));
}

PassReading read_pass(std::string_view text, const PassReader& reader) {
  text = bare(text);
  if (!text.starts_with(kPassPrefix)) {
    const bool newer =
        text.size() > 4 && text.starts_with("MH") && text[3] == ':' && text[2] > '1' && text[2] <= '9';
    return {newer ? PassTrouble::Newer : PassTrouble::NotPass, std::nullopt};
  }
  if (text.size() > kPassTextLimit) return {PassTrouble::Damaged, std::nullopt};
  const Frame frame = unframe(text.substr(kPassPrefix.size()));
  if (frame.trouble != PassTrouble::None) return {frame.trouble, std::nullopt};
  if (!frame.names(1, town_mark(reader.town))) return {PassTrouble::OtherTown, std::nullopt};
  for (std::size_t i = 0; i < reader.keys.size(); ++i) {
    if (!frame.names(1 + kMark, key_mark(reader.keys[i].open))) continue;
    auto content = crypto::open(reader.keys[i], frame.box());
    if (!content.ok()) return {PassTrouble::Damaged, std::nullopt, i};
    auto pass = unpack(*content);
    crypto::wipe(*content);
    if (!pass.ok())
      return {pass.code() == Code::Unsupported ? PassTrouble::Newer : PassTrouble::Damaged, std::nullopt, i};
    const bool old = reader.newest && reader.newest(pass->household) > pass->counter;
    return {old ? PassTrouble::Superseded : PassTrouble::None, std::move(*pass), i};
  }
  return {PassTrouble::OtherKey, std::nullopt};
}

}  // namespace machi::household
