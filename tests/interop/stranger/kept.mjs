// What lies beside the log, written from PROTOCOL.md ("Envelopes", "Records", "Snapshots", "Recovery"): attachments,
// snapshots, sheets and their slots, records.
import { deflateSync, inflateSync } from "node:zlib";
import { concat, derive, hash, lock, map, need, openSealed, pad, random, read, same, seal, sign, unlock, unpad, verify, write } from "./wire.mjs";

const kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const kPaperSecret = new TextEncoder().encode("machi-paper");

// --- attachments

export function enclose(plain, type) {
  const key = random(32);
  const blob = lock(key, plain);
  return { blob, attachment: map({ 1: hash(blob), 2: plain.length, 3: type, 4: key }) };
}

export function openAttachment(attachment, blob) {
  need(same(hash(blob), attachment.get(1)), "not the blob that was named");
  const plain = unlock(attachment.get(4), blob);
  need(plain.length === attachment.get(2), "another size than was named");
  return { type: attachment.get(3), plain };
}

export function permit(author, mailbox, blob) {
  return sign(author, "machi-blob+cose", map({ 1: mailbox, 2: hash(blob), 3: blob.length, 4: author.publicKey }));
}

// --- snapshots

const rows = (bytes, ...sizes) => {
  const size = sizes.reduce((sum, one) => sum + one, 0);
  need(bytes.length % size === 0, "rows of another size");
  return Array.from({ length: bytes.length / size }, (_, row) => {
    let at = row * size;
    return sizes.map((one) => bytes.slice(at, (at += one)));
  });
};

function contentOf(packed) {
  const content = read(new Uint8Array(inflateSync(packed)));
  return {
    messages: rows(content.get(1), 16, 32).map(([id, sender]) => ({ id, sender })),
    persons: rows(content.get(2), 32, 16, 8, 32).map(([sender, mailbox, epoch, epochKey]) =>
      ({ sender, mailbox, epoch: Number(Buffer.from(epoch).readBigUInt64BE()), epochKey })),
    service: content.get(3),
    offices: rows(content.get(4), 16).flat(),
    devices: rows(content.get(5), 32, 32, 1).map(([sender, first, replaces]) => ({ sender, first, replaces: replaces[0] === 1 })),
  };
}

// `epoch`: the key pair that the snapshot's epoch names; `blobOf(hash)` gives the bytes, or a promise of them.
export async function openSnapshot(coded, epoch, blobOf) {
  const outside = verify(coded, "machi-snapshot+cose", 6);
  const inside = read(openSealed(epoch, outside.get(7)));
  need(same(inside.get(1), outside.get(1)) && same(inside.get(2), outside.get(3)) && inside.get(3) === outside.get(4) &&
    same(inside.get(4), outside.get(6)), "the inside is of another snapshot");
  const pieces = [];
  for (const [name, size] of outside.get(5)) {
    const blob = await blobOf(name);
    need(same(hash(blob), name) && blob.length === size, "not the blob that was named");
    pieces.push(unlock(inside.get(5), blob));
  }
  const packed = concat(...pieces);
  need(same(hash(packed), inside.get(6)), "the pieces are not what was sealed");
  return { mailbox: outside.get(1), incarnation: outside.get(3), covers: outside.get(4), author: outside.get(6), packed, ...contentOf(packed) };
}

// Of nothing but the service's bytes, in one piece.
export function writeSnapshot(author, { mailbox, epoch, epochKey, incarnation, covers }, service) {
  const none = new Uint8Array();
  const packed = new Uint8Array(deflateSync(write(map({ 1: none, 2: none, 3: service, 4: none, 5: none }))));
  const key = random(32);
  const blob = lock(key, packed);
  const inside = map({ 1: mailbox, 2: incarnation, 3: covers, 4: author.publicKey, 5: key, 6: hash(packed) });
  const outside = map({ 1: mailbox, 2: epoch, 3: incarnation, 4: covers, 5: [[hash(blob), blob.length]], 6: author.publicKey,
    7: seal(epochKey, write(inside)) });
  return { blob, snapshot: sign(author, "machi-snapshot+cose", outside) };
}

// --- sheets and slots

const paperSecret = (paper) => hash(kPaperSecret, paper);
export const paperSeed = (paper) => derive(paperSecret(paper), 1, "MKpaper_");
export const slotId = (paper) => derive(paperSecret(paper), 2, "MKslotid").subarray(0, 16);
const slotLock = (paper) => derive(paperSecret(paper), 3, "MKslotlk");

// The 18 bytes of 32 printed signs.
export function paperOfSigns(text) {
  const signs = text.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1").replaceAll(/[- ]/g, "");
  need(signs.length === 32, "a sheet has 32 signs");
  let bits = 0n;
  for (const one of signs) {
    need(kCrockford.includes(one), "not a sign of Crockford's");
    bits = bits * 32n + BigInt(kCrockford.indexOf(one));
  }
  const all = new Uint8Array(Buffer.from(bits.toString(16).padStart(40, "0"), "hex"));
  const paper = all.slice(0, 18);
  need(same(all.subarray(18), hash(paperSecret(paper)).subarray(0, 2)), "a sign was misread");
  return paper;
}

export function paperOfFragment(fragment) {
  const sheet = read(new Uint8Array(Buffer.from(new URLSearchParams(fragment).get("k"), "base64url")));
  return { mailbox: sheet.get(1), paper: sheet.get(2) };
}

export function openSlot(coded, paper) {
  const slot = verify(coded, "machi-slot+cose", 4);
  need(same(slot.get(2), slotId(paper)), "a slot of another sheet");
  return { author: slot.get(4), ...openLockedSlot(slot.get(3), paper) };
}

// What the hub hands out of a slot.
export function openLockedSlot(locked, paper) {
  const inside = read(unpad(unlock(slotLock(paper), locked)));
  return { mailbox: inside.get(1), seed: inside.get(2), packed: inside.get(3), ...contentOf(inside.get(3)) };
}

export function writeSlot(author, paper, { mailbox, seed, service }) {
  const none = new Uint8Array();
  const packed = new Uint8Array(deflateSync(write(map({ 1: none, 2: none, 3: service, 4: none, 5: none }))));
  const locked = lock(slotLock(paper), pad(write(map({ 1: mailbox, 2: seed, 3: packed }))));
  return sign(author, "machi-slot+cose", map({ 1: mailbox, 2: slotId(paper), 3: locked, 4: author.publicKey }));
}

// --- records

// The record's files, each beside whether `bytesOf(name)` are what was signed.
export function openRecord(coded, bytesOf) {
  const record = verify(coded, "machi-record+cose", 5);
  const files = record.get(3).map((file) => {
    const found = bytesOf(file.get(1));
    return { name: file.get(1), type: file.get(2), holds: found !== undefined && found.length === file.get(4) && same(hash(found), file.get(3)) };
  });
  return { office: record.get(1), day: record.get(2), files, desk: record.get(5), chain: record.get(6) };
}
