// The core's worker: owns the app's storage in this browser, opens the core over it, and hands over to the host. What
// cannot be opened is told to the page, which then shows a plain sentence.
import type { FromWorker, Opening, ToWorker } from '../messages';
import { kApp } from '../built';
import { Core } from './core';
import { Host } from './host';
import { empty_storage, no_slots, open_slots, own, Refused } from './storage';

let answers: BroadcastChannel | null = null;
const post = (message: FromWorker) => answers?.postMessage(message);
let host: Host | null = null;
let give_core: (module: WebAssembly.Module | null) => void;
const compiled = new Promise<WebAssembly.Module | null>((resolve) => { give_core = resolve; });
const early: ToWorker[] = [];  // what the page said before the core was open

/** Where hub and site are and what town this is: served beside the app, kept by the service worker. */
async function read_config(): Promise<object> {
  const answer = await fetch('/config.json', { cache: 'no-cache' });
  if (!answer.ok) throw new Refused('config');
  return await answer.json() as object;
}

/** A guest's app stands beside whatever else this browser holds, and touches none of it. */
async function open_for_guest(opening: Opening) {
  const [module, config] = await Promise.all([compiled, read_config()]);
  const core = await Core.open(module, no_slots(), { ...config, app: kApp, database: ':memory:', vfs: 'opfs', guest: true });
  if (!(core instanceof Core)) throw new Refused(core.why);
  host = new Host(core, post, { guest: true, be_guest: () => undefined });
  host.start(opening);
  for (const message of early.splice(0)) host.hear(message);
}

async function open(opening: Opening) {
  if (opening.guest) return open_for_guest(opening);
  let slots: FileSystemSyncAccessHandle[] = [];
  const let_go = () => {
    host?.close();
    host = null;
    for (const slot of slots) slot.close();
    slots = [];
    post({ kind: 'elsewhere' });
  };
  await own(kApp, opening.steal, () => post({ kind: 'elsewhere' }), let_go);
  const [module, config, files] = await Promise.all([compiled, read_config(), open_slots(kApp)]);
  slots = files;
  const core = await Core.open(module, slots, { ...config, app: kApp, database: 'app.db', vfs: 'opfs' });
  if (!(core instanceof Core)) throw new Refused(core.why);
  const be_guest = async () => {
    await Promise.resolve();  // the event that asked for it ends first
    host?.close();
    host = null;
    for (const slot of slots) slot.close();
    slots = [];
    await empty_storage(kApp).catch((error: unknown) => console.warn('storage: not emptied', String(error)));
    post({ kind: 'guest' });
  };
  host = new Host(core, post, { guest: false, be_guest: () => void be_guest() });
  host.start(opening);
  for (const message of early.splice(0)) host.hear(message);
}

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.kind === 'open') {
    answers = new BroadcastChannel(message.answers);
    open(message.opening).catch((error: unknown) => post({ kind: 'refused', why: error instanceof Refused ? error.message : String(error) }));
  } else if (message.kind === 'core') {
    give_core(message.module);
  } else if (host) {
    host.hear(message);
  } else {
    early.push(message);
  }
});
