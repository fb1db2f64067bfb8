// quota.mjs: threads of a process, each with a share of a processor of its own, by the kernel's control groups (version 1, as
// root): what Chromium's own throttle does to a page's main thread, done to all threads of a renderer alike. A slow phone has
// more processors than most machines that build this; threads with a share each do not stand in each other's way.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const kRoot = '/sys/fs/cgroup/cpu';
const kRun = 2000;  // microseconds of each turn

export class Quota {
  /** Null where this machine does not let us. `rate`: each thread runs one rate-th of the time. */
  static open(rate) {
    const folder = path.join(kRoot, `machikado-${process.pid}`);
    try {
      mkdirSync(folder);
      const quota = new Quota(folder, rate);
      quota.group('try');
      return quota;
    } catch {
      if (existsSync(folder)) rmdirSync(folder);
      return null;
    }
  }

  threads = new Set();

  constructor(folder, rate) {
    Object.assign(this, { folder, rate });
  }

  group(name) {
    const group = path.join(this.folder, name);
    mkdirSync(group);
    writeFileSync(path.join(group, 'cpu.cfs_period_us'), String(kRun * this.rate));
    writeFileSync(path.join(group, 'cpu.cfs_quota_us'), String(kRun));
    return group;
  }

  /** Takes in the threads of these processes that are new. */
  take(pids) {
    for (const pid of pids) {
      let threads = [];
      try { threads = readdirSync(`/proc/${pid}/task`); } catch { /* it ended */ }
      for (const thread of threads) {
        if (this.threads.has(thread)) continue;
        this.threads.add(thread);
        try { writeFileSync(path.join(this.group(thread), 'tasks'), thread); } catch { /* it ended */ }
      }
    }
  }

  close() {
    for (const name of readdirSync(this.folder, { withFileTypes: true }).filter((one) => one.isDirectory()).map((one) => one.name)) {
      const group = path.join(this.folder, name);
      try {
        for (const thread of readFileSync(path.join(group, 'tasks'), 'utf8').split('\n').filter(Boolean)) writeFileSync(path.join(kRoot, 'tasks'), thread);
        rmdirSync(group);
      } catch { /* a thread that ends just now */ }
    }
    try { rmdirSync(this.folder); } catch { /* left for the machine's next start */ }
  }
}
