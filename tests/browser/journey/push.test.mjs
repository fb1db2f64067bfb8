// Notifications in a real Chromium, as far as it goes without the internet: the topics are chosen and the town's key is fetched; the
// browser's own push service cannot be reached, and the app says so; what a push service would deliver is handed to the real
// service worker by the browser's own interface for that (ServiceWorker.deliverPushMessage), and each shows something.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { open_browser } from '../presenter/browser.mjs';
import { Device } from './device.mjs';
import { Town } from './town.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'push-'));
const shots = process.env['MACHI_SHOTS'] ?? path.join(folder, 'shots');
let town, browser, phone;

before(async () => {
  mkdirSync(shots, { recursive: true });
  [town, browser] = await Promise.all([Town.open({ channels: true }), open_browser()]);
  phone = await Device.open(browser, 'push-phone', 'phone', shots);
  await phone.context.grantPermissions(['notifications'], { origin: town.url('citizen') });
});
after(async () => {
  await browser?.close();
  await town?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('topics are chosen, the town is asked for its key, and a push service that cannot be reached is said', async () => {
  const asked = [];
  phone.page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
  await phone.go(town.url('citizen'));
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await phone.press('notices');
  await phone.at('notices');
  await phone.press('settings');
  await phone.at('notices.settings');
  await phone.press('push');
  await phone.at('notices.push');
  await phone.sees('knows', '町が知るのは');
  await phone.choose('topics', 'child');
  await phone.look('notices-push');
  await phone.press('save');
  await phone.node('error').waitFor();
  await phone.picture('notices-push-failed');
  assert.ok(!asked.some((one) => one.startsWith(`POST ${town.url('channels')}`)), asked.join('\n'));
});

test('each push shows one notification, by its topic and never more', async () => {
  const session = await phone.context.newCDPSession(phone.page);
  const registered = new Promise((resolve) => session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(town.url('citizen')));
    if (own) resolve(own.registrationId);
  }));
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  const deliver = (data) => session.send('ServiceWorker.deliverPushMessage', { origin: town.url('citizen'), registrationId, data });
  const shown = async (count) => {
    for (;;) {
      const all = await phone.page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })));
      if (all.length >= count) return all;
      await phone.page.waitForTimeout(100);
    }
  };
  await deliver('{"topic":"disaster"}');
  await shown(1);
  await deliver('nonsense');
  const all = await shown(2);
  assert.equal(all.length, 2);
  for (const { title, body } of all) assert.ok(title.length > 0 && body.length > 0);
  assert.ok(all.some(({ body }) => /防災のお知らせがあります/.test(body)), JSON.stringify(all));
  // The same topic again takes the place of the first: nobody gets a pile.
  await deliver('{"topic":"disaster"}');
  await deliver('{"topic":"constructor"}');
  await phone.page.waitForTimeout(500);
  assert.equal((await shown(2)).length, 2);
});
