// The four readers behind one call: a picture as a camera's canvas gives it (RGBA) to a text or null. Each makes its own
// grey, in the time that is measured; each is told that it looks for QR symbols alone, one in a picture.
import { brotliCompressSync, constants } from 'node:zlib';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const require = createRequire(import.meta.url);
const kHere = import.meta.dirname;
const package_file = (name) => path.join(kHere, 'node_modules', name);
const compressed = (files) => files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length, 0);

/** Our module: also a scan over frames, and the writer of symbols. */
export class Ours {
  static async start(folder) {
    const files = [path.join(folder, 'scanner.mjs'), path.join(folder, 'scanner.wasm')];
    const module = await (await import(files[0])).default({ wasmBinary: readFileSync(files[1]) });
    return new Ours(module, compressed(files));
  }
  constructor(module, size) {
    this.name = 'machikado';
    this.module = module;
    this.size = size;
  }
  #given(bytes, work) {
    const place = this.module._malloc(bytes.length);
    this.module.HEAPU8.set(bytes, place);
    const text = work(place);
    this.module._free(place);
    return text === 0 ? null : this.module.UTF8ToString(text);
  }
  read(picture) {
    // As the scanner's worker does it (wasm/src/scanner/worker.ts).
    const count = picture.width * picture.height;
    const grey = this.module._malloc(count);
    const text = this.#given(picture.data, (place) => {
      this.module._machi_grey(place, count, grey);
      return this.module._machi_read_qr(grey, picture.width, picture.height);
    });
    this.module._free(grey);
    return text;
  }
  /** A frame by itself. */
  alone({ grey, width, height }) {
    return this.#given(grey, (place) => this.module._machi_read_qr(place, width, height));
  }
  /** A frame of a running scan. */
  frame(grey, width, height) {
    return this.#given(grey, (place) => this.module._machi_scan_frame(place, width, height));
  }
  begin() {
    this.module._machi_scan_begin();
  }
  /** Rows of '0' and '1', level M. */
  write(text) {
    const size = this.module.lengthBytesUTF8(text) + 1;
    const place = this.module._malloc(size);
    this.module.stringToUTF8(text, place, size);
    const modules = this.module.UTF8ToString(this.module._machi_write_qr(place));
    this.module._free(place);
    return modules;
  }
}

async function zxing() {
  const files = ['dist/es/reader/index.js', 'dist/es/share.js', 'dist/reader/zxing_reader.wasm'].map((file) => package_file(`zxing-wasm/${file}`));
  const { prepareZXingModule } = await import('zxing-wasm/reader');
  const binary = readFileSync(files.at(-1));
  const module = await prepareZXingModule({ overrides: { wasmBinary: binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength) }, fireImmediately: true });
  const { readBarcodes } = await import('zxing-wasm/reader');
  void module;
  return {
    name: 'zxing-wasm', size: compressed(files.filter((file) => { try { readFileSync(file); return true; } catch { return false; } })),
    read: async (picture) => {
      const [found] = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1, textMode: 'Plain' });
      return found?.isValid ? found.text : null;
    },
  };
}

function jsqr() {
  const read = require('jsqr');
  return { name: 'jsqr', size: compressed([package_file('jsqr/dist/jsQR.js')]),
    read: ({ data, width, height }) => read(data, width, height, { inversionAttempts: 'attemptBoth' })?.data ?? null };
}

async function zbar() {
  const { scanRGBABuffer, ZBarScanner, ZBarSymbolType, ZBarConfigType } = await import('@undecaf/zbar-wasm');
  const scanner = await ZBarScanner.create();
  scanner.setConfig(ZBarSymbolType.ZBAR_NONE, ZBarConfigType.ZBAR_CFG_ENABLE, 0);
  scanner.setConfig(ZBarSymbolType.ZBAR_QRCODE, ZBarConfigType.ZBAR_CFG_ENABLE, 1);
  return {
    name: 'zbar-wasm', size: compressed([package_file('@undecaf/zbar-wasm/dist/index.mjs'), package_file('@undecaf/zbar-wasm/dist/zbar.wasm')]),
    read: async ({ data, width, height }) => {
      const [found] = await scanRGBABuffer(data.buffer, width, height, scanner);
      return found ? found.decode('utf-8') : null;
    },
  };
}

/** Ours first. */
export async function engines(folder) {
  return [await Ours.start(folder), await zxing(), jsqr(), await zbar()];
}
