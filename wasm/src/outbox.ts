// Sealed envelopes that also wait outside of the core, for the service worker; and what came back for those it posted.
// In IndexedDB, which page, worker and service worker share. Nothing in here can be read by whoever finds it.
import { type DBSchema, openDB } from 'idb';

interface Waiting { id: string; url: string; body: Uint8Array }
interface Answered { id: string; status: number; body: Uint8Array }
interface Shelves extends DBSchema {
  waiting: { key: string; value: Waiting };
  answered: { key: string; value: Answered };
}

export const kSyncTag = 'machi-post';

const shelves = () => openDB<Shelves>('machi-outbox', 1, {
  upgrade(database) {
    database.createObjectStore('waiting', { keyPath: 'id' });
    database.createObjectStore('answered', { keyPath: 'id' });
  },
});

async function with_shelves<T>(work: (database: Awaited<ReturnType<typeof shelves>>) => Promise<T>): Promise<T> {
  const database = await shelves();
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

export const keep = (waiting: Waiting) => with_shelves((database) => database.put('waiting', waiting));
export const forget = (id: string) => with_shelves((database) => database.delete('waiting', id));
export const all_waiting = () => with_shelves((database) => database.getAll('waiting'));

/** An envelope was posted: it waits no longer, its answer does. */
export const answer = (answered: Answered) => with_shelves(async (database) => {
  const change = database.transaction(['waiting', 'answered'], 'readwrite');
  await Promise.all([change.objectStore('waiting').delete(answered.id), change.objectStore('answered').put(answered), change.done]);
});

/** Takes the answers out. */
export const take_answered = () => with_shelves(async (database) => {
  const change = database.transaction('answered', 'readwrite');
  const all = await change.store.getAll();
  await change.store.clear();
  await change.done;
  return all;
});
