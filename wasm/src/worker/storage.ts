// The app's files: OPFS sync access handles in a folder of the app's own, opened before SQLite needs them (opening is
// asynchronous, SQLite is not), and the lock that lets one tab own them. Missing or refused storage is an error to say.
const kSlots = ['0', '1'];  // the database and its journal (core/store/slot_vfs.h)
const kPatience = 100;      // tries, while the tab before closes its handles
const kPause = 100;         // ms
const kGrace = 1500;        // ms, while the page before gives its lock back

export class Refused extends Error {}

/** Opens the pool. Throws Refused. */
export async function open_slots(app: string): Promise<FileSystemSyncAccessHandle[]> {
  const root = await navigator.storage?.getDirectory?.().catch(() => null);
  if (!root) throw new Refused('no-opfs');
  const opened: FileSystemSyncAccessHandle[] = [];
  try {
    const folder = await root.getDirectoryHandle(`machi-${app}`, { create: true });
    for (const name of kSlots) {
      const file = await folder.getFileHandle(name, { create: true });
      if (!file.createSyncAccessHandle) throw new Refused('no-sync-access');
      opened.push(await open_patiently(file));
    }
    return opened;
  } catch (error) {
    for (const handle of opened) handle.close();
    throw error instanceof Refused ? error : new Refused(error instanceof DOMException ? error.name : 'opfs');
  }
}

/** Files that are nowhere: a guest's database lives in the core's memory, and the pool only has to be there. */
export function no_slots(): FileSystemSyncAccessHandle[] {
  const none = { getSize: () => 0, read: () => 0, write: () => 0, truncate: () => undefined, flush: () => undefined, close: () => undefined };
  return kSlots.map(() => none as unknown as FileSystemSyncAccessHandle);
}

/** Takes everything out of this browser that the app has put there. Its files are closed. */
export async function empty_storage(app: string) {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(`machi-${app}`, { recursive: true }).catch(() => undefined);
  for (const { name } of await indexedDB.databases()) {
    if (!name) continue;
    await new Promise<void>((resolve) => {
      const gone = indexedDB.deleteDatabase(name);
      gone.onsuccess = gone.onerror = gone.onblocked = () => resolve();
    });
  }
  await caches.delete('machi-words');
}

async function open_patiently(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      const taken = error instanceof DOMException && (error.name === 'NoModificationAllowedError' || error.name === 'InvalidStateError');
      if (!taken || attempt === kPatience) throw error;
      await new Promise((resolve) => setTimeout(resolve, kPause));
    }
  }
}

/**
 * Becomes the one owner of the app in this browser, as soon as no other tab is; with `steal`, at once. A page that was loaded
 * anew or left a moment ago gives its lock back late where the phone is busy: only after kGrace is `waiting` called, and
 * when the other tab closes, this one goes on by itself. `lost` is called when another tab takes over.
 */
export function own(app: string, steal: boolean, waiting: () => void, lost: () => void): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(waiting, kGrace);
    const held = navigator.locks.request(`machi-${app}`, { steal }, () => {
      clearTimeout(late);
      resolve();
      return new Promise<void>(() => undefined);  // until the tab goes
    });
    held.catch(lost);
  });
}
