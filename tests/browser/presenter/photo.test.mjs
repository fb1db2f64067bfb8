// What the photo's worker cuts out of a JPEG, by its own code: the same segments as core/code/jpeg.h looks for.
import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { bundle } from '../../../wasm/make/bundle.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'photo-'));
await bundle({ entryPoints: { jpeg: path.join(import.meta.dirname, '../../../wasm/src/photo/jpeg.ts') }, outdir: folder, entryNames: '[name]', outExtension: { '.js': '.mjs' } });
const { without_notes } = await import(path.join(folder, 'jpeg.mjs'));
const segment = (marker, text) => [0xff, marker, 0, text.length + 2, ...Buffer.from(text)];
const picture = (...middle) => Uint8Array.from([0xff, 0xd8, ...segment(0xe0, 'JFIF\0'), ...middle.flat(), ...segment(0xc0, 'frame'), ...segment(0xda, 'scan'), 1, 0xff, 0xe1, 0, 9, 2, 0xff, 0xd9]);

test('notes go, and nothing else', () => {
  const colours = [segment(0xe2, 'ICC'), segment(0xee, 'Adobe')];
  const noted = picture(segment(0xe1, 'Exif\0\0where'), ...colours, segment(0xfe, 'who'), segment(0xed, 'Photoshop'));
  assert.deepEqual(without_notes(noted), picture(...colours));
});
test('what is behind the beginning of the scan stays as it is', () => {
  assert.deepEqual(without_notes(picture()), picture());
});
test('what is no JPEG is left to the core to refuse', () => {
  for (const bytes of [[], [0xff], [0xff, 0xd8], [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1]]) assert.ok(without_notes(Uint8Array.from(bytes)).length <= bytes.length);
});
