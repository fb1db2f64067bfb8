// What a stranger sees first: the core, started in node with an empty database, and its first screen as HTML.
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, kWasm } from './bundle.mjs';

/** No town is known at build time; an id of zeros belongs to none. */
const kNoTown = { town: '0'.repeat(32), root: '0'.repeat(64), name: 'まちかど' };

/** `core` is machi.mjs; throws when the core does not open or has no screen. */
export async function first_screen(core, app) {
  const { default: start } = await import(pathToFileURL(core).href);
  const module = await start({ slots: [] });
  const call = (name, handle, text) => {
    const size = module.lengthBytesUTF8(text) + 1;
    const place = module._malloc(size);
    module.stringToUTF8(text, place, size);
    const result = handle === null ? module[name](place) : module[name](handle, place);
    module._free(place);
    return result;
  };
  const config = { app, database: ':memory:', vfs: '', pack: kNoTown, hub: 'https://hub.invalid', site: 'https://app.invalid' };
  const machi = call('_machi_open', null, JSON.stringify(config));
  if (machi === 0) {
    const why = module._machi_receive(0);
    throw new Error(`the core refused to open: ${why === 0 ? 'no reason given' : module.UTF8ToString(why)}`);
  }
  const event = { type: 'start', at: Date.UTC(2026, 10, 20), seed: 'A'.repeat(43), online: true, installed: false, language: 'ja', link: '' };
  if (call('_machi_send', machi, JSON.stringify(event)) !== 0) throw new Error('the core refused its first event');
  while (module._machi_receive(machi) !== 0);
  const screen = JSON.parse(module.UTF8ToString(module._machi_view(machi)));
  module._machi_close(machi);
  return screen;
}

/** The presenter for node: { screen_as_html, plain }. */
export async function load_presenter() {
  const folder = await mkdtemp(path.join(kWasm, 'build/'));
  try {
    await bundle({ entryPoints: { presenter: 'src/page/first_screen.tsx' }, outdir: folder, platform: 'node', entryNames: '[name]', outExtension: { '.js': '.mjs' } });
    return await import(pathToFileURL(path.join(folder, 'presenter.mjs')).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
