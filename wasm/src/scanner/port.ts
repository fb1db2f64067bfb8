// The page's side of the scanner: made when first used, one picture at a time.
import { kFiles } from '../built';

let worker: Worker | null = null;
let last = 0;
const asked = new Map<number, (text: string | null) => void>();

export function read_qr(picture: ImageBitmap): Promise<string | null> {
  if (!worker) {
    worker = new Worker(kFiles.scanner_worker, { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<{ id: number; text: string | null }>) => {
      asked.get(event.data.id)?.(event.data.text);
      asked.delete(event.data.id);
    });
    worker.addEventListener('error', () => {
      for (const answer of asked.values()) answer(null);
      asked.clear();
    });
  }
  const id = last += 1;
  return new Promise((resolve) => {
    asked.set(id, resolve);
    worker?.postMessage({ id, picture }, [picture]);
  });
}
