// The same morning on a PC without a mouse: Tab, Space, arrows and Enter do everything, the focus is always to be seen, and
// it never gets stuck.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows_about, turn_to } from './people.mjs';

const kPc = { width: 1280, height: 800 };
const kTabs = 120;

/** Tab after Tab until the focus is on the node, or inside it. */
export async function reach(device, id) {
  const { page } = device;
  const there = () => page.evaluate((wanted) => {
    const focused = document.activeElement;
    return Boolean(focused?.closest(`[id="n-${wanted}"]`));
  }, id);
  await device.node(id).waitFor();
  for (let tabs = 0; tabs < kTabs; tabs += 1) {
    if (await there()) {
      const shown = await page.evaluate(() => {
        const focused = document.activeElement;
        const marked = focused.matches('input[type=radio], input[type=checkbox]') ? focused.closest('label') ?? focused : focused;
        const style = getComputedStyle(marked);
        const own = getComputedStyle(focused);
        return [style, own].some(({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none');
      });
      assert.ok(shown, `the focus on ${id} is seen`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not come to ${id} on ${await page.locator('.screen').getAttribute('data-screen')}`);
}

export async function enter(device, id) {
  await reach(device, id);
  await device.page.keyboard.press('Enter');
}

/** Arrow after arrow until the wanted radio button is the chosen one. */
export async function choose(device, id, value) {
  await reach(device, id);
  for (let steps = 0; steps < 20; steps += 1) {
    if (await device.page.evaluate(() => document.activeElement.checked && document.activeElement.value) === value) return;
    await device.page.keyboard.press(steps === 0 ? 'Space' : 'ArrowDown');
  }
  assert.fail(`the arrows do not come to ${value} of ${id}`);
}

export function keyboard(stage) {
  test('a report is written, sent and taken back', async () => {
    const { mother } = stage;
    const size = mother.page.viewportSize();
    await mother.page.setViewportSize(kPc);
    await mother.page.bringToFront();
    await mother.at('home');
    await enter(mother, 'report');
    await mother.at('absence.form');
    await choose(mother, 'reason', 'family');
    stage.keyboard_day = await mother.node('date').inputValue();
    await enter(mother, 'send');
    await mother.at('absence.sent');
    await mother.sees('outcome', '町に届きました');
    await mother.picture('keyboard-sent');
    const { desk, town } = stage;
    await desk.page.bringToFront();
    await turn_to(desk, stage.keyboard_day);
    const row = rows_about(desk, town.facts.parent.child).filter({ hasText: '家の都合' }).filter({ hasText: '欠席' });
    await row.waitFor();
    const button = await row.getByRole('button', { name: '確認する' }).getAttribute('id');
    await enter(desk, button.replace(/^n-/, ''));
    await row.locator('.badge[data-tone="success"]').waitFor();
    await mother.page.bringToFront();
    await mother.sees('outcome', '学校が確認しました');
    await enter(mother, 'cancel');
    await mother.at('absence.cancel');
    await enter(mother, 'confirm');
    await mother.at('absence.sent');
    await mother.sees('outcome', /取り消し/);
    await enter(mother, 'home');
    await mother.at('home');
    await mother.page.setViewportSize(size);
  });
}
