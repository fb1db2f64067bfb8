// What a screen reader is given: the accessibility tree of every screen of the gallery, beside the tree that was looked at
// and kept in trees/. Rewritten only on purpose: MACHIKADO_REWRITE=1 node --test presenter/trees.test.mjs, then read the
// difference.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kPhone, open_browser, open_page } from './browser.mjs';
import { open_gallery } from './gallery.mjs';
import * as screens from './screens.mjs';

const kTrees = path.join(import.meta.dirname, 'trees');
const kScreens = Object.keys(screens).filter((name) => typeof screens[name] === 'object' && name !== 'hostile');
let gallery;
let browser;

before(async () => { [gallery, browser] = await Promise.all([open_gallery(), open_browser()]); });
after(async () => { await browser?.close(); gallery?.close(); });

for (const name of kScreens) {
  test(`a screen reader is given the kept tree of ${name}`, async () => {
    const page = await open_page(browser, kPhone);
    await page.goto(`${gallery.url}?screen=${name}`);
    await page.waitForFunction(() => document.querySelector('.screen'));
    const tree = `${await page.locator('body').ariaSnapshot()}\n`;
    const file = path.join(kTrees, `${name}.yaml`);
    if (process.env['MACHIKADO_REWRITE']) {
      await mkdir(kTrees, { recursive: true });
      await writeFile(file, tree);
    }
    assert.equal(tree, await readFile(file, 'utf8'));
    await page.context().close();
  });
}
