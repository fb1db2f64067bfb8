// A push service, an SMTP server and a LINE on free ports of this machine. Each keeps what it was given, and answers as it is told.
import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";
import ece from "http_ece";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

const listen = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address?.().port ?? server.server.address().port)));

async function body_of(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** RFC 8292: the token is ES256 by the key beside it, for this origin, for a day at most. */
function check_vapid(header, origin, key) {
  const [, token, shown] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header) ?? assert.fail(`no VAPID: ${header}`);
  assert.equal(shown, key);
  const point = Buffer.from(shown, "base64url");
  const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
  const [head, claims, signature] = token.split(".");
  assert.ok(verify("sha256", Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url")), "the token's signature");
  const said = JSON.parse(Buffer.from(claims, "base64url"));
  assert.equal(said.aud, origin);
  const life = said.exp - Date.now() / 1000;
  assert.ok(life > 0 && life <= 86400, `${life} s`);
  assert.match(said.sub, /^mailto:/);
}

export async function push_service() {
  const messages = [];
  const answers = new Map(); // path -> [status, headers] in turn
  const readers = new Map(); // path -> { ecdh, auth }
  const service = { messages, answers, readers, trouble: [], key: "" };
  const server = createServer(async (request, response) => {
    const body = await body_of(request);
    try {
      const [status, headers] = answers.get(request.url)?.shift() ?? [201, {}];
      const { ecdh, auth } = readers.get(request.url) ?? assert.fail("nobody subscribed here");
      check_vapid(request.headers.authorization, service.origin, service.key);
      assert.equal(request.headers["content-encoding"], "aes128gcm");
      assert.ok(Number(request.headers.ttl) > 0);
      assert.match(request.headers.topic, /^[A-Za-z0-9_-]{1,32}$/);
      assert.match(request.headers.urgency, /^(very-low|low|normal|high)$/);
      const text = ece.decrypt(body, { version: "aes128gcm", privateKey: ecdh, authSecret: auth }).toString();
      messages.push({ path: request.url, status, text, urgency: request.headers.urgency });
      response.writeHead(status, headers).end();
    } catch (error) {
      service.trouble.push(String(error));
      response.writeHead(400).end();
    }
  });
  service.origin = `http://127.0.0.1:${await listen(server)}`;
  service.stop = () => server.close();
  return service;
}

export async function smtp_server() {
  const letters = [];
  const refused = new Set();
  const server = new SMTPServer({ disabledCommands: ["STARTTLS", "AUTH"], logger: false,
    onRcptTo: ({ address }, _session, done) => done(refused.has(address) ? Object.assign(new Error("no such mailbox"), { responseCode: 550 }) : null),
    async onData(stream, session, done) {
      const raw = await body_of(stream);
      letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: raw.toString("latin1"), mail: await PostalMime.parse(raw) });
      done();
    } });
  return { letters, refused, port: await listen(server), stop: () => server.close() };
}

/** As developers.line.biz says: a bearer's token, a UUID as retry key that counts once, limits of sizes. */
export async function line_api(token) {
  const calls = [];
  const keys = new Set();
  const answers = [];
  const server = createServer(async (request, response) => {
    const body = await body_of(request);
    const say = (status, json) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    if (request.headers.authorization !== `Bearer ${token}`) return say(401, { message: "Authentication failed" });
    const key = request.headers["x-line-retry-key"];
    if (key !== undefined && !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(key)) return say(400, { message: "retry key" });
    const said = body.length && request.headers["content-type"] === "application/json" ? JSON.parse(body) : {};
    const again = key !== undefined && keys.has(key);
    const status = answers.shift() ?? 200;
    calls.push({ path: request.url, key, said, status, again });
    if (status === 0) { // taken, and the answer is lost
      keys.add(key);
      return request.socket.destroy();
    }
    if (status !== 200) return say(status, { message: "later" });
    if (again) return say(409, { message: "The retry key is already accepted" });
    if (key !== undefined) keys.add(key);
    if (said.messages && (said.messages.length < 1 || said.messages.length > 5)) return say(400, { message: "1 to 5 messages" });
    if (request.url.endsWith("/multicast") && said.to.length > 500) return say(400, { message: "at most 500" });
    if (request.url === "/v2/bot/richmenu") return say(200, { richMenuId: "richmenu-1" });
    return say(200, {});
  });
  return { calls, answers, url: `http://127.0.0.1:${await listen(server)}`, stop: () => server.close() };
}
