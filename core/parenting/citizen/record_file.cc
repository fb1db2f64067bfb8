// Head, base64url in lines, a signature over everything. Pure; any thread.
#include "core/parenting/citizen/record_file.h"

#include "core/base/text.h"
#include "core/code/content.h"

namespace machi::parenting {

using base::Code;
using base::fail;
using code::Cbor;
namespace content = code::content;

namespace {

constexpr std::size_t kLine = 76;
constexpr int kUnreadableMost = 1000;

// The last day that a fact speaks of; a due date may lie ahead.
std::optional<Date> day_of_fact(const Said& said) {
  if (const auto* child = std::get_if<ChildSaid>(&said)) return child->birth;
  if (const auto* dose = std::get_if<DoseGiven>(&said)) return dose->on;
  if (const auto* measured = std::get_if<Measured>(&said)) return measured->on;
  if (const auto* check = std::get_if<CheckUp>(&said)) return check->on;
  if (const auto* noted = std::get_if<Noted>(&said)) return noted->on;
  return std::nullopt;
}

}  // namespace

std::string write_record_file(const Record& record, const crypto::SignKey& writer, Instant now) {
  code::CborArray facts;
  for (const auto& [id, fact] : record.facts()) facts.push_back(encode_fact(fact));
  const Cbor payload =
      Cbor::map({{1, kRecordVersion}, {2, now.ms}, {3, writer.open.bytes}, {4, std::move(facts)}});
  const std::string signs = base::to_base64url(code::sign1(writer, kRecordTyp, code::encode(payload)));
  std::string out(kRecordHead);
  for (std::size_t at = 0; at < signs.size(); at += kLine) out += "\n" + signs.substr(at, kLine);
  return out + "\n";
}

Result<RecordFile> read_record_file(std::string_view text, Date today) {
  if (text.size() > kRecordFileLimit) return fail(Code::TooLarge, "file");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string signs;
  signs.reserve(text.size());
  for (const char sign : text)
    if (sign != '\n' && sign != '\r' && sign != ' ' && sign != '\t') signs += sign;
  if (!signs.starts_with(kRecordHead)) {
    constexpr std::string_view kKind = "MACHI-FAMILY-RECORD-";
    return fail(signs.starts_with(kKind) ? Code::Unsupported : Code::BadInput, "head");
  }
  MACHI_TRY_SET(bytes, base::from_base64url(std::string_view(signs).substr(kRecordHead.size())));
  RecordFile out;
  std::optional<Cbor> payload;
  MACHI_TRY_SET(signed_by,
                code::verify_sign1(bytes, kRecordTyp,
                                   [&](const code::Sign1& parsed) -> std::optional<crypto::SignPublic> {
                                     auto inside = code::decode(parsed.payload, {16, 64 * kMostFacts});
                                     if (!inside.ok()) return std::nullopt;
                                     const auto key = inside->fixed_at<32>(3);
                                     if (!key.ok()) return std::nullopt;
                                     payload = std::move(*inside);
                                     return crypto::SignPublic{*key};
                                   }));
  if (!payload) return fail(Code::BadInput, "payload");
  MACHI_TRY_SET(version, payload->integer_at(1));
  if (version != kRecordVersion)
    return fail(version > kRecordVersion ? Code::Unsupported : Code::BadInput, "version");
  MACHI_TRY_SET(made, content::instant_at(*payload, 2));
  MACHI_TRY_SET(key, payload->fixed_at<32>(3));
  MACHI_TRY_SET(facts, payload->at(4));
  const auto* items = facts->array();
  if (items == nullptr) return fail(Code::BadInput, "facts");
  if (items->size() > kMostFacts) return fail(Code::TooMany, "facts");
  for (const Cbor& item : *items) {
    const auto fact = decode_fact(item);
    if (!fact.ok() && fact.code() == Code::Unsupported && out.unknown < kUnreadableMost) {
      ++out.unknown;
      continue;
    }
    if (!fact.ok()) return fact.error();
    if (const auto day = day_of_fact(fact->said); day && *day > today.plus(1))
      return fail(Code::DateOutOfRange, "future");
    out.record.add(*fact);
  }
  if (out.record.children().size() > kMostChildren) return fail(Code::TooMany, "children");
  out.made = made, out.writer.bytes = key;
  return out;
}

std::string writer_digits(const crypto::SignPublic& writer) {
  const base::Array<32> hash = crypto::sha256(writer.bytes);
  std::string out;
  for (std::size_t group = 0; group < 3; ++group) {
    const unsigned value = (unsigned{hash[2 * group]} << 8 | hash[2 * group + 1]) % 10'000;
    std::string digits = std::to_string(value);
    digits.insert(0, 4 - digits.size(), '0');
    out += (group == 0 ? "" : " ") + digits;
  }
  return out;
}

}  // namespace machi::parenting
