// The core's way to paper: a document goes to the worker that draws PDFs, one at a time; the worker comes with the first.
// Empty when it cannot be drawn (no connection for the font, a sign that the font lacks): the core says so.
import { kApp, kFiles } from '../built';

const kPatience = 120_000;  // ms; a font of six megabytes over a slow line
let worker: Worker | null = null;
let last: Promise<unknown> = Promise.resolve();

export function make_pdf(document: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (kApp !== 'desk') return Promise.resolve(new Uint8Array());
  const next = last.then(() => draw(document));
  last = next;
  return next;
}

function draw(document: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve) => {
    worker ??= new Worker(kFiles.paper_worker, { type: 'module' });
    const drawing = worker;
    const done = (bytes: Uint8Array<ArrayBuffer> | null) => {
      clearTimeout(limit);
      drawing.onmessage = drawing.onerror = null;
      if (!bytes) {
        drawing.terminate();
        worker = null;
      }
      resolve(bytes ?? new Uint8Array());
    };
    const limit = setTimeout(() => done(null), kPatience);
    drawing.onmessage = (event: MessageEvent<Uint8Array<ArrayBuffer> | null>) => done(event.data);
    drawing.onerror = () => done(null);
    drawing.postMessage(document, [document.buffer]);
  });
}
