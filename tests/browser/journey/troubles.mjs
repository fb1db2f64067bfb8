// What goes wrong around the app: the hub away at the first start, a second tab, a reload in the middle of a form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watched } from '../presenter/browser.mjs';
import { Device } from './device.mjs';

export function troubles(stage) {
  const open = (name) => Device.open(stage.browser, name, 'phone', stage.shots);

  test('a hub that is away at the first start is said, the slip is kept, and it goes on when the hub is back', async () => {
    const phone = await open('early');
    await stage.town.stop('hub', 'SIGTERM');
    await phone.go(stage.town.facts.parent.link);
    await phone.at('slip.check');
    await phone.sees('offline', /つながらない/);
    await phone.look('check-hub-away');
    await stage.town.start('hub');
    await phone.at('slip.apply');
    await phone.close();
  });

  test('a reload in the middle of the application keeps slip and words', async () => {
    const phone = await open('reload');
    await phone.go(stage.town.facts.parent.link);
    await phone.at('slip.apply');
    await phone.fill('guardian', '佐倉 とちゅう');
    await phone.fill('birth', '2017-06-03');
    await phone.reload();
    await phone.at('slip.apply');
    await phone.page.waitForFunction(() => document.getElementById('n-guardian')?.value === '佐倉 とちゅう');
    assert.equal(await phone.node('birth').inputValue(), '2017-06-03');
    await phone.close();
  });

  test('a reload in the middle of a report keeps what was chosen and written', async () => {
    const { mother: phone } = stage;
    await phone.page.bringToFront();
    await phone.press('report');
    await phone.at('absence.form');
    await phone.choose('kind', 'late');
    await phone.fill('time', '09:45');
    await phone.choose('reason', 'injury');
    await phone.reload();
    await phone.at('home');
    await phone.press('report');
    await phone.at('absence.form');
    assert.equal(await phone.node('time').inputValue(), '09:45');
    assert.ok(await phone.page.locator('input[value="injury"]').isChecked());
    assert.ok(await phone.page.locator('input[value="late"]').isChecked());
    await phone.press('back');
    await phone.at('home');
  });

  test('a second tab says so, and takes over when asked', async () => {
    const { mother: phone } = stage;
    const second = await phone.beside('mother-second');
    await second.go(stage.town.url('citizen'));
    await second.at('page.elsewhere');
    await second.look('elsewhere');
    await second.press('again');
    await second.at('home');
    await phone.page.bringToFront();
    await phone.at('page.elsewhere');
    await phone.press('again');
    await phone.at('home');
    await second.page.bringToFront();
    await second.at('page.elsewhere');
    await second.page.close();
    await phone.page.bringToFront();
  });

  test('a second tab goes on by itself when the first one closes', async () => {
    const { mother: phone } = stage;
    const second = await phone.beside('mother-waiting');
    await second.go(stage.town.url('citizen'));
    await second.at('page.elsewhere');
    await phone.page.close();
    await second.at('home');
    assert.deepEqual(second.trouble(), []);
    // From here on it is the mother's phone.
    second.name = phone.name;
    stage.mother = second;
  });

  test('on a slow phone a page that is loaded anew gets the app from the page before, and nobody has to press', async () => {
    const { mother: phone } = stage;
    const devtools = await phone.context.newCDPSession(phone.page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    for (let times = 0; times < 3; times += 1) {
      await phone.reload();
      await phone.at('home');
    }
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await devtools.detach();
  });

  test('the public page leads to the app', async () => {
    const anyone = new Device(watched(await (await stage.browser.newContext({ locale: 'ja-JP' })).newPage()), 'anyone', 'tablet', stage.shots);
    await anyone.go(stage.town.url('public'));
    await anyone.page.locator('[data-site]:not([hidden])').waitFor();
    assert.equal(new URL(await anyone.page.locator('[data-site]').getAttribute('href')).origin, stage.town.url('citizen'));
    await anyone.look('public');
    await anyone.close();
  });
}
