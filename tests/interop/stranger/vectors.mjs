// Every line of tests/data/mail/vectors.txt, recomputed or opened by the stranger's client: `node --test vectors.mjs`.
// A line that no test here looked at fails the last one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkProof, openEnvelope } from "./envelope.mjs";
import { Device } from "./keys.mjs";
import { openAttachment, openRecord, openSlot, openSnapshot, paperOfFragment, paperOfSigns, paperSeed, slotId } from "./kept.mjs";
import { epochPair, kOffice, Mailbox, openGrant } from "./mailbox.mjs";
import { openSlip, slipId } from "./slip.mjs";
import { bytes, hash, hex, kidOf, map, openSigned, verify } from "./wire.mjs";

const path = new URL("../../data/mail/vectors.txt", import.meta.url);
const lines = new Map(readFileSync(path, "utf8").trim().split("\n").map((line) => line.split(" ")));
const looked = new Set();

function vector(name) {
  looked.add(name);
  return bytes(lines.get(name) ?? assert.fail(`no vector ${name}`));
}

function equals(value, name) {
  assert.equal(hex(value), hex(vector(name)), name);
}

const device = new Device(vector("seed"));
const mailbox = vector("mailbox");
const posting = device.posting(mailbox);

test("keys are derived from a device's seed", () => {
  equals(device.sealing.privateKey, "seal-secret");
  equals(device.sealing.publicKey, "seal-public");
  equals(device.postingSeed(mailbox), "posting-seed");
  equals(posting.publicKey, "posting-public");
});

function log() {
  const state = new Mailbox();
  for (const name of ["access-0", "access-1", "access-2"]) state.append(vector(name));
  return state;
}

test("the access log folds to its state", () => {
  const state = log();
  equals(state.id, "mailbox");
  equals(state.head, "access-head");
  equals(state.epochKey, "epoch-public");
  assert.equal(state.nature, kOffice);
  assert.equal(state.epoch, 1);
  assert.deepEqual([...state.keys.values()].map(({ rights }) => rights), [7, 2]);
  equals(state.keys.get(hex(posting.publicKey)).sealing, "seal-public");
});

test("the access log refuses entries out of order, forged or altered", () => {
  const state = new Mailbox();
  assert.throws(() => state.append(vector("access-1")), /next entry/);
  state.append(vector("access-0"));
  assert.throws(() => state.append(vector("access-2")), /next entry/);
  const altered = vector("access-1");
  altered[altered.length - 1] ^= 1;
  assert.throws(() => state.append(altered), /bad signature/);
  state.append(vector("access-1"));
});

test("what the stranger writes is the vector byte for byte", () => {
  const state = new Mailbox();
  const first = { mailbox, 4: 1, 6: 7, 9: device.sealing.publicKey, 12: kOffice, 13: posting.publicKey };
  equals(state.write(posting, first), "access-0");
  equals(state.write(posting, { 4: 3, 10: 1, 11: vector("epoch-public") }), "access-1");
});

test("the grant opens to the epoch's secret", () => {
  const where = { mailbox, epochKey: vector("epoch-public"), author: posting.publicKey };
  const { epoch, secret, reader } = openGrant(vector("grant"), device.sealing, where);
  assert.equal(epoch, 1);
  equals(secret, "epoch-secret");
  equals(reader, "posting-public");
});

test("the envelope opens, and its body is bound to it", () => {
  const coded = vector("envelope");
  equals(hash(coded), "envelope-hash");
  const message = openEnvelope(coded, epochPair(vector("epoch-secret")));
  assert.equal(hex(message.to), hex(mailbox));
  assert.equal(message.epoch, 1);
  assert.ok(message.kind.length > 0 && message.content instanceof Map);
  assert.ok(log().keys.get(hex(message.from)).rights & 2, "the writer may post");
});

test("the voucher, the desk's entry and the epoch's prove the office", () => {
  const { payload } = openSigned(vector("voucher"), "machi-voucher+cose");
  const message = { to: payload.get(3), from: payload.get(4) };
  const office = { mailbox, admin: posting.publicKey };
  const proof = map({ 1: [vector("access-0")], 2: vector("voucher"), 3: vector("access-1") });
  const sender = checkProof(proof, office, message, payload.get(5));
  equals(sender.desk, "posting-public");
  assert.equal(sender.epoch, 1);
  equals(sender.epochKey, "epoch-public");
  assert.throws(() => checkProof(proof, { ...office, admin: message.from }, message, payload.get(5)), /not added by an admin/);
  assert.throws(() => checkProof(proof, office, { ...message, to: mailbox }, payload.get(5)), /another office, mailbox or writer/);
  assert.throws(() => checkProof(proof, office, message, payload.get(5) + 3 * 86400), /past/);
});

test("the slip's id comes from its code, and its claims are read", () => {
  equals(slipId(vector("slip-code")), "slip-id");
  const key = vector("slip-key");
  const slip = openSlip(vector("slip"), [key]);
  equals(slip.code, "slip-code");
  equals(slip.id, "slip-id");
  equals(slip.office, "mailbox");
  assert.equal(hex(slip.kid), hex(kidOf(key)));
  assert.match(slip.town, /^[0-9a-f]{32}$/);
  assert.ok(slip.to > slip.issued && slip.name.length > 0);
});

test("no signed vector holds with one byte altered", () => {
  for (const [name, typ, key] of [["grant", "machi-grant+cose", 5], ["envelope", "machi-envelope+cose", 4], ["voucher", "machi-voucher+cose", 2]]) {
    const coded = vector(name);
    for (let at = 0; at < coded.length; at += 7) {
      const altered = coded.slice();
      altered[at] ^= 1;
      assert.throws(() => {
        const { payload, signedBy } = openSigned(altered, typ);
        assert.ok(signedBy(payload.get(key)));
      }, `${name}, byte ${at}`);
    }
  }
});

const text = (name) => new TextDecoder().decode(vector(name));
const epoch = () => epochPair(vector("epoch-secret"));

test("the attachment is the blob that its message names", () => {
  const message = openEnvelope(vector("envelope-with-blob"), epoch());
  const [attachment] = message.attachments;
  const blob = vector("blob");
  const { type, plain } = openAttachment(attachment, blob);
  assert.equal(type, "image/jpeg");
  assert.equal(new TextDecoder().decode(plain), "a picture of a note");
  assert.throws(() => openAttachment(attachment, blob.map((byte, at) => (at === 30 ? byte ^ 1 : byte))), /not the blob/);
  const permit = verify(vector("blob-permit"), "machi-blob+cose", 4);
  assert.equal(hex(permit.get(2)), hex(hash(blob)));
  assert.equal(permit.get(3), blob.length);
  assert.equal(hex(permit.get(4)), hex(message.from));
});

test("the snapshot opens with the epoch's secret and its two pieces, and with nothing else", async () => {
  const blobs = new Map(["snapshot-blob-0", "snapshot-blob-1"].map((name) => [hex(hash(vector(name))), vector(name)]));
  const blobOf = (name) => blobs.get(hex(name));
  const snapshot = await openSnapshot(vector("snapshot"), epoch(), blobOf);
  equals(snapshot.mailbox, "mailbox");
  equals(snapshot.author, "posting-public");
  assert.equal(snapshot.covers, 7);
  assert.equal(new TextDecoder().decode(snapshot.service), "the service's tables");
  assert.equal(snapshot.messages.length, 1);
  assert.deepEqual(snapshot.persons.map((person) => person.epoch), [3]);
  equals(snapshot.persons[0].epochKey, "epoch-public");
  equals(snapshot.offices[0], "mailbox");
  assert.equal(snapshot.devices[0].replaces, true);
  await assert.rejects(openSnapshot(vector("snapshot"), device.sealing, blobOf));
  const [first, second] = [...blobs.values()];
  await assert.rejects(openSnapshot(vector("snapshot"), epoch(), (name) => (blobOf(name) === first ? second : first)), /not the blob/);
});

test("the sheet's signs and its symbol are the same key, and open the slot", () => {
  const paper = paperOfSigns(text("paper-signs"));
  equals(paper, "paper");
  const sheet = paperOfFragment(text("paper-fragment"));
  equals(sheet.paper, "paper");
  equals(sheet.mailbox, "mailbox");
  equals(paperSeed(paper), "paper-seed");
  equals(slotId(paper), "slot-id");
  const misread = text("paper-signs").replace(/^./, (sign) => (sign === "7" ? "8" : "7"));
  assert.throws(() => paperOfSigns(misread), /misread/);
  const slot = openSlot(vector("slot"), paper);
  assert.equal(new TextDecoder().decode(slot.service), "the service's tables");
  assert.equal(slot.seed.length, 32);
  const statement = verify(vector("device-statement"), "machi-device+cose", 2);
  assert.equal(hex(statement.get(3)), hex(slot.mailbox));
  equals(statement.get(1), "mailbox");
});

test("the record names its files by their hashes, and a desk of the office signed it", () => {
  const csv = new TextEncoder().encode("a,b\r\n");
  const record = openRecord(vector("record"), (name) => (name === "2026-11-24.csv" ? csv : undefined));
  equals(record.office, "mailbox");
  equals(record.desk, "posting-public");
  assert.deepEqual(record.files, [{ name: "2026-11-24.csv", type: "text/csv", holds: true }]);
  assert.equal(new Date(record.day * 86_400_000).toISOString().slice(0, 10), "2026-11-24");
  assert.equal(hex(record.chain[0]), hex(vector("access-0")));
  assert.equal(openRecord(vector("record"), () => new TextEncoder().encode("a,c\r\n")).files[0].holds, false);
});

test("the small forms between client and hub are signed by whom they name", () => {
  const receipt = verify(vector("receipt"), "machi-receipt+cose", vector("receipt-key"));
  equals(receipt.get(2), "mailbox");
  assert.equal(receipt.get(3), 8);
  const ticket = verify(vector("ticket-request"), "machi-ticket+cose", 3);
  equals(ticket.get(3), "posting-public");
  const head = verify(vector("access-head-statement"), "machi-access-head+cose", 5);
  assert.equal(head.get(2), 2);
  equals(head.get(3), "access-head");
  assert.equal(hex(head.get(4)), hex(ticket.get(4)));
});

test("every vector was looked at", () => {
  assert.deepEqual([...lines.keys()].filter((name) => !looked.has(name)), []);
});
