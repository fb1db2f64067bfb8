// The hub over HTTP, written from PROTOCOL.md ("HTTP"): CBOR bodies, errors by name, tickets, the stream's frames.
// A refusal is a HubRefusal with the status and the code.
import { concat, hex, map, need, read, sign, write } from "./wire.mjs";

const kCbor = "application/cbor";

export class HubRefusal extends Error {
  constructor(status, code, after) {
    super(`${status} ${code}`);
    Object.assign(this, { status, code, after });
  }
}

async function answerOf(response) {
  const body = new Uint8Array(await response.arrayBuffer());
  if (response.ok) return body;
  let code = "";
  try {
    const error = read(body);
    code = error.get(1);
    need([...error.keys()].every((label) => label === 1 || label === 2), "an error says its code and seconds");
  } catch (error) {
    throw new Error(`status ${response.status} with a body that is no error of ours: ${error.message}`);
  }
  throw new HubRefusal(response.status, code, response.headers.get("retry-after"));
}

export class Hub {
  constructor(url) {
    this.url = url;
  }

  async bytes(path, ticket) {
    return answerOf(await fetch(this.url + path, { headers: ticket ? { "Machi-Ticket": hex(ticket) } : {} }));
  }

  async get(path, ticket) {
    return read(await this.bytes(path, ticket));
  }

  async post(path, body) {
    return answerOf(await fetch(this.url + path, { method: "POST", headers: { "Content-Type": kCbor }, body }));
  }

  async send(path, value) {
    return read(await this.post(path, write(value)));
  }

  async about() {
    const answer = await this.get("/v1/hub");
    return { incarnation: answer.get(1), time: answer.get(2), town: answer.get(3), difficulty: answer.get(4), versions: answer.get(5) };
  }

  // A ticket to read `mailbox` as `key` (a pair). `signer` signs in its place: a forger's tool.
  async challenge(mailbox, key) {
    return (await this.send("/v1/challenge", map({ 1: mailbox, 2: key.publicKey }))).get(1);
  }

  async redeem(challenge, mailbox, key, incarnation, signer = key) {
    const ticket = map({ 1: challenge, 2: mailbox, 3: key.publicKey, 4: incarnation });
    const answer = read(await this.post("/v1/ticket", sign(signer, "machi-ticket+cose", ticket)));
    need(answer.get(1).length === 32 && answer.get(2) > 0, "no ticket");
    return answer.get(1);
  }

  async ticket(mailbox, key) {
    const { incarnation } = await this.about();
    return this.redeem(await this.challenge(mailbox, key), mailbox, key, incarnation);
  }

  // Messages after number `after`: their numbers and envelopes.
  async messages(ticket, after = 0, limit = 100) {
    const answer = await this.get(`/v1/messages?after=${after}&limit=${limit}`, ticket);
    return { incarnation: answer.get(1), newest: answer.get(3), list: answer.get(2).map(([number, envelope]) => ({ number, envelope })) };
  }

  // The frames of the stream, until `signal` ends it: {number, envelope}, or null for a sign of life.
  async *stream(ticket, after, signal) {
    const response = await fetch(`${this.url}/v1/stream?after=${after}`, { headers: { "Machi-Ticket": hex(ticket) }, signal });
    if (!response.ok) await answerOf(response);
    let held = new Uint8Array();
    for await (const part of response.body) {
      held = concat(held, part);
      while (held.length >= 4) {
        const size = new DataView(held.buffer, held.byteOffset).getUint32(0);
        if (held.length < 4 + size) break;
        const frame = read(held.slice(4, 4 + size));
        held = held.slice(4 + size);
        yield frame && { number: frame[0], envelope: frame[1] };
      }
    }
  }
}
