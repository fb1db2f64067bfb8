// Everything lost, in a real browser: a phone whose storage the browser has dropped comes back by the picture of its sheet,
// and a fresh tablet comes into the school by the paper key. A town of its own.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { open_browser } from '../presenter/browser.mjs';
import { Device } from './device.mjs';
import { apply, report } from './people.mjs';
import { Town } from './town.mjs';

const shots = process.env['MACHI_SHOTS'] ?? mkdtempSync(path.join(tmpdir(), 'journey-shots-'));
let town, browser, desk;

before(async () => {
  mkdirSync(shots, { recursive: true });
  console.log(`# screenshots: ${shots}`);
  [town, browser] = await Promise.all([Town.open(), open_browser()]);
  desk = await Device.open(browser, 'desk', 'tablet', shots);
  await desk.page.goto(town.facts.desk.link);
  await desk.at('desk.today');
});
after(async () => {
  await browser?.close();
  await town?.close();
});

/** As the browser does when it needs the room: the core's files are gone, the page's mark is not. */
async function evict(phone) {
  await phone.page.goto(`${town.url('citizen')}/config.json`);
  await phone.page.evaluate(async () => {
    const files = await navigator.storage.getDirectory();
    for (const name of [...await Array.fromAsync(files.keys())]) await files.removeEntry(name, { recursive: true });
  });
}

test('a phone whose storage was dropped says so, and comes back by the picture of its sheet', async () => {
  const phone = await Device.open(browser, 'lost', 'phone', shots, { acceptDownloads: true });
  await phone.page.goto(town.facts.parent.link);
  await apply(phone, town.facts.parent);
  await phone.node('report').waitFor();
  await phone.press('home');
  await report(phone);
  await phone.press('back');
  await phone.press('recovery');
  await phone.at('recovery');
  await phone.look('recovery');
  await phone.press('make');
  await phone.page.locator('[id="n-symbol"] path[d^="M"]').waitFor();
  await phone.look('sheet');
  await phone.page.emulateMedia({ media: 'print' });
  await phone.picture('sheet-printed');
  await phone.page.emulateMedia({ media: 'screen' });
  const saved = phone.page.waitForEvent('download');
  await phone.press('picture');
  const sheet = path.join(shots, 'sheet.png');
  await (await saved).saveAs(sheet);
  await phone.press('back');
  await phone.press('back');
  await phone.at('home');

  await evict(phone);
  await phone.page.goto(town.url('citizen'));
  await phone.sees('evicted', '消されました');
  await phone.look('evicted');
  await phone.press('restore');
  await phone.at('restore');
  await phone.look('restore');
  await phone.page.locator('input[type="file"]').setInputFiles(sheet);
  await phone.at('restore.done');
  await phone.look('restored');
  await phone.press('home');
  await phone.at('home');
  assert.match(await phone.text('today'), /欠席/);
  await phone.nodes('child:').first().waitFor();
  await phone.close();
});

test('the paper key brings a fresh tablet into the school, and the other one is told', async () => {
  const fresh = await Device.open(browser, 'fresh-tablet', 'tablet', shots);
  await fresh.page.goto(town.url('desk'));
  await fresh.at('desk.join');
  await fresh.look('join');
  await fresh.press('key');
  await fresh.at('desk.key');
  await fresh.look('key');
  const signs = readFileSync(path.join(town.folder, 'town/school/paper-key.txt'), 'utf8').trim();
  await fresh.page.locator('[id="n-scanner-code"]').fill(signs.toLowerCase());
  await fresh.page.locator('[id="n-scanner-code"]').press('Enter');
  await fresh.at('desk.key.school');
  await fresh.look('key-school');
  await fresh.touch(fresh.nodes('school.').first());
  await fresh.at('desk.today');
  await desk.page.bringToFront();
  await desk.nodes('came.').first().waitFor();
  await desk.look('came');
  await fresh.close();
});
