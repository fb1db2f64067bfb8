// The page's side of the scanner: made when first used. One picture at a time is read; a symbol is written, or drawn with
// its lines as a picture to keep.
import { kFiles } from '../built';
import type { Asked, Answered, Sheet } from './worker';

let worker: Worker | null = null;
let last = 0;
const asked = new Map<number, (answer: Answered | null) => void>();

function ask(what: Asked, transfer: Transferable[] = []): Promise<Answered | null> {
  if (!worker) {
    worker = new Worker(kFiles.scanner_worker, { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<{ id: number; answer: Answered | null }>) => {
      asked.get(event.data.id)?.(event.data.answer);
      asked.delete(event.data.id);
    });
    worker.addEventListener('error', () => {
      worker = null;  // it could not be had: another try may find the network
      for (const answer of asked.values()) answer(null);
      asked.clear();
    });
  }
  const id = last += 1;
  return new Promise((resolve) => {
    asked.set(id, resolve);
    worker?.postMessage({ id, what }, transfer);
  });
}

/** `frame`: it is one of a scan's, the first or a later one. */
export const read_qr = async (picture: ImageBitmap | VideoFrame, frame?: 'first' | 'next') => await ask({ picture, frame }, [picture]) as string | null;
/** The modules, row by row, '1' dark. */
export const write_qr = async (symbol: string) => await ask({ symbol }) as string | null;
/** It comes in while there is a network, for when there is none. */
export function make_ready() {
  if (!worker) void ask({ symbol: '' });
}
export const draw_sheet = async (sheet: Sheet) => await ask({ sheet }) as Blob | null;
