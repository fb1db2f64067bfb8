// Every way in: a picture of the slip, its typed code, the camera. Every slip that leads nowhere, and what is said then.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import { open_browser } from '../presenter/browser.mjs';
import { Device } from './device.mjs';
import { apply } from './people.mjs';

/** A slip's link whose signature no longer fits what it signs. */
function forged(link) {
  const [site, fragment] = link.split('#s=');
  const slip = inflateSync(Buffer.from(fragment, 'base64url'));
  slip[slip.length - 1] ^= 1;
  return `${site}#s=${deflateSync(slip).toString('base64url')}`;
}

export function slips(stage) {
  const open = (name, browser = stage.browser, more = {}) => Device.open(browser, name, 'phone', stage.shots, more);

  async function at_the_scanner(phone) {
    await phone.go(stage.town.url('citizen'));
    await phone.press('scan');
    await phone.at('slip.scan');
  }

  test('is read from a picture of it', async () => {
    const phone = await open('father');
    await at_the_scanner(phone);
    await phone.page.locator('input[type="file"]').setInputFiles(stage.town.facts.parent.png);
    await apply(phone, stage.town.facts.parent, { guardian: '佐倉 たくや' });
    await phone.node('report').waitFor();
    await phone.close();
    await stage.mother.page.bringToFront();
    await stage.mother.nodes('news:').waitFor();
    await stage.mother.look('news');
    await stage.mother.touch(stage.mother.nodes('news-seen:').first());
  });

  test('is known by its typed code; what does not agree is decided by a person', async () => {
    const { desk, town } = stage;
    const phone = await open('grandmother');
    await at_the_scanner(phone);
    await phone.page.locator('[id="n-scanner-code"]').fill(town.facts.parent.code.toLowerCase());
    await phone.page.locator('[id="n-scanner-code"]').press('Enter');
    await apply(phone, town.facts.parent, { guardian: '佐倉 ふみ', digits: '9999' });
    await phone.sees('outcome', '学校が確かめています');
    await phone.look('waiting');
    await desk.page.bringToFront();
    await desk.press('page.applications');
    await desk.at('desk.applications');
    await desk.nodes('enrol.').waitFor();
    await desk.look('application');
    await desk.press(await desk.nodes('enrol.').evaluate((button) => button.id.slice(2)));
    await phone.node('report').waitFor();
    await desk.look('application-decided');
    await desk.press('grade.all');
    await phone.close();
  });

  test('is read by the camera', async () => {
    const film = path.join(stage.town.folder, 'slip.mjpeg');
    execFileSync('ffmpeg', ['-loglevel', 'error', '-y', '-loop', '1', '-i', stage.town.facts.parent.png, '-frames:v', '20', '-r', '10',
      '-vf', 'scale=560:560,pad=1280:720:(ow-iw)/2:(oh-ih)/2:gray,format=yuvj420p', '-q:v', '3', '-f', 'mjpeg', film]);
    const browser = await open_browser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`]);
    try {
      const phone = await open('camera', browser, { permissions: ['camera'] });
      await at_the_scanner(phone);
      await phone.touch(phone.page.locator('[id="n-scanner"] button').first());
      await apply(phone, stage.town.facts.parent, { guardian: '佐倉 あきら' });
      await phone.node('report').waitFor();
      await phone.close();
    } finally {
      await browser.close();
    }
  });

  test('is good for four phones, and says so to the fifth', async () => {
    const phone = await open('fifth');
    await phone.go(stage.town.facts.parent.link);
    await apply(phone, stage.town.facts.parent, { guardian: '佐倉 だれか' });
    await phone.sees('outcome', '使い切っています');
    await phone.look('problem-used-up');
    await phone.close();
  });

  const bad = [
    { what: 'expired', link: (town) => town.expired.link, said: '期限が切れています' },
    { what: 'forged', link: (town) => forged(town.facts.parent.link), said: '本物の用紙か確認できません' },
    { what: 'other-town', link: (town) => town.foreign.link, said: '別の町の登録用紙です' },
    { what: 'unreadable', link: (town) => `${town.url('citizen')}/#s=AAAA`, said: '登録用紙のコードではありません' },
  ];
  for (const { what, link, said } of bad) {
    test(`that is ${what} says what happened, what to do, and what is as before`, async () => {
      const phone = await open('stranger');
      await phone.go(link(stage.town));
      await phone.at('slip.problem');
      await phone.sees('outcome', said);
      for (const part of ['what', 'next', 'kept']) assert.ok(await phone.text(part));
      await phone.look(`problem-${what}`);
      await phone.press('scan-again');
      await phone.at('slip.scan');
      await phone.close();
    });
  }

  test('whose code nobody issued, and a picture without one, lead to a sentence', async () => {
    const phone = await open('stranger');
    await at_the_scanner(phone);
    await phone.look('scan');
    await phone.page.locator('input[type="file"]').setInputFiles({ name: 'cat.png', mimeType: 'image/png', buffer: await phone.page.screenshot() });
    await phone.page.locator('.scanner [role="alert"]').waitFor();
    await phone.look('scan-nothing');
    await phone.page.locator('[id="n-scanner-code"]').fill('0000-0000-0000-0000');
    await phone.page.locator('[id="n-scanner-code"]').press('Enter');
    await phone.at('slip.problem');
    await phone.sees('outcome', '見つかりません');
    await phone.look('problem-not-found');
    await phone.close();
  });
}
