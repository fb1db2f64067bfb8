// The pages of parenting in a real browser, as the core makes them (core_screens.mjs: Japanese and Portuguese, where
// MACHI_SCREENS has them): the growth curve is drawn from the table that stands below it, its drawing is hidden from screen
// readers, every page is reached by the keyboard alone. How long a curve takes is printed. Pictures go to SCREENSHOTS.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kPhone, kTablet, open_browser, open_page } from './browser.mjs';
import { core_screens } from './core_screens.mjs';
import { open_gallery } from './gallery.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let gallery, browser, folder, screens;
before(async () => {
  [gallery, browser, screens] = await Promise.all([open_gallery(), open_browser(), core_screens(process.env['MACHI_SCREENS'] ? '' : 'ja')]);
  screens = screens.filter(({ tour, tag }) => tour.startsWith('parenting') && ['ja', 'pt', 'ja-x-easy'].includes(tag));
  folder = process.env['SCREENSHOTS'] ?? await mkdtemp(path.join(tmpdir(), 'parenting-'));
  await mkdir(folder, { recursive: true });
  console.log(`# pictures: ${folder}`);
});
after(async () => {
  await browser?.close();
  gallery?.close();
});

async function page_of(size) {
  const page = await open_page(browser, { ...size, reducedMotion: 'reduce', bypassCSP: true });
  await page.goto(`${gallery.url}?screen=home`);
  await page.waitForFunction(() => document.querySelector('.screen'));
  return page;
}
const show = (page, screen) => page.evaluate((next) => window.gallery.show(next, 0), screen);

for (const [look, size] of Object.entries({ phone: kPhone, tablet: kTablet })) {
  test(`every page is drawn, axe finds nothing, the keyboard reaches all: ${look}`, async (each) => {
    const page = await page_of(size);
    await page.addScriptTag({ path: axe });
    assert.ok(screens.length >= 19, `${screens.length} screens`);
    for (const { tour, tag, screen } of screens) {
      await each.test(`${tag} ${tour}`, async () => {
        await show(page, screen);
        await page.waitForTimeout(50);
        const wrong = await page.evaluate(async () => (await window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }, resultTypes: ['violations'] }))
          .violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`));
        assert.deepEqual(wrong, []);
        await page.screenshot({ path: path.join(folder, `${look}-${tag}-${tour}.png`), fullPage: true });
        if (tag !== 'ja' || look !== 'phone') return;
        // From the page's beginning, Tab alone.
        await page.evaluate(() => { document.activeElement?.blur(); window.getSelection()?.removeAllRanges(); });
        const wanted = await page.evaluate(() => [...document.querySelectorAll('.screen :is(button, a[href], input, textarea, select, summary)')]
          .filter((one) => !one.disabled && one.getClientRects().length && !(one.type === 'radio' && !one.checked && document.querySelector(`input[name="${one.name}"]:checked`)))
          .map((one) => (one.type === 'radio' ? one.name : one.dataset.reach = String(Math.random()))));
        const reached = new Set();
        for (let i = 0; i < 2 * wanted.length + 16 && new Set(wanted).size > reached.size; i += 1) {
          await page.keyboard.press('Tab');
          const at = await page.evaluate(() => document.activeElement && (document.activeElement.type === 'radio' ? document.activeElement.name : document.activeElement.dataset.reach));
          if (at) reached.add(at);
        }
        assert.deepEqual([...new Set(wanted)].filter((one) => !reached.has(one)), []);
      });
    }
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });
}

test('the growth curve has a point for each measurement, and its table says the same', async () => {
  const page = await page_of(kPhone);
  const { screen } = screens.find(({ tour, tag }) => tour === 'parenting.growth' && tag === 'ja');
  await show(page, screen);
  await page.waitForFunction(() => document.querySelector('[data-node="chart"] svg'));
  const chart = screen.main.find(({ id }) => id === 'chart');
  const points = chart.children.filter((row) => row.children[1].value);
  assert.equal(points.length, 3);  // two of the five are before the due date: there is no corrected age to draw them at
  const circles = await page.$$eval('[data-node="chart"] circle', (all) => all.map((one) => [Number(one.getAttribute('cx')), Number(one.getAttribute('cy'))]));
  assert.equal(circles.length, points.length);
  for (let i = 1; i < circles.length; i += 1) {
    assert.ok(circles[i][0] > circles[i - 1][0], 'ages run to the right');
    assert.ok(circles[i][1] < circles[i - 1][1], 'a child that grows goes up');
  }
  const hidden = await page.$eval('[data-node="chart"] svg', (svg) => svg.closest('[aria-hidden="true"]') !== null);
  assert.ok(hidden);
  await page.click('[data-node="chart"] summary');
  const rows = await page.$$eval('[data-node="chart"] tbody tr', (all) => all.length);
  assert.equal(rows, chart.children.length);
  console.log(`# a curve was made in ${await page.$eval('[data-node="chart"] [data-ms]', (box) => box.dataset.ms)} ms`);
  await page.screenshot({ path: path.join(folder, 'phone-ja-growth-table.png'), fullPage: true });
  await page.context().close();
});
