// The sentences that the page itself says, out of assets/words/*.po: the keys that begin with "page.", as lists of plural
// forms, with their ruby and phrase marks as the core writes them. The core's catalogues are built without these.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export const kCatalogues = path.join(import.meta.dirname, '../../assets/words');
/** In the page's program from the start; the others are files of their own, fetched when chosen. */
export const kBuiltIn = ['ja', 'en'];

export async function languages() {
  return (await readdir(kCatalogues)).filter((name) => name.endsWith('.po')).map((name) => name.slice(0, -3)).sort();
}

/** Every entry of a .po file: { key: [forms] }; the header stands under "". */
export async function read_po(tag) {
  const entries = {};
  let key = null;
  let target = null;
  const unquoted = (text) => JSON.parse(text);
  for (const line of (await readFile(path.join(kCatalogues, `${tag}.po`), 'utf8')).split('\n')) {
    const word = /^(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$/.exec(line);
    if (word?.[1] === 'msgid') {
      key = unquoted(word[2]);
      target = null;
    } else if (word?.[1].startsWith('msgstr')) {
      target = (entries[key] ??= []);
      target.push(unquoted(word[2]));
    } else if (line.startsWith('"') && target) {
      target[target.length - 1] += unquoted(line);
    }
  }
  return entries;
}

/** As core/words/markup.cc resolves a msgstr; arguments stay for the page to put in. */
function marked(text) {
  return text.replace(/\\(.)|\{([^{}|]+)\|([^{}|]+)\}|\|/g, (whole, sign, base, reading) => sign ?? (base ? `\uFFF9${base}\uFFFA${reading}\uFFFB` : '\u200B'));
}

export async function page_words(tag) {
  const entries = Object.entries(await read_po(tag)).filter(([key]) => key.startsWith('page.'));
  if (!entries.length) throw new Error(`${tag}.po has no sentence for the page`);
  return Object.fromEntries(entries.map(([key, forms]) => [key.slice(5), forms.map(marked)]));
}
