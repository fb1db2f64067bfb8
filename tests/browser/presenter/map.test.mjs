// Headquarters' map in a real browser: the same rows on the plan and in the list, each state told by a word, a shape and a
// colour; the keyboard has the list; nothing is fetched. And the pass on the whole screen. Pictures go to SCREENSHOTS.
import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kPhone, kTablet, open_browser, open_page } from './browser.mjs';
import { open_gallery } from './gallery.mjs';
import { hq_map } from './screens.mjs';

let gallery, browser, folder;
before(async () => {
  [gallery, browser] = await Promise.all([open_gallery(), open_browser()]);
  folder = process.env['SCREENSHOTS'] ?? await mkdtemp(path.join(tmpdir(), 'map-'));
  console.log(`# pictures: ${folder}`);
});
after(async () => {
  await browser?.close();
  gallery?.close();
});
async function page_at(screen, size) {
  const page = await open_page(browser, size);
  await page.goto(`${gallery.url}?screen=${screen}`);
  await page.waitForFunction(() => document.querySelector('.screen'));
  return page;
}
const sent = (page) => page.evaluate(() => window.gallery.sent.map(({ action }) => [action.action, action.node]));

for (const [look, size] of Object.entries({ tablet: kTablet, dark: { ...kTablet, colorScheme: 'dark' }, phone: kPhone })) {
  test(`the plan shows the list's places under their numbers: ${look}`, async () => {
    const page = await page_at('hq_map', size);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.screenshot({ path: path.join(folder, `map-${look}.png`), fullPage: true });
    const places = hq_map.main[2].children;
    const marks = await page.evaluate(() => [...document.querySelectorAll('.plan-mark')].map((mark) => {
      const { x, y } = mark.querySelector('path').getBoundingClientRect();
      return { id: mark.dataset.node.replace('@map', ''), number: mark.querySelector('text').textContent, x, y, shape: mark.querySelector('path').getAttribute('d').replace(/[\d. -]+/g, ''), fill: getComputedStyle(mark.querySelector('path')).fill };
    }));
    const rows = await page.evaluate(() => [...document.querySelectorAll('[data-kind="map"] .row')].map((row) => ({ id: row.dataset.node, number: row.querySelector('.map-sign text').textContent, shape: row.querySelector('.map-sign path').getAttribute('d').replace(/[\d. -]+/g, '') })));
    marks.reverse();  // what comes first in the list lies on top
    assert.deepEqual(marks.map(({ id, number, shape }) => ({ id, number, shape })), rows);
    assert.deepEqual(rows.map(({ id }) => id), places.map(({ id }) => id));
    // North is up, east is right.
    const at = (id) => marks.find((mark) => mark.id === `shelter.${id}`);
    assert.ok(at(6).y < at(2).y && at(5).x < at(4).x);
    // Full, crowded, free, silent and closed differ without any colour.
    const looks = [1, 2, 3, 4].map((id) => at(id).shape);
    assert.equal(new Set(looks).size, 4, JSON.stringify(looks));
    assert.equal(at(4).shape, at(5).shape);
    assert.notEqual(at(4).fill, at(8).fill);
    for (const { children } of places) assert.ok(await page.getByText(children[0].name).first().isVisible());
    assert.deepEqual(asked, [], 'no tile, no font, nothing');
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });
}

test('a mark is a press of its row; the keyboard has the rows, in their order, and the plan is larger or smaller', async () => {
  const page = await page_at('hq_map', kTablet);
  await page.locator('[data-node="shelter.6@map"]').click();
  assert.deepEqual((await sent(page)).at(-1), ['press', 'shelter.6']);
  await page.locator('#n-map-out').focus();
  const reached = [];
  for (let n = 0; n < 8; n += 1) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement.closest('[data-node]')?.dataset.node));
  }
  assert.deepEqual(reached, hq_map.main[2].children.map(({ id }) => id));
  await page.keyboard.press('Enter');
  assert.deepEqual((await sent(page)).at(-1), ['press', 'shelter.8']);
  const size = () => page.evaluate(() => { const mark = document.querySelector('.plan-mark path').getBoundingClientRect(); const svg = document.querySelector('.plan svg').getBoundingClientRect(); return [svg.width, mark.width]; });
  const before = await size();
  await page.getByRole('button', { name: '地図を大きくする' }).click();
  const larger = await size();
  assert.ok(Math.abs(larger[0] / before[0] - 2) < 0.02 && Math.abs(larger[1] / before[1] - 1) < 0.1, `${before} ${larger}`);
  assert.ok(await page.locator('.plan-box').evaluate((box) => box.tabIndex === 0), 'it is moved by keys and fingers');
  // With the next frame.
  await page.waitForFunction(() => { const box = document.querySelector('.plan-box'); return Math.abs(box.scrollLeft + box.clientWidth / 2 - box.scrollWidth / 2) < 3; });
  await page.screenshot({ path: path.join(folder, 'map-larger.png') });
  await page.getByRole('button', { name: '地図を小さくする' }).click();
  assert.deepEqual((await size()).map(Math.round), before.map(Math.round));
  await page.context().close();
});

test('the pass fills the whole screen, white, lit, and closes again', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open_page(browser, { ...kPhone, colorScheme });
    await page.addInitScript(() => {
      window.lit = 0;
      Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => { window.lit += 1; return { release: async () => { window.lit -= 1; } }; } } });
    });
    await page.goto(`${gallery.url}?screen=pass_card`);
    await page.getByRole('button', { name: '画面いっぱいに見せる' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.screenshot({ path: path.join(folder, `pass-full-${colorScheme}.png`) });
    const shown = await page.evaluate(() => {
      const box = document.querySelector('.qr-full'), { width, height } = box.querySelector('svg').getBoundingClientRect();
      return { ground: getComputedStyle(box).backgroundColor, wide: box.getBoundingClientRect().width / innerWidth, high: box.getBoundingClientRect().height / innerHeight, width: width / innerWidth, square: width / height, lit: window.lit };
    });
    assert.equal(shown.ground, 'rgb(255, 255, 255)');
    assert.ok(shown.wide > 0.99 && shown.high > 0.99 && shown.width > 0.9 && Math.abs(shown.square - 1) < 0.01, JSON.stringify(shown));
    assert.equal(shown.lit, 1, 'the screen stays lit');
    assert.ok(await page.getByText('画面の明るさを最大にしてください。').isVisible());
    await page.getByRole('button', { name: '元の大きさに戻す' }).click();
    assert.equal(await dialog.isVisible(), false);
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  }
});
