// The town's directory out of its feed, written from PROTOCOL.md ("Town, root and delegations", "Feed").
import { hash, hex, kidOf, need, openSigned, read, same, seconds, verify } from "./wire.mjs";

const kGrace = 48 * 3600;
const kPageBytes = 65536;

// The keys of each role that the root stands behind at `now`: role -> list of keys. One key, one role.
export function delegations(coded, { town, root }, now) {
  const roles = new Map();
  const roleOf = new Map();
  for (const one of coded) {
    const delegation = verify(one, "machi-delegation+cose", root);
    const [role, key] = [delegation.get(2), delegation.get(3)];
    need(same(delegation.get(1), town), "a delegation of another town");
    need((roleOf.get(hex(key)) ?? role) === role, "one key, two roles");
    roleOf.set(hex(key), role);
    const holds = now >= delegation.get(4) - kGrace && now < delegation.get(5) + kGrace;
    if (holds) roles.set(role, [...(roles.get(role) ?? []), key]);
  }
  return roles;
}

function byRole(coded, typ, roles, role) {
  const { payload, kid, signedBy } = openSigned(coded, typ);
  const key = (roles.get(role) ?? []).find((candidate) => kid && same(kid, kidOf(candidate)) && signedBy(candidate));
  need(key, `not signed by ${role}`);
  return payload;
}

// Reads head, freshness and every page. `page(number)` fetches one. The answer has the offices by mailbox id in hex.
export async function readFeed(answer, page, pack, now = seconds()) {
  const parts = read(answer);
  const roles = delegations(parts.get(3), pack, now);
  const head = byRole(parts.get(1), "machi-head+cose", roles, "editor");
  const fresh = byRole(parts.get(2), "machi-fresh+cose", roles, "hub-freshness");
  need(same(head.get(1), pack.town) && same(fresh.get(1), pack.town), "a feed of another town");
  need(same(fresh.get(2), hash(parts.get(1))), "freshness of another head");
  let before = new Uint8Array(32);
  const offices = new Map();
  for (let number = 0; number < head.get(2); ++number) {
    const coded = await page(number);
    const content = read(coded);
    need(coded.length <= kPageBytes && content.get(1) === number && same(content.get(2), before), "pages do not follow");
    for (const item of content.get(3)) {
      const { payload } = openSigned(item, "machi-item+cose");
      need(same(payload.get(1), pack.town), "an item of another town");
      const isOffice = payload.get(3) === "office";
      byRole(item, "machi-item+cose", roles, isOffice ? "directory" : "editor");
      if (!isOffice) continue;
      const office = payload.get(5);
      offices.set(hex(office.get(1)), { mailbox: office.get(1), kind: office.get(2), name: office.get(3), admin: office.get(4),
        telephone: office.get(5), epoch: office.get(6), epochKey: office.get(7), slipKeys: office.get(10) ?? [] });
    }
    before = hash(coded);
  }
  need(same(before, head.get(3)), "the last page is not the head's");
  return { roles, offices, pages: head.get(2), headTime: head.get(4), freshTime: fresh.get(3) };
}
