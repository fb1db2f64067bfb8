// A stranger's client against a running hub: `MACHI_BIN=... node --test client.mjs`. What it knows of the mail comes from
// core/mail/PROTOCOL.md; what it knows of the town, from its pack and one enrolment slip. The tests follow each other as
// the days of one parent's phone do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { kEnvelopeBytes, openEnvelope, openReceipt, writeEnvelope } from "./envelope.mjs";
import { readFeed } from "./feed.mjs";
import { Hub } from "./hub.mjs";
import { Device } from "./keys.mjs";
import { enclose, openAttachment, openLockedSlot, openSnapshot, permit, slotId, writeSlot, writeSnapshot } from "./kept.mjs";
import { epochPair, found, kOffice, kPerson, Mailbox, openGrant, writeGrant } from "./mailbox.mjs";
import { startTown } from "./running_town.mjs";
import { codeBytes, openSlip, slipLock, slipOfLink } from "./slip.mjs";
import { concat, hash, hex, lock, map, openSigned, random, read, sign, sodium, unlock, write } from "./wire.mjs";

let running;
let hub;
let about;
let feed;
let slip;
let office;
const device = new Device(random(32));
const mailbox = random(16);
const me = device.posting(mailbox);
const phone = found(device, mailbox, kPerson);

before(async () => {
  running = await startTown();
  hub = new Hub(running.url);
  about = await hub.about();
});

after(async () => {
  if (running) assert.equal((await running.stop()).status, 0, "the hub stops in peace");
});

const refused = (status, code) => (error) => {
  assert.deepEqual({ status: error.status, code: error.code }, { status, code }, error.stack);
  return true;
};

const days = (date) => Date.parse(date) / 86_400_000;
const receiptKeys = () => feed.roles.get("hub-receipt");
const toMyself = (content, rest) => writeEnvelope(me, mailbox, 1, phone.epoch.publicKey, "stranger.note", map({ 1: content }), rest);

async function posted(envelope) {
  return openReceipt(await hub.post("/v1/post", envelope), envelope, receiptKeys());
}

test("the hub says who it is", () => {
  assert.equal(about.incarnation.length, 16);
  assert.ok(Math.abs(about.time - Date.now()) < 60_000);
  assert.equal(hex(about.town), hex(running.pack.town));
  assert.deepEqual(about.versions, [1]);
});

test("the feed holds by the root, and names the school", async () => {
  const answer = await hub.bytes("/v1/feed/head");
  const page = (number) => hub.bytes(`/v1/feed/page?number=${number}`);
  feed = await readFeed(answer, page, running.pack);
  const schools = [...feed.offices.values()].filter(({ kind }) => kind === "school");
  assert.deepEqual(schools.map(({ name }) => name), [running.sample.school]);
  await assert.rejects(readFeed(answer, page, { ...running.pack, root: random(32) }), /bad signature/);
  await assert.rejects(readFeed(answer, page, { ...running.pack, town: random(16) }), /another town/);
  await assert.rejects(hub.bytes(`/v1/feed/page?number=${feed.pages}`), refused(404, "not-found"));
});

test("the slip of the link holds, and its code alone finds it", async () => {
  const coded = slipOfLink(running.sample.parent.link);
  office = feed.offices.get(hex(openSlip(coded).office));
  slip = openSlip(coded, office.slipKeys);
  const others = [...feed.offices.values()].filter((one) => one !== office).flatMap((one) => one.slipKeys);
  assert.throws(() => openSlip(coded, others), "signed by its own office's key, and by no other's");
  assert.equal(slip.town, hex(about.town));
  assert.equal(slip.name, running.sample.school);
  const code = codeBytes(running.sample.parent.code);
  assert.equal(hex(code), hex(slip.code));
  const answer = await hub.get(`/v1/slip?id=${hex(slip.id)}`);
  assert.equal(hex(unlock(slipLock(code), answer.get(1))), hex(coded));
  await assert.rejects(hub.get(`/v1/slip?id=${hex(random(16))}`), refused(404, "not-found"));
});

test("a person's mailbox is founded, as often as it is told", async () => {
  for (let time = 0; time < 2; ++time) {
    assert.equal((await hub.send("/v1/access", phone.entries)).get(1), 2);
    assert.equal((await hub.send("/v1/grants", [phone.grant])).size, 0);
  }
});

test("what the mailbox consists of is read back with a ticket", async () => {
  const ticket = await hub.ticket(mailbox, me);
  const answer = await hub.get("/v1/access?after=0", ticket);
  const state = new Mailbox();
  for (const entry of answer.get(1)) state.append(entry);
  assert.equal(answer.get(2), 2);
  assert.equal(hex(state.head), hex(phone.state.head));
  assert.deepEqual((await hub.get("/v1/access?after=1", ticket)).get(1).map(hex), [hex(phone.entries[1])]);
  const [grant, ...more] = await hub.get("/v1/grants", ticket);
  assert.equal(more.length, 0);
  const { secret } = openGrant(grant, device.sealing, { mailbox, epochKey: state.epochKey, author: me.publicKey });
  assert.equal(hex(epochPair(secret).privateKey), hex(phone.epoch.privateKey));
});

test("an application with the slip arrives at the town, once", async () => {
  const { parent } = running.sample;
  const author = device.posting(office.mailbox);
  const content = map({ 1: slip.id, 2: slip.code, 3: "佐倉 けい", 4: days(parent.birth), 5: parent.digits, 6: mailbox, 7: 1,
    8: phone.epoch.publicKey, 9: "ja" });
  const id = random(16);
  const envelope = writeEnvelope(author, office.mailbox, office.epoch, office.epochKey, "slip.application", content, { id });
  const receipt = await posted(envelope);
  assert.equal(hex(receipt.mailbox), hex(office.mailbox));
  assert.equal(hex(receipt.incarnation), hex(about.incarnation));
  assert.deepEqual(await posted(envelope), receipt);
  const other = writeEnvelope(author, office.mailbox, office.epoch, office.epochKey, "slip.application", content, { id });
  await assert.rejects(posted(other), refused(409, "conflict"));
});

test("the school's mailbox is closed to the stranger, and the school is silent", async () => {
  const author = device.posting(office.mailbox);
  await assert.rejects(hub.ticket(office.mailbox, author), refused(401, "unknown-key"));
  const ticket = await hub.ticket(mailbox, me);
  assert.deepEqual((await hub.messages(ticket)).list, []);
});

test("a letter to oneself is numbered, read and opened", async () => {
  const envelopes = [toMyself("one"), toMyself("two"), toMyself("three")];
  const receipts = [];
  for (const envelope of envelopes) receipts.push(await posted(envelope));
  assert.deepEqual(receipts.map(({ number }) => number), [1, 2, 3]);
  const ticket = await hub.ticket(mailbox, me);
  const all = await hub.messages(ticket);
  assert.equal(all.newest, 3);
  assert.equal(hex(all.incarnation), hex(about.incarnation));
  assert.deepEqual(all.list.map(({ envelope }) => hex(envelope)), envelopes.map(hex));
  assert.deepEqual(all.list.map(({ envelope }) => openEnvelope(envelope, phone.epoch).content.get(1)), ["one", "two", "three"]);
  assert.deepEqual((await hub.messages(ticket, 1, 1)).list.map(({ number }) => number), [2]);
  assert.deepEqual((await posted(envelopes[0])).number, 1, "the old answer, no new number");
});

test("the stream gives what is there and what comes", { timeout: 10_000 }, async () => {
  const ticket = await hub.ticket(mailbox, me);
  const end = new AbortController();
  const numbers = [];
  let late;
  for await (const frame of hub.stream(ticket, 1, end.signal)) {
    if (frame === null) continue;
    numbers.push(frame.number);
    if (frame.number === 3) await posted((late = toMyself("late")));
    if (frame.number === 4) {
      assert.equal(hex(frame.envelope), hex(late));
      break;
    }
  }
  end.abort();
  assert.deepEqual(numbers, [2, 3, 4]);
});

test("a blob is kept for those who read", async () => {
  const ticket = await hub.ticket(mailbox, me);
  const key = random(32);
  const blob = lock(key, new TextEncoder().encode("a picture"));
  const permit = sign(me, "machi-blob+cose", map({ 1: mailbox, 2: hash(blob), 3: blob.length, 4: me.publicKey }));
  const pair = (content) => concat(Uint8Array.of(0x82), permit, write(content)); // an array of the permit itself and bytes
  assert.equal(read(await hub.post("/v1/blob", pair(blob))).size, 0);
  const back = await hub.bytes(`/v1/blob?hash=${hex(hash(blob))}`, ticket);
  assert.equal(new TextDecoder().decode(unlock(key, back)), "a picture");
  await assert.rejects(hub.bytes(`/v1/blob?hash=${hex(hash(blob))}`), refused(401, "expired"));
  await assert.rejects(hub.post("/v1/blob", pair(blob.map((byte) => byte ^ 1))), refused(400, "bad-input"));
});

test("forged, foreign and oversized envelopes are refused", async () => {
  const forger = sodium.crypto_sign_keypair();
  await assert.rejects(hub.post("/v1/post", toMyself("forged", { signer: forger })), refused(401, "bad-signature"));
  const altered = toMyself("altered");
  altered[altered.length - 1] ^= 1;
  await assert.rejects(hub.post("/v1/post", altered), refused(401, "bad-signature"));
  await assert.rejects(hub.post("/v1/post", toMyself("nowhere", { outside: { 2: random(16) } })), refused(404, "not-found"));
  await assert.rejects(hub.post("/v1/post", toMyself("no epoch", { outside: { 3: 0 } })), refused(400, "bad-input"));
  const big = toMyself("big", { outside: { 5: random(kEnvelopeBytes) } });
  await assert.rejects(hub.post("/v1/post", big), refused(413, "too-large"));
  await assert.rejects(hub.post("/v1/post", toMyself("purpose", { typ: "machi-grant+cose" })), refused(401, "wrong-purpose"));
  await assert.rejects(hub.post("/v1/post", Uint8Array.of(0x18, 0x01)), refused(400, "bad-input"));
  await assert.rejects(hub.bytes("/v1/nowhere"), refused(404, "not-found"));
});

test("unknown keys may write to a person, and nobody else judges what they sealed", async () => {
  const writer = new Device(random(32)).posting(mailbox);
  const envelope = writeEnvelope(writer, mailbox, 1, phone.epoch.publicKey, "stranger.note", map({ 1: "from outside" }));
  assert.ok((await posted(envelope)).number > 0);
  const later = writeEnvelope(writer, mailbox, 9, phone.epoch.publicKey, "stranger.note", map({ 1: "of no epoch" }));
  assert.ok((await posted(later)).number > 0);
});

test("a body bound to another envelope is refused by its reader", () => {
  assert.throws(() => openEnvelope(toMyself("moved", { outside: { 1: random(16) } }), phone.epoch), /another envelope/);
});

test("a ticket takes one challenge, the right key and this incarnation", async () => {
  const challenge = await hub.challenge(mailbox, me);
  await hub.redeem(challenge, mailbox, me, about.incarnation);
  await assert.rejects(hub.redeem(challenge, mailbox, me, about.incarnation), refused(401, "expired"));
  const forger = sodium.crypto_sign_keypair();
  const forged = hub.redeem(await hub.challenge(mailbox, me), mailbox, me, about.incarnation, forger);
  await assert.rejects(forged, refused(401, "bad-signature"));
  await assert.rejects(hub.ticket(mailbox, forger), refused(401, "unknown-key"));
  await assert.rejects(hub.ticket(random(16), me), refused(404, "not-found"));
  const moved = hub.redeem(await hub.challenge(office.mailbox, me), mailbox, me, about.incarnation);
  await assert.rejects(moved, refused(401, "expired"));
  const restored = hub.redeem(await hub.challenge(mailbox, me), mailbox, me, random(16));
  await assert.rejects(restored, refused(409, "conflict"));
  await assert.rejects(hub.messages(random(32)), refused(401, "expired"));
});

test("the access log's rules hold at the hub", async () => {
  const add = (author, state, members) => sign(author, "machi-access+cose", map({ 1: mailbox, 2: state.next, 3: state.head, 5: author.publicKey, ...members }));
  const removeLast = add(me, phone.state, { 4: 2, 13: me.publicKey });
  await assert.rejects(hub.send("/v1/access", [removeLast]), refused(403, "not-allowed"));
  const stranger = sodium.crypto_sign_keypair();
  const foreign = add(stranger, phone.state, { 4: 1, 6: 2, 13: stranger.publicKey });
  await assert.rejects(hub.send("/v1/access", [foreign]), refused(403, "not-allowed"));
  const gap = add(me, { ...phone.state, next: 3 }, { 4: 1, 6: 2, 13: stranger.publicKey });
  await assert.rejects(hub.send("/v1/access", [gap]), refused(409, "conflict"));
  const skipped = add(me, phone.state, { 4: 3, 10: 3, 11: random(32) });
  await assert.rejects(hub.send("/v1/access", [skipped]), refused(409, "conflict"));
});

test("an invitation pairs a second device, which reads old and new", async () => {
  const invitation = new Device(random(32));
  const guest = invitation.posting(mailbox);
  const { state } = phone;
  const until = Math.floor(Date.now() / 1000) + 14 * 86400;
  const invite = state.write(me, { 4: 1, 6: 7, 8: until, 9: invitation.sealing.publicKey, 13: guest.publicKey });
  await hub.send("/v1/access", [invite]);
  const reader = { key: guest.publicKey, sealing: invitation.sealing.publicKey };
  await hub.send("/v1/grants", [writeGrant(me, mailbox, 1, phone.secret, reader)]);

  const second = new Device(random(32));
  const key = second.posting(mailbox);
  const ticket = await hub.ticket(mailbox, guest);
  const there = new Mailbox();
  for (const entry of (await hub.get("/v1/access?after=0", ticket)).get(1)) there.append(entry);
  const [grant] = await hub.get("/v1/grants", ticket);
  const first = openGrant(grant, invitation.sealing, { mailbox, epochKey: there.epochKey, author: me.publicKey });
  const secret = random(32);
  const joined = [
    there.write(guest, { 4: 1, 6: 7, 9: second.sealing.publicKey, 13: key.publicKey }),
    there.write(key, { 4: 2, 13: guest.publicKey }),
    there.write(key, { 4: 3, 10: 2, 11: epochPair(secret).publicKey }),
  ];
  assert.equal((await hub.send("/v1/access", joined)).get(1), there.next);
  const grants = [[1, first.secret], [2, secret]].flatMap(([epoch, one]) =>
    [[me.publicKey, device.sealing], [key.publicKey, second.sealing]].map(([posting, sealing]) =>
      writeGrant(key, mailbox, epoch, one, { key: posting, sealing: sealing.publicKey })));
  await hub.send("/v1/grants", grants);

  await posted(writeEnvelope(me, mailbox, 2, there.epochKey, "stranger.note", map({ 1: "to both" })));
  const epochs = new Map();
  const theirs = await hub.ticket(mailbox, key);
  for (const one of await hub.get("/v1/grants", theirs)) {
    const { epoch, secret: opened } = openGrant(one, second.sealing, { mailbox, author: key.publicKey });
    epochs.set(epoch, epochPair(opened));
  }
  const { list } = await hub.messages(theirs);
  const texts = list.flatMap(({ envelope }) => {
    const epoch = epochs.get(openSigned(envelope, "machi-envelope+cose").payload.get(3));
    return epoch ? [openEnvelope(envelope, epoch).content.get(1)] : [];
  });
  assert.deepEqual(texts, ["one", "two", "three", "late", "from outside", "to both"]);
  await assert.rejects(hub.ticket(mailbox, guest), refused(403, "not-allowed"));
});

test("an attachment is fetched by its message's word, and opens to what was enclosed", async () => {
  const picture = random(100_000);
  const { blob, attachment } = enclose(picture, "image/jpeg");
  const pair = concat(Uint8Array.of(0x82), permit(me, mailbox, blob), write(blob));
  assert.equal(read(await hub.post("/v1/blob", pair)).size, 0);
  const receipt = await posted(toMyself("see the picture", { attachments: [attachment] }));
  const ticket = await hub.ticket(mailbox, me);
  const { list } = await hub.messages(ticket, receipt.number - 1, 1);
  const [named] = openEnvelope(list[0].envelope, phone.epoch).attachments;
  const fetched = openAttachment(named, await hub.bytes(`/v1/blob?hash=${hex(named.get(1))}`, ticket));
  assert.equal(hex(fetched.plain), hex(picture));
  assert.equal(fetched.type, "image/jpeg");
});

// A mailbox of its own for what follows: the log of a school with thousands of phones.
const large = new Device(random(32));
const box = random(16);
const admin = large.posting(box);
const crowd = found(large, box, kPerson);

test("a sealed snapshot waits for its blobs, is read by readers, and covers only what is there", async () => {
  await hub.send("/v1/access", crowd.entries);
  await hub.send("/v1/grants", [crowd.grant]);
  const note = (content) => writeEnvelope(admin, box, 1, crowd.epoch.publicKey, "stranger.note", map({ 1: content }));
  for (const content of ["one", "two", "three"]) await posted(note(content));
  const about3 = { mailbox: box, epoch: 1, epochKey: crowd.epoch.publicKey, incarnation: about.incarnation, covers: 3 };
  const service = new TextEncoder().encode("the tables after three messages");
  const { blob, snapshot } = writeSnapshot(admin, about3, service);
  await assert.rejects(hub.post("/v1/snapshot", snapshot), refused(404, "not-found"));
  await hub.post("/v1/blob", concat(Uint8Array.of(0x82), permit(admin, box, blob), write(blob)));
  assert.equal(read(await hub.post("/v1/snapshot", snapshot)).size, 0);
  const ahead = writeSnapshot(admin, { ...about3, covers: 4 }, service);
  await hub.post("/v1/blob", concat(Uint8Array.of(0x82), permit(admin, box, ahead.blob), write(ahead.blob)));
  await assert.rejects(hub.post("/v1/snapshot", ahead.snapshot), refused(409, "conflict"));
  const ticket = await hub.ticket(box, admin);
  const [newest, ...older] = (await hub.get("/v1/snapshot", ticket)).get(1);
  assert.equal(older.length, 0);
  const opened = await openSnapshot(newest, crowd.epoch, (name) => hub.bytes(`/v1/blob?hash=${hex(name)}`, ticket));
  assert.equal(new TextDecoder().decode(opened.service), "the tables after three messages");
  assert.equal(opened.covers, 3);
  await posted(note("four"));
  assert.deepEqual((await hub.messages(ticket, opened.covers)).list.map(({ number }) => number), [4]);
});

test("a slot is found by its sheet alone", async () => {
  const paper = random(18);
  const service = new TextEncoder().encode("the phone's tables");
  const slot = writeSlot(admin, paper, { mailbox: box, seed: large.seed, service });
  assert.equal(read(await hub.post("/v1/slot", slot)).size, 0);
  const found = openLockedSlot((await hub.get(`/v1/slot?id=${hex(slotId(paper))}`)).get(1), paper);
  assert.equal(hex(found.seed), hex(large.seed));
  assert.equal(new TextDecoder().decode(found.service), "the phone's tables");
  await assert.rejects(hub.get(`/v1/slot?id=${hex(slotId(random(18)))}`), refused(404, "not-found"));
});

test("a long access log is posted and read in pages", async () => {
  const pages = [];
  for (let page = 0; page < 5; ++page)
    pages.push(Array.from({ length: 1000 }, () => crowd.state.write(admin, { 4: 1, 6: 2, 13: random(32) })));
  for (const page of pages) await hub.send("/v1/access", page);
  const ticket = await hub.ticket(box, admin);
  const state = new Mailbox();
  let asked = 0;
  for (;;) {
    const answer = await hub.get(`/v1/access?after=${state.next}`, ticket);
    asked += 1;
    assert.ok(answer.get(1).length > 0, "a page has an entry");
    assert.ok(answer.get(1).reduce((sum, entry) => sum + entry.length, 0) <= 1 << 20, "a page has at most a megabyte");
    for (const entry of answer.get(1)) state.append(entry);
    if (state.next === answer.get(2)) break;
  }
  assert.ok(asked > 1, `${asked} pages`);
  assert.equal(hex(state.head), hex(crowd.state.head));
  assert.equal(state.keys.size, 5001);
});

test("an access head that is the hub's newest is taken", async () => {
  const answer = await hub.get("/v1/access?after=0", await hub.ticket(mailbox, me));
  const head = (of) => sign(me, "machi-access-head+cose", map({ 1: mailbox, 2: of.number, 3: of.hash, 4: about.incarnation, 5: me.publicKey }));
  const newest = { number: answer.get(2) - 1, hash: hash(answer.get(1).at(-1)) };
  assert.equal(read(await hub.post("/v1/access-head", head(newest))).size, 0);
  await assert.rejects(hub.post("/v1/access-head", head({ ...newest, hash: random(32) })), refused(409, "conflict"));
});

test("an office cannot be claimed by a stranger's founding", async () => {
  const claim = found(new Device(random(32)), office.mailbox, kOffice);
  await assert.rejects(hub.send("/v1/access", claim.entries), refused(409, "conflict"));
});

test("health is told in JSON", async () => {
  const answer = await fetch(`${hub.url}/health`);
  assert.equal((await answer.json()).ok, true);
});
