// A photo of a doctor's paper: from a camera that writes down where it stood, small and without that to the school; a huge
// one; and files that are no photos.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { rows_about, take_back, turn_to } from './people.mjs';

/** EXIF as a camera writes it, big-endian: turned by a quarter, its maker, and a place (35 north). */
function exif() {
  const entry = (tag, type, count, value) => {
    const out = Buffer.alloc(12);
    out.writeUInt16BE(tag, 0);
    out.writeUInt16BE(type, 2);
    out.writeUInt32BE(count, 4);
    value.copy(out, 8);
    return out;
  };
  const long = (n) => { const out = Buffer.alloc(4); out.writeUInt32BE(n); return out; };
  const short = (n) => { const out = Buffer.alloc(4); out.writeUInt16BE(n); return out; };
  const place = 8 + 2 + 3 * 12 + 4;
  const numbers = place + 2 + 2 * 12 + 4;
  const make = numbers + 24;
  const tiff = Buffer.concat([
    Buffer.from('MM\0*'), long(8),
    Buffer.from([0, 3]), entry(0x10f, 2, 12, long(make)), entry(0x112, 3, 1, short(6)), entry(0x8825, 4, 1, long(place)), long(0),
    Buffer.from([0, 2]), entry(1, 2, 2, Buffer.from('N\0\0\0')), entry(2, 5, 3, long(numbers)), long(0),
    ...[35, 1, 41, 1, 22, 1].map(long), Buffer.from('KamaishiCam\0'),
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A page of writing as a camera would see it. `notes`: bytes behind the beginning; `padding`: application data up to that size. */
async function picture(page, { width, height, type = 'image/jpeg', notes = Buffer.alloc(0), size = 0 }) {
  const base64 = await page.evaluate(async ([w, h, kind]) => {
    const canvas = new OffscreenCanvas(w, h);
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#f4f1e8';
    pen.fillRect(0, 0, w, h);
    pen.fillStyle = '#222';
    pen.font = `${Math.round(h / 24)}px sans-serif`;
    for (let line = 0; line < 12; line += 1) pen.fillText(line === 0 ? '登校許可証明書' : `${line}. インフルエンザ　登校してよい日 11月30日`, w / 12, h / 8 + line * h / 15);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: kind, quality: 0.9 })).arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
  }, [width, height, type]);
  const plain = Buffer.from(base64, 'base64');
  const parts = [plain.subarray(0, 2), notes];
  for (let more = size - plain.length; more > 0; more -= 65_000) {
    const segment = Buffer.alloc(65_000, 0x55);
    Buffer.from([0xff, 0xef]).copy(segment);
    segment.writeUInt16BE(65_000 - 2, 2);
    parts.push(segment);
  }
  return Buffer.concat([...parts, plain.subarray(2)]);
}

const input = (device) => device.page.locator('[id="n-photo"] [data-photo="choose"] input');
const folder = mkdtempSync(path.join(tmpdir(), 'photos-'));

/** Chooses a file, as it lies on the device. */
async function put(device, name, content) {
  writeFileSync(path.join(folder, name), content);
  await input(device).setInputFiles(path.join(folder, name));
}
const shown = (device) => device.page.locator('[id="n-photo"] img');
const size_of = (locator) => locator.evaluate(async (image) => { await image.decode(); return [image.naturalWidth, image.naturalHeight]; });

/** The bytes that the desk's page was given, in the order in which it was. */
const given = (device) => device.page.evaluate(async () => Promise.all(globalThis.given.map(async (blob) => [...new Uint8Array(await blob.arrayBuffer())])));

export function photo(stage) {
  let day = '';
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('a file that is no photo gets words, and so does one that this browser cannot read', async () => {
    const { mother: phone } = stage;
    await phone.at('home');
    await phone.press('report');
    await phone.at('absence.form');
    await phone.choose('kind', 'absent');
    await phone.choose('reason', 'infectious');
    await phone.node('photo').waitFor();
    await put(phone, 'letter.jpg', Buffer.from('This is a letter, whatever its name says.'));
    await phone.sees('photo', '写真ではない');
    await put(phone, 'IMG_0001.heic', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(200)]));
    await phone.sees('photo', 'HEIC');
    await phone.look('photo-heic');
    await put(phone, 'broken.jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(400, 7)]));
    await phone.sees('photo', '写真を開けません');
    assert.equal(await shown(phone).count(), 0);
  });

  test('a photo of 40 MB is made small on the phone', async () => {
    const { mother: phone } = stage;
    const huge = await picture(phone.page, { width: 6000, height: 4000, notes: exif(), size: 40 << 20 });
    assert.ok(huge.length > 40 << 20);
    await put(phone, 'huge.jpg', huge);
    await shown(phone).waitFor();
    assert.deepEqual(await size_of(shown(phone)), [1067, 1600], 'upright, and not longer than needed');
    await phone.touch(phone.page.locator('[id="n-photo"] button'));
    await shown(phone).waitFor({ state: 'detached' });
  });

  test('a photo is there after a reload, and goes with the report', async () => {
    const { mother: phone } = stage;
    await put(phone, 'paper.jpg', await picture(phone.page, { width: 4000, height: 3000, notes: exif() }));
    await shown(phone).waitFor();
    await phone.look('photo-chosen');
    await phone.reload();
    await phone.at('home');
    await phone.press('report');
    await phone.at('absence.form');
    await shown(phone).waitFor();
    day = await phone.node('date').inputValue();
    await phone.press('send');
    await phone.at('absence.sent');
    await phone.sees('outcome', '町に届きました');
    await phone.page.locator('[id^="n-photo:"] img').waitFor();
  });

  test('the school opens it, without where it was taken, enlarges and prints it', async () => {
    const { desk, town } = stage;
    await desk.page.addInitScript(() => {
      globalThis.given = [];
      const make = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => { globalThis.given.push(blob); return make(blob); };
    });
    await desk.reload();
    await desk.at('desk.today');
    await turn_to(desk, day);
    const row = rows_about(desk, town.facts.parent.child).filter({ hasText: '感染症' });
    await row.waitFor();
    await desk.look('day-photo');
    await desk.touch(row.getByRole('button', { name: '写真を見る' }));
    await desk.at('desk.photo');
    const image = desk.page.locator('[id="n-photo"] img');
    await image.waitFor();
    assert.deepEqual(await size_of(image), [1200, 1600]);
    assert.ok(await image.getAttribute('alt'));
    await desk.look('photo');
    const [bytes] = (await given(desk)).map((list) => Buffer.from(list));
    assert.ok(bytes[0] === 0xff && bytes[1] === 0xd8 && bytes.length < 1 << 20, `${bytes.length} bytes`);
    for (const trace of ['Exif', 'KamaishiCam', 'GPS']) assert.ok(!bytes.includes(trace), `${trace} came through`);
    const narrow = (await image.boundingBox()).width;
    await desk.touch(desk.page.getByRole('button', { name: '大きくする' }));
    assert.ok((await image.boundingBox()).width > narrow * 1.5);
    await desk.picture('photo-large', false);
    const paper = await desk.page.pdf({ path: `${stage.shots}/photo.pdf` });
    assert.equal(paper.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length, 1, 'on one page');
    await desk.press('back');
    await desk.at('desk.today');
    await desk.press('grade.all');
  });

  test('a note to the school may be a photo alone', async () => {
    const { desk, mother: phone, town } = stage;
    await phone.press('home');
    await phone.at('home');
    await phone.touch(phone.nodes('child:').first());
    await phone.at('absence.notes');
    await put(phone, 'list.png', await picture(phone.page, { width: 900, height: 1200, type: 'image/png' }));
    await shown(phone).waitFor();
    await phone.look('note-photo');
    await phone.press('send');
    await phone.page.locator('[id^="n-photo:"] img').waitFor();
    await phone.page.locator('[id^="n-state:"]').filter({ hasText: '届きました' }).first().waitFor();
    await desk.press('page.messages');
    await desk.at('desk.messages');
    await desk.touch(desk.nodes('thread.').first());
    await desk.at('desk.thread');
    await desk.touch(desk.page.getByRole('button', { name: '写真を見る' }).first());
    await desk.at('desk.photo');
    await desk.page.locator('[id="n-photo"] img').waitFor();
    await desk.press('back');
    await desk.at('desk.thread');
    await desk.press('grade.all');
    await phone.press('back');
    await phone.at('home');
    await phone.touch(phone.nodes('report:').filter({ hasText: '欠席' }).first());
    await phone.at('absence.sent');
    await take_back(phone);
    await phone.press('home');
  });
}
