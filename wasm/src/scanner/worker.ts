// Reads QR symbols from pictures, in a worker of its own: its module is loaded with the first picture.
import start, { type ScannerModule } from 'machi-scanner';
import { kFiles } from '../built';

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

addEventListener('message', (event: MessageEvent<{ id: number; picture: ImageBitmap }>) => {
  const { id, picture } = event.data;
  read(picture).then((text) => postMessage({ id, text }), (error: unknown) => {
    console.warn('scanner: not available', String(error));
    postMessage({ id, text: null });
  });
});
