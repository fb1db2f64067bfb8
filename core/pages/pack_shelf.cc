// One row: the file as it came, so that what is held is checked again at each start.
#include "core/pages/pack_shelf.h"

namespace machi::pages {

using base::Code;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kTable =
    "CREATE TABLE rule_pack (slot INTEGER NOT NULL PRIMARY KEY, file BLOB NOT NULL, checked INTEGER NOT "
    "NULL);";

struct PackFile {
  mail::Trust trust;
  base::Bytes pack;
};

Result<PackFile> read_file(base::ByteView file, const mail::Town& town) {
  MACHI_TRY_SET(written, code::decode(file));
  PackFile out{mail::Trust(town), {}};
  const code::Cbor* delegations = written.find(1);
  if (delegations == nullptr || delegations->array() == nullptr || delegations->array()->size() > 64)
    return base::fail(Code::BadInput, "delegations");
  for (const code::Cbor& one : *delegations->array()) {
    MACHI_TRY_SET(bytes, one.bytes());
    MACHI_TRY(out.trust.admit(bytes));
  }
  MACHI_TRY_SET(pack, written.bytes_at(2));
  out.pack = base::copy(pack);
  return out;
}

}  // namespace

base::Bytes encode_pack_file(const std::vector<base::Bytes>& delegations, base::ByteView signed_pack) {
  code::CborArray all;
  for (const base::Bytes& one : delegations) all.push_back(code::Cbor(one));
  return code::encode(code::Cbor::map({{1, code::Cbor(std::move(all))}, {2, code::Cbor(signed_pack)}}));
}

std::vector<store::Migration> PackShelf::migrations() { return {{"pages.rules.1", kTable}}; }

Status PackShelf::load() {
  auto row = database_.prepare("SELECT file, checked FROM rule_pack WHERE slot = 0");
  MACHI_TRY_SET(there, row.step());
  if (!there) return {};
  const base::Bytes file = row.blob(0);
  MACHI_TRY_SET(read, read_file(file, town_));
  // An editor whose time is over meanwhile does not take back what they signed in it.
  std::vector<crypto::SignPublic> editors;
  for (const mail::Delegation& one : read.trust.delegations())
    if (one.role == mail::TownRole::Editor) editors.push_back(one.key);
  MACHI_TRY_SET(pack, rules::open_pack(read.pack, town_.id, editors, std::nullopt));
  pack_ = std::move(pack);
  signed_ = read.pack;
  checked_ = row.instant(1);
  return {};
}

void PackShelf::came(int status, base::ByteView file, base::Instant now) {
  if (status == 200)
    outcome_ = take(file, now);
  else
    outcome_ = status == 404 ? Outcome::Absent : Outcome::Unreachable;
}

PackShelf::Outcome PackShelf::take(base::ByteView file, base::Instant now) {
  auto read = read_file(file, town_);
  if (!read.ok()) return Outcome::Forged;
  // The very one that is held: whatever stands around it, it was checked when it came.
  if (pack_ && base::equal(read->pack, signed_)) {
    auto row = database_.prepare("UPDATE rule_pack SET checked = ? WHERE slot = 0");
    if (!row.bind(now).run().ok()) return Outcome::Storage;
    checked_ = now;
    return Outcome::Same;
  }
  std::optional<rules::HeldPack> held;
  if (pack_) held = rules::HeldPack{pack_->id, pack_->version};
  auto opened = rules::open_pack(read->pack, town_.id, read->trust.keys(mail::TownRole::Editor, now), held);
  if (!opened.ok()) {
    switch (opened.code()) {
      case Code::Conflict:
        return Outcome::Older;
      case Code::BadSignature:
      case Code::UnknownKey:
      case Code::WrongPurpose:
      case Code::WrongTown:
        return Outcome::Forged;
      default:
        return Outcome::Unsound;
    }
  }
  if (!database_.prepare("INSERT OR REPLACE INTO rule_pack VALUES (0, ?, ?)").bind(file).bind(now).run().ok())
    return Outcome::Storage;
  checked_ = now;
  pack_ = std::move(*opened);
  signed_ = std::move(read->pack);
  return Outcome::Taken;
}

}  // namespace machi::pages
