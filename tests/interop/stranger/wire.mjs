// The stranger's CBOR, hashes and signed objects, written from core/mail/PROTOCOL.md ("Primitives", "Signed objects").
// Everything here throws an Error on what the page says a reader refuses.
import { decode, encode, rfc8949EncodeOptions } from "cborg";
import sodium from "libsodium-wrappers";

await sodium.ready;
export { sodium };

const kTag18 = 0xd2;
const kAlg = 1;
const kKid = 4;
const kTyp = 16;
const kEdDsa = -8;

export const hex = (bytes) => Buffer.from(bytes).toString("hex");
export const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"));
export const same = (one, other) => Buffer.compare(one, other) === 0;
export const random = (size) => sodium.randombytes_buf(size);
export const seconds = () => Math.floor(Date.now() / 1000);

export function need(holds, why) {
  if (!holds) throw new Error(why);
}

export function concat(...parts) {
  return new Uint8Array(Buffer.concat(parts));
}

// A CBOR map with integer labels from {1: a, 2: b}; what is undefined stays out.
export function map(members) {
  return new Map(Object.entries(members).filter(([, value]) => value !== undefined).map(([label, value]) => [Number(label), value]));
}

export const write = (value) => encode(value, rfc8949EncodeOptions);

// The one item in `coded`, in its deterministic encoding and no other.
export function read(coded) {
  const value = decode(coded, { useMaps: true, strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true });
  need(same(write(value), coded), "not deterministic");
  return value;
}

export const hash = (...parts) => sodium.crypto_generichash(32, concat(...parts));
export const keyedHash = (key, message) => sodium.crypto_generichash(32, message, key);
export const derive = (key, number, context) => sodium.crypto_kdf_derive_from_key(32, number, context, key);
export const kidOf = (key) => hash(key).subarray(0, 8);

export const seal = (key, plain) => sodium.crypto_box_seal(plain, key);
export const openSealed = (pair, sealed) => sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.privateKey);
export function lock(key, plain) {
  const nonce = random(24);
  return concat(nonce, sodium.crypto_secretbox_easy(plain, nonce, key));
}
export const unlock = (key, locked) => sodium.crypto_secretbox_open_easy(locked.subarray(24), locked.subarray(0, 24), key);

const kPadded = [256, 1024, 4096, 16384, 65536];
export function pad(plain) {
  const size = kPadded.find((candidate) => plain.length + 1 <= candidate);
  need(size, "too long to pad");
  const padded = new Uint8Array(size);
  padded.set(plain);
  padded[plain.length] = 0x80;
  return padded;
}
export function unpad(padded) {
  need(kPadded.includes(padded.length), "not a padded size");
  const end = padded.findLastIndex((byte) => byte !== 0);
  need(end >= 0 && padded[end] === 0x80, "no mark of padding");
  const plain = padded.slice(0, end);
  need(pad(plain).length === padded.length, "padded too far");
  return plain;
}

const toBeSigned = (protectedHeaders, payload) => write(["Signature1", protectedHeaders, new Uint8Array(), payload]);

// Sign1<typ, payload>; `key` is a pair of sodium's crypto_sign_seed_keypair.
export function sign(key, typ, payload, kid) {
  const headers = write(map({ [kAlg]: kEdDsa, [kKid]: kid, [kTyp]: typ }));
  const content = write(payload);
  const signature = sodium.crypto_sign_detached(toBeSigned(headers, content), key.privateKey);
  return concat(Uint8Array.of(kTag18), write([headers, new Map(), content, signature]));
}

// A signed object before anybody vouches for it: its payload may name the key that must have signed.
export function openSigned(coded, typ) {
  need(coded[0] === kTag18, "not a COSE_Sign1");
  const [headers, unprotectedHeaders, content, signature, ...more] = read(coded.subarray(1));
  need(more.length === 0 && unprotectedHeaders instanceof Map && unprotectedHeaders.size === 0, "not a signed object of ours");
  const labels = read(headers);
  need(labels.get(kAlg) === kEdDsa && labels.get(kTyp) === typ, "signed for another purpose");
  need([...labels.keys()].every((label) => [kAlg, kKid, kTyp].includes(label)), "an unknown header");
  const payload = read(content);
  need(payload instanceof Map, "the payload is not a map");
  return {
    payload,
    kid: labels.get(kKid),
    signedBy: (key) => sodium.crypto_sign_verify_detached(signature, toBeSigned(headers, content), key),
  };
}

// The payload of a signed object by `key`, or by the key in the payload's member number `key`.
export function verify(coded, typ, key) {
  const { payload, signedBy } = openSigned(coded, typ);
  need(signedBy(typeof key === "number" ? payload.get(key) : key), "bad signature");
  return payload;
}
