// What a screen reader is given on every screen of the product itself, in Japanese, phone and desk: beside the tree that was
// looked at and kept in trees/core/. Rewritten only on purpose: MACHIKADO_REWRITE=1 node --test presenter/core_trees.test.mjs,
// then read the difference.
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kPhone, kTablet, open_browser, open_page } from './browser.mjs';
import { core_screens } from './core_screens.mjs';
import { open_gallery } from './gallery.mjs';

const kTrees = path.join(import.meta.dirname, 'trees/core');
const kRewrite = Boolean(process.env['MACHIKADO_REWRITE']);
let gallery;
let browser;
let screens;

before(async () => {
  [gallery, browser, screens] = await Promise.all([open_gallery(), open_browser(), core_screens('ja')]);
  if (kRewrite) await rm(kTrees, { recursive: true, force: true });
  await mkdir(kTrees, { recursive: true });
});
after(async () => {
  await browser?.close();
  gallery?.close();
});

/** "desk.today.closed" tells its app by itself. */
const kept_as = (tour) => `${tour.startsWith('desk.') ? '' : 'citizen.'}${tour}.yaml`;
/** Codes are made of chance: any new use of it would change them all. */
const without_chance = (tree) => tree.replace(/\b[0-9A-Z]{4}(?:[- ][0-9A-Z]{4})+\b/g, 'CODE').replace(/\b[0-9A-Z]{4,}-[0-9A-Z-]*[0-9A-Z]\b/g, 'CODE')
  .replace(/（[0-9a-f]{6}）/g, '（KEY）').replace(/（[0-9A-Z]{4}）/g, '（CODE）').replace(/\b[0-9A-Z]{4}(?=の電話)/g, 'CODE');

/** The rail beside every page of the desk is kept once, with the day's list. */
const without_rail = (tour, tree) => (tour.startsWith('desk.today') ? tree : tree.replace(/^(- navigation[^\n]*)\n(?: [^\n]*\n)+/m, '$1 …\n'));

for (const [app, size] of [['citizen', kPhone], ['desk', kTablet]]) {
  test(`a screen reader is given the kept tree of every screen: ${app}`, async (each) => {
    const page = await open_page(browser, { ...size, reducedMotion: 'reduce' });
    // A camera that is still being asked for: whether this machine has one says nothing of the screen.
    await page.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined); });
    await page.goto(`${gallery.url}?screen=home`);
    await page.waitForFunction(() => document.querySelector('.screen'));
    const mine = screens.filter((one) => one.app === app);
    assert.ok(mine.length >= 30, `${mine.length} screens`);
    for (const { tour, screen } of mine) {
      await each.test(tour, async () => {
        await page.evaluate((next) => window.gallery.show(next, 0), screen);
        const tree = without_rail(tour, `${without_chance(await page.locator('body').ariaSnapshot())}\n`);
        const file = path.join(kTrees, kept_as(tour));
        if (kRewrite) await writeFile(file, tree);
        assert.equal(tree, await readFile(file, 'utf8').catch(() => `no tree is kept in ${file}`));
      });
    }
    assert.deepEqual(page.trouble, []);
    await page.context().close();
    const kept = (await readdir(kTrees)).filter((name) => name.startsWith(`${app}.`)).sort();
    assert.deepEqual(kept, mine.map(({ tour }) => kept_as(tour)).sort(), 'no tree is kept of a screen that is no more');
  });
}
