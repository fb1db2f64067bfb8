// Class lists as spreadsheets leave them, read by the worker's own code: the same cases, and the same answers, as the
// native reader's (tests/unit/host/text_file_test.cpp).
import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { bundle } from '../../../wasm/make/bundle.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'text-file-'));
await bundle({ entryPoints: { text_file: path.join(import.meta.dirname, '../../../wasm/src/worker/text_file.ts') }, outdir: folder, entryNames: '[name]', outExtension: { '.js': '.mjs' } });
const { read_text } = await import(path.join(folder, 'text_file.mjs'));
const utf8 = (text) => new TextEncoder().encode(text);
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const kJis = Uint8Array.from([0x8e, 0x81, 0x96, 0xbc, 0x2c, 0x82, 0xdd, 0x82, 0xa8, 0x0d, 0x0a, 0xd0, 0xb5, 0x2c, 0xfb, 0xfc, 0x87, 0x40, 0x0d, 0x0a]);

test('Shift_JIS is read as spreadsheets write it', () => {
  assert.deepEqual(read_text(kJis), { encoding: 'shift_jis', text: '氏名,みお\r\nﾐｵ,髙①\r\n' });
});
test('UTF-8 with and without its mark, and UTF-16, are read', () => {
  assert.deepEqual(read_text(utf8('氏名\n')), { encoding: 'utf-8', text: '氏名\n' });
  assert.deepEqual(read_text(utf8('\uFEFF氏名\n')), { encoding: 'utf-8', text: '氏名\n' });
  assert.deepEqual(read_text(Uint8Array.from([0xff, 0xfe, 0x0f, 0x6c, 0x0a, 0x00])), { encoding: 'utf-16le', text: '氏\n' });
});
test('lines in another encoding than the rest are marked', () => {
  assert.deepEqual(read_text(joined(kJis, utf8('佐倉 みお\n'))), { encoding: 'mixed', text: '氏名,みお\r\nﾐｵ,髙①\r\n\uFFFD佐倉 みお\n' });
  assert.deepEqual(read_text(joined(utf8('佐倉\n長峰\n榎並\n'), kJis.slice(0, 11))), { encoding: 'mixed', text: '佐倉\n長峰\n榎並\n\uFFFD氏名,みお\r\n' });
});
test('what cannot be read leaves a mark, and the rest stands', () => {
  const { encoding, text } = read_text(Uint8Array.from([0x8e, 0x81, 0x96, 0xbc, 0x0a, 0x82, 0xdd, 0x82, 0x2c, 0x0a]));
  assert.equal(encoding, 'shift_jis');
  assert.ok(text.startsWith('氏名\n') && text.includes('\uFFFD'));
});
