// What people do more than once in the journeys: enrol a phone, report an absence, find the day on the desk.
import assert from 'node:assert/strict';

export const kGuardian = '佐倉 はるか';
export const kNote = 'あじさいの鉢を持ち帰ります';

/** Fills in the application that a slip opened, and sends it; it ends on the waiting screen, unless the school is quick. */
export async function apply(phone, facts, { guardian = kGuardian, digits = facts.digits } = {}) {
  await phone.at('slip.apply');
  await phone.fill('guardian', guardian);
  await phone.fill('birth', facts.birth);
  await phone.fill('digits', digits);
  await phone.press('apply');
  await phone.node('apply').waitFor({ state: 'detached' });
}

/** From home to the sent report. Gives the day that it is about, ISO. */
export async function report(phone, { kind = 'absent', reason = 'cold', time = '', note = '' } = {}) {
  await phone.at('home');
  await phone.press('report');
  await phone.at('absence.form');
  await phone.choose('kind', kind);
  if (time) await phone.fill('time', time);
  await phone.choose('reason', reason);
  if (note) {
    await phone.page.locator('[id="n-note-group"] summary').tap();
    await phone.fill('note', note);
  }
  const day = await phone.node('date').inputValue();
  await phone.press('send');
  await phone.at('absence.sent');
  return day;
}

/** Takes back what was sent, from its screen, and goes home. */
export async function take_back(phone) {
  await phone.press('cancel');
  await phone.at('absence.cancel');
  await phone.press('confirm');
  await phone.at('absence.sent');
  await phone.sees('outcome', /取り消し/);
}

/** Turns the desk to a day; it stands at today, or at the next day with school. */
export async function turn_to(desk, day) {
  const [, month, date] = day.split('-').map(Number);
  const shown = `${month}月${date}日`;
  for (let turns = 0; turns < 5; turns += 1) {
    const now = await desk.text('day.shown');
    if (now.includes(shown)) return;
    await desk.press('day.next');
    await desk.page.waitForFunction((before) => document.getElementById('n-day.shown')?.innerText !== before, now);
  }
  assert.fail(`the desk does not come to ${shown}`);
}

/** The desk's rows about a child, newest state first on the screen. */
export const rows_about = (desk, name) => desk.page.locator('tr[id^="n-row."]', { hasText: name });
