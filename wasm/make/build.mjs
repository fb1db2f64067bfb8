// Builds the web site: node make/build.mjs --types FILE --wasm DIR --words DIR --out DIR
// types: machi.ts of the program machi_types; wasm: machi, machi_desk and scanner, each .mjs and .wasm; words: *.mo.
// Leaves OUT/citizen, OUT/desk (apps) and OUT/public, each ready to be served. Stops at the first thing that is wrong.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { injectManifest } from 'workbox-build';
import { compress_all, put_hashed, put_icons, put_paper_fonts } from './assets.mjs';
import { bundle, kWasm } from './bundle.mjs';
import { first_screen, load_presenter } from './first_screen.mjs';
import { kBuiltIn, languages, page_words } from './words.mjs';
import { app_page, kiosk_page, kShell, practice_page, public_page } from './pages.mjs';

const { values: given } = parseArgs({ options: { types: { type: 'string' }, wasm: { type: 'string' }, words: { type: 'string' }, out: { type: 'string' }, fast: { type: 'boolean' }, help: { type: 'boolean' } } });
if (given.help || !given.types || !given.wasm || !given.words || !given.out) {
  console.error('usage: npm run build -- --types build/types/machi.ts --wasm build-wasm/bin --words build/words --out build/web [--fast]');
  process.exit(given.help ? 0 : 2);
}
const { types, wasm, words, out } = Object.fromEntries(['types', 'wasm', 'words', 'out'].map((name) => [name, path.resolve(process.env['INIT_CWD'] ?? process.cwd(), given[name])]));
const kMobile = path.join(kWasm, '../mobile');
const say = (text) => console.log(`web: ${text}`);

await mkdir(path.join(kWasm, 'build'), { recursive: true });
await copyFile(types, path.join(kWasm, 'build/types.ts'));
say('checking types');
for (const project of ['.', 'src/service']) {
  execFileSync(process.execPath, [path.join(kWasm, 'node_modules/typescript/bin/tsc'), '-p', project], { cwd: kWasm, stdio: 'inherit' });
}

const presenter = await load_presenter();
// Built beside, then put in place: a server never sees half a site.
const fresh = `${out}.new`;
await rm(fresh, { recursive: true, force: true });
for (const app of ['citizen', 'desk']) await build_app(app, path.join(fresh, app));
await build_public(path.join(fresh, 'public'));
if (!given.fast) {
  say('compressing');
  await compress_all(fresh);
}
await rm(out, { recursive: true, force: true });
await mkdir(path.dirname(out), { recursive: true });
await rename(fresh, out);
say(`ready: ${out}`);

/** One bundle; gives the path of its one script. */
async function script(folder, entry, options = {}) {
  const { metafile } = await bundle({ entryPoints: [entry], outdir: folder, ...options });
  const written = Object.keys(metafile.outputs).find((name) => /\.(js|css)$/.test(name));
  return `/${path.basename(written)}`;
}

async function build_app(app, folder) {
  say(app);
  await mkdir(folder, { recursive: true });
  const catalogues = (await readdir(words)).filter((name) => name.endsWith('.mo') && name !== 'ja.mo');
  // The desk's module carries the writer of symbols; phones do without.
  const core = app === 'desk' ? 'machi_desk' : 'machi';
  const files = {
    core: await put_hashed(folder, 'machi.wasm', await readFile(path.join(wasm, `${core}.wasm`))),
    scanner: await put_hashed(folder, 'scanner.wasm', await readFile(path.join(wasm, 'scanner.wasm'))),
    words: Object.fromEntries(await Promise.all(catalogues.map(async (name) => [path.parse(name).name, await put_hashed(folder, `words/${name}`, await readFile(path.join(words, name)))]))),
    page_words: Object.fromEntries(await Promise.all((await languages()).filter((tag) => !kBuiltIn.includes(tag))
      .map(async (tag) => [tag, await put_hashed(folder, `words/page-${tag}.json`, JSON.stringify(await page_words(tag)))]))),
    worker: '', notices_worker: '', support_worker: '', beside: {}, scanner_worker: '', chart: '', photo_worker: '', paper_worker: '', paper_font: '', names_font: '',
  };
  const define = () => ({ MACHI_APP: JSON.stringify(app), MACHI_FILES: JSON.stringify(files), 'process.env.NODE_ENV': '"production"' });
  const alias = { 'machi-core': path.join(wasm, `${core}.mjs`), 'machi-scanner': path.join(wasm, 'scanner.mjs') };
  if (app === 'desk') Object.assign(files, await put_paper_fonts(folder));
  if (app === 'desk') files.paper_worker = await script(folder, 'src/paper/worker.ts', { define: define(), entryNames: 'paper-[hash]' });
  files.scanner_worker = await script(folder, 'src/scanner/worker.ts', { define: define(), alias, entryNames: 'scanner-[hash]' });
  files.chart = await script(folder, 'src/presenter/chart.ts', { define: define(), entryNames: 'chart-[hash]' });
  files.photo_worker = await script(folder, 'src/photo/worker.ts', { define: define(), entryNames: 'photo-[hash]' });
  if (app === 'citizen') for (const name of ['notices', 'support']) files[`${name}_worker`] = await beside(name, folder, files);
  files.worker = await script(folder, 'src/worker/main.ts', { define: define(), alias, entryNames: 'worker-[hash]' });
  const page = {
    ...files, ...await put_icons(folder, kMobile, app),
    main: await script(folder, 'src/page/main.ts', { define: define(), entryNames: 'app-[hash]' }),
    style: await script(folder, 'src/styles/app.css', { entryNames: 'app-[hash]' }),
    first: await put_hashed(folder, 'first.js', await readFile(path.join(kWasm, 'src/page/first.js'))),
  };
  const screen = await first_screen(path.join(wasm, `${core}.mjs`), app);
  await writeFile(path.join(folder, 'index.html'), app_page({ title: presenter.plain(screen.title), inside: presenter.screen_as_html(screen), files: page }));
  await writeFile(path.join(folder, 'shell.html'), app_page({ title: page.name, inside: kShell, files: page }));
  await script(folder, 'src/service/worker.ts', { define: define(), format: 'iife', entryNames: 'service-worker-plain' });
  const { count, size, warnings } = await injectManifest({
    swSrc: path.join(folder, 'service-worker-plain.js'), swDest: path.join(folder, 'service-worker.js'), globDirectory: folder,
    // Notices, support, the scanner, the writer of PDFs and other languages come when they are used; index.html is for strangers.
    globPatterns: ['*.{js,css,wasm,html,svg,webmanifest}', 'icon-192-*.png'], globIgnores: ['index.html', 'service-worker*.js', 'notices-*', 'support-*', 'scanner-*', 'paper-*'],
    dontCacheBustURLsMatching: /-[0-9A-Za-z]{8,10}\.\w+$/, maximumFileSizeToCacheInBytes: 8 << 20,
  });
  await rm(path.join(folder, 'service-worker-plain.js'));
  for (const warning of warnings) say(`${app}: ${warning}`);
  say(`${app}: first screen "${presenter.plain(screen.title)}"; ${count} files kept offline, ${Math.round(size / 1024)} KB`);
}

/** An app beside the citizen's: a worker of its own over a module of its own, loaded when it is opened first. */
async function beside(name, folder, files) {
  const module = await readFile(path.join(wasm, `machi_${name}.wasm`));
  const core = await put_hashed(folder, `${name}.wasm`, module);
  files.beside[name] = { core, size: module.length };  // the page loads it, and says how much of it has come
  const define = { MACHI_APP: JSON.stringify(name), MACHI_FILES: JSON.stringify({ ...files, core }), 'process.env.NODE_ENV': '"production"' };
  return await script(folder, 'src/worker/main.ts', { define, alias: { 'machi-core': path.join(wasm, `machi_${name}.mjs`) }, entryNames: `${name}-[hash]` });
}

async function build_public(folder) {
  say('public');
  await mkdir(folder, { recursive: true });
  const files = {
    ...await put_icons(folder, kMobile, 'public'),
    main: await script(folder, 'src/public/main.ts', { entryNames: 'public-[hash]' }),
    style: await script(folder, 'src/styles/app.css', { entryNames: 'app-[hash]' }),
  };
  await writeFile(path.join(folder, 'index.html'), public_page({ files }));
  await kiosks(folder, files);
}

/** The kiosk without devices: drawn as in the lobby (kiosk.html, for staff), and as an accessible page (practice.html, for everybody). */
async function kiosks(folder, icons) {
  const catalogues = (await readdir(words)).filter((name) => name.endsWith('.mo') && name !== 'ja.mo');
  const own = async (name) => await put_hashed(folder, `kiosk/${name}.wasm`, await readFile(path.join(wasm, `${name}.wasm`)));
  const font = async (weight) => await put_hashed(folder, `kiosk/${weight}.otf`, await readFile(path.join(words, `../fonts/kiosk-${weight}.otf`))
    .catch(() => { throw new Error(`fonts/kiosk-${weight}.otf is missing beside the words: apt-get install fonts-noto-cjk libharfbuzz-dev, and build the programs`); }));
  const shared = {
    words: Object.fromEntries(await Promise.all(catalogues.map(async (name) => [path.parse(name).name, await put_hashed(folder, `kiosk/words/${name}`, await readFile(path.join(words, name)))]))),
    page_words: Object.fromEntries(await Promise.all((await languages()).filter((tag) => !kBuiltIn.includes(tag))
      .map(async (tag) => [tag, await put_hashed(folder, `kiosk/words/page-${tag}.json`, JSON.stringify(await page_words(tag)))]))),
  };
  for (const [name, module, entry, more] of [
    ['kiosk', 'machi_kiosk', 'src/kiosk/main.ts', { regular: await font('Regular'), bold: await font('Bold') }],
    ['practice', 'machi_practice', 'src/kiosk/practice.ts', { regular: '', bold: '' }],
  ]) {
    const files = { ...shared, ...more, core: await own(module) };
    const define = { MACHI_APP: JSON.stringify('kiosk'), MACHI_FILES: JSON.stringify(files), 'process.env.NODE_ENV': '"production"' };
    const main = await script(folder, entry, { define, alias: { 'machi-kiosk': path.join(wasm, `${module}.mjs`) }, entryNames: `${name}-[hash]` });
    const style = name === 'kiosk' ? await script(folder, 'src/styles/kiosk.css', { entryNames: 'kiosk-[hash]' }) : icons.style;
    const beside = name === 'kiosk' ? null : await script(folder, 'src/styles/practice.css', { entryNames: 'practice-[hash]' });
    const page = name === 'kiosk' ? kiosk_page : practice_page;
    await writeFile(path.join(folder, `${name}.html`), page({ ...icons, ...files, main, style, beside }));
  }
}
