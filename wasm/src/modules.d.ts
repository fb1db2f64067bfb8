// What the bundler resolves that TypeScript cannot see: icon drawings, the page's words, stylesheets, the core's modules.
declare module 'icon:*' {
  const drawing: string;
  export default drawing;
}

declare module 'words:*' {
  const sentences: Record<string, string[]>;
  export default sentences;
}

interface EmscriptenModule {
  HEAPU8: Uint8Array;
  UTF8ToString(place: number): string;
  stringToUTF8(text: string, place: number, size: number): void;
  lengthBytesUTF8(text: string): number;
  _malloc(size: number): number;
  _free(place: number): void;
}

declare module 'machi-core' {
  /** core/app/machi.h, texts and bytes as places in memory. */
  export interface CoreModule extends EmscriptenModule {
    _machi_use_slots(): number;
    _machi_open(config: number): number;
    _machi_send(machi: number, event: number): number;
    _machi_receive(machi: number): number;
    _machi_view(machi: number): number;
    _machi_rest(machi: number): void;
    _machi_put(machi: number, handle: number, bytes: number, size: number): number;
    _machi_get(machi: number, handle: number, offset: number, out: number, capacity: number): number;
    _machi_drop(machi: number, handle: number): void;
    _machi_picture(machi: number, id: number): number;
    _machi_close(machi: number): void;
  }
  export default function start(options: {
    slots: FileSystemSyncAccessHandle[];
    locateFile: () => string;
    /** Gives an instance later by `done`; what it returns now counts for nothing. */
    instantiateWasm?: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => object;
  }): Promise<CoreModule>;
}

declare module 'machi-kiosk' {
  /** kiosk/web/practice.h and canvas.cc; the functions of a canvas are in kiosk.html's module alone. */
  export interface KioskModule extends EmscriptenModule {
    _kiosk_open(place: number, seed: number): number;
    _kiosk_act(action: number): number;
    _kiosk_turn(): number;
    _kiosk_wait(): number;
    _kiosk_view(): number;
    _kiosk_manner(): number;
    _kiosk_command(line: number): number;
    _kiosk_played(): number;
    _kiosk_speech(): number;
    _kiosk_word(key: number): number;
    _kiosk_wanted(): number;
    _kiosk_words(language: number, bytes: number, size: number): void;
    _kiosk_stage(canvas: number, regular: number, regular_size: number, bold: number, bold_size: number): number;
    _kiosk_show(width: number, height: number, mm_per_pixel: number): void;
    _kiosk_draw(): number;
    _kiosk_touch(down: number, x: number, y: number): void;
    _kiosk_key(key: number): void;
    _kiosk_digit(digit: number): void;
    _kiosk_take(): number;
    _kiosk_focused(): number;
    _kiosk_find(node: number, value: number): number;
    _kiosk_misfits(): number;
  }
  export default function start(options: { locateFile: () => string }): Promise<KioskModule>;
}

declare module 'machi-scanner' {
  export interface ScannerModule extends EmscriptenModule {
    _machi_grey(rgba: number, count: number, grey: number): void;
    _machi_read_qr(pixels: number, width: number, height: number): number;
    _machi_scan_begin(): void;
    _machi_scan_frame(pixels: number, width: number, height: number): number;
    _machi_write_qr(text: number): number;
  }
  export default function start(options: { locateFile: () => string }): Promise<ScannerModule>;
}

/** Only workers have it; the page's library does not say so. */
interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}
interface FileSystemSyncAccessHandle {
  read(buffer: Uint8Array, options?: { at: number }): number;
  write(buffer: Uint8Array, options?: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

/** What we use of it (https://pdfmake.github.io/docs/): a document as data, drawn with fonts out of its own small file system. */
declare module 'pdfmake' {
  interface Pdfmake {
    virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
    addFonts(fonts: Record<string, { normal: string; bold: string; italics: string; bolditalics: string }>): void;
    createPdf(document: object): { getBuffer(): Promise<Uint8Array<ArrayBuffer>> };
  }
  const pdfmake: Pdfmake;
  export default pdfmake;
}
