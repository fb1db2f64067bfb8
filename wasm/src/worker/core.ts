// The core behind its C interface: texts and bytes in and out of WebAssembly memory. One per worker; calls are not
// re-entrant. What the core refuses is a null or false here.
import type { Effect, Event } from '../contract';
import { kFiles } from '../built';
import start, { type CoreModule } from 'machi-core';

const kChunk = 64 * 1024;

export class Core {
  private constructor(private readonly module: CoreModule, private readonly handle: number) {}

  /** Starts the core over the opened files and opens the app; loads it when the page has not. `why` when the core refuses. */
  static async open(compiled: WebAssembly.Module | null, slots: FileSystemSyncAccessHandle[], config: object): Promise<Core | { why: string }> {
    const module = await instance_of(compiled, slots);
    if (module._machi_use_slots() !== 0) return { why: 'slots' };
    const handle = with_text(module, JSON.stringify(config), (text) => module._machi_open(text));
    if (handle === 0) {
      const effect = read_text(module, module._machi_receive(0));
      return { why: effect ?? 'open' };
    }
    return new Core(module, handle);
  }

  send(event: Event): boolean {
    return with_text(this.module, JSON.stringify(event), (text) => this.module._machi_send(this.handle, text)) === 0;
  }

  receive(): Effect | null {
    const text = read_text(this.module, this.module._machi_receive(this.handle));
    return text === null ? null : JSON.parse(text) as Effect;
  }

  view(): string {
    return read_text(this.module, this.module._machi_view(this.handle)) ?? '{}';
  }

  /** Lets the core write down what could wait until the screen was posted. Effects may follow. */
  rest() {
    this.module._machi_rest(this.handle);
  }

  /** A handle on these bytes; 0 for none, or when they are more than the core takes. */
  put(bytes: Uint8Array): number {
    let handle = 0;
    for (let at = 0; at < bytes.length; at += kChunk) {
      const chunk = bytes.subarray(at, at + kChunk);
      const place = this.module._malloc(chunk.length);
      this.module.HEAPU8.set(chunk, place);
      const next = this.module._machi_put(this.handle, handle, place, chunk.length);
      this.module._free(place);
      if (next === 0) {
        if (handle !== 0) this.module._machi_drop(this.handle, handle);
        return 0;
      }
      handle = next;
    }
    return handle;
  }

  /** Takes the bytes of a handle out; the handle is gone. */
  take(handle: number | undefined): Uint8Array<ArrayBuffer> {
    if (!handle) return new Uint8Array();
    const size = this.module._machi_get(this.handle, handle, 0, 0, 0);
    const out = new Uint8Array(size);
    const place = this.module._malloc(kChunk);
    for (let at = 0; at < size; at += kChunk) {
      this.module._machi_get(this.handle, handle, at, place, kChunk);
      out.set(this.module.HEAPU8.subarray(place, place + Math.min(kChunk, size - at)), at);
    }
    this.module._free(place);
    this.module._machi_drop(this.handle, handle);
    return out;
  }

  /** The bytes behind a photo node; none when they are not here. */
  picture(id: string): Uint8Array<ArrayBuffer> {
    return this.take(with_text(this.module, id, (text) => this.module._machi_picture(this.handle, text)));
  }

  close() {
    this.module._machi_close(this.handle);
  }
}

function instance_of(compiled: WebAssembly.Module | null, slots: FileSystemSyncAccessHandle[]): Promise<CoreModule> {
  const options = { slots, locateFile: () => kFiles.core };
  if (compiled === null) return start(options);
  return new Promise((resolve, reject) => {
    const instantiateWasm = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
      WebAssembly.instantiate(compiled, imports).then(done).catch(reject);
      return {};
    };
    start({ ...options, instantiateWasm }).then(resolve, reject);
  });
}

function with_text<T>(module: CoreModule, text: string, use: (place: number) => T): T {
  const size = module.lengthBytesUTF8(text) + 1;
  const place = module._malloc(size);
  module.stringToUTF8(text, place, size);
  try {
    return use(place);
  } finally {
    module._free(place);
  }
}

function read_text(module: CoreModule, place: number): string | null {
  return place === 0 ? null : module.UTF8ToString(place);
}
