// The plural rules of the catalogues beside CLDR's cardinal rules as the platform has them (Intl.PluralRules): the same
// form for the same number, in every language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages, read_po } from '../../../wasm/make/words.mjs';

const kOrder = ['zero', 'one', 'two', 'few', 'many', 'other'];

for (const tag of await languages()) {
  test(`plural forms of ${tag} are CLDR's`, async () => {
    const header = (await read_po(tag))[''][0];
    const [, count, expression] = /^Plural-Forms: nplurals=(\d+); plural=([n0-9 ()?:%<>=!&|]+);$/m.exec(header);
    const form = new Function('n', `return Number(${expression});`);
    const rule = new Intl.PluralRules(tag);
    const categories = kOrder.filter((one) => rule.resolvedOptions().pluralCategories.includes(one));
    assert.equal(Number(count), categories.length, `${tag}: ${categories}`);
    for (const n of [...Array(1201).keys(), 10_000, 999_999, 1_000_000, 1_000_001, 2_000_000, 10_000_000]) {
      assert.equal(categories[form(n)], rule.select(n), `${tag} ${n}`);
    }
  });
}
