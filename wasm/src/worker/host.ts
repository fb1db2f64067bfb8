// The core's host in the worker: carries out effects, brings their outcomes back as events, and posts each new screen to
// the page. Events are handled one after the other, in the order in which they happened.
import type { Action, Effect, Event } from '../contract';
import type { FromWorker, Opening, ToWorker } from '../messages';
import { kFiles } from '../built';
import { kept_words } from '../kept';
import { forget, keep, take_answered } from '../outbox';
import { make_pdf } from '../paper/port';
import { make_small } from '../photo/port';
import type { Core } from './core';
import { Network } from './network';
import { kTextFileLimit, read_text } from './text_file';

type Happened = Event extends infer One ? One extends Event ? Omit<One, 'at'> : never : never;

const kRevision = /"revision":\d+,/;

export class Host {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly network = new Network({
    chunk: (request, bytes) => this.tell({ type: 'chunk', request, body: this.core.put(bytes) }),
    answer: (request, status, bytes) => this.tell({ type: 'answer', request, status, body: this.core.put(bytes) }),
  });
  private seen = 0;
  private shown = '';
  private shelf: Promise<unknown> = Promise.resolve();  // writes to the outbox, in order
  private closed = false;

  /** `guest`: nothing is put into this browser's storage. `be_guest`: the person wants that. */
  constructor(private readonly core: Core, private readonly post: (message: FromWorker) => void,
    private readonly mode: { guest: boolean; be_guest: () => void }) {}

  start(opening: Opening) {
    const seed = crypto.getRandomValues(new Uint8Array(32));
    this.tell({ type: 'start', seed: base64url(seed), online: navigator.onLine, installed: opening.installed, known: opening.known, language: opening.language, link: opening.link });
    void this.take_posted();
  }

  hear(message: ToWorker) {
    switch (message.kind) {
      case 'act':
        this.seen = message.sequence;
        this.tell({ type: 'act', action: message.action }, true);
        break;
      case 'file':
        void (message.action.action === 'photo' ? this.open_photo : this.open_file).call(this, message.sequence, message.action, message.file);
        break;
      case 'picture': this.post({ kind: 'picture', id: message.id, bytes: this.core.picture(message.id) }); break;
      case 'link': this.tell({ type: 'link', text: message.text }); break;
      case 'turned':
        this.tell({ type: 'turned', place: message.place, language: message.language, failed: message.failed }, true);
        break;
      case 'beside': this.tell({ type: 'beside', unread: message.unread, urgent: message.urgent }); break;
      case 'visible':
        this.tell({ type: 'visible', visible: message.visible });
        if (message.visible) void this.take_posted();
        break;
      case 'online': this.tell({ type: 'online', online: message.online }); break;
      case 'storage': this.tell({ type: 'storage', state: message.state }); break;
      case 'pushed': this.tell({ type: 'answer', request: message.request, status: message.status, body: this.core.put(new TextEncoder().encode(message.text)) }); break;
      case 'posted': void this.take_posted(); break;
      case 'open': break;  // once, before there is a host
    }
  }

  /** Lets go of everything: another tab goes on. */
  close() {
    this.closed = true;
    this.network.close();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.core.close();
  }

  /**
   * One event, then every effect that it has, then the screen; what could wait for the screen comes last. An action is always
   * answered by a screen, so that the page knows it was seen.
   */
  private tell(event: Happened, always_draw = false) {
    if (this.closed) return;
    if (!this.core.send({ ...event, at: Date.now() } as Event)) console.warn('core: an event was refused', event.type);
    if (this.carry_out_all() || always_draw) this.show(always_draw);
    this.core.rest();
    if (this.carry_out_all()) this.show(false);
  }

  /** True when the core wants its screen to be drawn. */
  private carry_out_all(): boolean {
    let draw = false;
    for (let effect = this.core.receive(); effect; effect = this.core.receive()) {
      if (effect.type === 'render') draw = true;
      else this.carry_out(effect);
    }
    return draw;
  }

  private show(always: boolean) {
    const screen = this.core.view();
    const shown = screen.replace(kRevision, '');
    // A change that shows nowhere costs the page nothing; an action's revision may be older than the core's.
    if (shown === this.shown && !always) return;
    this.shown = shown;
    this.post({ kind: 'screen', screen, seen: this.seen });
  }

  private carry_out(effect: Exclude<Effect, { type: 'render' }>) {
    switch (effect.type) {
      case 'http':
        if (effect.url === 'push:') this.post({ kind: 'push', request: effect.request ?? 0, text: new TextDecoder().decode(this.core.take(effect.body)) });
        else void this.network.ask(effect, this.core.take(effect.body));
        break;
      case 'cancel-http': this.network.cancel(effect.request ?? 0); break;
      case 'timer': this.set_timer(effect.timer ?? '', effect.ms ?? 0); break;
      case 'load-words': void this.load_words(effect.language ?? ''); break;
      case 'keep-for-sync': {
        if (this.mode.guest) {
          this.core.take(effect.body);
          break;
        }
        const waiting = { id: effect.id ?? '', url: effect.url ?? '', body: this.core.take(effect.body) };
        this.on_shelf(() => keep(waiting));
        this.post({ kind: 'sync' });
        break;
      }
      case 'forget-for-sync': {
        const id = effect.id ?? '';
        if (!this.mode.guest) this.on_shelf(() => forget(id));
        break;
      }
      case 'persist': this.post({ kind: 'persist' }); break;
      case 'be-guest': this.mode.be_guest(); break;
      case 'signal': this.post({ kind: 'signal', signal: effect.kind ?? '' }); break;
      case 'save-file': this.post({ kind: 'save', name: effect.name ?? '', type: effect.media_type ?? '', bytes: this.core.take(effect.body) }); break;
      case 'save-picture': this.post({ kind: 'sheet', name: effect.name ?? '', symbol: effect.symbol ?? '', lines: effect.lines ?? [] }); break;
      case 'print': this.post({ kind: 'print' }); break;
      case 'open-app': this.post({ kind: 'open-app', app: effect.app ?? '', place: effect.place ?? '', language: effect.language ?? '' }); break;
      case 'unread': this.post({ kind: 'unread', count: effect.count ?? 0, urgent: effect.urgent ?? '' }); break;
      case 'share': this.post({ kind: 'share', title: effect.title ?? '', text: effect.text ?? '' }); break;
      case 'speak': this.post({ kind: 'speak', text: effect.text ?? '', language: effect.language ?? '' }); break;
      case 'make-pdf': void this.make_pdf(effect.request ?? 0, this.core.take(effect.body)); break;
      case 'log': console.info(`core: ${effect.event ?? ''} ${effect.detail ?? ''}`.trim()); break;
    }
  }

  private set_timer(name: string, ms: number) {
    clearTimeout(this.timers.get(name));
    this.timers.set(name, setTimeout(() => {
      this.timers.delete(name);
      this.tell({ type: 'tick', timer: name });
    }, ms));
  }

  /** No bytes when it cannot be had. */
  private async load_words(language: string) {
    const answer = await kept_words(kFiles.words[language]);
    const bytes = new Uint8Array(await answer?.arrayBuffer().catch(() => undefined) ?? []);
    this.tell({ type: 'words-loaded', language, body: this.core.put(bytes) });
  }

  /** The file's text, or no body when it is too large or cannot be read. */
  private async open_file(sequence: number, action: Action, file: File) {
    let body = 0, encoding = '';
    try {
      if (file.size <= kTextFileLimit) {
        const read = read_text(new Uint8Array(await file.arrayBuffer()));
        encoding = read.encoding;
        body = this.core.put(new TextEncoder().encode(read.text));
      }
    } catch {
      console.warn('file: cannot be read');
    }
    this.seen = Math.max(this.seen, sequence);
    this.tell({ type: 'file-read', action, encoding, body }, true);
  }

  /** A small JPEG of the picture, or why there is none. The picture itself goes nowhere. */
  private async open_photo(sequence: number, action: Action, file: File) {
    const { why, bytes } = await make_small(file);
    if (this.closed) return;
    this.seen = Math.max(this.seen, sequence);
    this.tell({ type: 'photo-read', action, why, body: this.core.put(bytes) }, true);
  }

  /** Drawn in a worker of its own, which comes with its font when it is first asked for. */
  private async make_pdf(request: number, document: Uint8Array<ArrayBuffer>) {
    const bytes = await make_pdf(document);
    this.tell({ type: 'pdf-made', request, body: this.core.put(bytes) });
  }

  private async take_posted() {
    if (this.mode.guest) return;
    try {
      for (const { id, status, body } of await take_answered()) this.tell({ type: 'posted', id, status, body: this.core.put(body) });
    } catch {
      console.warn('outbox: cannot be read');
    }
  }

  private on_shelf(work: () => Promise<unknown>) {
    this.shelf = this.shelf.then(work).catch(() => console.warn('outbox: cannot be written'));
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
