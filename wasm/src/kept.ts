// Files of words by their hashed names: from this device when they were fetched before, so that a language chosen once is
// there without a network. Those of earlier versions go. For page and worker alike.
import { kFiles } from './built';

const kShelf = 'machi-words';

/** The file, or null when it cannot be had. */
export async function kept_words(url: string | undefined): Promise<Response | null> {
  if (!url) return null;
  try {
    const shelf = await caches.open(kShelf);
    const kept = await shelf.match(url);
    if (kept) return kept;
    const answer = await fetch(url);
    if (!answer.ok) return null;
    await shelf.put(url, answer.clone());
    const known = new Set([...Object.values(kFiles.words), ...Object.values(kFiles.page_words)]);
    for (const { url: old } of await shelf.keys()) if (!known.has(new URL(old).pathname)) await shelf.delete(old);
    return answer;
  } catch {
    return null;
  }
}
