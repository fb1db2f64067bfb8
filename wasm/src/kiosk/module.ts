// The kiosk's module (kiosk/web/practice.h) with texts instead of places in memory. One a page; main thread.
import start, { type KioskModule } from 'machi-kiosk';
import { kFiles } from '../built';
import type { Action, Screen } from '../contract';

export interface Played { card: boolean; network: boolean; fault: string; sheets: number; terminal: 'approve' | 'decline' | 'wait' }
export interface Speech { text: string; language: string }

export class Kiosk {
  private constructor(readonly module: KioskModule) {}

  /** Throws when the module does not start. */
  static async open(place: string): Promise<Kiosk> {
    const module = await start({ locateFile: () => kFiles.core });
    const kiosk = new Kiosk(module);
    const seed = module._malloc(32);
    module.HEAPU8.set(crypto.getRandomValues(new Uint8Array(32)), seed);
    const failed = kiosk.say(place, (text) => module._kiosk_open(text, seed));
    module._free(seed);
    if (failed) throw new Error('the kiosk does not start');
    return kiosk;
  }

  get screen(): Screen { return JSON.parse(this.read(this.module._kiosk_view())) as Screen; }
  get played(): Played { return JSON.parse(this.read(this.module._kiosk_played())) as Played; }
  get speech(): Speech | null {
    const place = this.module._kiosk_speech();
    return place ? JSON.parse(this.read(place)) as Speech : null;
  }
  /** How the visitor wants it. */
  get manner() {
    const bits = this.module._kiosk_manner();
    return { large: (bits & 1) !== 0, low: (bits & 2) !== 0, contrast: (bits & 4) !== 0, voice: (bits & 8) !== 0 };
  }

  act(action: Action) { this.say(JSON.stringify(action), (text) => this.module._kiosk_act(text)); }
  command(line: string): boolean { return this.say(line, (text) => this.module._kiosk_command(text)) === 0; }
  word(key: string): string { return this.say(key, (text) => this.read(this.module._kiosk_word(text))); }
  turn(): boolean { return this.module._kiosk_turn() !== 0; }

  /** Brings the catalogue that the kiosk waits for, if it waits for one; then `done`. */
  bring_words(done: () => void) {
    const place = this.module._kiosk_wanted();
    if (!place) return;
    const language = this.read(place);
    const url = kFiles.words[language];
    const none = new Uint8Array();
    void (url ? fetch(url).then(async (answer) => (answer.ok ? new Uint8Array(await answer.arrayBuffer()) : none)) : Promise.resolve(none)).catch(() => none).then((bytes) => {
      this.give(bytes, (start, size) => this.say(language, (text) => this.module._kiosk_words(text, start, size)));
      done();
    });
  }

  /** Hands bytes in for the time of the call. */
  give<Result>(bytes: Uint8Array, use: (place: number, size: number) => Result): Result {
    const place = this.module._malloc(Math.max(1, bytes.length));
    this.module.HEAPU8.set(bytes, place);
    const result = use(place, bytes.length);
    this.module._free(place);
    return result;
  }

  say<Result>(text: string, use: (place: number) => Result): Result {
    const size = this.module.lengthBytesUTF8(text) + 1;
    const place = this.module._malloc(size);
    this.module.stringToUTF8(text, place, size);
    const result = use(place);
    this.module._free(place);
    return result;
  }

  read(place: number): string { return this.module.UTF8ToString(place); }
}
