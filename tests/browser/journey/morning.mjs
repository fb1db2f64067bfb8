// The journey that everything stands on: a slip's link, an enrolment, a report in four taps, the teacher's table, the
// teacher's confirmation, the parent's screen. Then the changes that a family makes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Device } from './device.mjs';
import { apply, kNote, report, rows_about, take_back, turn_to } from './people.mjs';

export function morning(stage) {
  let day = '';

  test('the school opens its desk by the invitation', async () => {
    stage.desk = await Device.open(stage.browser, 'desk', 'tablet', stage.shots);
    await stage.desk.go(stage.town.facts.desk.link);
    await stage.desk.at('desk.today');
    await stage.desk.node('none').waitFor();
    assert.equal(new URL(stage.desk.page.url()).hash, '', 'the invitation does not stay in the address');
    await stage.desk.look('day-empty');
  });

  test('a parent enrols by the link of the slip', async () => {
    const { parent } = stage.town.facts;
    const phone = await Device.open(stage.browser, 'mother', 'phone', stage.shots);
    stage.mother = phone;
    await phone.go(parent.link);
    await phone.at('slip.apply');
    assert.equal(new URL(phone.page.url()).hash, '', 'the slip does not stay in the address');
    assert.ok(parent.code.startsWith(await phone.page.locator('[data-node="number"] dd').innerText()));
    await phone.look('apply');
    await phone.press('apply');
    await phone.page.locator('#error-summary').waitFor();
    await phone.look('apply-errors');
    await apply(phone, parent);
    await phone.node('report').waitFor();
    await phone.sees('outcome', /登録できました|学校が確認しました/);
    assert.match(await phone.page.locator('.main').innerText(), new RegExp(parent.child.split(' ')[1]));
    await phone.look('enrolled');
    await phone.press('home');
    await phone.at('home');
    await phone.look('home');
  });

  test('an absence takes four taps', async () => {
    const { mother: phone } = stage;
    phone.taps = 0;
    day = await report(phone);
    assert.ok(phone.taps <= 4, `${phone.taps} taps`);
    await phone.sees('outcome', '町に届きました');
    await phone.look('arrived');
  });

  test('the teacher sees it without doing anything, and confirms it', async () => {
    const { desk, mother: phone, town } = stage;
    await turn_to(desk, day);
    const row = rows_about(desk, town.facts.parent.child);
    await row.waitFor();
    assert.match(await row.innerText(), /欠席/);
    assert.match(await row.innerText(), /かぜ・発熱/);
    await desk.look('day-unread');
    await phone.page.bringToFront();
    assert.match(await phone.text('outcome'), /町に届きました/, 'read is said only when a person has read');
    await desk.page.bringToFront();
    await desk.touch(row.getByRole('button', { name: '確認する' }));
    await row.locator('.badge[data-tone="success"]').waitFor();
    await row.getByRole('button', { name: '確認する' }).waitFor({ state: 'detached' });
    await desk.look('day-read');
  });

  test('the parent sees that the school has read it, and when', async () => {
    const { mother: phone } = stage;
    await phone.sees('outcome', '学校が確認しました');
    await phone.sees('explain', /\d{1,2}:\d{2}/);
    assert.equal(await phone.page.locator('.step[data-shape="done"]').count(), 3);
    await phone.look('read');
  });

  test('a change is not read yet, although the report was', async () => {
    const { desk, mother: phone, town } = stage;
    await phone.press('change');
    await phone.at('absence.form');
    await phone.choose('kind', 'late');
    await phone.fill('time', '10:30');
    await phone.page.locator('[id="n-note-group"] summary').tap();
    await phone.fill('note', kNote);
    await phone.look('form-change');
    await phone.press('send');
    await phone.at('absence.sent');
    await phone.sees('outcome', '変更が町に届きました');
    await phone.look('changed');
    const row = rows_about(desk, town.facts.parent.child);
    await row.filter({ hasText: '遅刻' }).filter({ hasText: '10:30' }).filter({ hasText: kNote }).waitFor();
    await desk.look('day-changed');
    await desk.touch(row.getByRole('button', { name: '確認する' }));
    await phone.sees('outcome', /学校が(変更を)?確認しました/);
  });

  test('a cancelled report is one for the school too', async () => {
    const { desk, mother: phone, town } = stage;
    await phone.press('cancel');
    await phone.at('absence.cancel');
    await phone.look('cancel');
    await phone.press('confirm');
    await phone.at('absence.sent');
    await phone.sees('outcome', '取り消しが町に届きました');
    const row = rows_about(desk, town.facts.parent.child);
    await row.filter({ hasText: '取り消し' }).waitFor();
    await desk.touch(row.getByRole('button', { name: '確認する' }));
    await phone.sees('outcome', '学校が取り消しを確認しました');
    await phone.look('cancelled');
    await phone.press('home');
  });

  test('leaving early says when, and an illness says how', async () => {
    const { desk, mother: phone, town } = stage;
    await phone.press('report');
    await phone.at('absence.form');
    await phone.choose('kind', 'leaving-early');
    await phone.choose('reason', 'stomach');
    await phone.press('send');
    await phone.page.locator('#error-summary').waitFor();
    await phone.look('form-errors');
    await phone.fill('time', '13:15');
    await phone.choose('symptoms', 'vomiting');
    await phone.fill('temperature', '３７．８');
    await phone.look('form-full');
    await phone.press('send');
    await phone.at('absence.sent');
    await phone.sees('outcome', '町に届きました');
    const row = rows_about(desk, town.facts.parent.child).filter({ hasText: '早退' });
    await row.filter({ hasText: '13:15' }).filter({ hasText: '吐いた' }).filter({ hasText: '37.8' }).waitFor();
    await desk.look('day-leaving');
    await take_back(phone);
    await phone.press('home');
    await phone.press('tab.history');
    await phone.at('history');
    await phone.look('history');
    await phone.press('back');
    await phone.at('home');
  });
}
