// Every screen that the core makes, in every language, as the presenter draws it on a phone of 390 and of 320 px (the desk
// on its tablet, and in a narrow window; 320 px is also what 400 % leaves of 1280): nothing sticks out, nothing is cut off,
// no word is torn apart, also where letters are twice as large. core_screens.mjs says where the screens come from. Pictures
// of what fails, and a few more, go to SCREENSHOTS.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { languages } from '../../../wasm/make/words.mjs';
import { kTablet, open_browser, open_page } from './browser.mjs';
import { core_screens } from './core_screens.mjs';
import { open_gallery } from './gallery.mjs';

/** Where letters of twice the size are looked at: Japanese, and the languages with the longest words and the tallest signs. */
const kLarge = ['ja', 'ja-x-easy', 'fil', 'ne'];
const kSpaced = ['en', 'vi', 'fil', 'pt', 'es', 'id', 'ne', 'ko'];
let gallery;
let browser;
let shots;
let screens;

before(async () => {
  shots = process.env['SCREENSHOTS'] ?? await mkdtemp(path.join(tmpdir(), 'tongues-'));
  await mkdir(shots, { recursive: true });
  console.log(`# screenshots: ${shots}`);
  screens = await core_screens();
  gallery = await open_gallery();
  browser = await open_browser();
});
after(async () => {
  await browser?.close();
  gallery?.close();
});

/** What is wrong with the screen as it is drawn, in words. */
function look(spaced) {
  const wrong = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) wrong.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  const unseen = (element) => element.closest('.unseen, thead, svg') !== null || element.getBoundingClientRect().width <= 1;  // for screen readers only
  for (const element of document.querySelectorAll('.screen *')) {
    if (unseen(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    const scroller = element.closest('.tabs, .sheet');  // these scroll sideways by themselves, on purpose
    if (!scroller && (box.right > width + 1 || box.left < -1)) wrong.push(`sticks out: ${element.outerHTML.slice(0, 110)}`);
    const style = getComputedStyle(element);
    const cut = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll' && element.scrollWidth > element.clientWidth + 1;
    const low = (style.overflowY === 'hidden' || style.overflowY === 'clip') && element.scrollHeight > element.clientHeight + 1;
    if ((cut || low) && !/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) wrong.push(`is cut off: ${element.outerHTML.slice(0, 110)}`);
  }
  const rail = document.querySelector('.rail');
  if (rail && getComputedStyle(rail).flexDirection === 'column' && rail.scrollWidth > rail.clientWidth + 1) wrong.push(`the rail is ${rail.scrollWidth} px wide in ${rail.clientWidth}`);
  if (!spaced) return wrong;
  // A word that stands on two lines, where the language has no such break.
  const walker = document.createTreeWalker(document.querySelector('.screen'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (unseen(node.parentElement) || node.parentElement.closest('input, textarea, select, option')) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\p{Letter}\p{Mark}]+/gu)) {
      if (/[\u3040-\u30ff\u3400-\u9fff]/.test(word)) continue;  // Japanese names and terms break where they like
      if (width < 360 && node.parentElement.closest('.month')) continue;  // seven columns in 288 px
      if (word.length >= 40) continue;  // nobody's word: what the walk typed
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].filter(({ width: wide }) => wide > 0.5).map(({ top }) => Math.round(top)));
      if (lines.size > 1) wrong.push(`is torn: ${word} in ${node.parentElement.outerHTML.slice(0, 110)}`);
    }
  }
  return wrong;
}

async function page_of(size) {
  const page = await open_page(browser, { reducedMotion: 'reduce', bypassCSP: true, ...size });
  await page.goto(`${gallery.url}?screen=home`);
  await page.waitForFunction(() => document.querySelector('.screen'));
  return page;
}

test('the core gives every language the same kinds of screens', async () => {
  const count = new Map();
  for (const { app, tag } of screens) count.set(`${app} ${tag}`, (count.get(`${app} ${tag}`) ?? 0) + 1);
  for (const app of ['citizen', 'desk']) {
    for (const tag of await languages()) assert.ok((count.get(`${app} ${tag}`) ?? 0) >= 8, `${app} ${tag}: ${count.get(`${app} ${tag}`)}`);
  }
});

for (const tag of await languages()) {
  test(`${tag} fits on a phone and on a tablet`, async () => {
    const sizes = [['citizen', 390, { viewport: { width: 390, height: 844 }, hasTouch: true }], ['citizen', 320, { viewport: { width: 320, height: 640 }, hasTouch: true }],
      ['desk', 1180, kTablet], ['desk', 320, { viewport: { width: 320, height: 640 } }]];
    const found = [];
    for (const [app, width, size] of sizes) {
      const page = await page_of(size);
      const mine = screens.filter((each) => each.app === app && each.tag === tag);
      for (const { name, screen } of mine) {
        await page.evaluate((next) => window.gallery.show(next, 0), screen);
        const wrong = await page.evaluate(look, kSpaced.includes(tag));
        if (wrong.length) await page.screenshot({ path: path.join(shots, `wrong-${name}-${width}.png`), fullPage: true });
        found.push(...wrong.slice(0, 4).map((each) => `${name} (${screen.name}) at ${width} px ${each}`));
        if (width !== 320 && mine.findIndex((each) => each.screen.name === screen.name) === mine.findIndex((each) => each.name === name)) {
          await page.screenshot({ path: path.join(shots, `${app}-${tag}-${screen.name.replace(/\W.*/, '')}-${name.slice(-3)}-${width}.png`) });
        }
      }
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    }
    assert.deepEqual(found, []);
  });
}

for (const tag of kLarge) {
  test(`${tag} fits with letters of twice the size`, async () => {
    const found = [];
    for (const [app, size] of [['citizen', { viewport: { width: 390, height: 844 }, hasTouch: true }], ['desk', kTablet]]) {
      const page = await page_of(size);
      // As a person sets it in the browser: the questions that styles ask about the window's width are asked in these letters, too.
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
      await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === '32px');
      for (const { name, screen } of screens.filter((each) => each.app === app && each.tag === tag && each.tour)) {
        await page.evaluate((next) => window.gallery.show(next, 0), screen);
        const wrong = await page.evaluate(look, false);
        if (wrong.length) await page.screenshot({ path: path.join(shots, `wrong-${name}-large.png`), fullPage: true });
        found.push(...wrong.slice(0, 4).map((each) => `${name} (${screen.name}) large ${each}`));
      }
      await page.context().close();
    }
    assert.deepEqual(found, []);
  });
}

test('twelve languages to choose from: each by its own name, in its own signs, one tap', async () => {
  const page = await page_of({ viewport: { width: 320, height: 640 }, hasTouch: true });
  const { screen } = screens.find((each) => each.app === 'citizen' && each.tag === 'ja' && each.screen.name === 'language') ?? screens.find((each) => each.screen.name === 'first');
  await page.evaluate((next) => window.gallery.show(next, 0), screen);
  const options = page.locator('[id="n-languages"] label.option');
  assert.equal(await options.count(), (await languages()).length);
  for (const [tag, name] of [['vi', 'Tiếng Việt'], ['zh-Hant', '繁體中文'], ['ne', 'नेपाली'], ['ja-x-easy', 'やさしい日本語']]) {
    const one = options.filter({ has: page.locator(`input[value="${tag}"]`) });
    assert.equal((await one.innerText()).trim(), name);
    assert.equal(await one.locator('.option-name').getAttribute('lang'), tag === 'ja-x-easy' ? 'ja' : tag);
    const box = await one.boundingBox();
    assert.ok(box.height >= 47.5 && box.width >= 47.5, `${tag}: ${box.width}x${box.height}`);
    await one.tap();
    const action = (await page.evaluate(() => window.gallery.sent.at(-1))).action;
    assert.deepEqual([action.node, action.action, action.value], ['languages', 'choose', tag]);
  }
  await page.screenshot({ path: path.join(shots, 'chooser-320.png'), fullPage: true });
  await page.context().close();
});

test('what a person wrote carries its own language', async () => {
  const page = await page_of({ viewport: { width: 390, height: 844 } });
  await page.evaluate(() => {
    const base = { app: 'citizen', name: 'marked', revision: 1, title: 'x', language: 'ja', bar: [], rail: [], foot: [] };
    window.gallery.show({ ...base, main: [
      { id: 'h', role: 'heading', name: 'x', level: 1 },
      { id: 'f', role: 'facts', name: '', children: [{ id: 'note', role: 'fact', name: '先生へ', value: 'Con tôi bị sốt', language: 'vi' }, { id: 'plain', role: 'fact', name: '理由', value: 'かぜ' }] },
      { id: 't', role: 'table', name: '', columns: [{ id: 'c', name: '理由' }], children: [{ id: 'r', role: 'table-row', name: '', children: [{ id: 'cell', role: 'cell', name: 'かぜ', hint: '孩子发烧', language: 'zh-Hans' }] }] },
      { id: 'p', role: 'text', name: 'ज्वरो छ', language: 'ne' },
      { id: 'l', role: 'list', name: '', children: [{ id: 'row', role: 'row', name: 'やすみます', hint: 'x', language: 'ja-x-easy' }] },
    ] }, 0);
  });
  const langs = await page.evaluate(() => [...document.querySelectorAll('.screen [lang]')].map((each) => `${each.lang} ${each.textContent}`));
  assert.deepEqual(langs, ['vi Con tôi bị sốt', 'zh-Hans 孩子发烧', 'ne ज्वरो छ', 'ja やすみます']);
  const font = await page.evaluate(() => getComputedStyle(document.querySelector('[lang="zh-Hans"]')).fontFamily);
  assert.match(font, /^"PingFang SC"/);
  await page.context().close();
});
