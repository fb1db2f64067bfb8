// Entries of the access log, their fold, grants and head statements. Pure.
#include "core/mail/access.h"

#include <algorithm>

#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborMap;

std::int64_t bits_of(Rights rights) {
  return (rights.read ? 1 : 0) | (rights.post ? 2 : 0) | (rights.admin ? 4 : 0);
}

Result<Rights> rights_of(std::int64_t bits) {
  if (bits < 1 || bits > 7) return fail(Code::BadInput, "rights");
  return Rights{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
}

Result<std::optional<Instant>> optional_seconds(const Cbor& map, std::int64_t key) {
  const Cbor* found = map.find(key);
  if (found == nullptr) return std::optional<Instant>{};
  MACHI_TRY_SET(seconds, found->integer());
  if (seconds < 0 || seconds > 253402300799) return fail(Code::BadInput, "date");
  return std::optional<Instant>{Instant::from_seconds(seconds)};
}

Result<std::uint64_t> count_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(number, map.integer_at(key));
  if (number < 0) return fail(Code::BadInput, "negative");
  return static_cast<std::uint64_t>(number);
}

Status read_add(const Cbor& map, AccessEntry& entry) {
  MACHI_TRY_SET(subject, map.fixed_at<32>(13));
  entry.subject.bytes = subject;
  MACHI_TRY_SET(bits, map.integer_at(6));
  MACHI_TRY_SET(rights, rights_of(bits));
  entry.rights = rights;
  MACHI_TRY_SET(from, optional_seconds(map, 7));
  MACHI_TRY_SET(to, optional_seconds(map, 8));
  entry.from = from;
  entry.to = to;
  if (map.find(9) != nullptr) {
    MACHI_TRY_SET(seal, map.fixed_at<32>(9));
    entry.seal = SealPublic{seal};
    if (!crypto::is_sound(*entry.seal)) return fail(Code::BadInput, "sealing key");
  }
  if (rights.read && !entry.seal) return fail(Code::BadInput, "reader without sealing key");
  if (map.find(12) != nullptr) {
    MACHI_TRY_SET(nature, map.integer_at(12));
    if (nature < 1 || nature > 3) return fail(Code::BadInput, "nature");
    entry.nature = static_cast<Nature>(nature);
  }
  return {};
}

bool within(const Member& member, Instant now) {
  return (!member.from || *member.from <= now) && (!member.to || now < *member.to);
}

}  // namespace

Bytes make_access_entry(AccessEntry entry, const SignKey& author) {
  CborMap map{{1, entry.mailbox.view()},
              {2, entry.number},
              {3, entry.previous},
              {4, static_cast<int>(entry.op)},
              {5, author.open.bytes}};
  switch (entry.op) {
    case AccessOp::Add:
      map.emplace_back(6, bits_of(entry.rights));
      if (entry.from) map.emplace_back(7, entry.from->seconds());
      if (entry.to) map.emplace_back(8, entry.to->seconds());
      if (entry.seal) map.emplace_back(9, entry.seal->bytes);
      if (entry.nature) map.emplace_back(12, static_cast<int>(*entry.nature));
      map.emplace_back(13, entry.subject.bytes);
      break;
    case AccessOp::Remove:
      map.emplace_back(13, entry.subject.bytes);
      break;
    case AccessOp::Epoch:
      map.emplace_back(10, entry.epoch);
      map.emplace_back(11, entry.epoch_key.bytes);
      break;
  }
  return code::sign1(author, typ::kAccess, code::encode(Cbor(std::move(map))));
}

Result<AccessEntry> read_access_entry(ByteView bytes) {
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  AccessEntry entry;
  MACHI_TRY_SET(mailbox, map.bytes_at(1));
  MACHI_TRY_SET(id, MailboxId::from(mailbox));
  entry.mailbox = id;
  MACHI_TRY_SET(number, count_at(map, 2));
  entry.number = number;
  MACHI_TRY_SET(previous, map.fixed_at<32>(3));
  entry.previous = previous;
  MACHI_TRY_SET(op, map.integer_at(4));
  if (op < 1 || op > 3) return fail(Code::BadInput, "op");
  entry.op = static_cast<AccessOp>(op);
  MACHI_TRY_SET(author, map.fixed_at<32>(5));
  entry.author.bytes = author;
  switch (entry.op) {
    case AccessOp::Add:
      MACHI_TRY(read_add(map, entry));
      break;
    case AccessOp::Remove: {
      MACHI_TRY_SET(subject, map.fixed_at<32>(13));
      entry.subject.bytes = subject;
      break;
    }
    case AccessOp::Epoch: {
      MACHI_TRY_SET(epoch, count_at(map, 10));
      MACHI_TRY_SET(key, map.fixed_at<32>(11));
      entry.epoch = epoch;
      entry.epoch_key.bytes = key;
      if (!crypto::is_sound(entry.epoch_key)) return fail(Code::BadInput, "epoch key");
      break;
    }
  }
  MACHI_TRY(code::verify_sign1(sign1, typ::kAccess, entry.author));
  return entry;
}

Status AccessLog::append(ByteView bytes, Instant now) { return fold(bytes, now); }
Status AccessLog::append_known(ByteView bytes) { return fold(bytes, std::nullopt); }

Status AccessLog::fold(ByteView bytes, std::optional<Instant> now) {
  MACHI_TRY_SET(entry, read_access_entry(bytes));
  if (entry.number != count_ || entry.previous != head_) return fail(Code::Conflict, "entry does not follow");
  if (count_ == 0) {
    if (entry.op != AccessOp::Add || entry.subject != entry.author || entry.rights != kAllRights ||
        !entry.nature || entry.from || entry.to)
      return fail(Code::BadInput, "first entry");
    mailbox_ = entry.mailbox;
    nature_ = *entry.nature;
  } else {
    if (entry.mailbox != mailbox_) return fail(Code::BadInput, "other mailbox");
    if (entry.nature) return fail(Code::BadInput, "nature");
    auto author = members_.find(entry.author);
    if (author == members_.end() || !author->second.rights.admin || (now && !within(author->second, *now)))
      return fail(Code::NotAllowed, "author");
  }
  switch (entry.op) {
    case AccessOp::Add: {
      // An add may also lower what a member has: it must not take the last lasting admin away either.
      const auto member = members_.find(entry.subject);
      const bool was_reader = member != members_.end() && member->second.rights.read;
      const bool lasting_admin = entry.rights.admin && !entry.to;
      if (count_ != 0 && !lasting_admin && !has_lasting_admin_besides(entry.subject))
        return fail(Code::NotAllowed, "last admin");
      if (was_reader && !entry.rights.read) owes_epoch_ = true;
      ever_[entry.subject].read |= entry.rights.read;
      ever_[entry.subject].admin |= entry.rights.admin;
      members_[entry.subject] = Member{entry.subject, entry.rights, entry.from, entry.to, entry.seal};
      break;
    }
    case AccessOp::Remove: {
      const auto member = members_.find(entry.subject);
      if (member == members_.end()) return fail(Code::NotFound, "no such member");
      if (!has_lasting_admin_besides(entry.subject)) return fail(Code::NotAllowed, "last admin");
      if (member->second.rights.read) owes_epoch_ = true;
      members_.erase(member);
      break;
    }
    case AccessOp::Epoch:
      if (entry.epoch != epoch_ + 1) return fail(Code::Conflict, "epoch number");
      epoch_ = entry.epoch;
      epoch_key_ = entry.epoch_key;
      owes_epoch_ = false;
      break;
  }
  count_ += 1;
  head_ = crypto::hash(bytes);
  return {};
}

bool AccessLog::has_lasting_admin_besides(const SignPublic& key) const {
  return std::any_of(members_.begin(), members_.end(), [&](const auto& item) {
    return item.first != key && item.second.rights.admin && !item.second.to;
  });
}

const Member* AccessLog::find(const SignPublic& key, Instant now) const {
  auto member = members_.find(key);
  return member != members_.end() && within(member->second, now) ? &member->second : nullptr;
}

std::vector<Member> AccessLog::readers(Instant now) const {
  std::vector<Member> out;
  for (const auto& [key, member] : members_)
    if (member.rights.read && within(member, now)) out.push_back(member);
  return out;
}

AccessEntry AccessLog::next(AccessOp op) const {
  AccessEntry entry;
  entry.mailbox = mailbox_;
  entry.number = count_;
  entry.previous = head_;
  entry.op = op;
  return entry;
}

Bytes make_grant(base::Entropy& entropy, const MailboxId& mailbox, std::uint64_t epoch,
                 const crypto::Secret<32>& secret, const SignPublic& reader, const SealPublic& reader_seal,
                 const SignKey& author) {
  Bytes inner = code::encode(Cbor::map({{1, mailbox.view()}, {2, epoch}, {3, secret.view()}}));
  Bytes sealed = crypto::seal(entropy, reader_seal, inner);
  crypto::wipe(inner);
  return code::sign1(author, typ::kGrant,
                     code::encode(Cbor::map({{1, mailbox.view()},
                                             {2, epoch},
                                             {3, reader.bytes},
                                             {4, ByteView(sealed)},
                                             {5, author.open.bytes}})));
}

Result<Grant> read_grant(ByteView bytes) {
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  Grant grant;
  MACHI_TRY_SET(mailbox, map.bytes_at(1));
  MACHI_TRY_SET(id, MailboxId::from(mailbox));
  MACHI_TRY_SET(epoch, count_at(map, 2));
  MACHI_TRY_SET(reader, map.fixed_at<32>(3));
  MACHI_TRY_SET(sealed, map.bytes_at(4));
  MACHI_TRY_SET(author, map.fixed_at<32>(5));
  if (sealed.size() > 256) return fail(Code::TooLarge, "grant");
  grant = Grant{id, epoch, SignPublic{reader}, base::copy(sealed), SignPublic{author}};
  MACHI_TRY(code::verify_sign1(sign1, typ::kGrant, grant.author));
  return grant;
}

Result<crypto::Secret<32>> open_grant(const Grant& grant, const SealKey& reader) {
  MACHI_TRY_SET(inner, crypto::open(reader, grant.sealed));
  auto map = code::decode(inner);
  crypto::wipe(inner);
  if (!map.ok()) return map.error();
  MACHI_TRY_SET(mailbox, map->bytes_at(1));
  MACHI_TRY_SET(epoch, count_at(*map, 2));
  if (!base::equal(mailbox, grant.mailbox.view()) || epoch != grant.epoch)
    return fail(Code::BadInput, "grant names another mailbox");
  MACHI_TRY_SET(secret, map->fixed_at<32>(3));
  return crypto::Secret<32>(secret);
}

Bytes make_access_head(const AccessHead& head, const SignKey& key) {
  return code::sign1(key, typ::kAccessHead,
                     code::encode(Cbor::map({{1, head.mailbox.view()},
                                             {2, head.number},
                                             {3, head.hash},
                                             {4, head.incarnation.view()},
                                             {5, key.open.bytes}})));
}

Result<AccessHead> read_access_head(ByteView bytes) {
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(mailbox, map.bytes_at(1));
  MACHI_TRY_SET(id, MailboxId::from(mailbox));
  MACHI_TRY_SET(number, count_at(map, 2));
  MACHI_TRY_SET(hash, map.fixed_at<32>(3));
  MACHI_TRY_SET(incarnation, map.bytes_at(4));
  MACHI_TRY_SET(incarnation_id, base::IncarnationId::from(incarnation));
  MACHI_TRY_SET(key, map.fixed_at<32>(5));
  MACHI_TRY(code::verify_sign1(bytes, typ::kAccessHead, SignPublic{key}));
  return AccessHead{id, number, hash, incarnation_id, SignPublic{key}};
}

}  // namespace machi::mail
