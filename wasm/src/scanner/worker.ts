// Reads QR symbols from pictures and writes them, in a worker of its own: its module is loaded when it is first asked.
import start, { type ScannerModule } from 'machi-scanner';
import { kFiles } from '../built';

/** A symbol and what stands below it. */
export interface Sheet { symbol: string; lines: string[] }
export type Asked = { picture: ImageBitmap } | { symbol: string } | { sheet: Sheet };
export type Answered = string | Blob;

let module: Promise<ScannerModule> | null = null;

/** Grey, as the eye sees it; transparent counts as white. */
function grey_of(picture: ImageData): Uint8Array {
  const { data } = picture;
  const grey = new Uint8Array(data.length / 4);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4) {
    const light = (data[from]! * 77 + data[from + 1]! * 150 + data[from + 2]! * 29) >> 8;
    grey[at] = 255 - (((255 - light) * data[from + 3]!) / 255);
  }
  return grey;
}

async function read(picture: ImageBitmap): Promise<string | null> {
  module ??= start({ locateFile: () => kFiles.scanner });
  const scanner = await module;
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(picture, 0, 0);
  picture.close();
  const grey = grey_of(context.getImageData(0, 0, width, height));
  const place = scanner._malloc(grey.length);
  scanner.HEAPU8.set(grey, place);
  const text = scanner._machi_read_qr(place, width, height);
  scanner._free(place);
  return text === 0 ? null : scanner.UTF8ToString(text);
}

async function write(symbol: string): Promise<string | null> {
  module ??= start({ locateFile: () => kFiles.scanner });
  const scanner = await module;
  const size = scanner.lengthBytesUTF8(symbol) + 1;
  const place = scanner._malloc(size);
  scanner.stringToUTF8(symbol, place, size);
  const modules = scanner._machi_write_qr(place);
  scanner._free(place);
  return modules === 0 ? null : scanner.UTF8ToString(modules);
}

/** A line as the paper's width takes it: broken at spaces, else between signs. */
function broken(context: OffscreenCanvasRenderingContext2D, line: string): string[] {
  const out: string[] = [];
  let so_far = '';
  for (const part of line.match(/[\x21-\x7e]+ ?|./gsu) ?? []) {
    if (so_far && context.measureText(so_far + part).width > kPaper.wide - 2 * kPaper.edge) {
      out.push(so_far);
      so_far = '';
    }
    so_far += part;
  }
  return so_far ? [...out, so_far] : out;
}

/** Black on white: the symbol with its quiet zone, the lines below it. */
async function draw({ symbol, lines }: Sheet): Promise<Blob | null> {
  const modules = await write(symbol);
  if (!modules) return null;
  const size = Math.round(Math.sqrt(modules.length));
  const module_side = Math.floor(kPaper.wide * 0.6 / (size + 8));
  const side = (size + 8) * module_side;
  const font = `${kPaper.line * 0.6}px sans-serif`;
  const measuring = new OffscreenCanvas(1, 1).getContext('2d');
  if (!measuring) return null;
  measuring.font = font;
  const all = lines.flatMap((line) => broken(measuring, line));
  const canvas = new OffscreenCanvas(kPaper.wide, side + all.length * kPaper.line + 2 * kPaper.edge);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  const left = Math.floor((kPaper.wide - size * module_side) / 2);
  for (let at = 0; at < modules.length; at += 1) {
    if (modules[at] !== '1') continue;
    context.fillRect(left + (at % size) * module_side, (4 + Math.floor(at / size)) * module_side, module_side, module_side);
  }
  context.font = font;
  all.forEach((line, at) => context.fillText(line, kPaper.edge, side + (at + 1) * kPaper.line));
  return await canvas.convertToBlob({ type: 'image/png' });
}

const kPaper = { wide: 1080, edge: 72, line: 60 };

addEventListener('message', (event: MessageEvent<{ id: number; what: Asked }>) => {
  const { id, what } = event.data;
  const work = 'picture' in what ? read(what.picture) : 'symbol' in what ? write(what.symbol) : draw(what.sheet);
  work.then((answer: Answered | null) => postMessage({ id, answer }), (error: unknown) => {
    console.warn('scanner: not available', String(error));
    postMessage({ id, answer: null });
  });
});
