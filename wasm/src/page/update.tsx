// A new version waits until nobody loses anything: it comes when the person says so, or by itself while the page is out
// of sight and nothing is being filled in.
import { render } from 'preact';
import { Rich } from '../presenter/rich';
import { words_for } from '../presenter/words';

interface Page {
  /** Something is being typed or chosen. */
  busy(): boolean;
  language(): string;
}

export function watch_updates(registration: ServiceWorkerRegistration, place: HTMLElement, page: Page) {
  let waiting: ServiceWorker | null = null;
  let agreed = false;

  const go = () => {
    agreed = true;
    waiting?.postMessage({ kind: 'activate' });
  };
  const offer = (worker: ServiceWorker | null) => {
    if (!worker || !registration.active) return;  // the very first one replaces nothing
    waiting = worker;
    if (document.hidden && !page.busy()) return go();
    const words = words_for(page.language());
    render(
      <div class="update" role="status">
        <p><Rich text={words.update_ready} /></p>
        <button type="button" class="button" data-importance="secondary" onClick={go}><span class="label"><Rich text={words.update_now} /></span></button>
      </div>, place);
  };
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (agreed) location.reload();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && waiting && !page.busy()) go();
    if (!document.hidden) void registration.update().catch(() => undefined);
  });
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => { if (worker.state === 'installed') offer(worker); });
  });
  offer(registration.waiting);
}
