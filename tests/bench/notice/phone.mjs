// A phone with 2,000 notices: the app of notices itself, as the browser's engine runs it (its WebAssembly module, in node), over
// a feed that `feed_bench DIR 2000` wrote. How long the feed takes to come in, how long it takes to choose anew what concerns its
// owner after an answer about them, and to open the timeline. A phone's processor is taken as so many times slower (--slow 4).
//   node phone.mjs DIR [--module machi_notices.mjs] [--slow 4] [--check]
// One JSON object; ends with 1 past a limit when --check was said. Not in it: painting, and SQLite on a real disk (here: memory).
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: given, positionals: [folder] } = parseArgs({ allowPositionals: true, options: {
  module: { type: 'string', default: path.join(import.meta.dirname, '../../../build/wasm/bin/machi_notices.mjs') },
  slow: { type: 'string', default: '4' }, check: { type: 'boolean' } } });
if (!folder) throw new Error('node phone.mjs DIR: the folder that feed_bench wrote');
const kNow = 1795500000_000;  // feed_bench's
const kRounds = 15;
const kLimits = { choose: 100, open: 300 };

const { default: start } = await import(pathToFileURL(given.module).href);
const core = await start({ slots: [] });
const encoder = new TextEncoder();

function with_text(text, then) {
  const bytes = encoder.encode(`${text}\0`);
  const place = core._malloc(bytes.length);
  core.HEAPU8.set(bytes, place);
  const out = then(place);
  core._free(place);
  return out;
}
const pack = JSON.parse(await readFile(path.join(folder, 'pack.json'), 'utf8'));
const config = { app: 'notices', database: ':memory:', vfs: '', pack, hub: 'http://hub.invalid', site: 'http://app.invalid' };
const phone = with_text(JSON.stringify(config), (text) => core._machi_open(text));
if (!phone) throw new Error(core.UTF8ToString(core._machi_receive(0)));

function put(bytes) {
  let handle = 0;
  for (let at = 0; at < bytes.length; at += 65536) {
    const piece = bytes.subarray(at, at + 65536);
    const place = core._malloc(piece.length);
    core.HEAPU8.set(piece, place);
    handle = core._machi_put(phone, handle, place, piece.length);
    core._free(place);
  }
  return handle;
}
const asked = [];
function tell(event) {
  if (with_text(JSON.stringify({ at: kNow, ...event }), (text) => core._machi_send(phone, text)) !== 0) throw new Error(`refused: ${event.type}`);
  for (let place = core._machi_receive(phone); place !== 0; place = core._machi_receive(phone)) {
    const effect = JSON.parse(core.UTF8ToString(place));
    if (effect.type === 'http') asked.push(effect);
  }
}
let shown = null;
const view = () => { shown = JSON.parse(core.UTF8ToString(core._machi_view(phone))); };
const press = (node, action = 'press', more = {}) => tell({ type: 'act', action: { screen: shown.name, revision: shown.revision, node, version: '', action, value: '', values: [], ...more } });

async function file_of(url) {
  const { pathname, searchParams } = new URL(url);
  const number = (searchParams.get('number') ?? '').padStart(6, '0');
  const name = pathname.endsWith('/head') ? 'head.cbor' : `${pathname.split('/').at(-1)}-${number}.cbor`;
  return readFile(path.join(folder, name)).catch(() => null);
}
const timed = (what) => { const from = performance.now(); what(); return performance.now() - from; };
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

let came = timed(() => tell({ type: 'start', seed: 'A'.repeat(43), online: true, installed: false, language: 'ja', link: '' }));
while (asked.length) {
  const { request, url } = asked.shift();
  const bytes = await file_of(url);
  came += timed(() => tell({ type: 'answer', request, status: bytes ? 200 : 404, body: bytes ? put(bytes) : 0 }));
}
view();
const rows = JSON.stringify(shown.main).match(/"id":"notice\.\d+"/g)?.length ?? 0;
if (rows < 50) throw new Error(`the notices are not there: ${JSON.stringify(shown.main).slice(0, 400)}`);

const choose = [], open = [];
for (let round = 0; round < kRounds; round += 1) {
  // What its owner tells it, until all is chosen anew; then the timeline, from the press to the screen as text.
  press('profile'); view();
  press('ask.districts'); view();
  press('text', 'enter', { value: String(round % 12) }); view();
  choose.push(timed(() => press('save')));
  view();
  open.push(timed(() => { press('back'); view(); }));
}
const slow = Number(given.slow);
const figures = { notices: 2000, slow, feedInMs: Math.round(came * slow), chooseMs: +(middle(choose) * slow).toFixed(1), chooseLimitMs: kLimits.choose, openMs: +(middle(open) * slow).toFixed(1), openLimitMs: kLimits.open };
const held = figures.chooseMs < kLimits.choose && figures.openMs < kLimits.open;
console.log(JSON.stringify({ ...figures, verdict: held ? 'held' : 'NOT HELD' }));
process.exit(given.check && !held ? 1 : 0);
