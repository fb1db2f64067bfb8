// A shelter in real browsers: a family's phone that never had a network after its first start, two tablets that have none
// for the whole visit, and headquarters when it is back. Pictures of every screen go to MACHI_SHOTS, in Japanese and in
// another language, to be held beside the design (04, 11, 12).
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test as plain_test } from 'node:test';
import { open_browser } from '../presenter/browser.mjs';
import { Device } from './device.mjs';
import { Town } from './town.mjs';

const kGym = '東小体育館';
const folder = mkdtempSync(path.join(tmpdir(), 'shelter-'));
const shots = process.env['MACHI_SHOTS'] ?? path.join(folder, 'shots');
const cards = {};  // pictures of symbols, as a camera would have taken them
let town, browser, first, second, phone, poster;
let broken = false;

/** Each step stands on the one before it: after one that failed the rest would only wait. */
const test = (name, steps) => plain_test(name, async (t) => {
  if (broken) { t.skip('a step before it failed'); return; }
  broken = true;
  await steps(t);
  broken = false;
});

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

/** A picture of a symbol on a screen. */
async function photograph(device, id, name) {
  const file = path.join(folder, `${name}.png`);
  await device.node(id).locator('svg').first().waitFor();
  await device.node(id).screenshot({ path: file });
  return file;
}
/** Rows that lead on; their names are nodes too. */
const rows = (device, start) => device.page.locator(`button[id^="n-${start}"]`);
/** The picture goes into the scanner's file input. */
const show = (device, file) => device.node('scanner').locator('input[type=file]').setInputFiles(file);
/** A camera that sees a white wall, and then the card that is held up before it. */
async function wall(device) {
  await device.page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const pen = canvas.getContext('2d');
    setInterval(() => {
      pen.fillStyle = '#eee';
      pen.fillRect(0, 0, 1280, 720);
      if (globalThis.held_up) pen.drawImage(globalThis.held_up, 400, 120, 480, 480);
    }, 100);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
  });
}
const hold_up = (device, file) => device.page.evaluate(async (text) => {
  globalThis.held_up = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], { type: 'image/png' }));
}, readFileSync(file).toString('base64'));
async function type_code(device, text) {
  const scanner = device.node('scanner');
  await scanner.locator('input[type=text]').fill(text);
  await scanner.locator('input[type=text]').press('Enter');
}
/** The service worker and the symbols' module are kept: from now on a network is not needed. */
async function kept(device) {
  await device.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await (await caches.open('machi-scanner')).keys()).length >= 2) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the symbols\' module was not kept');
  });
}
async function tab(device, name, screen) {
  await device.press(`page.${name}`);
  await device.at(screen);
}
/** On to the next question: it is another one only when the page says something else. */
async function next(device) {
  const asked = () => document.querySelector('.main')?.innerText;
  const before = await device.page.evaluate(asked);
  await device.press('save');
  await device.page.waitForFunction((was) => document.querySelector('.main')?.innerText !== was, before);
}
async function walk_in(device, name, more = {}) {
  await device.press('walkin');
  await device.at('desk.shelter.walkin');
  await device.fill('name', name);
  if (more.age) await device.fill('age', more.age);
  if (more.sex) await device.choose('sex', more.sex);
  if (more.need) await device.choose('needs', more.need);
  if (more.look) await device.look(more.look);
  await device.press('enter');
  await device.at('desk.shelter.reception');
}
async function speak(device, tag) {
  await device.press('page.settings');
  await tab(device, 'language', 'desk.language');
  await device.choose('language', tag);
  await device.page.locator(`html[lang="${tag}"]`).waitFor();
  await device.press('page.shelter');
}

test('the office\'s first tablet opens a shelter, and a second one joins by a picture of its code', async () => {
  first = await Device.open(browser, 'tablet', 'tablet', shots);
  await first.go(town.facts.shelter.link);
  await first.at('desk.shelter.choose');
  await first.look('choose');
  await first.fill('own.name', kGym);
  await first.press('own.make');
  await first.at('desk.shelter.reception');
  await tab(first, 'settings', 'desk.devices');
  await first.press('invite');
  const code = await photograph(first, 'invite.symbol', 'invitation');
  second = await Device.open(browser, 'second', 'tablet', shots);
  await second.go(town.url('desk'));
  await show(second, code);
  await second.at('desk.shelter.choose');
  await second.touch(rows(second, 'shelter.').filter({ hasText: kGym }));
  await second.at('desk.shelter.reception');
  await first.press('page.shelter');
  await first.at('desk.shelter.reception');
});

test('the desk makes the poster for the wall', async () => {
  await first.touch(first.node('door').locator('summary'));
  await first.press('poster');
  await first.at('desk.shelter.poster');
  poster = await photograph(first, 'poster', 'poster');
  await first.look('poster');
  await first.page.emulateMedia({ media: 'print' });
  await first.picture('poster-print');
  await first.page.emulateMedia({ media: 'screen' });
  await first.press('back');
  await first.at('desk.shelter.reception');
});

test('a family writes itself down, without enrolment', async () => {
  phone = await Device.open(browser, 'phone', 'phone', shots);
  await phone.go(town.url('citizen'));
  await phone.at('first');
  await kept(phone);
  await kept(first);
  await kept(second);
  await phone.context.setOffline(true);
  await phone.press('household');
  await phone.at('household');
  await phone.look('household-empty');
  for (const [kana, birth, needs] of [['さくら ゆうこ', '1985-04-02', []], ['さくら みお', '2017-09-12', ['allergy']], ['さくら そら', '2026-05-01', ['infant']]]) {
    await phone.press('add');
    await phone.at('household.ask');
    await phone.fill('answer', kana);
    await next(phone);
    await phone.fill('answer', birth);
    await next(phone);
    await phone.choose('answer', 'none');
    await next(phone);
    for (const need of needs) await phone.choose('answer', need);
    await next(phone);
    if (needs.includes('allergy')) {
      await phone.choose('answer', 'egg');
      await next(phone);
      await phone.fill('answer', '学校に薬があります');
      await next(phone);
    }
    await phone.at('household');
  }
  await phone.look('household');
});

test('the pass is drawn by a phone that has no network and never drew one', async () => {
  await phone.press('pass');
  await phone.at('household.pass');
  cards.family = await photograph(phone, 'symbol', 'family');
  await phone.look('pass');
  await phone.press('back');
});

test('the network goes when the tablets have not heard of each other yet', async () => {
  await walk_in(first, '山田 はな', { age: '40' });
});

test('both tablets work for the whole visit without a network', async () => {
  for (const tablet of [first, second]) await tablet.context.setOffline(true);
  await first.sees('connection', '受付は続けられます');
  await show(first, cards.family);
  await first.at('desk.shelter.household');
  await first.look('scanned');
  await first.press('enter');
  await first.at('desk.shelter.reception');
  await first.sees('notice', '3人を入所にしました');
  await first.sees('counts', '4人');
  await first.look('reception-in');
  await first.press('undo');
  await first.sees('counts', '1人');
  await show(first, cards.family);
  await first.at('desk.shelter.household');
  await first.press('enter');
  await first.at('desk.shelter.reception');
  await walk_in(first, '田中 うめ', { age: '81', sex: 'female', need: 'wheelchair', look: 'walkin' });
  await walk_in(second, '鈴木 たけ', { age: '67' });
  // A reload in the middle: the tablet's battery was changed.
  await first.reload();
  await first.at('desk.shelter.reception');
  await first.sees('counts', '5人');
  await type_code(first, 'MH1:ABC');
  await first.sees('trouble', '世帯パス');
  await first.look('trouble');
});

test('the list, a person, needs, the shift', async () => {
  await tab(first, 'list', 'desk.shelter.list');
  await first.look('list');
  await first.fill('search', 'うめ');
  await rows(first, 'stay.').filter({ hasText: '田中 うめ' }).waitFor();
  await first.touch(rows(first, 'stay.').filter({ hasText: '田中 うめ' }));
  await first.at('desk.shelter.stay');
  await first.look('stay');
  await first.fill('kana', 'たなか うめ');
  await first.press('back');
  await first.at('desk.shelter.list');
  await tab(first, 'needs', 'desk.shelter.needs');
  await first.look('needs');
  await tab(first, 'shift', 'desk.shelter.shift');
  await first.fill('request', '粉ミルク 2缶');
  await first.press('request.add');
  await first.look('shift');
  await tab(first, 'list', 'desk.shelter.list');
  const [download] = await Promise.all([first.page.waitForEvent('download'), first.press('csv')]);
  const roster = path.join(folder, 'roster.csv');
  await download.saveAs(roster);
  const text = readFileSync(roster, 'utf8');
  assert.match(text, /田中 うめ/);
  assert.match(text, /さくら みお/);
});

test('what one tablet wrote comes to the other by a file', async () => {
  await tab(first, 'exchange', 'desk.shelter.exchange');
  await first.look('exchange');
  const [download] = await Promise.all([first.page.waitForEvent('download'), first.press('save')]);
  const file = path.join(folder, 'exchange.txt');
  await download.saveAs(file);
  assert.doesNotMatch(readFileSync(file, 'utf8'), /田中/, 'it is sealed');
  await tab(second, 'exchange', 'desk.shelter.exchange');
  await second.page.locator(`[data-node="file"] input[type=file]`).setInputFiles(path.join(folder, 'roster.csv'));
  await second.sees('notice', '記録は変わっていません');
  await second.look('exchange-refused');
  await second.page.locator(`[data-node="file"] input[type=file]`).setInputFiles(file);
  await second.sees('notice', '取りこみました');
  await tab(second, 'reception', 'desk.shelter.reception');
  await second.sees('counts', '6人');
});

test('a family arrives by the poster: it waits on the phone, then it is at the town', async () => {
  await phone.at('household');
  await phone.press('arrive');
  await phone.at('shelter.scan');
  await phone.look('arrive-scan');
  await show(phone, poster);
  await phone.at('shelter.who');
  await phone.look('arrive-who');
  await phone.press('send');
  await phone.at('shelter.said');
  await phone.sees('outcome', 'この端末に保存しました');
  await phone.look('arrive-saved');
  await phone.context.setOffline(false);
  await phone.sees('outcome', '町に届きました');
  await phone.look('arrive-arrived');
});

test('the network comes back: headquarters sees everybody once', async () => {
  for (const tablet of [first, second]) await tablet.context.setOffline(false);
  await first.sees('connection', /\d/);
  await tab(first, 'exchange', 'desk.shelter.exchange');
  await first.node('waiting').waitFor({ state: 'detached' });
  await tab(second, 'choose', 'desk.shelter.choose');
  await tab(first, 'reception', 'desk.shelter.reception');
  await first.sees('counts', '6人');
  await second.press('hq');
  await second.at('desk.shelter.hq');
  await second.page.locator('[data-node="town.in"]').filter({ hasText: '6' }).waitFor();
  await second.look('hq');
  await second.touch(rows(second, 'shelter.').first());
  await second.at('desk.shelter.place');
  await second.look('place');
  await tab(second, 'roster', 'desk.shelter.roster');
  await second.fill('search', 'うめ');
  await second.look('roster');
});

test('another language', async () => {
  await speak(first, 'en');
  await first.at('desk.shelter.reception');
  await first.look('en-reception');
  await show(first, cards.family);
  await first.at('desk.shelter.household');
  await first.look('en-scanned');
  await first.press('back');
  await tab(first, 'list', 'desk.shelter.list');
  await first.look('en-list');
  await speak(second, 'en');
  await second.at('desk.shelter.roster');
  await tab(second, 'hq', 'desk.shelter.hq');
  await second.look('en-hq');
});

test('a tablet stands at the door alone, and only staff take it back', async () => {
  await speak(first, 'ja');
  await first.press('page.settings');
  await tab(first, 'lock', 'desk.lock');
  await first.fill('pin.new', '4739');
  await first.press('pin.set');
  await first.page.getByText('暗証番号を決めました').first().waitFor();
  await first.press('page.shelter');
  await tab(first, 'reception', 'desk.shelter.reception');
  await first.touch(first.node('door').locator('summary'));
  await wall(first);
  await first.press('self');
  await first.at('desk.shelter.self');
  await first.node('scanner').locator('video').waitFor();
  assert.equal(await first.node('scanner').locator('input').count(), 0, 'a visitor has nothing to type and no file to choose');
  await first.look('self');
  await hold_up(first, cards.family);
  await first.sees('heading', '受け付け');
  await first.look('self-got');
  await first.press('staff');
  await first.press('staff.yes');
  await first.at('desk.locked');
  await first.page.locator('[id="n-pin"] input, input[id="n-pin"]').first().pressSequentially('4739');
  await first.at('desk.shelter.reception');
});

test('no page complained', async () => {
  for (const device of [first, second, phone]) await device.close();
});
