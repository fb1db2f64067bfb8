// The worker that draws PDFs, alone in a real browser under the product's content policy: what the pages say (pdftotext), that
// they are A4 and numbered, that a sign the font lacks is refused. A picture of each page goes to the folder SCREENSHOTS.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { put_paper_fonts } from '../../../wasm/make/assets.mjs';
import { bundle } from '../../../wasm/make/bundle.mjs';
import { open_browser, open_page } from '../presenter/browser.mjs';
import { kPolicy } from '../presenter/gallery.mjs';

const kWasm = path.join(import.meta.dirname, '../../../wasm');
let browser;
let server;
let folder;
let worker;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'paper-'));
  const files = await put_paper_fonts(folder);
  await bundle({
    entryPoints: [path.join(kWasm, 'src/paper/worker.ts')], outdir: folder, entryNames: 'paper', nodePaths: [path.join(kWasm, 'node_modules')],
    define: { MACHI_APP: '"desk"', MACHI_FILES: JSON.stringify(files) },
  });
  worker = '/paper.js';
  server = createServer(async (request, response) => {
    const name = path.basename(new URL(request.url, 'http://localhost').pathname);
    const types = { '.js': 'text/javascript', '.ttf': 'font/ttf' };
    const content = name === '' ? '<!doctype html><title>-</title>' : await readFile(path.join(folder, name)).catch(() => null);
    response.writeHead(content === null ? 404 : 200, { 'content-type': types[path.extname(name)] ?? 'text/html', 'content-security-policy': kPolicy });
    response.end(content ?? '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await open_browser();
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** The PDF of a document, or null; the page's trouble must be none. */
async function drawn(paper) {
  const page = await open_page(browser, {});
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const bytes = await page.evaluate(([url, document]) => new Promise((resolve, reject) => {
    const drawing = new Worker(url, { type: 'module' });
    drawing.onmessage = (event) => resolve(event.data ? Array.from(event.data) : null);
    drawing.onerror = (event) => reject(new Error(event.message));
    drawing.postMessage(new TextEncoder().encode(JSON.stringify(document)));
  }), [worker, paper]);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
  return bytes ? Buffer.from(bytes) : null;
}

async function read(pdf, name) {
  const file = path.join(folder, `${name}.pdf`);
  await writeFile(file, pdf);
  const pictures = process.env['SCREENSHOTS'];
  if (pictures) execFileSync('pdftoppm', ['-png', '-r', '80', file, path.join(pictures, name)]);
  return { text: execFileSync('pdftotext', ['-layout', file, '-']).toString(), facts: execFileSync('pdfinfo', [file]).toString() };
}

const kMonth = {
  title: '月間出席簿 2026年11月 3年1組', language: 'ja', landscape: true, lines: ['東小学校', '担任 田村'],
  tables: [{
    name: '', widths: Array.from({ length: 39 }, () => 0),
    rows: [
      { cells: ['番号', '氏名', ...Array.from({ length: 30 }, (_, at) => `${at + 1}`), '授業', '停忌', '出席すべき', '欠席', '出席', '遅刻', '早退'] },
      ...Array.from({ length: 40 }, (_, row) => ({ cells: [`${row + 1}`, row === 6 ? '𠮷岡 そら' : '佐倉 みお', ...Array.from({ length: 30 }, (_, at) => (at % 7 === 0 ? '病' : '')), '19', '2', '17', '4', '13', '1', '0'] })),
    ],
  }],
  notes: ['病＝病気による欠席　停＝出席停止　忌＝忌引'], foot: '東小学校 2026年11月24日',
};

test('a month is drawn on A4 across, over pages, with the heading row on each and every name whole', async () => {
  const { text, facts } = await read(await drawn(kMonth), 'month');
  assert.match(facts, /Page size:\s+841\.\d+ x 595\.\d+ pts \(A4\)/);
  const pages = Number(/Pages:\s+(\d+)/.exec(facts)[1]);
  assert.ok(pages >= 2);
  assert.equal(text.split('出席す').length - 1, pages);
  assert.ok(text.includes('𠮷岡 そら'));
  assert.match(text, new RegExp(`${pages} ?/ ?${pages}`));
  assert.ok(text.includes('病＝病気による欠席'));
});

test('a document with a sign that the font lacks is refused, and the next one is drawn', async () => {
  assert.equal(await drawn({ ...kMonth, title: '\u{1F9A0}' }), null);
  const { facts } = await read(await drawn({ ...kMonth, landscape: false, tables: [] }), 'small');
  assert.match(facts, /Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/);
});
