// node scanner_bench.mjs [FOLDER]: our scanner beside the packages that others would take. FOLDER holds scanner.mjs and
// scanner.wasm (build/wasm/bin). First over photographs (tests/data/qr_images), then over pictures of our own renderer that
// are hard to read, then over frames of a moving camera, then the pass of eight people. MACHIKADO_SEED changes the pictures.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { engines } from './engines.mjs';
import { dice, hard_picture, kTroubles, picture_of } from './renderer.mjs';
import { moving_camera } from './moving.mjs';
import { pass_on_a_phone } from './pass.mjs';

const kHere = import.meta.dirname;
const kData = path.join(kHere, '../../data');
const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), process.argv[2] ?? path.join(kHere, '../../../build/wasm/bin'));
const seed = Number(process.env['MACHIKADO_SEED'] ?? 4);
const kEach = Number(process.env['MACHIKADO_PICTURES'] ?? 20);

/** The targets of the issue. */
const kTime = 0.6;
/** Of the pass in single frames at 60 mm. A scan has many frames; a picture file has one. */
const kPassRead = 0.95;

const same_ends = (text) => text?.replaceAll('\r\n', '\n').replace(/\n$/, '');
const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Processor time of one reading, in milliseconds: the best of three, so that the machine's other work counts less. */
async function timed(engine, picture) {
  let best = Infinity;
  let text = null;
  for (let turn = 0; turn < 3; turn += 1) {
    const before = process.cpuUsage();
    text = await engine.read(picture);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
    if (best > 200) break;
  }
  return { text, time: best };
}

/** Each engine over pictures with what they say (null: nothing). */
async function compare(all, pictures) {
  const rows = [];
  for (const engine of all) {
    const row = { name: engine.name, right: 0, wrong: 0, times: [], missed: [] };
    for (let warm = 0; warm < 5; warm += 1) await engine.read(pictures[warm % pictures.length].picture);
    for (const { name, picture, says } of pictures) {
      const { text, time } = await timed(engine, picture);
      row.times.push(time);
      if (says !== null && same_ends(text) === same_ends(says)) row.right += 1;
      else {
        row.missed.push(name);
        if (text !== null) row.wrong += 1;
      }
    }
    rows.push(row);
  }
  return rows;
}

function photographs() {
  const out = [];
  for (const set of readdirSync(path.join(kData, 'qr_images')).filter((name) => name.startsWith('qrcode-'))) {
    for (const file of readdirSync(path.join(kData, 'qr_images', set)).filter((name) => name.endsWith('.png')).sort()) {
      const png = PNG.sync.read(readFileSync(path.join(kData, 'qr_images', set, file)));
      const says = readFileSync(path.join(kData, 'qr_images', set, file.replace(/png$/, 'txt')), 'utf8');
      out.push({ name: `${set}/${file}`, says, picture: { data: new Uint8ClampedArray(png.data), width: png.width, height: png.height } });
    }
  }
  return out;
}

/** Pictures without a symbol: noise, tiles, letters' strokes, and symbols of which too much is gone. */
function nothing(ours) {
  const roll = dice(seed + 99);
  const out = [];
  for (let at = 0; at < 30; at += 1) {
    const width = 320, height = 240;
    const grey = new Uint8Array(width * height);
    const kind = at % 3;
    const cell = 2 + Math.floor(roll() * 9);
    const tile = Array.from({ length: 32000 }, () => (roll() < 0.5 ? 20 : 235));
    for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
      grey[y * width + x] = kind === 0 ? Math.floor(roll() * 256) : kind === 1 ? tile[Math.floor(y / cell) * 160 + Math.floor(x / cell)]
        : 128 + 100 * Math.sin(x / cell) * Math.sin(y / (cell + 1));
    }
    out.push({ name: `nothing ${at}`, says: null, picture: picture_of({ grey, width, height }) });
  }
  for (let at = 0; at < 20; at += 1) {  // three finder patterns, and noise where the data would be
    const modules = [...ours.write(`NOTHING ${at} ${'X'.repeat(at * 9)}`)];
    const size = Math.round(Math.sqrt(modules.length));
    for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (!(x < 9 && y < 9) && !(x >= size - 8 && y < 9) && !(x < 9 && y >= size - 8)) modules[y * size + x] = roll() < 0.5 ? '1' : '0';
    out.push({ name: `noise in a symbol ${at}`, says: null, picture: picture_of(hard_picture('plain', seed + at, modules.join(''))) });
  }
  return out;
}

const percent = (part, whole) => `${(100 * part / whole).toFixed(0)} %`.padStart(6);
const held = (is, text) => { console.log(`${text}: ${is ? 'held' : 'NOT HELD'}`); if (!is) process.exitCode = 1; };

const all = await engines(folder);
const [ours] = all;
console.log(`seed ${seed} (MACHIKADO_SEED), ${kEach} pictures of a kind\n`);

const photos = photographs();
const rows = await compare(all, photos);
const peer = rows[1];
console.log(`${photos.length} photographs`.padEnd(22), 'right  wrong  median ms  beside zxing-wasm  brotli KB');
for (const [at, row] of rows.entries()) {
  console.log(row.name.padEnd(22), String(row.right).padStart(5), String(row.wrong).padStart(6), median(row.times).toFixed(2).padStart(10), (median(row.times) / median(peer.times)).toFixed(2).padStart(18),
    (all[at].size / 1024).toFixed(0).padStart(10));
}
console.log('not read by ours:', rows[0].missed.join(', ') || '-');
console.log('not read by zxing-wasm:', peer.missed.join(', ') || '-', '\n');

if (process.env['MACHIKADO_PHOTOS']) process.exit(0);
const empty = await compare(all, nothing(ours));
console.log('no symbol in it:', empty.map((row) => `${row.name} read ${row.wrong} of 50 (median ${median(row.times).toFixed(1)} ms)`).join(', '), '\n');

const sums = all.map(() => 0);
let wrongs = 0;
console.log('hard pictures'.padEnd(22), all.map((engine) => engine.name.padStart(11)).join(''), '   median ms');
for (const kind of Object.keys(kTroubles)) {
  const roll = dice(seed * 7919 + kind.length);
  const pictures = Array.from({ length: kEach }, (_, at) => {
    const says = `HTTPS://MACHIKADO.EXAMPLE/${kind.toUpperCase()}/${at}/` + '0123456789ABCDEFGHIJ'.repeat(1 + Math.floor(roll() * 5));
    return { name: `${kind} ${at}`, says, picture: picture_of(hard_picture(kind, seed * 1000 + at * 31 + kind.charCodeAt(0) * 7, ours.write(says))) };
  });
  const table = await compare(all, pictures);
  table.forEach((row, at) => { sums[at] += row.right; });
  wrongs += table[0].wrong;
  console.log(kind.padEnd(22), table.map((row) => `${row.right}/${kEach}`.padStart(11)).join(''), '  ', table.map((row) => median(row.times).toFixed(1)).join(' '));
}
const count = kEach * Object.keys(kTroubles).length;
console.log('together'.padEnd(22), sums.map((sum) => percent(sum, count).padStart(11)).join(''), '\n');

const camera = moving_camera(ours, seed);
console.log('a moving camera: the share of single frames that are read, of scans of twelve frames, frames until it is read');
for (const { kind, frames, scans, needed, wrong, lost, later } of camera) {
  console.log(kind.padEnd(22), percent(frames.right, frames.all), percent(scans.right, scans.all), `  ${needed.toFixed(1)}`, wrong > 0 ? `  ${wrong} WRONG` : '', lost > 0 ? `  ${lost} LOST` : '', later > 0 ? `  ${later} later than the first frame that is read by itself` : '');
}
console.log('');
const began = performance.now();
const passes = await pass_on_a_phone(all, seed);
console.log('the pass of eight people at 60 mm, seen at 720p'.padEnd(50), all.map((engine) => engine.name.padStart(11)).join(''));
for (const { kind, right, each } of passes) console.log(kind.padEnd(50), right.map((one) => `${one}/${each}`.padStart(11)).join(''));
const shown = passes.reduce((sum, { each }) => sum + each, 0);
const read = all.map((_, at) => passes.reduce((sum, { right }) => sum + right[at], 0));
console.log('together'.padEnd(50), read.map((one) => percent(one, shown).padStart(11)).join(''), `  (${((performance.now() - began) / 1000).toFixed(0)} s)\n`);

held(rows[0].right >= peer.right, `photographs read: ${rows[0].right}, zxing-wasm ${peer.right}`);
held(median(rows[0].times) <= kTime * median(peer.times), `median time beside zxing-wasm's: ${(median(rows[0].times) / median(peer.times)).toFixed(2)} (at most ${kTime})`);
held(rows[0].wrong + empty[0].wrong + wrongs + camera.reduce((sum, one) => sum + one.wrong, 0) === 0, 'nothing was read that does not stand there');
held(ours.size <= 170 * 1024, `module and its JavaScript: ${(ours.size / 1024).toFixed(0)} KB brotli (at most 170; zxing-wasm ${(all[1].size / 1024).toFixed(0)})`);
held(sums[0] > sums[1], `hard pictures read: ${sums[0]} of ${count}, zxing-wasm ${sums[1]}`);
held(read[0] >= kPassRead * shown && read[0] >= Math.max(...read), `the pass read in single frames: ${read[0]} of ${shown} (at least ${kPassRead * 100} %, and no reader more: ${read.slice(1).join(', ')})`);
held(camera.every(({ frames, scans }) => scans.right * frames.all >= frames.right * scans.all), 'a scan of a moving camera is never worse than its frames');
held(camera.every(({ lost }) => lost === 0), 'no scan loses what one of its frames gives by itself');
