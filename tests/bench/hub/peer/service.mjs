// The peer: what a web team would write for the same promise. Fastify takes the envelope, checks its signature, and
// PostgreSQL makes it durable in one statement that takes the mailbox's next number; then a signed receipt. No rates, no
// access log, no streams: less than the hub does. DATABASE_PORT names the server, PORT_FILE is written once it listens.
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Decoder, Encoder } from "cbor-x";
import Fastify from "fastify";
import pg from "pg";

const cbor = { useRecords: false, mapsAsObjects: false, tagUint8Array: false };
const decoder = new Decoder(cbor);
const encoder = new Encoder(cbor);
const database = new pg.Pool({ host: "127.0.0.1", port: Number(process.env.DATABASE_PORT), user: "bench", database: "postgres", max: 32 });
await database.query(`
  create table mailbox (mailbox bytea primary key, newest bigint not null);
  create table message (mailbox bytea not null, number bigint not null, sender bytea not null, id bytea not null,
    hash bytea not null, at timestamptz not null, envelope bytea not null, primary key (mailbox, number), unique (mailbox, sender, id))`);
const insert = {
  name: "insert",
  text: `with next as (update mailbox set newest = newest + 1 where mailbox = $1 returning newest)
    insert into message select $1, newest, $2, $3, $4, now(), $5 from next returning number`,
};

const receiptKey = generateKeyPairSync("ed25519").privateKey;
const spki = Buffer.from("302a300506032b6570032100", "hex");
const keys = new Map(); // parsed once, as any service would keep its members
function keyOf(raw) {
  const name = raw.toString("latin1");
  let key = keys.get(name);
  if (!key) keys.set(name, (key = createPublicKey({ key: Buffer.concat([spki, raw]), format: "der", type: "spki" })));
  return key;
}
const signed = (protectedHeaders, payload) => encoder.encode(["Signature1", protectedHeaders, Buffer.alloc(0), payload]);

const app = Fastify({ logger: false, bodyLimit: 70 * 1024 });
app.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
app.post("/mailbox", async (request) => {
  await database.query("insert into mailbox values ($1, 0)", [request.body]);
  return "";
});
app.post("/v1/post", async (request, reply) => {
  const [headers, , payload, signature] = decoder.decode(request.body.subarray(1)); // past the tag of COSE_Sign1
  const envelope = decoder.decode(payload);
  const from = Buffer.from(envelope.get(4));
  if (!verify(null, signed(headers, payload), keyOf(from), signature)) return reply.code(401).send("");
  const hash = createHash("blake2s256").update(request.body).digest();
  const mailbox = Buffer.from(envelope.get(2));
  const { rows } = await database.query({ ...insert, values: [mailbox, from, Buffer.from(envelope.get(1)), hash, request.body] });
  if (rows.length !== 1) return reply.code(404).send("");
  const receipt = encoder.encode(new Map([[1, hash], [2, mailbox], [3, Number(rows[0].number)], [5, Date.now()]]));
  const proof = sign(null, signed(headers, receipt), receiptKey);
  return reply.type("application/cbor").send(encoder.encode([headers, new Map(), receipt, proof]));
});
await app.listen({ port: 0, host: "127.0.0.1" });
writeFileSync(process.env.PORT_FILE, String(app.server.address().port));
