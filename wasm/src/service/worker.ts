// The service worker: the app's files by their hashes, the town's configuration as it was and anew meanwhile, and
// sealed envelopes posted when the app is closed. It never reads what it posts.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst, StaleWhileRevalidate } from 'workbox-strategies';
import { all_waiting, answer, kSyncTag } from '../outbox';
import { listen_for_push, subscribe } from './push';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

/** Background Sync is not in TypeScript's library. */
interface SyncEvent extends ExtendableEvent { readonly tag: string }

const kConfig = '/config.json';
/**
 * As it was kept, at once, and fetched anew meanwhile: nobody's start waits for the network. A town that has moved its hub
 * is told of to the open pages, which start again.
 */
const config = new StaleWhileRevalidate({
  cacheName: 'machi-config',
  plugins: [{
    async cacheDidUpdate({ oldResponse, newResponse }) {
      if (!oldResponse || await oldResponse.text() === await newResponse.clone().text()) return;
      for (const page of await self.clients.matchAll({ type: 'window' })) page.postMessage({ kind: 'moved' });
    },
  }],
});

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
// Who comes back gets the empty shell, not the first-run screen that a stranger sees.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/shell.html'), { allowlist: [/^\/(index\.html)?(\?|$)/] }));
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname === kConfig, config);
registerRoute(({ url, sameOrigin }) => sameOrigin && /^\/scanner[-.]/.test(url.pathname), new CacheFirst({ cacheName: 'machi-scanner' }));
// The apps beside this one, once they were opened.
registerRoute(({ url, sameOrigin }) => sameOrigin && /^\/(notices|support)-/.test(url.pathname), new CacheFirst({ cacheName: 'machi-notices' }));
// The writer of PDFs and its fonts, once they were used.
registerRoute(({ url, sameOrigin }) => sameOrigin && /^\/paper-/.test(url.pathname), new CacheFirst({ cacheName: 'machi-paper' }));

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open('machi-config');
    await cache.add(kConfig);
  };
  event.waitUntil(keep().catch(() => undefined));
});

// The first service worker takes the open page, so that its next start is offline already; a later one waits to be asked.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const asked = event.data as { kind?: string; text?: string } | null;
  if (asked?.kind === 'activate') void self.skipWaiting();
  if (asked?.kind === 'push') event.waitUntil(subscribe(self.registration, asked.text ?? '').then((said) => event.ports[0]?.postMessage(said)));
});

/** Posts what waits. Throws when something is left, so that the browser tries again. One at a time: two would post it twice. */
const post_all = () => navigator.locks.request(kSyncTag, post_waiting);

async function post_waiting() {
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.some((page) => page.visibilityState === 'visible')) throw new Error('the open app posts by itself');
  let left = false;
  for (const { id, url, body } of await all_waiting()) {
    try {
      const response = await fetch(url, { method: 'POST', body: body as Uint8Array<ArrayBuffer>, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', headers: { 'content-type': 'application/cbor' } });
      if (response.status >= 500 || response.status === 429) left = true;
      else await answer({ id, status: response.status, body: new Uint8Array(await response.arrayBuffer()) });
    } catch {
      left = true;
    }
  }
  for (const page of pages) page.postMessage({ kind: 'posted' });
  if (left) throw new Error('something still waits');
}

self.addEventListener('sync', ((event: SyncEvent) => {
  if (event.tag === kSyncTag) event.waitUntil(post_all());
}) as EventListener);

listen_for_push(self);
