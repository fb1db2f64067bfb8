// Envelopes, vouchers and receipts, written from PROTOCOL.md ("Envelopes", "Offices that write to persons", "Receipts").
import { kAdd, kAdmin, kEpoch, kRead } from "./mailbox.mjs";
import { hash, hex, map, need, openSealed, pad, random, read, same, seal, seconds, sign, unpad, verify, write } from "./wire.mjs";

export const kEnvelopeBytes = 66560;
const kTyp = "machi-envelope+cose";
const kChain = 16;
const kGrace = 48 * 3600;

// An envelope by `author` (a pair) to the epoch of a mailbox. `outside` replaces members of the envelope after the body
// was bound, `signer` and `typ` the signature's: a forger's tools.
export function writeEnvelope(author, to, epoch, epochKey, kind, content, options = {}) {
  const { id = random(16), outside = {}, signer = author, typ = kTyp, attachments } = options;
  const bound = { 1: id, 2: to, 3: epoch, 4: author.publicKey };
  const body = map({ ...bound, 5: kind, 6: Date.now(), 7: content, 9: attachments });
  return sign(signer, typ, map({ ...bound, 5: seal(epochKey, pad(write(body))), ...outside }));
}

// The message inside; `epoch` is the key pair of the epoch that the envelope names.
export function openEnvelope(coded, epoch) {
  const envelope = verify(coded, kTyp, 4);
  const body = read(unpad(openSealed(epoch, envelope.get(5))));
  const bound = same(body.get(1), envelope.get(1)) && same(body.get(2), envelope.get(2)) && body.get(3) === envelope.get(3) &&
    same(body.get(4), envelope.get(4));
  need(bound, "the body belongs to another envelope");
  return { id: body.get(1), to: body.get(2), epoch: body.get(3), from: body.get(4), kind: body.get(5), time: body.get(6),
    content: body.get(7), proof: body.get(8), attachments: body.get(9) };
}

// Whether the office of the directory stands behind a message: the desk that wrote it, and the office's newest epoch if
// the proof has it. `message` has the envelope's `to` and `from`.
export function checkProof(proof, office, message, now = seconds()) {
  const admins = new Set([hex(office.admin)]);
  const desks = new Set();
  const chain = proof.get(1);
  need(chain.length >= 1 && chain.length <= kChain, "a proof has 1 to 16 entries");
  for (const coded of chain) {
    const entry = verify(coded, "machi-access+cose", 5);
    need(same(entry.get(1), office.mailbox) && entry.get(4) === kAdd, "not an add of the office");
    need(admins.has(hex(entry.get(5))) && entry.get(6) & kRead, "not added by an admin, or no reader");
    if (entry.get(6) & kAdmin) admins.add(hex(entry.get(13)));
    desks.add(hex(entry.get(13)));
  }
  const voucher = verify(proof.get(2), "machi-voucher+cose", 2);
  need(desks.has(hex(voucher.get(2))), "the voucher of a stranger");
  need(same(voucher.get(1), office.mailbox) && same(voucher.get(3), message.to) && same(voucher.get(4), message.from),
    "a voucher for another office, mailbox or writer");
  need(now <= voucher.get(5) + kGrace, "the voucher is past");
  const sender = { desk: voucher.get(2) };
  if (!proof.has(3)) return sender;
  const entry = verify(proof.get(3), "machi-access+cose", 5);
  need(same(entry.get(1), office.mailbox) && entry.get(4) === kEpoch && admins.has(hex(entry.get(5))), "not the office's epoch");
  return { ...sender, epoch: entry.get(10), epochKey: entry.get(11) };
}

// What the town says about `envelope`; `keys` are those that the root delegated "hub-receipt" to.
export function openReceipt(coded, envelope, keys) {
  const key = keys.find((candidate) => {
    try {
      return verify(coded, "machi-receipt+cose", candidate) !== undefined;
    } catch {
      return false;
    }
  });
  need(key, "no delegated key signed the receipt");
  const receipt = verify(coded, "machi-receipt+cose", key);
  need(same(receipt.get(1), hash(envelope)), "a receipt for another envelope");
  return { mailbox: receipt.get(2), number: receipt.get(3), incarnation: receipt.get(4), time: receipt.get(5) };
}
