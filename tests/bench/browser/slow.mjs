// slow.mjs PID RATE: lets each renderer below the browser PID run one RATE-th of the time, every thread alike: the page, the
// core's worker, the service worker. Chromium's own throttle slows the page's main thread alone and refuses workers (its
// setCPUThrottlingRate is for pages only), where the core lives. Turns are short, so that a thread that waits for another
// waits hardly longer than on a slow processor; and the renderers have theirs one after another, so that they do not stand
// in each other's way on a machine with fewer cores than a phone has. Ends with the browser.
import { readdirSync, readFileSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const [browser, rate] = process.argv.slice(2).map(Number);
const kRun = 2;  // ms of each turn
const kMost = 64;
// The renderers' ids as the looking thread finds them; the last place is for sleeping on, the one before it says "end".
const shared = isMainThread ? new Int32Array(new SharedArrayBuffer((kMost + 2) * 4)) : workerData;

function look() {
  const parent = new Map();
  const found = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const pid = Number(name);
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      parent.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) found.push(pid);
    } catch {
      // It ended while it was looked at.
    }
  }
  const below = (pid) => pid === browser || (pid > 1 && parent.has(pid) && below(parent.get(pid)));
  if (!parent.has(browser)) Atomics.store(shared, kMost, 1);
  const renderers = found.filter(below).slice(0, kMost);
  for (let at = 0; at < kMost; at += 1) Atomics.store(shared, at, renderers[at] ?? 0);
}

/** To the renderers whose turn it is; all of them without one. */
function signal(name, turn = -1) {
  for (let at = 0; at < kMost; at += 1) {
    const pid = Atomics.load(shared, at);
    if (pid === 0 || (turn >= 0 && at % rate !== turn)) continue;
    try { process.kill(pid, name); } catch { /* gone */ }
  }
}

if (!isMainThread) {
  look();
  setInterval(look, 50);
} else {
  const looking = new Worker(new URL(import.meta.url), { workerData: shared, argv: process.argv.slice(2) });
  const stop = () => {
    Atomics.store(shared, kMost, 1);
    signal('SIGCONT');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  looking.once('online', () => setTimeout(() => {
    process.send?.('ready');
    if (rate > 1) turns();
  }, 200));

  /** Sleeps by futex: a timer of the event loop would round to whole milliseconds, and be late by one. */
  function turns() {
    let next = performance.now();
    for (let turn = 0; Atomics.load(shared, kMost) === 0; turn = (turn + 1) % rate) {
      signal('SIGCONT', turn);
      next = Math.max(next + kRun, performance.now());
      Atomics.wait(shared, kMost + 1, 0, Math.max(0, next - performance.now()));
      signal('SIGSTOP', turn);
      if (turn === rate - 1 && Math.random() < 0.1) return void setImmediate(turns);  // lets SIGTERM in
    }
    stop();
  }
}
