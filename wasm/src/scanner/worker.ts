// Reads QR symbols from pictures and writes them, in a worker of its own: its module is loaded when it is first asked.
import start, { type ScannerModule } from 'machi-scanner';
import { kFiles } from '../built';

/** A symbol and what stands below it. */
export interface Sheet { symbol: string; lines: string[] }
/** A picture by itself, or one of the frames of a scan: what several frames show counts together. */
export interface Looked { picture: ImageBitmap | VideoFrame; frame?: 'first' | 'next' | undefined }
export type Asked = Looked | { symbol: string } | { sheet: Sheet };
export type Answered = string | Blob;

let module: Promise<ScannerModule> | null = null;

/** The frame's own luminance, where the camera gives it as planes: nothing to convert, nothing to draw. */
async function plane_of(frame: VideoFrame): Promise<Grey | null> {
  if (!/^(I420|NV12|NV21|I422|I444)/.test(frame.format ?? '')) return null;
  const area = frame.visibleRect;
  if (!area) return null;
  const all = new Uint8Array(frame.allocationSize());
  const [luminance] = await frame.copyTo(all);
  if (!luminance) return null;
  const { width, height } = area;
  const grey = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = luminance.offset + row * luminance.stride;
    grey.set(all.subarray(from, from + width), row * width);
  }
  return { grey, width, height };
}

interface Grey { grey: Uint8Array; width: number; height: number }
let canvas: OffscreenCanvas | null = null;

/** As the eye sees it; transparent counts as white. */
function drawn(scanner: ScannerModule, picture: ImageBitmap | VideoFrame): Grey | null {
  const width = 'displayWidth' in picture ? picture.displayWidth : picture.width;
  const height = 'displayHeight' in picture ? picture.displayHeight : picture.height;
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.clearRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const count = width * height;
  const colours = scanner._malloc(data.length);
  const place = scanner._malloc(count);
  scanner.HEAPU8.set(data, colours);
  scanner._machi_grey(colours, count, place);
  const grey = scanner.HEAPU8.slice(place, place + count);
  scanner._free(place);
  scanner._free(colours);
  return { grey, width, height };
}

async function read({ picture, frame }: Looked): Promise<string | null> {
  module ??= start({ locateFile: () => kFiles.scanner });
  const scanner = await module;
  const seen = ('allocationSize' in picture ? await plane_of(picture).catch(() => null) : null) ?? drawn(scanner, picture);
  picture.close();
  if (!seen) return null;
  if (frame === 'first') scanner._machi_scan_begin();
  const place = scanner._malloc(seen.grey.length);
  scanner.HEAPU8.set(seen.grey, place);
  const text = (frame ? scanner._machi_scan_frame : scanner._machi_read_qr)(place, seen.width, seen.height);
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
  const work = 'picture' in what ? read(what) : 'symbol' in what ? write(what.symbol) : draw(what.sheet);
  work.then((answer: Answered | null) => postMessage({ id, answer }), (error: unknown) => {
    console.warn('scanner: not available', String(error));
    postMessage({ id, answer: null });
  });
});
