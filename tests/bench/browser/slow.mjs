// slow.mjs PID RATE: lets the renderers below the browser PID run one RATE-th of the time, every thread alike. Chromium's own
// throttle slows the page's main thread alone and refuses workers, where the core lives. Ends with the browser.
import { readdirSync, readFileSync } from 'node:fs';

const [browser, rate] = process.argv.slice(2).map(Number);
const kRun = 4;  // ms of each turn
let renderers = [];

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
  if (!parent.has(browser)) stop();
  renderers = found.filter(below);
}

function signal(name) {
  for (const pid of renderers) {
    try { process.kill(pid, name); } catch { /* gone */ }
  }
}

function stop() {
  signal('SIGCONT');
  process.exit(0);
}

function turn() {
  signal('SIGCONT');
  setTimeout(() => {
    signal('SIGSTOP');
    setTimeout(turn, kRun * (rate - 1));
  }, kRun);
}

process.on('SIGTERM', stop);
process.on('disconnect', stop);
look();
setInterval(look, 100);
if (rate > 1) turn();
process.send?.('ready');
