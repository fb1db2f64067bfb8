// The host's way to small pictures: a worker of its own for each, so that the memory of a large one is given back whole.
import { kFiles } from '../built';

export interface Small {
  /** A word of core/app/event.h (PhotoRead), '' when there is a picture. */
  why: string;
  bytes: Uint8Array;
}

const kPatience = 60_000;  // ms; a very large picture on an old phone

export function make_small(file: File): Promise<Small> {
  return new Promise((resolve) => {
    const worker = new Worker(kFiles.photo_worker, { type: 'module' });
    const done = (small: Small) => {
      clearTimeout(limit);
      worker.terminate();
      resolve(small);
    };
    const broken = () => done({ why: file.size > 20 << 20 ? 'too-large' : 'unreadable', bytes: new Uint8Array() });
    const limit = setTimeout(broken, kPatience);
    worker.onmessage = (event: MessageEvent<Small>) => done(event.data);
    worker.onerror = broken;
    worker.postMessage(file);
  });
}
