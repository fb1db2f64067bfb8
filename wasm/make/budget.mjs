// node make/budget.mjs FOLDER: what a phone loads before the parent's app can be used - HTML, styles, scripts and the core,
// each as its brotli twin - against the budget of the first load; and what the scanner of symbols loads, when it is first used,
// against its own. For the public pages' folder: what the kiosk without devices loads, letters and all (kiosk.html, practice.html).
// Prints the list; ends with 1 when it is too much.
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

// The aim of the issue.
const kBudget = 480 * 1024;
const kScannerBudget = 170 * 1024;
const kNoticesBudget = 300 * 1024;
const kSupportBudget = 400 * 1024;
/** As the issue of the kiosk has it; the page for practice is opened on phones. */
const kKioskBudgets = { 'kiosk.html': 1536 * 1024, 'practice.html': 480 * 1024 };
/** Comes later, or only when it is used. */
const kLater = /^(service-worker|notices-|support-|scanner-|photo-|chart-|paper-|shell\.html)/;

const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), process.argv[2] ?? '');
const page = await readFile(path.join(folder, 'index.html'), 'utf8').catch(() => { throw new Error(`there is no app in ${folder}`); });
const names = (await readdir(folder)).filter((name) => /\.(html|css|js|wasm)$/.test(name) && !kLater.test(name)).sort();
// The page names its script, its styles, the core; the worker is named by the script. Nothing that a name is missing for is left out.
for (const [, name] of page.includes('data-site') ? [] : page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css|wasm))"/g)) {
  if (!names.includes(name)) throw new Error(`the page names ${name}, which is not there`);
}
async function sum_of(names) {
  let sum = 0;
  for (const name of names) {
    const { size } = await stat(path.join(folder, `${name}.br`)).catch(() => stat(path.join(folder, name)));
    console.log(`${(size / 1024).toFixed(1).padStart(7)} KB  ${name}`);
    sum += size;
  }
  return sum;
}
if (page.includes('data-site')) process.exit(await kiosks() ? 0 : 1);  // the public page
/** Whether each kiosk page with all that it names keeps its budget. */
async function kiosks() {
  let fine = true;
  for (const [name, budget] of Object.entries(kKioskBudgets)) {
    const named = [...(await readFile(path.join(folder, name), 'utf8')).matchAll(/(?:src|href)="\/([^"]+-[0-9A-Za-z]{8,10}\.\w+)"/g)].map(([, file]) => file);
    for (const kind of name === 'kiosk.html' ? ['.wasm', '.js', '.css', '.otf'] : ['.wasm', '.js', '.css']) {
      if (!named.some((file) => file.endsWith(kind))) throw new Error(`${name} names no ${kind}`);
    }
    const sum = await sum_of([name, ...named]);
    console.log(`${(sum / 1024).toFixed(1).padStart(7)} KB  ${name}; the budget is ${budget / 1024} KB`);
    fine &&= sum <= budget;
  }
  return fine;
}
const notices_names = (await readdir(folder)).filter((name) => /^notices-.*\.(js|wasm)$/.test(name));
const notices = await sum_of(notices_names);
console.log(`${(notices / 1024).toFixed(1).padStart(7)} KB  notices, when they are first opened; the budget is ${kNoticesBudget / 1024} KB`);
if (notices_names.length !== 2) throw new Error('the app of notices is a module and its script');
const support_names = (await readdir(folder)).filter((name) => /^support-.*\.(js|wasm)$/.test(name));
const support = await sum_of(support_names);
console.log(`${(support / 1024).toFixed(1).padStart(7)} KB  support, when it is first opened; the budget is ${kSupportBudget / 1024} KB`);
if (support_names.length !== 2) throw new Error('the app of support is a module and its script');
const scanner_names = (await readdir(folder)).filter((name) => /^scanner-.*\.(js|wasm)$/.test(name));
const scanner = await sum_of(scanner_names);
console.log(`${(scanner / 1024).toFixed(1).padStart(7)} KB  scanner, when it is first used; the budget is ${kScannerBudget / 1024} KB`);
if (scanner_names.length !== 2) throw new Error('the scanner is a module and its script');
const sum = await sum_of(names);
console.log(`${(sum / 1024).toFixed(1).padStart(7)} KB  first load; the budget is ${kBudget / 1024} KB`);
if (names.length < 5) throw new Error('that is no whole app');
process.exit(sum > kBudget || scanner > kScannerBudget || notices > kNoticesBudget || support > kSupportBudget ? 1 : 0);
