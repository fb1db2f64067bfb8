// The town's notices in real browsers: two desks of its office, the press, the feed over the hub, and phones that choose for
// themselves. Every byte that a client says is heard on the line and searched for what a phone's owner told it.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test as plain_test } from 'node:test';
import { open_browser } from '../presenter/browser.mjs';
import { Device } from './device.mjs';
import { Town } from './town.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'notices-'));
const shots = process.env['MACHI_SHOTS'] ?? path.join(folder, 'shots');
const kDistrict = 'つつじが丘';
/** A child of fourteen months. */
const kBirth = new Date(Date.now() - 430 * 86_400_000).toISOString().slice(0, 10);
let town, browser, writer, reader, parent, stranger;
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
  [town, browser] = await Promise.all([Town.open({ heard: true }), open_browser()]);
  await town.start('press');
});
after(async () => {
  await browser?.close();
  await town?.close();
  rmSync(folder, { recursive: true, force: true });
});

const row = (device, start, title) => device.page.locator(`button[id^="n-${start}"]`).filter({ hasText: title });
async function sit(desk, name) {
  await desk.at('desk.notice.officer');
  await desk.fill('officer', name);
  await desk.press('sit');
  await desk.at('desk.notice');
}
async function write(desk, { title, text, segment = '', importance = '' }) {
  await desk.press('page.new');
  await desk.at('desk.notice.form');
  await desk.fill('title', title);
  await desk.fill('text', text);
  if (segment) await desk.fill('segment', segment);
  if (importance) await desk.choose('importance', importance);
  await desk.press('hand');
  await desk.at('desk.notice.one');
}
async function approve(desk, title) {
  await desk.press('page.list');
  await desk.at('desk.notice');
  await desk.touch(row(desk, 'draft.', title).first());
  await desk.at('desk.notice.one');
  await desk.press('approve');
  await published(desk);
}
/** The press has it in the feed, and the desk knows. */
const published = (desk) => desk.sees('state', '配りました').catch((error) => {
  throw new Error(`the press: ${town.told('press')}`, { cause: error });
});
/** Looks for what is new, as often as it takes until this is to be seen, or no more. */
async function looks(phone, title, there = true) {
  const shown = phone.page.locator('.main').getByText(title).first();
  for (let tries = 0; tries < 60; tries += 1) {
    await phone.at('notices');
    await phone.press('sync');
    await phone.page.locator('[id="n-sync"]:not([aria-busy])').waitFor();
    if (await shown.isVisible() === there) return;
    await phone.page.waitForTimeout(500);
  }
  throw new Error(`${phone.name}: ${title} is ${there ? 'not there' : 'still there'}: ${await phone.state()}`);
}
/** What one phone asks of the feed in one look. */
async function asks(phone) {
  const wire = town.wires.get('hub');
  wire.clear();
  await phone.press('sync');
  while (!wire.asked().some((line) => line.includes('/v1/feed/head'))) await phone.page.waitForTimeout(50);
  await phone.page.locator('[id="n-sync"]:not([aria-busy])').waitFor();
  return wire.asked().filter((line) => line.includes('/v1/feed')).sort();
}

test('two desks of the office: the second comes in by a picture of the first one\'s code', async () => {
  writer = await Device.open(browser, 'writer', 'tablet', shots);
  await writer.go(town.facts.care.notice.link);
  await sit(writer, '山田');
  await writer.look('desk-empty');
  await writer.press('page.settings');
  await writer.at('desk.devices');
  await writer.press('invite');
  await writer.node('invite.symbol').locator('svg').first().waitFor();
  const code = path.join(folder, 'invitation.png');
  await writer.node('invite.symbol').screenshot({ path: code });
  reader = await Device.open(browser, 'reader', 'tablet', shots);
  await reader.go(town.url('desk'));
  await reader.node('scanner').locator('input[type=file]').setInputFiles(code);
  await sit(reader, '鈴木');
  await writer.press('page.shelter');
  await writer.at('desk.notice');
});

test('a notice that nobody else has read goes nowhere; one that was read goes into the feed', async () => {
  await write(writer, { title: '一歳児健診のお知らせ', text: '母子手帳を持って来てください。\n受付は9時からです。', segment: 'child 6m..3y' });
  await writer.sees('facts', '6か月');
  await writer.look('desk-own');
  assert.equal(await writer.node('approve').count(), 0, 'one does not approve one\'s own');
  await reader.touch(row(reader, 'draft.', '一歳児健診').first());
  await reader.at('desk.notice.one');
  await reader.look('desk-others');
  await reader.press('back');
  await approve(reader, '一歳児健診');
  await reader.look('desk-published');
});

test('over a slow line the phone says how much of the notices has come, and then shows them', async () => {
  parent = await Device.open(browser, 'parent', 'phone', shots);
  await parent.go(town.url('citizen'));
  await parent.at('first');
  await parent.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const line = town.wires.get('citizen');
  line.rate = 60_000;
  await parent.press('notices');
  await parent.at('page.coming');
  const bar = parent.page.locator('progress');
  await bar.waitFor();
  await parent.page.waitForFunction(() => Number(document.querySelector('progress')?.value) > 5);
  const early = Number(await bar.getAttribute('value'));
  assert.ok(early > 0 && early < 100, String(early));
  line.rate = 200_000;
  await parent.look('coming');
  line.rate = 0;
  await parent.at('notices');
  await row(parent, 'notice.', '一歳児健診のお知らせ').waitFor();
  await parent.look('timeline');
});

test('whoever is tired of waiting goes back, and finds the notices later', async () => {
  stranger = await Device.open(browser, 'stranger', 'phone', shots);
  await stranger.go(town.url('citizen'));
  await stranger.at('first');
  const line = town.wires.get('citizen');
  line.rate = 20_000;
  await stranger.press('notices');
  await stranger.at('page.coming');
  await stranger.press('home');
  await stranger.at('first');
  line.rate = 0;
  await stranger.press('notices');
  await stranger.at('notices');
  await row(stranger, 'notice.', '一歳児健診のお知らせ').waitFor();
});

test('the phone asks one thing at a time, and shows what concerns its owner', async () => {
  await write(writer, { title: 'つつじが丘の断水', text: '12月1日の10時から15時までです。', segment: `district ${kDistrict}` });
  await approve(reader, 'つつじが丘の断水');
  await write(writer, { title: '海の家の断水', text: '海の家だけです。', segment: 'district 海の家' });
  await approve(reader, '海の家の断水');
  await looks(parent, '海の家の断水');
  await parent.press('profile');
  await parent.at('notices.profile');
  await parent.look('profile-empty');
  await parent.press('ask.districts');
  await parent.at('notices.ask');
  await parent.look('ask-districts');
  await parent.fill('text', kDistrict);
  await parent.press('save');
  await parent.at('notices.profile');
  await parent.press('ask.children');
  await parent.at('notices.ask');
  await parent.page.locator('[id="n-child"] input, input[id="n-child"]').first().fill(kBirth);
  await parent.press('save');
  await parent.at('notices.profile');
  await parent.press('ask.handbooks');
  await parent.at('notices.ask');
  await parent.choose('chosen', 'physical');
  await parent.choose('grade', '2');
  await parent.press('save');
  await parent.at('notices.profile');
  await parent.press('ask.roles');
  await parent.at('notices.ask');
  await parent.choose('chosen', 'carer');
  await parent.press('save');
  await parent.at('notices.profile');
  await parent.look('profile');
  await parent.press('back');
  await row(parent, 'notice.', 'つつじが丘の断水').waitFor();
  await row(parent, 'notice.', '一歳児健診').waitFor();
  assert.equal(await row(parent, 'notice.', '海の家の断水').count(), 0);
});

test('all phones ask for the same, whomever a notice concerns', async () => {
  await write(writer, { title: '介護する人の集まり', text: '役場の二階です。', segment: 'role carer' });
  await approve(reader, '介護する人の集まり');
  await looks(stranger, '介護する人の集まり');
  await looks(parent, '介護する人の集まり');
  const first = await asks(parent), second = await asks(stranger);
  assert.ok(first.length > 0);
  assert.deepEqual(first, second);
  await write(writer, { title: '高齢の人の集まり', text: '公民館です。', segment: 'age 65..' });
  await approve(reader, '高齢の人の集まり');
  const third = await asks(parent), fourth = await asks(stranger);
  assert.ok(third.some((line) => line.includes('/v1/feed/page')), third.join('\n'));
  assert.deepEqual(third, fourth);
});

test('a notice, its calendar entry, and reading it without a network', async () => {
  await parent.touch(row(parent, 'notice.', '一歳児健診'));
  await parent.at('notices.one');
  await parent.look('one');
  await parent.press('back');
  await parent.context.setOffline(true);
  await parent.reload();
  await parent.at('first');
  await parent.press('notices');
  await parent.at('notices');
  await parent.touch(row(parent, 'notice.', 'つつじが丘の断水'));
  await parent.at('notices.one');
  await parent.page.getByText('12月1日の10時から15時までです。').first().waitFor();
  await parent.look('offline');
  await parent.press('back');
  await parent.press('find');
  await parent.fill('search', '健診');
  await row(parent, 'notice.', '一歳児健診').waitFor();
  await row(parent, 'notice.', 'つつじが丘').waitFor({ state: 'detached' });
  await parent.fill('search', '');
});

test('asking the town, without a network', async () => {
  await parent.press('chat');
  await parent.at('notices.chat');
  await parent.fill('question', 'ふらいぱんのすてかた');
  await parent.press('ask');
  await parent.sees('answer', '燃やさないごみ');
  await parent.look('chat');
  await parent.press('helped.yes');
  await parent.node('helped.thanks').waitFor();
  await parent.fill('question', '宇宙人に会いたい');
  await parent.press('ask');
  await parent.sees('unknown', 'わかりません');
  await parent.look('chat-unknown');
  await parent.press('garbage');
  await parent.at('notices.garbage');
  await parent.choose('district', '3');
  await parent.sees('days', '第3水曜');
  await parent.choose('row', 'な');
  await parent.touch(row(parent, 'entry.', '鍋').first());
  await parent.at('notices.answer');
  await parent.look('answer');
  await parent.press('back');
  await parent.look('garbage');
  await parent.press('back');
  await parent.press('back');
  await parent.at('notices');
  await parent.context.setOffline(false);
});

test('what is attached is there without a network; a page is only a text', async () => {
  const page = path.join(folder, 'page.html'), notice = path.join(folder, 'notice.json');
  writeFileSync(page, '<script>document.title = "taken over"</script>');
  writeFileSync(notice, JSON.stringify({ texts: [{ language: 'ja', title: '広報の表紙', text: '12月号です。' }] }));
  town.machi('notice', 'publish', path.join(town.folder, 'town'), notice, '--attach', path.join(folder, 'invitation.png'), '--attach', page);
  await looks(parent, '広報の表紙');
  await parent.context.setOffline(true);
  await parent.touch(row(parent, 'notice.', '広報の表紙'));
  await parent.at('notices.one');
  await parent.page.locator('img').first().waitFor();
  await parent.page.waitForFunction(() => document.querySelector('img')?.naturalWidth > 50);
  await parent.touch(parent.page.locator('summary').filter({ hasText: 'page.html' }));
  await parent.page.getByText('document.title').first().waitFor();
  assert.notEqual(await parent.page.title(), 'taken over');
  await parent.look('attached');
  await parent.press('back');
  await parent.context.setOffline(false);
});

test('an emergency needs one person and stands on top', async () => {
  await write(writer, { title: '避難指示（南地区）', text: '川の水があふれるおそれがあります。\n今すぐ避難してください。', importance: 'emergency' });
  await writer.press('alone');
  await writer.look('desk-alone');
  await writer.press('alone.yes');
  await published(writer);
  await looks(parent, '避難指示');
  await parent.page.locator('[role="alert"], .alert').filter({ hasText: '避難指示' }).first().waitFor();
  await parent.look('emergency');
});

test('a correction takes the place of what was said, and a withdrawal ends it, on every phone', async () => {
  await writer.press('page.list');
  await writer.touch(row(writer, 'draft.', 'つつじが丘の断水'));
  await writer.at('desk.notice.one');
  await writer.press('edit');
  await writer.at('desk.notice.form');
  await writer.fill('title', 'つつじが丘の断水は中止');
  await writer.press('hand');
  await writer.at('desk.notice.one');
  await approve(reader, 'つつじが丘の断水は中止');
  await looks(parent, 'つつじが丘の断水は中止');
  await parent.touch(row(parent, 'notice.', 'つつじが丘の断水は中止'));
  await parent.sees('corrected', '訂正');
  await parent.look('corrected');
  await parent.press('back');
  await writer.press('take');
  await writer.press('take.yes');
  await writer.sees('state', '取り下げました');
  await looks(parent, 'つつじが丘の断水', false);
  await looks(stranger, 'つつじが丘の断水', false);
});

test('the settings, and another language', async () => {
  await parent.press('settings');
  await parent.at('notices.settings');
  await parent.look('settings');
  await parent.press('back');
});

test('nothing of what the phone was told has left it', () => {
  const words = [kDistrict, kBirth, kBirth.slice(0, 7), 'carer', 'physical', '健診', 'つつじ', 'フライパン', 'ふらいぱん', '宇宙人'];
  for (const [name, wire] of town.wires) assert.deepEqual(wire.holds(words), [], name);
  // The same search finds what was said.
  const hub = town.wires.get('hub');
  assert.ok(hub.said.length > 0 && hub.asked().length > 0);
  assert.deepEqual(hub.holds(['localhost']), ['localhost']);
  assert.deepEqual(town.wires.get('citizen').holds([kDistrict]), []);
});

test('no page complained', async () => {
  for (const device of [writer, reader, parent, stranger]) await device.close();
});
