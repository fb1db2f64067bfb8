// What a new row sounds like: two notes through the page's own audio, and only after the page was touched. The audio here
// writes down what it is asked to play.
import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { bundle } from '../../../wasm/make/bundle.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'signals-'));
await bundle({ entryPoints: { signals: path.join(import.meta.dirname, '../../../wasm/src/presenter/signals.ts') }, outdir: folder, entryNames: '[name]', outExtension: { '.js': '.mjs' } });

const played = [];
const trembled = [];
const listeners = new Map();
globalThis.addEventListener = (name, listener) => listeners.set(name, listener);
globalThis.AudioContext = class {
  currentTime = 10;
  state = 'running';
  destination = {};
  resume() { return Promise.resolve(); }
  createGain() { return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (next) => next }; }
  createOscillator() {
    const tone = { frequency: { value: 0 }, connect: (next) => next, stop() {}, start: (at) => played.push([tone.frequency.value, at - 10]) };
    return tone;
  }
};
const touched = { hasBeenActive: false };
Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { userActivation: touched, vibrate: (pattern) => trembled.push(pattern) } });
const { allow_sound, signal } = await import(path.join(folder, 'signals.mjs'));

test('a page that was never touched is silent', () => {
  allow_sound();
  signal('new-row');
  assert.deepEqual([played, trembled], [[], []]);
});
test('a new row is two notes and a tremble; what was sent is a tremble; anything else is nothing', () => {
  touched.hasBeenActive = true;
  listeners.get('pointerdown')();
  signal('new-row');
  assert.deepEqual(played.map(([pitch]) => pitch), [659, 880]);
  assert.ok(played[1][1] > played[0][1], 'one after the other');
  assert.deepEqual(trembled, [[40, 60, 40]]);
  signal('sent');
  signal('another');
  signal(undefined);
  assert.equal(played.length, 2);
  assert.deepEqual(trembled, [[40, 60, 40], 60]);
});
