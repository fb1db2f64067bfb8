// axe over every screen that the core makes (core_screens.mjs): light and dark, phone and desk, in Japanese, easy Japanese,
// one of the languages whose words are the longest, and the one whose signs are the tallest.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { open_browser, open_page } from './browser.mjs';
import { core_screens } from './core_screens.mjs';
import { open_gallery } from './gallery.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let gallery;
let browser;
let screens;

before(async () => { [gallery, browser, screens] = await Promise.all([open_gallery(), open_browser(), core_screens()]); });
after(async () => {
  await browser?.close();
  gallery?.close();
});

// As high as any content: what lies under the bar at the foot now comes out by scrolling, and is judged as if it had.
const kSizes = { citizen: { width: 320, height: 5000 }, desk: { width: 1180, height: 5000 } };
for (const tag of ['ja', 'ja-x-easy', 'fil', 'ne']) {
  for (const [app, viewport] of Object.entries(kSizes)) {
    for (const colorScheme of ['light', 'dark']) {
      test(`axe finds nothing in ${tag}: ${app}, ${colorScheme}`, async () => {
        const page = await open_page(browser, { reducedMotion: 'reduce', bypassCSP: true, viewport, colorScheme });
        await page.goto(`${gallery.url}?screen=home`);
        await page.waitForFunction(() => document.querySelector('.screen'));
        await page.addScriptTag({ path: axe });
        const mine = screens.filter((each) => each.app === app && each.tag === tag);
        assert.ok(mine.length >= 30, `${mine.length} screens`);
        const found = [];
        for (const { name, screen } of mine) {
          const wrong = await page.evaluate(async ([next, values]) => {
            window.gallery.show(next, 0);
            const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
            return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
          }, [screen, kRules]);
          found.push(...wrong.map((each) => `${name}: ${each}`));
        }
        assert.deepEqual(found, []);
        assert.deepEqual(page.trouble, []);
        await page.context().close();
      });
    }
  }
}
