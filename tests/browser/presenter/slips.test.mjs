// Enrolment slips on paper, as the browser prints them: eight to an A4 page, nothing else on it, no text cut off, the symbol as
// large as a phone needs. A picture of each page goes to the folder SCREENSHOTS (else a temporary one), to be looked at.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { kTablet, open_browser, open_page } from './browser.mjs';
import { open_gallery } from './gallery.mjs';

const kMillimetre = 96 / 25.4;

test('slips are printed eight to an A4 page', async () => {
  const folder = process.env['SCREENSHOTS'] ?? await mkdtemp(path.join(tmpdir(), 'slips-'));
  const gallery = await open_gallery();
  const browser = await open_browser();
  try {
    const page = await open_page(browser, kTablet);
    await page.goto(`${gallery.url}?screen=slips`);
    await page.waitForFunction(() => document.querySelector('[data-node="papers"]'));
    const file = path.join(folder, 'slips.pdf');
    await writeFile(file, await page.pdf({ preferCSSPageSize: true }));
    execFileSync('pdftoppm', ['-r', '80', '-png', file, path.join(folder, 'slips')]);
    console.log(`# pictures: ${folder}`);
    const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    assert.match(info, /Pages:\s+2\b/);
    assert.match(info, /Page size:.*A4/);
    const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f');
    const codes = (text) => text.match(/3F7K-20AB-CDEF-GH12/g)?.length ?? 0;
    assert.deepEqual(pages.slice(0, 2).map(codes), [8, 2]);
    assert.doesNotMatch(pages.join(''), /印刷する|渡してください/);
    // Measured as print lays it out, on a window as wide as the paper's content.
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: Math.round(198 * kMillimetre), height: Math.round(281 * kMillimetre) });
    const wrong = await page.evaluate((millimetre) => [...document.querySelectorAll('[data-node^="paper."]')].flatMap((card) => {
      const out = [], box = card.getBoundingClientRect();
      for (const part of card.querySelectorAll('p, h2, h3, figcaption, svg')) {
        const { bottom, right } = part.getBoundingClientRect();
        if (bottom > box.bottom + 1 || right > box.right + 1) out.push(`cut off: ${part.textContent}`);
        if (part.tagName !== 'svg' && parseFloat(getComputedStyle(part).fontSize) < 8 * 96 / 72) out.push(`too small: ${part.textContent}`);
      }
      if (card.querySelector('.qr svg').getBoundingClientRect().width < 30 * millimetre) out.push('symbol too small');
      return out;
    }), kMillimetre);
    assert.deepEqual(wrong, []);
    assert.deepEqual(page.trouble, []);
  } finally {
    await browser.close();
    gallery.close();
  }
});
