// The kiosk without devices in a real browser: kiosk.html (its own drawing on a canvas, the dock beside it) and practice.html
// (the same screens as a page that everybody can use), each through a whole visit. The site is MACHI_WEB, else build/web.
// MACHI_PICTURES=DIR keeps pictures of what was seen.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { kPhone, open_browser, open_page } from '../presenter/browser.mjs';
import { serve } from './server.mjs';

const kWeb = process.env['MACHI_WEB'] ?? path.join(import.meta.dirname, '../../../build/web');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const kPictures = process.env['MACHI_PICTURES'];
let browser;
let site;

before(async () => {
  browser = await open_browser();
  site = await serve(path.join(kWeb, 'public'));
  if (kPictures) await mkdir(kPictures, { recursive: true });
});
after(async () => {
  await browser?.close();
  site?.close();
});

const keep = async (page, name) => { if (kPictures) await page.screenshot({ path: path.join(kPictures, `${name}.png`) }); };

describe('kiosk.html', () => {
  const kDesk = { viewport: { width: 1280, height: 900 } };
  const at = (page) => page.locator('#kiosk').getAttribute('data-screen');
  const see = (page, screen) => page.waitForFunction((wanted) => document.getElementById('kiosk').dataset.screen === wanted, screen);
  // What was done has been taken, and its screen drawn.
  const settled = (page) => page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))); }));
  const dock = (page, line) => page.locator(`[data-do="${line}"]`).click();
  const misfits = (page) => page.evaluate(() => document.getElementById('kiosk').machi.kiosk.module._kiosk_misfits());

  async function open(options = {}) {
    const page = await open_page(browser, { ...kDesk, ...options });
    await page.goto(`${site.url}kiosk.html`);
    await see(page, 'kiosk.attract');
    return page;
  }
  /** A finger on the canvas, where the kiosk says that this can be touched. */
  async function touch(page, node, value = '') {
    const place = await page.evaluate(([name, which]) => {
      const { kiosk } = document.getElementById('kiosk').machi;
      return kiosk.say(name, (first) => kiosk.say(which, (second) => kiosk.module._kiosk_find(first, second)));
    }, [node, value]);
    assert.ok(place >= 0, `${node} ${value} cannot be touched on ${await at(page)}`);
    const box = await page.locator('#kiosk').boundingBox();
    await page.mouse.click(box.x + box.width * Math.floor(place / 1000) / 1000, box.y + box.height * (place % 1000) / 1000);
    await settled(page);
  }

  test('takes a visitor from the first screen to the paper', async () => {
    const page = await open();
    await keep(page, 'kiosk-1-attract');
    await touch(page, 'start');
    await see(page, 'kiosk.choose');
    assert.equal(await misfits(page), 0);
    await keep(page, 'kiosk-2-choose');
    await touch(page, 'kinds', 'resident-record');
    await touch(page, 'next');
    await page.waitForFunction(() => document.getElementById('kiosk').dataset.screen !== 'kiosk.choose');
    await touch(page, 'next');
    await see(page, 'kiosk.card');
    await dock(page, 'insert');
    await see(page, 'kiosk.pin');
    await keep(page, 'kiosk-3-pin');
    await page.locator('#kiosk').focus();
    await page.keyboard.type('1234');
    await settled(page);
    await touch(page, 'key.enter');
    await see(page, 'kiosk.confirm');
    assert.equal(await misfits(page), 0);
    await keep(page, 'kiosk-4-confirm');
    await touch(page, 'pay');
    await see(page, 'kiosk.take');
    await keep(page, 'kiosk-5-take');
    assert.match(await page.locator('#printer').textContent(), /1 枚/);
    await dock(page, 'remove');
    await dock(page, 'taken');
    await see(page, 'kiosk.farewell');
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test('shows what happens when the paper runs out, and when the power was cut', async () => {
    const page = await open();
    await dock(page, 'paper empty');
    assert.match(await page.locator('#printer').textContent(), /止まって/);
    await dock(page, 'mend');
    await touch(page, 'start');
    await see(page, 'kiosk.choose');
    await dock(page, 'power');
    await see(page, 'kiosk.attract');
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });

  test('is drawn only when something has changed, and again after its size has', async () => {
    const page = await open();
    const before = await page.evaluate(() => {
      const { module } = document.getElementById('kiosk').machi.kiosk;
      const draw = module._kiosk_draw;
      window.drawn = 0;
      module._kiosk_draw = () => { const did = draw(); window.drawn += did; return did; };
      return document.getElementById('kiosk').width;
    });
    await page.waitForTimeout(1200);
    assert.ok(await page.evaluate(() => window.drawn) <= 2);
    await page.locator('#shape').selectOption('landscape');
    await page.waitForFunction((width) => document.getElementById('kiosk').width !== width, before);
    await page.waitForFunction(() => window.drawn >= 1);
    await keep(page, 'kiosk-6-landscape');
    assert.equal(await misfits(page), 0);
    await page.context().close();
  });

  test('writes Nepali and Korean', async () => {
    const page = await open();
    for (const [language, name] of [['ne', 'nepali'], ['ko', 'korean'], ['zh-Hant', 'chinese']]) {
      await touch(page, 'language', language);
      await page.waitForFunction((tag) => document.getElementById('kiosk').machi.kiosk.screen.language === tag, language);
      await settled(page);
      assert.equal(await misfits(page), 0, language);
      await keep(page, `kiosk-7-${name}`);
    }
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });
});

describe('practice.html', () => {
  const see = (page, screen) => page.waitForFunction((wanted) => document.body.dataset.screen === wanted, screen);
  const press = (page, node) => page.locator(`[id="${node}"], [data-node="${node}"]`).first().click();

  async function judged(page) {
    if (!await page.evaluate(() => 'axe' in window)) await page.addScriptTag({ path: axe });
    const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`));
    assert.deepEqual(found, []);
  }

  test('lets a resident practise a whole visit, without a fault that axe finds', async () => {
    const page = await open_page(browser, { ...kPhone, bypassCSP: true });
    await page.goto(`${site.url}practice.html`);
    await see(page, 'kiosk.attract');
    await judged(page);
    await keep(page, 'practice-1-attract');
    await press(page, 'start');
    await see(page, 'kiosk.choose');
    await judged(page);
    await keep(page, 'practice-2-choose');
    await page.locator('input[value="resident-record"]').check();
    await press(page, 'next');
    await page.waitForFunction(() => document.body.dataset.screen !== 'kiosk.choose');
    await press(page, 'next');
    await see(page, 'kiosk.card');
    await page.locator('[data-do="insert"]').click();
    await see(page, 'kiosk.pin');
    await judged(page);
    await keep(page, 'practice-3-pin');
    for (const digit of '1234') await press(page, `key.${digit}`);
    await press(page, 'key.enter');
    await see(page, 'kiosk.confirm');
    await judged(page);
    await keep(page, 'practice-4-confirm');
    await press(page, 'pay');
    await see(page, 'kiosk.pay');
    await page.locator('[data-do="pay"]').click();
    await see(page, 'kiosk.take');
    await judged(page);
    await keep(page, 'practice-5-take');
    await page.locator('[data-do="remove"]').click();
    await page.locator('[data-do="taken"]').click();
    await see(page, 'kiosk.farewell');
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  });
});
