// Our COSE_Sign1 tokens (EdDSA, protected typ) and @ldclabs/cose-ts: each side verifies what the other signs, and
// neither takes what was altered. The native side is cose_tool, whose path stands in COSE_TOOL.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";
import { Claims, withCWTTag } from "@ldclabs/cose-ts/cwt";
import { Ed25519Key } from "@ldclabs/cose-ts/ed25519";
import { Header } from "@ldclabs/cose-ts/header";
import { Sign1Message } from "@ldclabs/cose-ts/sign1";

const kAlg = 1;
const kKid = 4;
const kTyp = 16; // RFC 9596
const kEdDsa = -8;
const kPurpose = "machi-slip+cwt";

const tool = process.env.COSE_TOOL;
assert.ok(tool, "COSE_TOOL names the native program");

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"));

// The answer of the native program, or the name of its error.
function native(...words) {
  try {
    return { ok: true, answer: execFileSync(tool, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trimEnd() };
  } catch (error) {
    return { ok: false, answer: error.stdout.trimEnd() };
  }
}

const seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const theirKey = Ed25519Key.fromSecret(seed);
const theirPublic = theirKey.public();
const publicHex = hex(theirKey.getPublicKey());

function theirToken(payload, typ, { kid, unprotected = [] } = {}) {
  const headers = new Map([[kAlg, kEdDsa]]);
  if (kid) headers.set(kKid, kid);
  if (typ !== undefined) headers.set(kTyp, typ);
  const message = new Sign1Message(payload, new Header(headers), new Header(new Map(unprotected)));
  return Sign1Message.withTag(message.toBytes(theirKey));
}

const payloads = [0, 1, 23, 24, 255, 256, 1000, 5000].map((length) => new Uint8Array(randomBytes(length)));

test("cose-ts verifies our tokens, with typ and key id protected", () => {
  for (const payload of payloads) {
    const signed = native("sign", hex(seed), kPurpose, hex(payload), "0102");
    assert.ok(signed.ok);
    const message = Sign1Message.fromBytes(theirPublic, bytes(signed.answer));
    assert.equal(hex(message.payload), hex(payload));
    assert.equal(message.protected.getText(kTyp), kPurpose);
    assert.equal(message.protected.getInt(kAlg), kEdDsa);
    assert.equal(hex(message.protected.getBytes(kKid)), "0102");
    assert.equal(message.unprotected.toRaw().size, 0);
  }
});

test("we verify tokens of cose-ts, which are ours byte for byte", () => {
  for (const payload of payloads) {
    const token = theirToken(payload, kPurpose);
    assert.deepEqual(native("verify", publicHex, kPurpose, hex(token)), { ok: true, answer: hex(payload) });
    assert.equal(native("sign", hex(seed), kPurpose, hex(payload)).answer, hex(token));
  }
});

test("we refuse a token of cose-ts for another purpose, or for none", () => {
  const payload = payloads[3];
  assert.equal(native("verify", publicHex, "machi-poster+cwt", hex(theirToken(payload, kPurpose))).answer, "wrong-purpose");
  assert.equal(native("verify", publicHex, kPurpose, hex(theirToken(payload, undefined))).answer, "wrong-purpose");
  assert.equal(native("verify", publicHex, kPurpose, hex(theirToken(payload, 61))).answer, "wrong-purpose");
  const unprotected = theirToken(payload, undefined, { unprotected: [[kTyp, kPurpose]] });
  assert.equal(native("verify", publicHex, kPurpose, hex(unprotected)).answer, "bad-input");
});

test("neither side takes a token with one altered byte", () => {
  const payload = new Uint8Array(randomBytes(20));
  const token = theirToken(payload, kPurpose);
  for (let at = 0; at < token.length; ++at) {
    const altered = token.slice();
    altered[at] ^= 0x01;
    assert.equal(native("verify", publicHex, kPurpose, hex(altered)).ok, false, `byte ${at}, ours`);
    assert.throws(() => Sign1Message.fromBytes(theirPublic, altered), `byte ${at}, theirs`);
  }
});

test("neither side takes a token of another key", () => {
  const other = Ed25519Key.generate();
  const token = theirToken(payloads[2], kPurpose);
  assert.equal(native("verify", hex(other.getPublicKey()), kPurpose, hex(token)).answer, "bad-signature");
  assert.throws(() => Sign1Message.fromBytes(other.public(), token));
});

test("claims of cose-ts, printed by node's zlib, are read by our reader", () => {
  const claims = new Claims();
  claims.iss = "town";
  claims.exp = 1796000000;
  claims.cti = bytes("0a0b");
  const expected = `{1: "town", 4: 1796000000, 7: h'0a0b'}`;
  const token = theirToken(claims.toBytes(), kPurpose);
  for (const cose of [token, withCWTTag(token)]) {
    const fragment = Buffer.from(deflateSync(cose)).toString("base64url");
    assert.equal(native("read", fragment, publicHex).answer, `\nholds\n${expected}`);
    assert.equal(native("read", `https://app.example/e#${fragment}`, publicHex).answer, `\nholds\n${expected}`);
  }
});

test("the fragment that we print is inflated by node's zlib and verified by cose-ts", () => {
  const claims = new Claims();
  claims.iss = "town";
  const signed = native("sign", hex(seed), kPurpose, hex(claims.toBytes())).answer;
  const [printed, fragment] = native("print", signed).answer.split("\n");
  const cose = inflateSync(Buffer.from(fragment, "base64url"));
  assert.equal(hex(cose), signed);
  const message = Sign1Message.fromBytes(theirPublic, new Uint8Array(cose));
  assert.equal(Claims.fromBytes(message.payload).iss, "town");
  assert.equal(native("read", printed, publicHex).answer, `MK1:\nholds\n{1: "town"}`);
});
