// Enrolment slips, written from PROTOCOL.md ("Slips"): their links and codes, ids, locks and claims.
import { inflateSync } from "node:zlib";
import { derive, hash, kidOf, need, openSigned, same } from "./wire.mjs";

const kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const kSecret = new TextEncoder().encode("machi-slip");

export function slipId(code) {
  return derive(hash(kSecret, code), 1, "MKslipid").subarray(0, 16);
}

export function slipLock(code) {
  return derive(hash(kSecret, code), 2, "MKsliplk");
}

// The 10 bytes of a typed code; signs between the groups do not count.
export function codeBytes(text) {
  let bits = 0n;
  const signs = text.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1").replaceAll(/[- ]/g, "");
  need(signs.length === 16, "a code has 16 signs");
  for (const sign of signs) {
    need(kCrockford.includes(sign), "not a sign of Crockford's");
    bits = bits * 32n + BigInt(kCrockford.indexOf(sign));
  }
  return new Uint8Array(Buffer.from(bits.toString(16).padStart(20, "0"), "hex"));
}

// The signed slip in a link's fragment.
export function slipOfLink(link) {
  const fragment = new URLSearchParams(new URL(link).hash.slice(1)).get("s");
  return new Uint8Array(inflateSync(Buffer.from(fragment, "base64url")));
}

// The claims; `keys` are those that the directory names for the slip's office, none to read it unsigned.
export function openSlip(coded, keys) {
  const { payload, kid, signedBy } = openSigned(coded, "machi-slip+cwt");
  need(kid?.length === 8, "a slip names its key");
  if (keys) need(keys.some((key) => same(kid, kidOf(key)) && signedBy(key)), "no office signed the slip");
  const code = payload.get(-70001);
  need(code.length === 10 && same(slipId(code), payload.get(7)), "the slip's id is not its code's");
  return { town: payload.get(1), to: payload.get(4), issued: payload.get(6), id: payload.get(7), code, office: payload.get(-70002),
    name: payload.get(-70003), kid };
}
