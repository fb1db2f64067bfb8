// How long a parent waits: the first load of the built app over a phone's line on a phone's processor, its second start with
// and without a network, and a tap to the next painted screen; beside it, in the same run, what others would assemble from
// packages. node first_load.mjs [--runs 3] [--turns (slow.mjs)]; MACHI_WEB names the built site, else build/web. Prints figures and ratios, ends
// with 1 when a target is missed and --check was said.
import { fork } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { Line } from './line.mjs';
import { build_peers, files_of } from './peers.mjs';
import { taps } from './taps.mjs';

const { values: given } = parseArgs({ options: { runs: { type: 'string', default: '3' }, slow: { type: 'string', default: '4' }, check: { type: 'boolean' }, turns: { type: 'boolean' } } });
const kRuns = Number(given.runs);
const kSlow = Number(given.slow);
const kLine = { bytes_a_second: 1.6e6 / 8, latency: 150 };
const kTargets = { size: 480, first: 1000, usable: 3500, second: 700, offline: 700, tap: 50 };
/** The address bar of a desktop's Chromium is a page of its own, loaded beside ours: a phone has none. And what playwright leaves out. */
const kNoDesktop = `--disable-features=${['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'PaintHolding', 'HttpsUpgrades', 'MediaRouter',
  'OptimizationHints', 'LensOverlay', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'ThirdPartyStoragePartitioning', 'NetworkTimeServiceQuerying', 'PreconnectToSearch'].join(',')}`;
const kPatience = 120_000;
const kPhone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' };
const kWeb = path.resolve(process.env['MACHI_WEB'] ?? path.join(import.meta.dirname, '../../../build/web'), 'citizen');
const kConfig = JSON.stringify({ hub: 'http://127.0.0.1:9', site: 'http://127.0.0.1', pack: { town: '0'.repeat(32), root: '0'.repeat(64), name: '日和町' } });

/** Runs in the page before everything: notes when a screen that a worker (or a peer) made has been painted. */
function watch() {
  const painted = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(0);
  });
  const screen = () => painted(() => performance.mark('screen'));
  globalThis.peer_ready = screen;
  // Ours answers on a channel, the assembly by its worker's own messages.
  for (const name of ['BroadcastChannel', 'Worker']) {
    globalThis[name] = class extends globalThis[name] {
      constructor(...given) {
        super(...given);
        this.addEventListener('message', ({ data }) => { if (data?.kind === 'screen') screen(); });
      }
    };
  }
}

const at = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const middle = (values) => at(values, 0.5);

async function open(context, url) {
  const page = await context.newPage();
  page.setDefaultTimeout(kPatience);
  await page.addInitScript(watch);
  await page.goto(url, { waitUntil: 'commit', timeout: kPatience });
  await page.waitForFunction(() => performance.getEntriesByName('screen').length > 0 && performance.getEntriesByName('first-contentful-paint').length > 0, null, { polling: 100 });
  const [first, usable] = await page.evaluate(() => [
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime, performance.getEntriesByName('screen')[0].startTime]);
  return { page, first, usable };
}

async function machikado(browser, folder) {
  const line = await Line.open(folder, kLine, { '/config.json': kConfig });
  await line.pack(['/config.json', ...(await readdir(folder, { recursive: true })).filter((name) => !/\.(br|gz)$/.test(name) && /\.\w+$/.test(name)).map((name) => `/${name}`)]);
  const context = await browser.newContext(kPhone);
  const { page, first, usable } = await open(context, line.url);
  // What had come when it could be used: not yet what the service worker keeps for later.
  const sent = line.sent.filter(({ name }) => /\.(html|css|js|wasm)$/.test(name) && !/service-worker|shell\.html/.test(name));
  const seen = new Map(sent.map(({ name, bytes }) => [name, bytes]));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { polling: 100 });
  await page.close();
  const second = await open(context, line.url);
  await second.page.close();
  line.cut();
  await context.setOffline(true);
  const offline = await open(context, line.url);
  await context.close();
  return { size: [...seen.values()].reduce((sum, bytes) => sum + bytes, 0) / 1024, first, usable, second: second.usable, offline: offline.usable, files: seen };
}

async function peer(browser, folder) {
  const line = await Line.open(folder, kLine);
  await line.pack(await files_of(folder));
  const context = await browser.newContext(kPhone);
  const { first, usable } = await open(context, line.url);
  await context.close();
  line.cut();
  return { size: line.sent.filter(({ name }) => /\.(html|css|js|wasm)$/.test(name)).reduce((sum, { bytes }) => sum + bytes, 0) / 1024, first, usable };
}

/** How long a piece of work takes in a page and in a worker of it (ms): the least of some, for whoever else works here. */
async function work(browser) {
  const page = await browser.newPage();
  const times = await page.evaluate(async () => {
    const piece = () => {
      const began = performance.now();
      for (let at = 0, sum = 1; at < 6e7; at += 1) sum = (sum * 31 + at) | 0;
      return performance.now() - began;
    };
    const worker = new Worker(URL.createObjectURL(new Blob([`const piece = ${piece}; onmessage = () => postMessage(piece());`])));
    const in_worker = () => new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); worker.postMessage(0); });
    const least = { page: Infinity, worker: Infinity };
    for (let time = 0; time < 5; time += 1) {
      least.page = Math.min(least.page, piece());
      least.worker = Math.min(least.worker, await in_worker());
    }
    return least;
  });
  await page.close();
  return times;
}

const folder = await mkdtemp(path.join(tmpdir(), 'machi-bench-'));
const peers = await build_peers(folder);
// Its own process, so that its id is known.
const server = await chromium.launchServer({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', headless: true, args: ['--headless=new', '--no-sandbox', '--disable-background-networking', '--use-angle=swiftshader', kNoDesktop] });
const browser = await chromium.connect(server.wsEndpoint());
const tapped = [];
for (let run = 0; run < kRuns; run += 1) tapped.push(...await taps(browser, kWeb, { phone: kPhone, config: kConfig, slow: kSlow }));
const quick = await work(browser);
const slow = fork(path.join(import.meta.dirname, 'slow.mjs'), [String(server.process().pid), String(kSlow), ...(given.turns ? ['--turns'] : [])]);
const way = await new Promise((resolve) => slow.once('message', resolve));
const slowed = await work(browser);
const runs = { machikado: [], assembly: [], canvaskit: [] };
try {
  for (let run = 0; run < kRuns; run += 1) {
    runs.machikado.push(await machikado(browser, kWeb));
    runs.assembly.push(await peer(browser, peers.assembly));
    runs.canvaskit.push(await peer(browser, peers.canvaskit));
  }
} finally {
  slow.kill('SIGTERM');
  await new Promise((resolve) => slow.once('exit', resolve));
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

const typical = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, Object.fromEntries(Object.keys(all[0]).filter((key) => key !== 'files').map((key) => [key, middle(all.map((one) => one[key]))]))]));
const ours = { ...typical.machikado, tap: at(tapped, 0.95) };
const says = { size: 'first load, HTML CSS JS wasm, brotli (KB)', first: 'first screen painted (ms)', usable: 'usable (ms)', second: 'second start (ms)', offline: 'second start, offline (ms)', tap: 'tap to painted screen, p95 (ms)' };
console.log(`1.6 Mbit/s, 150 ms, ${way === 'quota' ? 'every thread' : 'whole renderers, in turns,'} at 1/${kSlow} (measured: page 1/${(slowed.page / quick.page).toFixed(1)}, worker 1/${(slowed.worker / quick.worker).toFixed(1)}), middle of ${kRuns} runs`);
for (const [name, bytes] of runs.machikado[0].files) console.log(`  ${(bytes / 1024).toFixed(1).padStart(7)} KB ${name}`);
let missed = 0;
for (const [key, text] of Object.entries(says)) {
  const held = ours[key] <= kTargets[key];
  if (!held) missed += 1;
  const beside = ['assembly', 'canvaskit'].filter((name) => key in typical[name]).map((name) => `${(ours[key] / typical[name][key]).toFixed(2)} of ${name} (${typical[name][key].toFixed(0)})`);
  console.log(`${text.padEnd(44)} ${ours[key].toFixed(0).padStart(6)}  target ${String(kTargets[key]).padStart(4)} ${held ? 'held    ' : 'NOT HELD'}  ${beside.join(', ')}`);
}
console.log(`${'tap to painted screen, middle (ms)'.padEnd(44)} ${middle(tapped).toFixed(0).padStart(6)}`);
process.exit(given.check && missed > 0 ? 1 : 0);
