// From a tap to the next painted screen, Chromium slowed as its developer tools slow it: the page by Chromium's own throttle;
// the worker, which that throttle refuses, by letting each answer go out only after as many times the work that it took.
// Nothing else is slowed, so turns of a throttle from outside (slow.mjs) do not add to what a tap waits.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Line } from './line.mjs';

const kTaps = 80;
const kFinger = 80;  // ms that a finger rests on a button; none lifts at the instant it lands, where the page would wait for a frame
const kQuickLine = { bytes_a_second: 1e8, latency: 1 };

/** Before the worker's own text. An answer that is posted while a message is handled waits until the handling has taken `slow` times as long. */
function lengthen(slow) {
  let began = 0;
  const busy_until = (end) => { while (performance.now() < end); };
  const catch_up = () => {
    const now = performance.now();
    busy_until(now + (now - began) * (slow - 1));
    began = performance.now();
  };
  const listen = globalThis.addEventListener.bind(globalThis);
  globalThis.addEventListener = (type, heard, ...more) => listen(type, type !== 'message' ? heard : (event) => {
    began = performance.now();
    heard(event);
    catch_up();
    began = 0;
  }, ...more);
  const post = globalThis.postMessage.bind(globalThis);
  globalThis.postMessage = (...given) => {
    if (began > 0) catch_up();
    post(...given);
  };
}

/** In the page: milliseconds from each click's own time to the painted screen that answers it. */
function watch() {
  let tapped = null;
  globalThis.machi_taps = [];
  addEventListener('click', (event) => { tapped = event.timeStamp; }, { capture: true });
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (data?.kind !== 'screen' || tapped === null) return;
        const since = tapped;
        tapped = null;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.machi_taps.push(performance.now() - since);
          port2.postMessage(0);
        });
      });
    }
  };
}

/** Presses what leads on and back again over the site in `folder`. The times in ms; the first two compile, and are not among them. */
export async function taps(browser, folder, { phone, config, slow }) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => !/\.(br|gz)$/.test(name) && /\.\w+$/.test(name)).map((name) => `/${name}`);
  const worker = files.find((name) => /^\/worker-\w+\.js$/.test(name));
  const line = await Line.open(folder, kQuickLine, { '/config.json': config, [worker]: `(${lengthen})(${slow});\n${await readFile(path.join(folder, worker), 'utf8')}` });
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(line.url);
  const forward = page.locator('.foot .button').first();
  const back = page.locator('[id="n-back"]');
  await forward.waitFor();
  const hand = await context.newCDPSession(page);
  await hand.send('Emulation.setCPUThrottlingRate', { rate: slow });
  for (let tap = 0; tap < kTaps; tap += 1) {
    const { x, y, width, height } = await (tap % 2 ? back : forward).boundingBox();
    await hand.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + width / 2, y: y + height / 2 }] });
    await new Promise((resolve) => setTimeout(resolve, kFinger));
    await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.waitForFunction((count) => globalThis.machi_taps.length > count, tap, { polling: 50 });
  }
  const times = await page.evaluate(() => globalThis.machi_taps);
  await context.close();
  line.cut();
  return times.slice(2);
}
