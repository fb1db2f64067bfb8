// Everything lost, in a real browser: a phone whose storage the browser has dropped comes back by the picture of its sheet,
// a fresh tablet comes into the school by the paper key, and the hub's disk is replaced by an hour-old backup. A town of its
// own, its hub a process of its own that is killed.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { open_browser } from '../presenter/browser.mjs';
import { Device } from './device.mjs';
import { apply, report, rows_about, turn_to } from './people.mjs';
import { Town } from './town.mjs';

const shots = process.env['MACHI_SHOTS'] ?? mkdtempSync(path.join(tmpdir(), 'journey-shots-'));
let town, browser, desk;

before(async () => {
  mkdirSync(shots, { recursive: true });
  console.log(`# screenshots: ${shots}`);
  [town, browser] = await Promise.all([Town.open(), open_browser()]);
  desk = await Device.open(browser, 'desk', 'tablet', shots);
  await desk.go(town.facts.desk.link);
  await desk.at('desk.today');
});
after(async () => {
  await browser?.close();
  await town?.close();
});

/** As the browser does when it needs the room: the core's files are gone, the page's mark is not. */
async function evict(phone) {
  await phone.go(`${town.url('citizen')}/config.json`);
  await phone.page.evaluate(async () => {
    const files = await navigator.storage.getDirectory();
    for (const name of [...await Array.fromAsync(files.keys())]) await files.removeEntry(name, { recursive: true });
  });
}

test('a phone whose storage was dropped says so, and comes back by the picture of its sheet', async () => {
  const phone = await Device.open(browser, 'lost', 'phone', shots, { acceptDownloads: true });
  await phone.go(town.facts.parent.link);
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
  await phone.go(town.url('citizen'));
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

/** A tablet that nobody has paired comes in by the paper key. `look` judges each screen on the way. */
async function by_paper_key(name, look = async () => undefined) {
  const fresh = await Device.open(browser, name, 'tablet', shots);
  await fresh.go(town.url('desk'));
  await fresh.at('desk.join');
  await look(fresh, 'join');
  await fresh.press('key');
  await fresh.at('desk.key');
  await look(fresh, 'key');
  const signs = readFileSync(path.join(town.folder, 'town/school/paper-key.txt'), 'utf8').trim();
  await fresh.page.locator('[id="n-scanner-code"]').fill(signs.toLowerCase());
  await fresh.page.locator('[id="n-scanner-code"]').press('Enter');
  await fresh.at('desk.key.school');
  await look(fresh, 'key-school');
  await fresh.touch(fresh.nodes('school.').first());
  await fresh.at('desk.today');
  return fresh;
}

test('the paper key brings a fresh tablet into the school, and the other one is told', async () => {
  const fresh = await by_paper_key('fresh-tablet', (device, name) => device.look(name));
  await desk.page.bringToFront();
  await desk.nodes('came.').first().waitFor();
  await desk.look('came');
  await desk.press('came.ok');
  await fresh.close();
});

test('the hub\'s disk is lost at ten to eight, an hour-old backup takes its place, and nothing is lost', async () => {
  const { child } = town.facts.parent;
  const enrolled = async (name, guardian) => {
    const phone = await Device.open(browser, name, 'phone', shots);
    await phone.go(town.facts.parent.link);
    await apply(phone, town.facts.parent, { guardian });
    await phone.node('report').waitFor();
    await phone.press('home');
    return phone;
  };
  const mother = await enrolled('mother', '佐倉 はるか');
  const father = await enrolled('father', '佐倉 たけし');
  const hub = path.join(town.folder, 'town/hub');
  const backup = path.join(town.folder, 'ten-to-seven.db');
  assert.equal(town.machi('hub', 'backup', '--data', hub, backup).running, true);

  // The hour that the backup lacks. A report is read; its family is told, and closes the app.
  const day = await report(mother, { kind: 'late', reason: 'clinic', time: '09:40' });
  await desk.page.bringToFront();
  await turn_to(desk, day);
  const first = rows_about(desk, child).filter({ hasText: '9:40' });
  await desk.touch(first.getByRole('button', { name: '確認する' }));
  await mother.sees('outcome', '学校が確認しました');
  await mother.page.close();
  // The school's line is away: of what the hub takes now, and says so, no desk has read a word.
  await desk.context.setOffline(true);
  await desk.sees('connection', 'つながっていません');
  await report(father, { kind: 'leaving-early', reason: 'family', time: '13:20' });
  await father.sees('outcome', '町に届きました');
  await town.stop('hub', 'SIGKILL');
  const restored = town.machi('hub', 'restore', '--data', hub, backup);
  assert.ok(restored.kept, 'the lost disk is kept for whoever wants to look at it');
  await town.start('hub');
  await desk.context.setOffline(false);

  // What was read is still read, what had arrived arrives, each once.
  const second = rows_about(desk, child).filter({ hasText: '13:20' });
  await second.waitFor();
  await first.locator('.badge[data-tone="success"]').waitFor();
  assert.equal(await first.getByRole('button', { name: '確認する' }).count(), 0);
  assert.equal(await first.count() + await second.count(), 2);
  await father.page.bringToFront();
  assert.match(await father.text('outcome'), /町に届きました/, 'read is said only when a person has read');
  await desk.page.bringToFront();
  await desk.touch(second.getByRole('button', { name: '確認する' }));
  await father.sees('outcome', '学校が確認しました');
  // A tablet that begins anew from its own disk, and a phone that is opened again.
  await desk.reload();
  await desk.at('desk.today');
  await turn_to(desk, day);
  for (const row of [first, second]) await row.locator('.badge[data-tone="success"]').waitFor();
  await desk.picture('restored-day');
  const again = await mother.beside('mother-again');
  await again.go(town.url('citizen'));
  await again.at('home');
  await again.touch(again.nodes('report:').filter({ hasText: '9:40' }).or(again.nodes('report:').filter({ hasText: '遅刻' })).first());
  await again.sees('outcome', '学校が確認しました');
  await again.close();
  await father.close();
});
