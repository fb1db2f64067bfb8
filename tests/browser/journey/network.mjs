// The network is cut in the middle: the report waits on the phone, the app starts without a network, and what waited goes
// by itself. The hub crashes: both sides come back by themselves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, rows_about, take_back } from './people.mjs';

export function network(stage) {
  test('a report written without a network says where it is', async () => {
    const { mother: phone } = stage;
    await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await phone.context.setOffline(true);
    await report(phone, { kind: 'late', reason: 'clinic', time: '11:20' });
    await phone.sees('outcome', 'この端末に保存しました');
    await phone.sees('explain', 'まだ学校には届いていません');
    await phone.look('offline-saved');
  });

  test('a reload without a network starts the app, and the report still waits', async () => {
    const { mother: phone } = stage;
    await phone.reload();
    await phone.at('home');
    await phone.sees('reach', /1件/);
    await phone.look('offline-home');
    await phone.touch(phone.nodes('report:').filter({ hasText: '遅刻' }).first());
    await phone.at('absence.sent');
    await phone.sees('outcome', 'この端末に保存しました');
  });

  test('when the network is back it goes by itself', async () => {
    const { desk, mother: phone, town } = stage;
    await phone.context.setOffline(false);
    await phone.sees('outcome', '町に届きました');
    await rows_about(desk, town.facts.parent.child).filter({ hasText: '11:20' }).waitFor();
    await take_back(phone);
    await phone.press('home');
  });

  test('a hub that crashes in the middle loses nothing, and both sides find it again', async () => {
    const { desk, mother: phone, town } = stage;
    await town.stop('hub', 'SIGKILL');
    await report(phone, { kind: 'leaving-early', reason: 'family', time: '14:05' });
    await phone.sees('outcome', 'この端末に保存しました');
    await phone.sees('reach', /つながりません/);
    await phone.look('hub-away');
    await desk.sees('connection', 'つながっていません');
    await desk.look('hub-away');
    await town.start('hub');
    await phone.sees('outcome', '町に届きました');
    const row = rows_about(desk, town.facts.parent.child).filter({ hasText: '14:05' });
    await row.waitFor();
    await desk.touch(row.getByRole('button', { name: '確認する' }));
    await phone.sees('outcome', '学校が確認しました');
    await phone.press('home');
  });

  test('a site that is gone does not stop a phone that has the app', async () => {
    const { mother: phone, town } = stage;
    await phone.at('home');
    await town.stop('citizen', 'SIGKILL');
    try {
      await phone.reload();
      await phone.at('home');
      assert.ok(await phone.nodes('report:').filter({ hasText: '早退' }).count() > 0);
    } finally {
      await town.start('citizen');
    }
  });
}
