// Access entries, grants and the rules of a mailbox's log, written from PROTOCOL.md ("Mailboxes").
// A Mailbox is the state after a list of entries; an entry that breaks a rule throws and changes nothing.
import { hash, hex, map, need, openSealed, random, read, same, seal, sign, sodium, verify, write } from "./wire.mjs";

export const kRead = 1;
export const kAdmin = 4;
export const kOffice = 1;
export const kPerson = 2;
export const kAdd = 1;
export const kRemove = 2;
export const kEpoch = 3;

export class Mailbox {
  constructor() {
    this.next = 0;
    this.head = new Uint8Array(32);
    this.keys = new Map(); // posting key in hex -> {rights, sealing}
    this.epoch = 0;
  }

  append(coded) {
    const entry = verify(coded, "machi-access+cose", 5);
    const author = hex(entry.get(5));
    const op = entry.get(4);
    need(entry.get(2) === this.next && same(entry.get(3), this.head), "not the next entry");
    if (this.next === 0) {
      need(op === kAdd && same(entry.get(13), entry.get(5)) && entry.get(6) === 7, "entry 0 does not add its author");
      need([1, 2, 3].includes(entry.get(12)), "entry 0 names no nature");
      need(!entry.has(7) && !entry.has(8), "entry 0 has no dates");
      this.id = entry.get(1);
      this.nature = entry.get(12);
    } else {
      need(same(entry.get(1), this.id), "an entry of another mailbox");
      need((this.keys.get(author)?.rights ?? 0) & kAdmin, "the author is no admin");
      need(!entry.has(12), "only entry 0 names the nature");
    }
    if (op === kAdd) {
      need(!(entry.get(6) & kRead) || entry.has(9), "a reader without a sealing key");
      this.keys.set(hex(entry.get(13)), { rights: entry.get(6), sealing: entry.get(9), to: entry.get(8) });
    } else if (op === kRemove) {
      const removed = this.keys.get(hex(entry.get(13)));
      need(removed, "no such key");
      const stays = (member) => member !== removed && member.rights & kAdmin && member.to === undefined;
      need(!(removed.rights & kAdmin) || [...this.keys.values()].some(stays), "the last admin stays");
      this.keys.delete(hex(entry.get(13)));
    } else {
      need(op === kEpoch && entry.get(10) === this.epoch + 1, "not the next epoch");
      this.epoch = entry.get(10);
      this.epochKey = entry.get(11);
    }
    this.next += 1;
    this.head = hash(coded);
    return coded;
  }

  // An entry by `author` (a pair) after the newest one.
  write(author, members) {
    const start = { 1: this.id ?? members.mailbox, 2: this.next, 3: this.head, 5: author.publicKey };
    const { mailbox, ...rest } = members;
    return this.append(sign(author, "machi-access+cose", map({ ...start, ...rest })));
  }
}

// The key pair of an epoch: what a grant hands on is its seed.
export const epochPair = (secret) => sodium.crypto_box_seed_keypair(secret);

// A new mailbox of `device`: its entries, its first epoch and the grant to itself.
export function found(device, mailbox, nature) {
  const author = device.posting(mailbox);
  const state = new Mailbox();
  const first = { mailbox, 4: kAdd, 6: 7, 9: device.sealing.publicKey, 12: nature, 13: author.publicKey };
  const secret = random(32);
  const epoch = epochPair(secret);
  const entries = [state.write(author, first), state.write(author, { 4: kEpoch, 10: 1, 11: epoch.publicKey })];
  const reader = { key: author.publicKey, sealing: device.sealing.publicKey };
  return { state, entries, secret, epoch, grant: writeGrant(author, mailbox, 1, secret, reader) };
}

export function writeGrant(author, mailbox, epoch, secret, reader) {
  const sealed = seal(reader.sealing, write(map({ 1: mailbox, 2: epoch, 3: secret })));
  return sign(author, "machi-grant+cose", map({ 1: mailbox, 2: epoch, 3: reader.key, 4: sealed, 5: author.publicKey }));
}

// The epoch's number and secret. The bindings inside must equal those outside, and the secret the epoch's key.
export function openGrant(coded, sealing, { mailbox, epochKey, author }) {
  const grant = verify(coded, "machi-grant+cose", author);
  need(same(grant.get(1), mailbox) && same(grant.get(5), author), "a grant of another mailbox or author");
  const inside = read(openSealed(sealing, grant.get(4)));
  need(same(inside.get(1), grant.get(1)) && inside.get(2) === grant.get(2), "the grant's inside is of another epoch");
  const secret = inside.get(3);
  need(!epochKey || same(epochPair(secret).publicKey, epochKey), "the secret is not the epoch's");
  return { epoch: inside.get(2), secret, reader: grant.get(3) };
}
