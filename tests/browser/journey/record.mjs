// The end of a school's day: the desk closes it, saves the official record (one archive of CSV, PDF and signature), which the town's program
// checks; and the board of education sees the school's numbers, and no name.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Device } from './device.mjs';
import { kProgram } from './town.mjs';

/** Presses until the node is there: a day further back each time. */
async function back_to(device, press, node) {
  const there = () => device.node(node).waitFor({ timeout: 2000 }).then(() => true, () => false);
  for (let days = 0; days < 4 && !await there(); days += 1) await device.press(press);
  await device.node(node).waitFor();
}

function verify(town, file) {
  try {
    return { holds: true, ...JSON.parse(execFileSync(kProgram, ['record', 'verify', file, '--town', path.join(town.folder, 'town')], { encoding: 'utf8' })) };
  } catch (error) {
    return { holds: false, ...JSON.parse(error.stdout || '{}') };
  }
}

export function record(stage) {
  test('the desk closes a day', async () => {
    const { desk } = stage;
    await desk.press('grade.all');
    await back_to(desk, 'day.previous', 'day.close');
    await desk.press('day.close');
    await desk.press('day.close.now');
    await desk.node('close.done').waitFor();
  });

  test('the official record is one archive that the town\'s program finds unchanged, until a file of it is', async () => {
    const { desk, town } = stage;
    await desk.press('page.record');
    await desk.at('desk.record');
    await back_to(desk, 'record.previous', 'record.save');
    await desk.look('record');
    const folder = mkdtempSync(path.join(tmpdir(), 'record-'));
    const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.press('record.save')]);
    await desk.sees('notice', '公式の記録を');
    const archive = path.join(folder, download.suggestedFilename());
    await download.saveAs(archive);
    assert.match(download.suggestedFilename(), /^record-[\d-]+\.zip$/);
    // Another program opens it, too.
    execFileSync('python3', ['-m', 'zipfile', '-e', archive, folder]);
    const [signature, csv, pdf] = ['.cose', '.csv', '.pdf'].map((ending) => archive.replace(/\.zip$/, ending));
    assert.deepEqual([...readFileSync(csv).subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.ok(readFileSync(csv, 'utf8').includes(town.facts.parent.child));
    assert.ok(execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).includes(town.facts.school));
    const whole = verify(town, signature);
    assert.equal(whole.holds, true);
    assert.equal(verify(town, archive).holds, true);
    assert.equal(whole.vouched, true);
    assert.equal(whole.name, town.facts.school);
    appendFileSync(csv, ' ');
    const changed = verify(town, signature);
    assert.equal(changed.holds, false);
    assert.deepEqual(changed.files.map(({ state }) => state), ['changed', 'as signed']);
  });

  test('a month of a class is saved as CSV and as PDF', async () => {
    const { desk } = stage;
    await desk.press('page.register');
    await desk.at('desk.register');
    await desk.look('register');
    for (const [button, ending] of [['save.csv', '.csv'], ['save.pdf', '.pdf']]) {
      const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.press(button)]);
      assert.ok(download.suggestedFilename().startsWith('attendance-'));
      assert.ok(download.suggestedFilename().endsWith(ending));
    }
    await desk.press('grade.all');
  });

  test('the board sees the school\'s numbers and no name', async () => {
    const { town } = stage;
    const board = await Device.open(stage.browser, 'board', 'tablet', stage.shots);
    await board.go(town.facts.board.link);
    await board.at('desk.board');
    await back_to(board, 'record.previous', 'schools');
    await board.look('board');
    const text = await board.page.locator('.main').innerText();
    assert.ok(text.includes(town.facts.school));
    assert.ok(!text.includes(town.facts.parent.child.split(' ')[0]));
    await board.close();
  });
}
