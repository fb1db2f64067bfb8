// Disability support in a real browser, by the keyboard alone: the module comes when it is first opened, the town's signed
// rules with it, questions are answered, what applies is listed with its reason, the help card is written. axe looks at every
// page in light and dark and at 320 px, in Japanese, easy Japanese and the longest language; what a screen reader is given is
// held to what a listener needs. Pictures go to MACHI_SHOTS, to be held beside the design (06).
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { open_browser } from '../presenter/browser.mjs';
import { Device } from './device.mjs';
import { choose, enter, reach } from './keyboard.mjs';
import { Town } from './town.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'support-'));
const shots = process.env['MACHI_SHOTS'] ?? path.join(folder, 'shots');
/** Of a severe case; all else is not known. */
const kFacts = { birth: '昭和55年5月5日', 'physical-grade': '1', 'always-care': 'yes', 'in-facility': 'no', 'long-hospital': 'no', income: '0', dependents: '0' };
let town, browser;

before(async () => {
  mkdirSync(shots, { recursive: true });
  console.log(`# screenshots: ${shots}`);
  [town, browser] = await Promise.all([Town.open(), open_browser()]);
});
after(async () => {
  await browser?.close();
  await town?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(name, kind, more = {}) {
  const device = await Device.open(browser, name, kind, shots, more);
  await device.go(town.url('citizen'));
  await device.at('first');
  await enter(device, 'support');
  await device.at('support.home');
  await enter(device, 'support');
  await device.at('support');
  await device.node('go.mine').waitFor();
  return device;
}

/** One question after the other: an answer where there is one, else "not known". */
async function answer(device, facts) {
  await enter(device, 'go.ask');
  await device.at('support.ask');
  for (let asked = 0; asked < 60; asked += 1) {
    const input = device.node('answer');
    if (!await input.count()) return;
    const question = await device.text('title');
    const fact = Object.keys(facts).find((one) => kQuestions[one].test(question.replaceAll('\u200B', '')));
    if (!fact) {
      await enter(device, 'skip');
    } else if (await device.page.locator('[id="n-answer"] input[type=radio]').count()) {
      await choose(device, 'answer', facts[fact]);
      await enter(device, 'save');
    } else {
      await reach(device, 'answer');
      await device.page.keyboard.type(facts[fact]);
      await enter(device, 'save');
    }
    await device.page.waitForFunction((before) => document.querySelector('[id="n-title"]')?.innerText !== before, question);
  }
}
/** Which fact a question asks for: the page shows no ids. */
const kQuestions = { birth: /^生年月日/, 'physical-grade': /身体障害者手帳は何級/, 'always-care': /いつも特別の介護/, 'in-facility': /施設に入所/, 'long-hospital': /3か月を超えて/, income: /本人の前年の所得/, dependents: /扶養している親族は何人/ };

test('the keyboard alone asks, lists, explains and keeps', async () => {
  const phone = await opened('phone', 'phone');
  await phone.look('overview');
  await enter(phone, 'go.ask');
  await phone.at('support.ask');
  await phone.look('question');
  await phone.page.keyboard.press('Escape');
  await enter(phone, 'back');
  await phone.at('support');
  await answer(phone, kFacts);
  await enter(phone, 'support.mine');
  await phone.at('support.mine');
  await phone.look('mine');
  const tree = await phone.page.locator('body').ariaSnapshot();
  for (const wanted of [/heading "使える制度 ?\d+件" \[level=1\]/, /button "特別障害者手当/, /29,590円/, /heading "手当"/]) assert.match(tree, wanted);
  await enter(phone, 'benefit.special-adult-allowance');
  await phone.at('support.one');
  await phone.look('benefit');
  const one = await phone.page.locator('body').ariaSnapshot();
  for (const wanted of [/heading "特別障害者手当" \[level=1\]/, /第26条の2/, /使えます/]) assert.match(one, wanted);
  await enter(phone, 'remind');
  await enter(phone, 'back');
  await enter(phone, 'back');
  await phone.at('support');
  await enter(phone, 'go.changes');
  await phone.at('support.changes');
  await enter(phone, 'back');
  await enter(phone, 'go.guide');
  await phone.at('support.guide');
  await reach(phone, 'search');
  await phone.page.keyboard.type('タクシー');
  await phone.page.keyboard.press('Tab');
  await phone.sees('list', '福祉タクシー券');
  await phone.look('guide');
  await enter(phone, 'back');
  await enter(phone, 'go.card');
  await enter(phone, 'write');
  await phone.at('support.card-form');
  for (const [field, text] of [['name', '山田 花子'], ['phone', '0000-12-3456'], ['need', 'ゆっくり話してください'], ['medicine', 'インスリン']]) {
    await reach(phone, field);
    await phone.page.keyboard.type(text);
  }
  await phone.look('card-form');
  await enter(phone, 'save');
  await phone.at('support.card');
  await phone.node('open.symbol').locator('svg').first().waitFor();
  await phone.look('card');
  // What was answered is there after a reload, and nothing was posted.
  await phone.reload();
  await phone.at('first');
  await enter(phone, 'support');
  await phone.at('support.home');
  await enter(phone, 'support');
  await phone.at('support');
  await phone.sees('go.mine', /[1-9]/);
  assert.deepEqual(town.holding(town.kept_by_servers(), ['インスリン', '山田 花子', 'physical-grade']), []);
  await phone.close();
});

for (const tag of ['ja-x-easy', 'pt']) {
  test(`axe finds nothing in ${tag}`, async () => {
    const phone = await Device.open(browser, `phone-${tag}`, 'phone', shots);
    await phone.go(town.url('citizen'));
    await phone.at('first');
    await phone.choose('languages', tag);
    await phone.page.waitForFunction((wanted) => document.documentElement.lang === wanted.split('-')[0] && document.documentElement.hasAttribute('data-easy') === wanted.endsWith('easy'), tag);
    await enter(phone, 'support');
    await phone.at('support.home');
    await phone.look('home');
    await enter(phone, 'support');
    await phone.node('go.guide').waitFor();
    await phone.look('overview');
    for (const page of ['ask', 'guide', 'people']) {
      await enter(phone, `go.${page}`);
      await phone.at(`support.${page}`);
      await phone.look(page);
      await enter(phone, 'back');
      await phone.at('support');
    }
    await phone.close();
  });
}

test('a tablet has room for the same pages', async () => {
  const tablet = await opened('tablet', 'tablet');
  await tablet.look('overview');
  await enter(tablet, 'go.guide');
  await tablet.at('support.guide');
  await tablet.look('guide');
  await tablet.close();
});
