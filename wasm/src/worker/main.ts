// The core's worker: owns the app's storage in this browser, opens the core over it, and hands over to the host. It does not
// wait for the page to begin with that. What cannot be opened is told to the page, which then shows a plain sentence.
import type { FromWorker, Opening, ToWorker, WorkerMode } from '../messages';
import { kApp } from '../built';
import { Core } from './core';
import { Host } from './host';
import { empty_storage, no_slots, open_slots, own, Refused } from './storage';

const kMode = self.name as WorkerMode;

let answers: BroadcastChannel | null = null;
const unsaid: FromWorker[] = [];  // until the page has said where it listens
let host: Host | null = null;
let slots: FileSystemSyncAccessHandle[] = [];
let lost = false;  // another tab has taken the app over
let give_core: (module: WebAssembly.Module | null) => void;
const compiled = new Promise<WebAssembly.Module | null>((resolve) => { give_core = resolve; });
const early: ToWorker[] = [];  // what the page said before the core was open

function post(message: FromWorker) {
  if (answers) answers.postMessage(message);
  else unsaid.push(message);
}

/** Where hub and site are and what town this is: served beside the app, kept by the service worker. */
async function read_config(): Promise<object> {
  const answer = await fetch('/config.json', { cache: 'no-cache' });
  if (!answer.ok) throw new Refused('config');
  return await answer.json() as object;
}

function let_go() {
  host?.close();
  host = null;
  for (const slot of slots) slot.close();
  slots = [];
}

function give_up() {
  lost = true;
  let_go();
  post({ kind: 'elsewhere' });
}

/** A guest's app stands beside whatever else this browser holds, and touches none of it. */
async function open_core(): Promise<Core> {
  const guest = kMode === 'guest';
  if (!guest) await own(kApp, kMode === 'steal', () => post({ kind: 'elsewhere' }), give_up);
  const [module, config, files] = await Promise.all([compiled, read_config(), guest ? no_slots() : open_slots(kApp)]);
  slots = guest ? [] : files;
  const core = await Core.open(module, files, { ...config, app: kApp, vfs: 'opfs', ...(guest ? { database: ':memory:', guest } : { database: 'app.db' }) });
  if (!(core instanceof Core)) throw new Refused(core.why);
  return core;
}

async function be_guest() {
  await Promise.resolve();  // the event that asked for it ends first
  let_go();
  await empty_storage(kApp).catch((error: unknown) => console.warn('storage: not emptied', String(error)));
  post({ kind: 'guest' });
}

const opened = open_core();
opened.catch(() => undefined);  // told when the page asks

async function open(opening: Opening) {
  const core = await opened;
  if (lost) return;
  host = new Host(core, post, { guest: kMode === 'guest', be_guest: () => void (kMode === 'guest' ? undefined : be_guest()) });
  host.start(opening);
  for (const message of early.splice(0)) host.hear(message);
}

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.kind === 'open') {
    answers = new BroadcastChannel(message.answers);
    for (const one of unsaid.splice(0)) post(one);
    open(message.opening).catch((error: unknown) => post({ kind: 'refused', why: error instanceof Refused ? error.message : String(error) }));
  } else if (message.kind === 'core') {
    give_core(message.module);
  } else if (host) {
    host.hear(message);
  } else {
    early.push(message);
  }
});
