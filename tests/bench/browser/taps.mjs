// From a tap to the next painted screen, Chromium slowed as its developer tools slow it: the page by Chromium's own throttle;
// the worker, which that throttle refuses, by letting each answer go out only after as many times the work that it took.
// Nothing else is slowed, so turns of a throttle from outside (slow.mjs) do not add to what a tap waits.
// A tap begins with the time stamp that the browser gives the lifted finger, and ends when the frame that shows the answer has
// been painted and handed to the compositor: that is a few ms after what Element Timing calls its paint time, for the same
// frame. When it stands on the glass is the display's own time (Element Timing's presentation time): no work of the page is in
// it, and here it would be that of a renderer in software.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Line } from './line.mjs';

const kTaps = 80;
const kFinger = 80;  // ms that a finger rests on a button; none lifts at the instant it lands, where the page would wait for a frame
const kBetween = 50;  // ms from a painted screen to the next finger
const kFrame = 1000 / 60, kGolden = 0.618034;  // fingers come down anywhere between two frames, evenly
const kSettled = 1000;  // ms after the first screen, for the files that come in behind it
const kForward = '.foot .button';
const kBack = '[id="n-back"]';
const kQuickLine = { bytes_a_second: 1e8, latency: 1 };

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Before the worker's own text. An answer that is posted while a message is handled waits until the handling has taken `slow` times as long. */
function lengthen(slow) {
  let began = 0;
  // Asleep: a slow phone's other processors are free meanwhile, and this machine may have but two.
  const sleeper = new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
  const catch_up = () => {
    Atomics.wait(sleeper, 0, 0, (performance.now() - began) * (slow - 1));
    began = performance.now();
  };
  const listen = globalThis.addEventListener.bind(globalThis);
  globalThis.addEventListener = (type, heard, ...more) => listen(type, type !== 'message' ? heard : (event) => {
    began = performance.now();
    heard(event);
    catch_up();
    began = 0;
  }, ...more);
  const post = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message) {
    if (began > 0) catch_up();
    post.call(this, message);
  };
}

/** In the page: milliseconds from each click's own time to the painted screen that answers it. */
function watch() {
  let tapped = null;
  addEventListener('click', (event) => { tapped = event.timeStamp; }, { capture: true });
  const Plain = globalThis.BroadcastChannel;
  globalThis.BroadcastChannel = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (data?.kind !== 'screen' || tapped === null) return;
        const since = tapped;
        tapped = null;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.machi_painted(String(performance.now() - since));
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
  const hand = await context.newCDPSession(page);
  // By the browser's own protocol and nothing else: playwright's locators leave listeners in the page that every touch would wait for.
  const heard = [];
  hand.on('Runtime.bindingCalled', ({ payload }) => heard.shift()?.(Number(payload)));
  const painted = () => new Promise((resolve) => heard.push(resolve));
  await hand.send('Runtime.enable');
  await hand.send('Runtime.addBinding', { name: 'machi_painted' });
  const ask = async (expression) => (await hand.send('Runtime.evaluate', { expression, returnByValue: true })).result.value;
  const there = async (selector) => {
    for (;;) {
      const place = await ask(`(() => { const box = document.querySelector('${selector}')?.getBoundingClientRect(); return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }; })()`);
      if (place) return place;
      await pause(50);
    }
  };
  await page.goto(line.url);
  await there(kForward);
  await pause(kSettled);
  await hand.send('Emulation.setCPUThrottlingRate', { rate: slow });
  const times = [];
  for (let tap = 0; tap < kTaps; tap += 1) {
    const place = await there(tap % 2 ? kBack : kForward);
    const answered = painted();
    await hand.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [place] });
    await pause(kFinger);
    await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    times.push(await answered);
    await pause(kBetween + tap * kGolden % 1 * kFrame);
  }
  await context.close();
  line.cut();
  return times.slice(2);
}
