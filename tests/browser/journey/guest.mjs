// A PC that nobody has paired: a person uses it for today only. A tablet lets it in, puts it out again, and nothing of the
// school is in that browser's storage at any time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Device } from './device.mjs';

/** What this browser has stored for the page, beside the app's own public files. */
const stored = (device) => device.page.evaluate(async () => {
  const files = [];
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) files.push(`file ${name}`);
  const databases = (await indexedDB.databases()).map(({ name }) => `database ${name}`);
  return [...files, ...databases, ...Object.keys(localStorage), ...Object.keys(sessionStorage)];
});

export function guest(stage) {
  test('is let in by a tablet, works, and leaves nothing in the browser', async () => {
    const { desk, town } = stage;
    const pc = await Device.open(stage.browser, 'pc', 'tablet', stage.shots);
    await pc.go(town.url('desk'));
    await pc.at('desk.join');
    await pc.press('guest');
    await pc.at('desk.guest');
    await pc.node('facts').waitFor();
    await pc.look('guest-waiting');
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await pc.text('facts'))[0];
    assert.deepEqual(await stored(pc), []);

    await desk.page.bringToFront();
    await desk.press('page.devices');
    await desk.at('desk.devices');
    const typed = desk.page.locator('[id="n-guest.scan-code"]');
    await typed.fill(code.toLowerCase());
    await typed.press('Enter');
    await desk.node('guest.allow').waitFor();
    await desk.look('guest-allow');
    await desk.press('guest.allow');
    await pc.at('desk.today');
    await pc.node('guest.until').waitFor();
    await pc.look('guest-today');
    assert.equal(await pc.node('page.devices').count(), 0);
    assert.deepEqual(await stored(pc), []);

    const until = desk.nodes('until.').first();
    await until.waitFor();
    const key = (await until.getAttribute('id')).slice('n-until.'.length);
    await desk.press(`remove.${key}`);
    await desk.press(`remove.${key}.yes`);
    await pc.at('desk.guest-over');
    await pc.look('guest-over');
    assert.deepEqual(await stored(pc), []);
    // Opened again, it is a browser that knows nothing.
    await pc.reload();
    await pc.at('desk.join');
    await desk.press('grade.all');
    await pc.close();
  });
}
