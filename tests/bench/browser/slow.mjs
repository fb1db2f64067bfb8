// slow.mjs PID RATE: lets every thread of the renderers below the browser PID run one RATE-th of the time: the page, the core's
// worker, the service worker, the threads that compile. Chromium's own throttle slows the page's main thread alone and refuses
// workers (its setCPUThrottlingRate is for pages only), where the core lives. Each thread has a share of its own (quota.mjs);
// where the machine does not give that (no control groups, not root), or --turns is said, whole renderers are stopped and let
// go in short turns, one renderer after another: then threads of one that work at the same time stand in each other's way on
// a machine with two processors, and the figures are worse. Says which way it took. Ends with the browser.
import { readdirSync, readFileSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { Quota } from './quota.mjs';

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

const quota = isMainThread && rate > 1 && !process.argv.includes('--turns') ? Quota.open(rate) : null;

/** The renderers whose ids are known. */
const renderers = () => [...shared].slice(0, kMost).filter((pid) => pid > 0);

if (!isMainThread) {
  look();
  setInterval(look, 20);
} else if (quota) {
  const looking = new Worker(new URL(import.meta.url), { workerData: shared, argv: process.argv.slice(2) });
  const stop = () => {
    quota.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  // A thread begins in the group of the one that made it, so none runs free.
  setInterval(() => {
    quota.take(renderers());
    if (Atomics.load(shared, kMost) === 1) stop();
  }, 4);
  looking.once('online', () => setTimeout(() => process.send?.('quota'), 200));
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
    process.send?.('turns');
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
