// The household pass on paper, as the browser prints it: one card on one A4 page, its symbol 60 mm wide, nothing cut off and
// nothing beside it. A picture of the page goes to the folder SCREENSHOTS (else a temporary one), to be looked at.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { kPhone, open_browser, open_page } from './browser.mjs';
import { open_gallery } from './gallery.mjs';

const kMillimetre = 96 / 25.4;

test('the pass of eight people is printed as a card, its symbol 60 mm wide', async () => {
  const folder = process.env['SCREENSHOTS'] ?? await mkdtemp(path.join(tmpdir(), 'pass-'));
  const gallery = await open_gallery();
  const browser = await open_browser();
  try {
    const page = await open_page(browser, kPhone);
    await page.goto(`${gallery.url}?screen=pass_card`);
    await page.waitForFunction(() => document.querySelector('[data-node="symbol"]'));
    const file = path.join(folder, 'pass.pdf');
    await writeFile(file, await page.pdf({ preferCSSPageSize: true }));
    execFileSync('pdftoppm', ['-r', '80', '-png', file, path.join(folder, 'pass')]);
    console.log(`# pictures: ${folder}`);
    assert.match(execFileSync('pdfinfo', [file], { encoding: 'utf8' }), /Pages:\s+1\b/);
    const said = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    assert.match(said, /さくら うめ/);
    assert.doesNotMatch(said, /印刷する/);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: Math.round(186 * kMillimetre), height: Math.round(273 * kMillimetre) });
    const card = await page.evaluate((millimetre) => {
      const main = document.querySelector('.main').getBoundingClientRect();
      const svg = document.querySelector('.qr svg').getBoundingClientRect();
      const cut = [...document.querySelectorAll('.main :is(p, dt, dd, figcaption, svg, h2, h3)')].filter((part) => {
        const { right, bottom, width } = part.getBoundingClientRect();
        return width > 0 && (right > main.right + 1 || bottom > main.bottom + 1);
      }).map((part) => part.textContent);
      return { symbol: svg.width * 69 / 77 / millimetre, square: svg.width / svg.height, wide: main.width / millimetre, high: main.height / millimetre, cut };
    }, kMillimetre);
    assert.ok(card.symbol > 59.5 && card.symbol < 61, `the symbol is ${card.symbol} mm wide`);
    assert.ok(Math.abs(card.square - 1) < 0.01);
    assert.ok(card.wide <= 141 && card.high <= 110, `${card.wide} x ${card.high} mm`);
    assert.deepEqual(card.cut, []);
    assert.deepEqual(page.trouble, []);
  } finally {
    await browser.close();
    gallery.close();
  }
});
