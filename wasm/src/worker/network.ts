// Http effects by fetch. Every request ends in exactly one Answer; status 0 = no answer. A streamed body comes as chunks
// before it. No cookies, no cache, no referrer: the hub learns what the request says and no more.
import type { Effect } from '../contract';

type Http = Extract<Effect, { type: 'http' }>;

export interface Listener {
  chunk(request: number, bytes: Uint8Array): void;
  answer(request: number, status: number, bytes: Uint8Array): void;
}

/** More than the core takes in one handle; what is longer is no answer of ours. */
const kMost = 4 << 20;

export class Network {
  private readonly running = new Map<number, AbortController>();

  constructor(private readonly listener: Listener) {}

  async ask(http: Http, body: Uint8Array<ArrayBuffer>) {
    const request = http.request ?? 0;
    const stop = new AbortController();
    this.running.set(request, stop);
    const limit = http.timeout_ms ? setTimeout(() => stop.abort(), http.timeout_ms) : undefined;
    let status = 0;
    let bytes: Uint8Array = new Uint8Array();
    try {
      const answer = await fetch(http.url ?? '', {
        method: http.method || 'GET', signal: stop.signal, cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer',
        headers: (http.headers ?? []).map(({ name = '', value = '' }): [string, string] => [name, value]),
        ...(body.length ? { body } : {}),
      });
      if (http.stream && answer.ok && answer.body) {
        clearTimeout(limit);  // a stream lives as long as it speaks; the core has its own watch over it
        await this.read(request, answer.body);
        status = answer.status;
      } else {
        bytes = new Uint8Array(await answer.arrayBuffer());
        status = bytes.length > kMost ? 0 : answer.status;
        if (status === 0) bytes = new Uint8Array();
      }
    } catch {
      status = 0;
      bytes = new Uint8Array();
    }
    clearTimeout(limit);
    const cancelled = this.running.get(request) !== stop;
    if (cancelled) return;
    this.running.delete(request);
    this.listener.answer(request, status, bytes);
  }

  /** The core wants no answer any more. */
  cancel(request: number) {
    const stop = this.running.get(request);
    this.running.delete(request);
    stop?.abort();
  }

  close() {
    for (const request of [...this.running.keys()]) this.cancel(request);
  }

  private async read(request: number, body: ReadableStream<Uint8Array>) {
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value.length && this.running.has(request)) this.listener.chunk(request, value);
    }
  }
}
