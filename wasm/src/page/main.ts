// The page of an app: starts the core's worker, the presenter and the service worker, and carries messages between them.
// Until the core's first screen the page shows what the build put there.
import type { Action, Screen } from '../contract';
import type { FromWorker, ToWorker, WorkerMode } from '../messages';
import { kApp, kFiles } from '../built';
import { kSyncTag } from '../outbox';
import { Presenter } from '../presenter/presenter';
import { listen_to_row_keys } from '../presenter/keys';
import { allow_sound, signal } from '../presenter/signals';
import { draw_sheet, make_ready, read_qr, write_qr } from '../scanner/port';
import { type Local, local_screen } from './local_screens';
import { want_words } from './tongues';
import { watch_updates } from './update';

const root = document.getElementById('app')!;
const speaker = document.getElementById('speaker')!;
const notice = document.getElementById('notice')!;

/** LINE's own browser keeps no storage and no camera: it is sent to the phone's browser, with the slip's fragment. */
function sent_out(): boolean {
  const place = new URL(location.href);
  if (kApp !== 'citizen' || !/\bLine\//.test(navigator.userAgent) || place.searchParams.has('openExternalBrowser')) return false;
  place.searchParams.set('openExternalBrowser', '1');
  location.replace(place);
  return true;
}

/** What stands behind '#' is a secret (a slip): it goes to the core and out of the address and the history. */
function take_link(): string {
  const link = location.hash.slice(1);
  if (link) history.replaceState(history.state, '', location.pathname + location.search);
  return link;
}

/** iPhones and iPads; the latter say that they are a Mac. */
const is_ios = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

const installed = () => matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;

/** What the page's first program (first.js) has begun. */
interface Begun {
  /** Null when it does not come so; then the worker loads it. */
  core: Promise<WebAssembly.Module | null>;
  /** Null once it was taken. */
  worker: Worker | null;
  failed: boolean;
}
declare global {
  interface Window { machi_begun?: Begun }
}
// Where this program was quicker, the first one leaves it all to this.
const begun = window.machi_begun ??= { core: WebAssembly.compileStreaming(fetch(kFiles.core)).catch(() => null), worker: null, failed: false };

/** Longer than a first load over a slow line (ms). */
const kLongest = 20_000;
/** Shorter than anybody minds that nothing has happened (ms). */
const kUnseen = 300;

class Page {
  private worker: Worker | null = null;
  private answers: BroadcastChannel | null = null;
  private readonly beside = { notices: this.app_beside('notices'), support: this.app_beside('support') };
  private begun = false;
  private at: BesideName | null = null;  // it is shown, not the app itself
  private guest = false;
  private language = navigator.language;
  private local: Local | null = null;
  private link = '';
  private early: string | null = null;  // selector of what was pressed on the build's first screen, before the core was there
  private readonly presenter = new Presenter({ root, speaker, read_qr, write_qr, send: (sequence, action) => this.act(sequence, action),
    send_file: (sequence, action, file) => this.front({ kind: 'file', sequence, action, file }),
    picture: (id) => new Promise((resolve) => {
      this.pictures.push({ id, resolve });
      this.front({ kind: 'picture', id });
    }) });
  private readonly pictures: { id: string; resolve: (url: string | null) => void }[] = [];

  constructor() {
    root.addEventListener('click', (event) => {
      if (this.presenter.session.screen.name) return;
      const pressed = (event.target as Element).closest<HTMLElement>('button, input');
      if (pressed instanceof HTMLInputElement) this.early = `input[name="${CSS.escape(pressed.name)}"][value="${CSS.escape(pressed.value)}"]`;
      else if (pressed) this.early = `[id="${CSS.escape(pressed.id)}"]`;
    }, { capture: true });
    addEventListener('hashchange', () => {
      const text = take_link();
      if (!text) return;
      this.at = null;
      this.say({ kind: 'link', text });
    });
    document.addEventListener('visibilitychange', () => {
      this.say_all({ kind: 'visible', visible: !document.hidden });
      if (document.hidden) void ask_for_sync();
    });
    // The page is told of the network by every browser; a worker is not.
    for (const event of ['online', 'offline'] as const) addEventListener(event, () => this.say_all({ kind: 'online', online: event === 'online' }));
    this.link = take_link();
    // What Safari registers, the installed app does not see, and Safari forgets it: the slip is for the installed app.
    if (this.link && kApp === 'citizen' && is_ios() && !installed()) this.show_local('install');
    else this.open(this.link, false);
  }

  get busy(): boolean {
    return this.presenter.busy;
  }

  get shown_language(): string {
    return this.language;
  }

  readonly say = (message: ToWorker) => this.worker?.postMessage(message);

  private say_all(message: ToWorker) {
    for (const { say } of [this, ...Object.values(this.beside)]) say(message);
  }

  /** To the app that is shown. */
  private front(message: ToWorker) {
    (this.at ? this.beside[this.at] : this).say(message);
  }

  /** An app beside this one lives in a worker of its own, which comes with the first look at it. */
  private turn(app: BesideName, place: string, language: string) {
    const other = this.beside[app];
    this.at = app;
    other.open(language, this.guest);
    other.say({ kind: 'turned', place, language, failed: false });
    if (!other.stands) setTimeout(() => this.show_coming(), kUnseen);
  }

  private app_beside(app: BesideName): Beside {
    return new Beside(app, (message) => this.hear_beside(app, message), () => { if (this.local === 'coming') this.show_coming(); });
  }

  /** While it comes for the first time, over a line that is slow enough for somebody to see it. */
  private show_coming() {
    if (this.at && !this.beside[this.at].stands) this.show_local('coming');
  }

  private turn_back(place: string, language: string, failed: boolean) {
    this.at = null;
    this.say({ kind: 'turned', place, language, failed });
  }

  private hear_beside(app: BesideName, message: FromWorker) {
    switch (message.kind) {
      case 'screen':
        this.beside[app].stands = true;
        if (this.at === app) this.show(JSON.parse(message.screen) as Screen, message.seen);
        break;
      case 'unread': this.say({ kind: 'beside', unread: message.count, urgent: message.urgent }); break;
      case 'refused':
      case 'elsewhere':
        console.warn('page: not here', app, message.kind);
        this.beside[app].close();
        if (this.at === app) this.turn_back('home', this.language, true);
        break;
      default: this.hear(message); break;
    }
  }

  private open(link: string, steal: boolean, guest = false) {
    this.worker?.terminate();
    this.answers?.close();
    for (const one of Object.values(this.beside)) one.close();
    this.at = null;
    this.guest = guest;
    // A tap makes Chromium hold back what a worker posts until the next frame has been painted; a channel it lets through:
    // the screen that answers a tap is then in that very frame. The name is one that no other page can know.
    const answers = `machikado.${crypto.randomUUID()}`;
    this.answers = new BroadcastChannel(answers);
    this.answers.addEventListener('message', (event: MessageEvent<FromWorker>) => this.hear(event.data));
    this.worker = this.take_worker(guest ? 'guest' : steal ? 'steal' : '');
    if (begun.failed) return this.show_local('refused');
    this.worker.addEventListener('error', () => this.show_local('refused'));
    this.say({ kind: 'open', opening: { app: kApp, language: navigator.language, installed: installed(), known: known(), link }, answers });
  }

  /** A worker that opens the app so (`mode` is its name): the one that has begun already, where that is what is wanted. */
  private take_worker(mode: WorkerMode): Worker {
    const ready = begun.worker;
    begun.worker = null;
    if (ready && mode === '') return ready;
    ready?.terminate();
    begun.failed = false;
    const worker = new Worker(kFiles.worker, { type: 'module', name: mode });
    void begun.core.then((module) => worker.postMessage({ kind: 'core', module } satisfies ToWorker));
    return worker;
  }

  private hear(message: FromWorker) {
    switch (message.kind) {
      case 'screen': if (!this.at) this.show(JSON.parse(message.screen) as Screen, message.seen); break;
      case 'signal': signal(message.signal); break;
      case 'persist': void this.persist(); break;
      case 'sync': void ask_for_sync(); break;
      case 'save': save_file(message.name, new Blob([message.bytes], { type: message.type })); break;
      case 'print': print(); break;
      case 'open-app':
        if (message.app in this.beside) this.turn(message.app as BesideName, message.place, message.language);
        else this.turn_back(message.place, message.language, false);
        break;
      case 'share': void share(message.title, message.text); break;
      case 'speak': speak(message.text, message.language); break;
      case 'unread': break;  // of the other app
      case 'push': void push(message.text).then(([status, text]) => this.beside.notices.say({ kind: 'pushed', request: message.request, status, text })); break;
      case 'picture': {
        const [asked] = this.pictures.splice(this.pictures.findIndex(({ id }) => id === message.id), 1);
        asked?.resolve(message.bytes.length ? URL.createObjectURL(new Blob([message.bytes], { type: 'image/jpeg' })) : null);
        break;
      }
      case 'sheet': void draw_sheet(message).then((picture) => { if (picture) save_file(message.name, picture); }); break;
      case 'guest': this.open('', false, true); break;
      case 'elsewhere': this.show_local('elsewhere'); break;
      case 'refused':
        console.warn('page: the app cannot run here', message.why);
        this.show_local(message.why === 'config' || message.why.includes('fetch') ? 'unreachable' : 'refused');
        break;
    }
  }

  private show(screen: Screen, seen: number) {
    this.local = null;
    this.language = screen.language ?? 'ja';
    this.presenter.show(screen, seen);
    want_words(this.language, () => this.presenter.draw());
    keep_for_offline(this);
    this.begin_notices();
    if (screen.name.startsWith('household')) make_ready();  // a pass is shown where there is no network
    const early = this.early;
    this.early = null;
    if (early) root.querySelector<HTMLElement>(early)?.click();
  }

  /** Who has used them is told of what is new, once the app itself stands. */
  private begin_notices() {
    if (this.begun || this.guest || !this.beside.notices.used) return;
    this.begun = true;
    setTimeout(() => this.beside.notices.open(this.language, this.guest), kIdle);
  }

  private show_local(which: Local) {
    this.local = which;
    const draw = () => this.presenter.show(local_screen(which, this.language, this.at ? this.beside[this.at].come : 0), Number.MAX_SAFE_INTEGER);
    draw();
    want_words(this.language, () => { if (this.local === which) draw(); });
  }

  private act(sequence: number, action: Action) {
    if (this.local === null) return this.front({ kind: 'act', sequence, action });
    if (action.node === 'here') this.open(this.link, false);
    if (action.node === 'home') this.turn_back('home', this.language, false);
    if (action.node === 'again') {
      if (this.local === 'elsewhere') this.open('', true);
      else location.reload();
    }
  }

  private async persist() {
    remember();
    let state = 'refused';
    try {
      state = await navigator.storage.persist() ? 'persistent' : 'best-effort';
    } catch {
      state = 'refused';
    }
    this.say({ kind: 'storage', state });
  }
}

type BesideName = 'notices' | 'support';

/** The worker of an app beside this one, once somebody has looked at it; that of notices begins with the app from then on, and says what is new. */
class Beside {
  private worker: Worker | null = null;
  private answers: BroadcastChannel | null = null;
  private readonly mark: string;
  /** It has shown a screen. */
  stands = false;
  /** Of its module, percent. */
  come = 0;

  constructor(private readonly app: BesideName, private readonly hear: (message: FromWorker) => void, private readonly coming: () => void) {
    this.mark = `machi-${app}`;
  }

  readonly say = (message: ToWorker) => this.worker?.postMessage(message);

  /** A guest's leave nothing behind in this browser. */
  open(language: string, guest: boolean) {
    const file = kFiles[`${this.app}_worker`];
    if (this.worker || !file) return;
    const answers = `machikado.${crypto.randomUUID()}`;
    this.answers = new BroadcastChannel(answers);
    this.answers.addEventListener('message', (event: MessageEvent<FromWorker>) => this.hear(event.data));
    this.worker = new Worker(file, { type: 'module', name: (guest ? 'guest' : 'steal') satisfies WorkerMode });
    this.worker.addEventListener('error', () => this.hear({ kind: 'refused', why: 'worker' }));
    const worker = this.worker;
    void this.load().catch(() => null).then((module) => worker.postMessage({ kind: 'core', module } satisfies ToWorker));
    this.say({ kind: 'open', opening: { app: this.app, language, installed: installed(), known: true, link: '' }, answers });
    if (guest) return;
    try {
      localStorage.setItem(this.mark, '1');
    } catch {
      // Then it is asked for when it is looked at.
    }
  }

  /** The module, compiled while it comes in. */
  private async load(): Promise<WebAssembly.Module> {
    const file = kFiles.beside[this.app];
    if (!file) throw new Error('not built');
    const answer = await fetch(file.core);
    let came = 0;
    const counted = answer.body!.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({ transform: (piece, on) => {
      came += piece.length;
      const before = this.come;
      this.come = Math.floor(100 * came / file.size);
      on.enqueue(piece);
      if (this.come > before) this.coming();
    } }));
    return WebAssembly.compileStreaming(new Response(counted, answer));
  }

  get used(): boolean {
    try {
      return localStorage.getItem(this.mark) === '1';
    } catch {
      return false;
    }
  }

  close() {
    this.worker?.terminate();
    this.answers?.close();
    this.worker = this.answers = null;
    this.stands = false;
    this.come = 0;
  }
}

/** Asks the person, then the service worker, which has all the rest (wasm/src/service/push.ts): a status as HTTP's, and the subscription. */
async function push(text: string): Promise<[number, string]> {
  try {
    if (await Notification.requestPermission() !== 'granted') return [403, ''];
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const said = new Promise<[number, string]>((resolve) => { port1.onmessage = (event) => resolve(event.data as [number, string]); });
    active?.postMessage({ kind: 'push', text }, [port2]);
    return await said;
  } catch {
    return [501, ''];
  }
}

async function share(title: string, text: string) {
  try {
    if (navigator.share) await navigator.share({ title, text });
    else await navigator.clipboard.writeText(text);
  } catch {
    // The person thought better of it.
  }
}

function speak(text: string, language: string) {
  speechSynthesis.cancel();
  if (!text) return;
  const saying = new SpeechSynthesisUtterance(text);
  saying.lang = language.startsWith('ja') ? 'ja' : language;
  speechSynthesis.speak(saying);
}

/**
 * Somebody is registered here: a mark beside the core's storage, holding nothing else. Where it outlives that storage the core
 * says what happened.
 */
const kMark = 'machi-registered';
function remember() {
  try {
    localStorage.setItem(kMark, '1');
  } catch {
    // Then nobody is told.
  }
}
function known(): boolean {
  try {
    return localStorage.getItem(kMark) === '1';
  } catch {
    return false;
  }
}

/** Gives a file to the browser's downloads. */
function save_file(name: string, content: Blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Where the browser can, it posts waiting envelopes after the app was closed. */
async function ask_for_sync() {
  try {
    const registration = await navigator.serviceWorker.ready as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
    await registration.sync?.register(kSyncTag);
  } catch {
    // Not allowed or not known here: then the app posts when it is opened, and its screen says so.
  }
}

let kept = false;

/** The service worker fetches every file once more for later: on a phone's line only after the app can be used. */
function keep_for_offline(page: Page) {
  if (kept || !('serviceWorker' in navigator)) return;
  kept = true;
  void start_service_worker(page);
}

/** After the app's own files are kept (ms). */
const kIdle = 3_000;

/**
 * The reader and drawer of symbols, which the service worker keeps when first used: where there is no network a pass has to be
 * shown and read by a device that never did it before. Not on a line of which the person wants to save.
 */
async function keep_symbols() {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
  try {
    const cache = await caches.open('machi-scanner');
    for (const url of [kFiles.scanner_worker, kFiles.scanner]) if (!await cache.match(url)) await cache.add(url);
  } catch {
    // Then it comes when it is first used.
  }
}

async function start_service_worker(page: Page) {
  try {
    const registration = await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' });
    watch_updates(registration, notice, { busy: () => page.busy, language: () => page.shown_language });
    void navigator.serviceWorker.ready.then(() => setTimeout(keep_symbols, kIdle));
    navigator.serviceWorker.addEventListener('message', (event: MessageEvent<{ kind?: string }>) => {
      if (event.data.kind === 'posted') page.say({ kind: 'posted' });
      if (event.data.kind === 'moved' && !page.busy) location.reload();
    });
  } catch (error) {
    console.warn('page: no service worker', String(error));
  }
}

if (!sent_out()) {
  if (kApp === 'desk') {
    allow_sound();
    listen_to_row_keys();
  }
  const page = new Page();
  document.documentElement.toggleAttribute('data-started', true);
  // What is shown instead of the app (another tab has it, an old browser) is no reason to wait.
  setTimeout(() => keep_for_offline(page), kLongest);
}
