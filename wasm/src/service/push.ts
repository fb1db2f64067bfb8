// Web Push in the service worker: subscribes, and shows what comes. A message says a topic and nothing else; what is shown
// for it is a sentence that the app left here, in its person's language. Every push shows something, as browsers demand:
// also one that cannot be read.
interface Said { key: string; title?: string; words?: Record<string, string> }

const kCache = 'machi-push';
const kWords = '/push-words.json';
/** Where the app has left no words: the town's own language. */
const kPlain = { title: 'お知らせ', text: '町からのお知らせがあります。' };

const from_base64url = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

function same(a: ArrayBuffer | null, b: Uint8Array): boolean {
  const own = new Uint8Array(a ?? new ArrayBuffer(0));
  return own.length === b.length && own.every((byte, at) => byte === b[at]);
}

/** A status as HTTP's, and the subscription as JSON. An empty key ends it. */
export async function subscribe(registration: ServiceWorkerRegistration, text: string): Promise<[number, string]> {
  try {
    const { key, title, words } = JSON.parse(text) as Said;
    const kept = await registration.pushManager.getSubscription();
    if (!key) {
      await kept?.unsubscribe();
      await caches.delete(kCache);
      return [200, '{}'];
    }
    const cache = await caches.open(kCache);
    await cache.put(kWords, new Response(JSON.stringify({ title, words }), { headers: { 'content-type': 'application/json' } }));
    const wanted = from_base64url(key);
    // With another key of the town's the old subscription is worth nothing.
    if (kept && !same(kept.options.applicationServerKey, wanted)) await kept.unsubscribe();
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
    return [200, JSON.stringify(made)];
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotAllowedError') return [403, ''];
    return [error instanceof DOMException && error.name === 'NotSupportedError' ? 501 : 0, ''];
  }
}

function topic_of(data: PushMessageData | null): string {
  try {
    const { topic } = data?.json() as { topic?: unknown };
    return typeof topic === 'string' ? topic : '';
  } catch {
    return '';
  }
}

async function show(scope: ServiceWorkerGlobalScope, topic: string) {
  let said: Partial<Said> = {};
  try {
    said = await (await caches.match(kWords, { cacheName: kCache }))?.json() as Partial<Said> ?? {};
  } catch {
    // Then it is said in the town's language.
  }
  const known = said.words && Object.hasOwn(said.words, topic) ? said.words[topic] : undefined;
  await scope.registration.showNotification(said.title ?? kPlain.title, {
    body: known ?? kPlain.text, tag: `machi-${known ? topic : 'notice'}`, requireInteraction: topic === 'disaster' });
}

async function open_app(scope: ServiceWorkerGlobalScope) {
  const [page] = await scope.clients.matchAll({ type: 'window' });
  if (page) await page.focus();
  else await scope.clients.openWindow('/');
}

export function listen_for_push(scope: ServiceWorkerGlobalScope) {
  scope.addEventListener('push', (event) => event.waitUntil(show(scope, topic_of(event.data))));
  scope.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(open_app(scope));
  });
}
