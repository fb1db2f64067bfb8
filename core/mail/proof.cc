// Vouchers and proofs: how a person's phone knows that a desk speaks for its office. Pure.
#include "core/mail/envelope.h"
#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::size_t kChainLimit = 16;

}  // namespace

Bytes make_voucher(const MailboxId& office, const SignKey& office_key, const MailboxId& target,
                   const SignPublic& posting, Instant to) {
  return code::sign1(office_key, typ::kVoucher,
                     code::encode(Cbor::map({{1, office.view()},
                                             {2, office_key.open.bytes},
                                             {3, target.view()},
                                             {4, posting.bytes},
                                             {5, to.seconds()}})));
}

Result<ChainKeys> check_chain(const std::vector<Bytes>& chain, const MailboxId& office,
                              const SignPublic& founder) {
  if (chain.size() > kChainLimit || chain.empty()) return fail(Code::BadInput, "chain");
  ChainKeys keys;
  keys.admins.insert(founder);
  for (const Bytes& bytes : chain) {
    MACHI_TRY_SET(entry, read_access_entry(bytes));
    if (entry.mailbox != office || entry.op != AccessOp::Add) return fail(Code::NotAllowed, "chain entry");
    if (!keys.admins.contains(entry.author)) return fail(Code::NotAllowed, "chain author");
    if (!entry.rights.read) return fail(Code::NotAllowed, "chain member");
    if (entry.rights.admin) keys.admins.insert(entry.subject);
    keys.desks.insert(entry.subject);
  }
  return keys;
}

Result<OfficeSender> check_proof(const Proof& proof, const MailboxId& office, const SignPublic& founder,
                                 const Envelope& envelope, Instant now) {
  MACHI_TRY_SET(keys, check_chain(proof.chain, office, founder));

  MACHI_TRY_SET(peek, code::parse_sign1(proof.voucher));
  MACHI_TRY_SET(map, code::decode(peek.payload));
  MACHI_TRY_SET(voucher_desk, map.fixed_at<32>(2));
  const SignPublic desk{voucher_desk};
  if (!keys.desks.contains(desk)) return fail(Code::NotAllowed, "voucher of a stranger");
  MACHI_TRY(code::verify_sign1(proof.voucher, typ::kVoucher, desk));
  MACHI_TRY_SET(voucher_office, map.bytes_at(1));
  MACHI_TRY_SET(target, map.bytes_at(3));
  MACHI_TRY_SET(posting, map.fixed_at<32>(4));
  MACHI_TRY_SET(to, map.integer_at(5));
  if (!base::equal(voucher_office, office.view()) || !base::equal(target, envelope.to.view()) ||
      posting != envelope.from.bytes)
    return fail(Code::NotAllowed, "voucher of another");
  constexpr std::int64_t kGrace = 48 * 3600;
  if (now.seconds() > to + kGrace) return fail(Code::Expired, "voucher");

  OfficeSender sender{office, desk, 0, {}};
  if (!proof.epoch_entry.empty()) {
    MACHI_TRY_SET(entry, read_access_entry(proof.epoch_entry));
    if (entry.mailbox != office || entry.op != AccessOp::Epoch || !keys.admins.contains(entry.author))
      return fail(Code::NotAllowed, "epoch entry");
    sender.epoch = entry.epoch;
    sender.epoch_key = entry.epoch_key;
  }
  return sender;
}

}  // namespace machi::mail
