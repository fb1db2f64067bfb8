// A town with its hub and its channels, and the world around them on this machine.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createECDH, createHmac, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { line_api, push_service, smtp_server } from "./services.mjs";

const program = process.env.MACHI_BIN ?? assert.fail("MACHI_BIN names the native program");
const run = async (...words) => JSON.parse((await promisify(execFile)(program, words)).stdout);
const kSecret = "channel-secret", kToken = "channel-token";
const kUser = `U${"0123456789abcdef".repeat(2)}`;

let folder, town, hub, station, push, smtp, line, station_url;
const processes = [];

async function start(name, ...words) {
  const port_file = join(folder, `${name}.port`);
  const process = spawn(program, [...words, "--port", "0", "--port-file", port_file], { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  process.stderr.on("data", (part) => (log += part));
  processes.push(process);
  for (let tries = 0; tries < 400 && process.exitCode === null; ++tries) {
    const port = Number(await readFile(port_file, "utf8").catch(() => ""));
    if (port > 0) return { process, url: `http://127.0.0.1:${port}`, log: () => log };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} did not start: ${log}`);
}

async function until(what, holds) {
  for (let tries = 0; tries < 600; ++tries) {
    const found = await holds();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`${what}: not within 30 s; ${push.trouble.join("; ")} ${station.log().slice(-600)}`);
}

async function publish(notice) {
  const file = join(folder, "notice.json");
  await writeFile(file, JSON.stringify({ texts: [{ language: "ja", title: "題名の言葉", text: "本文の言葉" }], ...notice }));
  return run("notice", "publish", town, file);
}

async function subscribe(path, topics) {
  const ecdh = createECDH("prime256v1");
  ecdh.generateKeys();
  const auth = randomBytes(16);
  push.readers.set(path, { ecdh, auth });
  const subscription = { endpoint: `${push.origin}${path}`, expirationTime: null, keys: { p256dh: ecdh.getPublicKey("base64url"), auth: auth.toString("base64url") } };
  const answer = await fetch(`${station_url}/v1/push`, { method: "POST", headers: { "content-type": "text/plain" }, body: JSON.stringify({ subscription, topics }) });
  return { status: answer.status, subscription };
}

const form = (fields) => ({ method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(fields).toString() });
const path_in = (mail) => /https:\/\/news\.example(\/\S+)/.exec(mail.text)[1];

async function webhook(events, secret = kSecret) {
  const body = JSON.stringify({ destination: kUser, events });
  const signature = createHmac("sha256", secret).update(body).digest("base64");
  return (await fetch(`${station_url}/v1/line`, { method: "POST", headers: { "x-line-signature": signature }, body })).status;
}
const event = (type, id, rest = {}) => ({ type, mode: "active", timestamp: Date.now(), source: { type: "user", userId: kUser }, webhookEventId: id, replyToken: `reply${id}`, deliveryContext: { isRedelivery: false }, ...rest });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "channels-"));
  town = join(folder, "town");
  [push, smtp, line] = await Promise.all([push_service(), smtp_server(), line_api(kToken)]);
  await run("sample", town);
  push.key = (await run("push", "keys", town)).public;
  assert.equal((await run("push", "keys", town)).public, push.key, "the key stays");
  await writeFile(join(folder, "line.json"), JSON.stringify({ secret: kSecret, token: kToken }));
  hub = await start("hub", "hub", "serve", "--town", town);
  const { notice: old } = await publish({ importance: "emergency" }); // before there were channels: told to nobody
  station = await start("station", "push", "serve", town, "--hub", hub.url, "--origin", "https://news.example", "--contact", "mailto:push@town.example",
    "--plain-push", "--push-service", "127.0.0.1", "--every", "1", "--smtp", `smtp://127.0.0.1:${smtp.port}`, "--smtp-plain", "--from", "news@town.example",
    "--line", join(folder, "line.json"), "--line-api", line.url);
  station_url = station.url;
  await until("the first look", async () => (await fetch(`${station_url}/n/${old}`)).status === 200);
});

after(async () => {
  for (const one of processes) one.kill("SIGTERM");
  await Promise.all(processes.map((one) => one.exitCode ?? new Promise((resolve) => one.once("close", resolve))));
  for (const one of [push, smtp, line]) one?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a push is read by a foreign library, says a topic only, and the dead are dropped", async () => {
  assert.equal((await (await fetch(`${station_url}/v1/channels`)).json()).push, push.key);
  for (const [path, topics] of [["/a", "disaster"], ["/b", "disaster,all"], ["/dead", "disaster"], ["/child", "child"]])
    assert.equal((await subscribe(path, topics)).status, 200);
  push.answers.set("/dead", [[410, {}]]);
  const told = await publish({ importance: "emergency" });
  await until("three pushes", () => push.messages.length >= 3);
  assert.deepEqual(push.messages.map(({ path }) => path).sort(), ["/a", "/b", "/dead"]);
  for (const { text, urgency } of push.messages) {
    assert.deepEqual(JSON.parse(text), { topic: "disaster" });
    assert.equal(urgency, "high");
  }
  assert.equal(new Set(push.messages.map(({ text }) => text.length)).size, 1, "one length");
  push.messages.length = 0;
  await publish({ theme: "child" });
  await until("everybody's and the children's", () => push.messages.length >= 2);
  assert.deepEqual(push.messages.map(({ path, text }) => [path, JSON.parse(text).topic]).sort(), [["/b", "all"], ["/child", "child"]]);
  push.messages.length = 0;
  await publish({ importance: "emergency" });
  await until("the next", () => push.messages.length >= 2);
  assert.deepEqual(push.messages.map(({ path }) => path).sort(), ["/a", "/b"], "the dead one is gone");
  assert.deepEqual(push.trouble, []);
  assert.ok(told);
});

test("a subscription that is none is refused, and an end ends it", async () => {
  const post = async (body) => (await fetch(`${station_url}/v1/push`, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) })).status;
  const { subscription } = await subscribe("/mine", "all");
  assert.equal(await post("{"), 400);
  assert.equal(await post({ subscription, topics: "disability" }), 400);
  assert.equal(await post({ subscription: { ...subscription, endpoint: "http://10.0.0.1/x" }, topics: "all" }), 403);
  assert.equal(await post({ subscription: { ...subscription, keys: { ...subscription.keys, auth: "AAAAAAAAAAAAAAAAAAAAAA" } }, topics: "child" }), 403, "another's");
  assert.equal(await post("x".repeat(20000)), 413);
  assert.equal(await post({ subscription, topics: "" }), 200);
  push.messages.length = 0;
  await publish({});
  await until("the others", () => push.messages.length >= 1);
  assert.ok(push.messages.every(({ path }) => path !== "/mine"));
});

test("e-mail comes after a confirmation, in Japanese, and ends with one click", async () => {
  smtp.letters.length = 0;
  assert.equal((await fetch(`${station_url}/mail`, form({ address: "a@example.jp\nBcc: b@example.jp", topic: "all" }))).status, 400);
  assert.equal((await fetch(`${station_url}/mail`, form({ address: "a@example.jp" }))).status, 400, "no topic");
  assert.equal((await fetch(`${station_url}/mail`, form([["address", "hanako@example.jp"], ["topic", "all"], ["topic", "disaster"]]))).status, 200);
  const first = await until("the confirmation", () => smtp.letters[0]);
  assert.deepEqual(first.to, ["hanako@example.jp"]);
  assert.match(first.mail.subject, /登録の確認/);
  assert.ok(!first.raw.includes("List-Unsubscribe"));
  const confirm = path_in(first.mail);
  // A program that opens links confirms nothing.
  assert.equal((await fetch(station_url + confirm)).status, 200);
  await publish({});
  assert.equal((await fetch(station_url + confirm, { method: "POST" })).status, 200);
  assert.equal((await fetch(station_url + confirm, { method: "POST" })).status, 404, "once");
  assert.equal(smtp.letters.length, 1);
  await publish({});
  const letter = await until("the letter", () => smtp.letters[1]);
  assert.match(letter.raw, /^Subject: =\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=/m);
  assert.match(letter.mail.subject, /町の人みんなへのお知らせ/);
  assert.ok(!letter.mail.text.includes("本文の言葉") && !letter.mail.text.includes("題名の言葉"), "a topic and a link only");
  const page = await (await fetch(station_url + path_in(letter.mail))).text();
  assert.match(page, /題名の言葉/);
  assert.match(page, /本文の言葉/);
  const headers = new Map(letter.mail.headers.map(({ key, value }) => [key, value]));
  assert.equal(headers.get("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
  const end = /^<https:\/\/news\.example(\/.+)>$/.exec(headers.get("list-unsubscribe"))[1];
  assert.equal((await fetch(station_url + end)).status, 200);
  assert.equal((await fetch(station_url + end, form({ "List-Unsubscribe": "One-Click" }))).status, 200);
  smtp.letters.length = 0;
  push.messages.length = 0;
  await publish({});
  await until("a round", () => push.messages.length >= 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(smtp.letters.length, 0);
});

test("LINE: a webhook by its signature, topics by buttons, one post for a retry key", async () => {
  assert.equal(await webhook([event("follow", "e1")], "another"), 401);
  assert.equal(await webhook([event("follow", "e2")]), 200);
  const reply = await until("the reply", () => line.calls.find(({ path }) => path.endsWith("/reply")));
  assert.equal(reply.said.replyToken, "replye2");
  const data = reply.said.messages[0].quickReply.items.map(({ action }) => action.data);
  assert.deepEqual(data, ["topic=disaster", "topic=child", "topic=all"]);
  const choose = event("postback", "e3", { postback: { data: "topic=all" } });
  assert.equal(await webhook([choose]), 200);
  assert.equal(await webhook([{ ...choose, deliveryContext: { isRedelivery: true } }]), 200);
  await publish({});
  const post = await until("the multicast", () => line.calls.find(({ path }) => path.endsWith("/multicast")));
  assert.deepEqual(post.said.to, [kUser]);
  const [message] = post.said.messages;
  assert.equal(message.type, "flex");
  assert.match(JSON.stringify(message), /https:\/\/news\.example\/n\/\d+/);
  assert.ok(!JSON.stringify(message).includes("本文の言葉"));
  await publish({ importance: "emergency" });
  await until("the broadcast", () => line.calls.find(({ path }) => path.endsWith("/broadcast")));
  assert.equal(await webhook([event("unfollow", "e4")]), 200);
});

test("LINE's menu has six tiles for everybody", async () => {
  const picture = join(folder, "menu.png");
  await writeFile(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  const made = await run("push", "menu", "防災|topic=disaster", "子育て|topic=child", "みんな|topic=all", "電話|tel:0299000000", "アプリ|https://app.example/", "メール|https://news.example/mail",
    "--line", join(folder, "line.json"), "--line-api", line.url, "--line-data", line.url, "--picture", picture);
  assert.equal(line.calls.find(({ path }) => path === "/v2/bot/richmenu").said.areas.length, 6);
  assert.equal(made.richMenuId, "richmenu-1");
  assert.deepEqual(line.calls.filter(({ path }) => path.includes("richmenu")).map(({ path }) => path),
    ["/v2/bot/richmenu", "/v2/bot/richmenu/richmenu-1/content", "/v2/bot/user/all/richmenu/richmenu-1"]);
});

test("the channels' disk holds topics, and no word of a profile", async () => {
  // What a phone knows of its owner; none of it is ever sent, and the segment of a notice is not theirs.
  const profile = ["birth", "children", "handbook", "physical", "carer", "foreign", "interest", "profile", "1985-04", "2024-05"];
  for (const extra of [{ profile: { birth: "1985-04" } }, { districts: ["3"] }]) {
    const { subscription } = await subscribe("/extra", "child");
    await fetch(`${station_url}/v1/push`, { method: "POST", body: JSON.stringify({ subscription: { ...subscription, ...extra }, topics: "child", ...extra }) });
  }
  assert.equal((await fetch(`${station_url}/v1/uses`, { method: "POST", body: JSON.stringify({ month: new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 7), what: "notice.opened", size: 3 }) })).status, 200);
  assert.equal((await fetch(`${station_url}/v1/uses`, { method: "POST", body: JSON.stringify({ month: "2026-11", what: "profile.birth", size: 3 }) })).status, 400);
  await until("the sums", async () => /use\.notice\.opened/.test(await readFile(join(town, "channels", "sums.json"), "utf8").catch(() => "")));
  for (const name of await readdir(join(town, "channels"))) {
    if (name.startsWith("feed.db")) continue; // the public feed
    const bytes = (await readFile(join(town, "channels", name))).toString("latin1");
    for (const word of profile) assert.ok(!bytes.includes(word), `${name} holds ${word}`);
  }
  assert.ok(!station.log().includes("example.jp"), "no address in the log");
});
