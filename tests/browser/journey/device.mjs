// A phone or a tablet in its own browser context: what a person does with it and what the person sees, by the ids that the
// core gives to its nodes. `look` is what every screen that is visited has to stand: axe in light and dark, 320 px, a picture.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { kPhone, kTablet, open_page, watched } from '../presenter/browser.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const kNarrow = { width: 320, height: 640 };
/** The machine may be busy: long, and only ever spent on a failure. */
const kPatience = Number(process.env['MACHI_PATIENCE'] ?? 90_000);
/** A network that is cut says so in the console; that is no fault of the page. */
const kCut = /net::ERR_|Failed to load resource/;

const attribute = (id) => `[id="n-${id}"]`;

async function again_when_aborted(load) {
  await load().catch((error) => {
    if (!/ERR_ABORTED/.test(error.message)) throw error;
    return load();
  });
}

export class Device {
  /** `shots`: folder for pictures. */
  static async open(browser, name, kind, shots, more = {}) {
    const page = await open_page(browser, { ...(kind === 'phone' ? kPhone : kTablet), reducedMotion: 'reduce', ...more });
    page.setDefaultTimeout(kPatience);
    return new Device(page, name, kind, shots);
  }

  taps = 0;
  constructor(page, name, kind, shots) {
    Object.assign(this, { page, name, kind, shots, context: page.context() });
  }

  node(id) {
    return this.page.locator(attribute(id));
  }

  /** Nodes whose id begins so: rows and buttons are named after what they show. */
  nodes(start) {
    return this.page.locator(`[id^="n-${start}"]`);
  }

  /** Waits for a screen of the core by its name, with or without a subject. */
  async at(screen) {
    await this.page.locator(`.screen[data-screen="${screen}"], .screen[data-screen^="${screen}/"]`).waitFor().catch(async (error) => {
      throw new Error(`${this.name} is not at ${screen}: ${await this.state()}`, { cause: error });
    });
  }

  /** As if the address had been typed or a link followed. A step back through the history that is still under way aborts the first try. */
  go(address) {
    return again_when_aborted(() => this.page.goto(address));
  }

  reload() {
    return again_when_aborted(() => this.page.reload());
  }

  /** The app is opened once more in this browser, in a tab of its own, as a device to act with. */
  async beside(name) {
    return new Device(watched(await this.context.newPage()), name, this.kind, this.shots);
  }

  async touch(locator) {
    this.taps += 1;
    if (this.kind === 'phone') await locator.tap();
    else await locator.click();
  }

  press(id) {
    return this.touch(this.node(id));
  }

  choose(id, value) {
    return this.touch(this.page.locator(`${attribute(id)} label.option`, { has: this.page.locator(`input[value="${value}"]`) }));
  }

  /** As a person does: into the field, and out of it. */
  async fill(id, value) {
    await this.node(id).fill(value);
    await this.node(id).blur();
  }

  text(id) {
    return this.node(id).innerText();
  }

  /** Waits until a node's words hold this text. */
  async sees(id, wanted) {
    const found = this.node(id).filter({ hasText: wanted });
    await found.first().waitFor().catch(async (error) => {
      throw new Error(`${this.name} does not see ${wanted} in ${id}: ${await this.state()}`, { cause: error });
    });
  }

  /** Where this device is and what it says, for a failed test. */
  async state() {
    const shown = await this.page.evaluate(() => `${location.href.split('#')[0]} ${document.querySelector('.screen')?.getAttribute('data-screen')}\n${document.body.innerText}`)
      .catch((error) => String(error));
    await this.picture('failed').catch(() => undefined);
    return `${shown}\n${this.page.trouble.join('\n')}`;
  }

  async picture(name, full = true) {
    const take = () => this.page.screenshot({ path: path.join(this.shots, `${this.name}-${name}.png`), fullPage: full });
    // A picture is there to be looked at and proves nothing: on a busy machine the browser sometimes has none, once.
    await take().catch(() => this.page.waitForTimeout(500).then(take));
  }

  /** The screen as it stands, against every rule of accessibility that axe knows and in a narrow window. */
  async look(name) {
    const page = this.page;
    const size = page.viewportSize();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => scrollTo(0, 0));
      await this.picture(`${name}-${colorScheme}`, this.kind !== 'phone');
      if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(kAxe);
      // As high as its content: what lies under the bar at the foot now comes out by scrolling, and is judged as if it had.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
      const found = await page.evaluate(async (values) => {
        const { violations } = await globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
      }, kRules);
      await page.setViewportSize(size);
      assert.deepEqual(found, [], `${this.name} ${name} ${colorScheme}`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(kNarrow);
    const wide = await page.evaluate(() => {
      const limit = document.documentElement.clientWidth + 1;
      if (document.documentElement.scrollWidth <= limit) return [];
      return [...document.querySelectorAll('.screen *')].filter((element) => element.getBoundingClientRect().right > limit).map((element) => element.outerHTML.slice(0, 120));
    });
    await this.picture(`${name}-320`);
    await page.setViewportSize(size);
    assert.deepEqual(wide, [], `${this.name} ${name} at 320 px`);
  }

  /** Errors of the page that are none of the network's. */
  trouble() {
    return this.page.trouble.filter((text) => !kCut.test(text));
  }

  async close() {
    const trouble = this.trouble();
    await this.context.close();
    assert.deepEqual(trouble, [], this.name);
  }
}
