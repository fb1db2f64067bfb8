// The built apps without a town behind them: the core in its worker over OPFS, two tabs, offline, a new version, the camera,
// refused storage. The site is the folder named by MACHI_WEB, else build/web.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { kPhone, open_browser, open_page } from '../presenter/browser.mjs';
import { serve } from './server.mjs';

const kWeb = process.env['MACHI_WEB'] ?? path.join(import.meta.dirname, '../../../build/web');
const kPicture = path.join(import.meta.dirname, '../../data/qr_images/qrcode-2/15.png');
let browser;
let site;

before(async () => { browser = await open_browser(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { site = await serve(path.join(kWeb, 'citizen')); });
afterEach(() => site.close());

/** A screen is there, the build's own or the core's; what is pressed on the build's waits for the core. */
const drawn = (page) => page.waitForFunction(() => document.documentElement.hasAttribute('data-started') && document.querySelector('.screen h1'));
const heading = (page) => page.locator('h1').first().textContent();
const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

async function app(options = {}) {
  const page = await open_page(browser, { ...kPhone, ...options });
  await page.goto(site.url);
  await drawn(page);
  return page;
}
/** Presses the first screen's main button until the core answers with the scanner. */
async function to_scanner(page) {
  await page.locator('.foot .button').first().click();
  await page.locator('.scanner').waitFor();
}

describe('the page', () => {
  test('shows the first screen before any program runs', async () => {
    const page = await open_page(browser, { ...kPhone, javaScriptEnabled: false });
    await page.goto(site.url);
    assert.ok((await heading(page)).length > 3);
    assert.equal(await page.locator('.foot .button').count(), 2);  // a slip is scanned, or an earlier phone's record comes back
    await page.context().close();
  });

  test('runs the core under the content policy, without an error', async () => {
    const page = await app();
    await to_scanner(page);
    assert.deepEqual(page.trouble.filter((text) => !text.includes('127.0.0.1:9') && !text.includes('ERR_CONNECTION_REFUSED') && !text.includes('ERR_UNSAFE_PORT')), []);
    await page.context().close();
  });

  test('keeps a press that came before the core', async () => {
    const page = await open_page(browser, { ...kPhone, serviceWorkers: 'block' });
    await page.route('**/machi-*.wasm', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await page.goto(site.url);
    await page.waitForFunction(() => document.documentElement.hasAttribute('data-started'));
    await page.getByRole('radio', { name: 'English' }).check();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    await page.context().close();
  });

  test('takes a secret out of the address at once', async () => {
    const page = await open_page(browser, kPhone);
    await page.goto(`${site.url}#secret-of-a-slip`);
    await drawn(page);
    assert.equal(await page.evaluate(() => location.hash), '');
    await page.context().close();
  });

  test('on an iPhone explains installing to who comes with a slip, and lets them go on', async () => {
    const page = await open_page(browser, { ...kPhone, userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1' });
    await page.goto(`${site.url}#secret-of-a-slip`);
    await page.locator('.screen[data-screen="page.install"]').waitFor();
    assert.equal(await page.evaluate(() => location.hash), '');
    assert.equal(await page.locator('.step').count(), 3);
    await page.locator('[id="n-here"]').click();
    await page.locator('.screen:not([data-screen="page.install"])').waitFor();
    await page.goto(site.url);
    await drawn(page);
    assert.equal(await page.locator('.screen[data-screen="page.install"]').count(), 0);
    await page.context().close();
  });

  test('says that it is slow to nobody, and that not everything came to whom it did not come', async () => {
    const page = await open_page(browser, { ...kPhone, serviceWorkers: 'block' });
    await page.route('**/app-*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 9500));
      await route.continue();
    });
    await page.goto(site.url);
    await drawn(page);
    assert.equal(await page.locator('.floor:visible').count(), 0);
    await page.unrouteAll();
    await page.route('**/app-*.js', (route) => route.abort());
    await page.reload();
    await page.locator('#halted:visible').waitFor();
    assert.equal(await page.locator('#floor:visible').count(), 0);
    await page.context().close();
  });

  test('sends LINE to the phone\'s own browser, with the fragment', async () => {
    const page = await open_page(browser, { ...kPhone, userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari Line/13.0.0' });
    await page.goto(`${site.url}#slip`);
    await page.waitForURL(/openExternalBrowser=1/);
    await page.context().close();
  });

  test('says plainly that storage is refused, and what to do', async () => {
    const page = await open_page(browser, { ...kPhone, serviceWorkers: 'block' });
    await page.route('**/worker-*.js', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `navigator.storage.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));\n${await answer.text()}` });
    });
    await page.goto(site.url);
    await page.getByRole('heading', { name: 'このブラウザでは使えません' }).waitFor();
    assert.match(await page.getByRole('alert').first().textContent(), /電話してください/);
    await page.context().close();
  });
});

describe('two tabs', () => {
  test('have one owner; the other takes over when asked', async () => {
    const first = await app();
    const second = await first.context().newPage();
    await second.goto(site.url);
    await second.getByRole('button', { name: 'ここで使う' }).click();
    await second.locator('.choice').waitFor();
    await first.getByRole('heading', { name: '別の画面で開いています' }).waitFor();
    await to_scanner(second);
    await first.getByRole('button', { name: 'ここで使う' }).click();
    await second.getByRole('heading', { name: '別の画面で開いています' }).waitFor();
    await first.locator('.choice').waitFor();
    await to_scanner(first);
    await first.context().close();
  });
});

describe('the service worker', () => {
  test('starts the app without a network, and keeps the chosen language', async () => {
    const page = await app();
    await controlled(page);
    await page.getByRole('radio', { name: 'English' }).check();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    const before = await heading(page);
    site.close();
    await page.context().setOffline(true);
    await page.reload();
    await page.waitForFunction(() => document.querySelector('h1') !== null);
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    assert.equal(await heading(page), before);
    await page.context().close();
  });

  test('offers a new version and waits until the person says so', async () => {
    const page = await app();
    await controlled(page);
    await to_scanner(page);
    site.change('/service-worker.js', (text) => `${text}\n// newer`);
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()));
    const offer = page.getByRole('button', { name: '新しくする' });
    await offer.waitFor();
    await page.getByLabel('コードを打ち込む').fill('H7K2');
    await page.waitForTimeout(300);
    assert.equal(await page.getByLabel('コードを打ち込む').inputValue(), 'H7K2', 'nothing is lost before');
    await Promise.all([page.waitForEvent('load'), offer.click()]);
    await drawn(page);
    assert.equal(await offer.count(), 0);
    await page.context().close();
  });

  test('posts what waits when the app is closed, and leaves the open one to itself', { timeout: 120_000 }, async () => {
    const page = await app();
    await controlled(page);
    // Whoever comes first makes the shelves: as wasm/src/outbox.ts does.
    const shelves = async (from, work, ...given) => {
      return from.evaluate(([source, values]) => new Promise((resolve, reject) => {
        const opening = indexedDB.open('machi-outbox', 1);
        opening.onupgradeneeded = () => { for (const name of ['waiting', 'answered']) opening.result.createObjectStore(name, { keyPath: 'id' }); };
        opening.onerror = () => reject(opening.error);
        opening.onblocked = () => reject(new Error('the shelves are held'));
        opening.onsuccess = () => {
          try {
            const change = opening.result.transaction('waiting', 'readwrite');
            const store = change.objectStore('waiting');
            const request = source === 'keys' ? store.getAllKeys() : store.put({ ...values[0], body: new Uint8Array(values[0].body) });
            change.oncomplete = () => { opening.result.close(); resolve(request.result); };
            change.onabort = () => reject(change.error);
          } catch (error) {
            reject(error);
          }
        };
      }), [work, given]);
    };
    const keys = (from) => shelves(from, 'keys');
    await shelves(page, 'put', { id: 'e1', url: `${site.url}v1/post`, body: [1, 2, 3] });
    const cover = await page.context().newPage();
    const devtools = await page.context().newCDPSession(cover);
    const ids = [];
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => ids.push(...registrations.filter(({ scopeURL }) => scopeURL === site.url).map(({ registrationId }) => registrationId)));
    await devtools.send('ServiceWorker.enable');
    await cover.waitForTimeout(300);
    const sync = () => devtools.send('ServiceWorker.dispatchSyncEvent', { origin: new URL(site.url).origin, registrationId: ids[0], tag: 'machi-post', lastChance: false });
    await sync();
    await cover.waitForTimeout(500);
    assert.equal(site.posted.length, 0, 'the open app posts by itself');
    assert.deepEqual(await keys(page), ['e1']);
    await page.close();
    // Twice, as when the browser's own try meets another: it is posted once.
    await Promise.all([sync(), sync()]);
    for (let tries = 0; tries < 40 && site.posted.length === 0; tries += 1) await cover.waitForTimeout(100);
    await cover.waitForTimeout(500);
    assert.deepEqual(site.posted.map(({ name, body }) => [name, [...body]]), [['/v1/post', [1, 2, 3]]]);
    await cover.goto(site.url);
    await drawn(cover);
    assert.deepEqual(await keys(cover), []);
    await cover.context().close();
  });
});

describe('the scanner', () => {
  test('reads a symbol from a picture', async () => {
    const page = await app();
    await to_scanner(page);
    await page.locator('input[type=file]').setInputFiles(kPicture);
    await answered(page);
    await page.context().close();
  });

  test('says when a picture holds none', async () => {
    const page = await app();
    await to_scanner(page);
    const icon = (await page.evaluate(() => document.querySelector('link[rel=apple-touch-icon]').href));
    const picture = Buffer.from(await (await fetch(icon)).arrayBuffer());
    await page.locator('input[type=file]').setInputFiles({ name: 'icon.png', mimeType: 'image/png', buffer: picture });
    await page.getByText('読み取れませんでした').waitFor();
    await page.context().close();
  });

  test('reads a symbol before the camera', async () => {
    const film = await film_of(kPicture);
    const filming = await open_browser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`]);
    try {
      const page = await open_page(filming, { ...kPhone, permissions: ['camera'] });
      await page.goto(site.url);
      await drawn(page);
      await to_scanner(page);
      await page.getByRole('button', { name: 'カメラで読み取る' }).click();
      await answered(page);
    } finally {
      await filming.close();
    }
  });

  /** The core has taken the text and says what is wrong with it: it is no slip of this town. */
  async function answered(page) {
    await page.waitForFunction(() => !document.querySelector('.scanner') || document.querySelector('.scanner > .mistake, #error-summary'), null, { timeout: 20000 });
  }

  /** A film of one picture, as raw frames, made by the browser's own canvas. */
  async function film_of(picture) {
    const page = await open_page(browser, {});
    const [width, height] = [640, 480];
    const grey = await page.evaluate(async ([bytes, w, h]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
      const context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, w, h);
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${bytes}`)).blob());
      const scale = Math.min(w / image.width, h / image.height) * 0.9;
      context.drawImage(image, (w - image.width * scale) / 2, (h - image.height * scale) / 2, image.width * scale, image.height * scale);
      const { data } = context.getImageData(0, 0, w, h);
      return Array.from({ length: w * h }, (_, at) => Math.round(16 + (data[at * 4] * 219) / 255));
    }, [(await readFile(picture)).toString('base64'), width, height]);
    await page.context().close();
    const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(grey), Buffer.alloc((width * height) / 2, 128)]);
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'film-')), 'film.y4m');
    await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), frame, frame]));
    return file;
  }
});
