// A real town for the journeys, made of the built programs: sample data, hub and three sites on free ports of this machine,
// each a process of its own, all data in a temporary folder. MACHI_BIN and MACHI_WEB name the program and the built site.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Wire } from './wire.mjs';

const kRoot = path.resolve(import.meta.dirname, '../../..');
export const kProgram = path.resolve(process.env['MACHI_BIN'] ?? path.join(kRoot, 'build/bin/machi'));
const kWeb = path.resolve(process.env['MACHI_WEB'] ?? path.join(kRoot, 'build/web'));
const kSites = ['citizen', 'desk', 'public'];
/** A slip is good for fourteen days and read for two more: one of so many days ago is over. */
const kLongAgoDays = 40;

const running = new Set();
process.on('exit', () => { for (const child of running) child.kill('SIGKILL'); });

/** Ports that are free now; held open together so that no two are the same. */
async function free_ports(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export class Town {
  /**
   * `channels`: with what reaches people outside of the app (machi push serve). `heard`: what clients say to hub and sites is kept, byte
   * by byte (wire.mjs). Throws when a program or the site is missing.
   */
  static async open({ channels = false, heard = false } = {}) {
    for (const needed of [kProgram, path.join(kWeb, 'citizen/index.html')]) {
      if (!existsSync(needed)) throw new Error(`${needed} is missing: ./dev build makes it (MACHI_BIN, MACHI_WEB name other places)`);
    }
    const town = new Town();
    const names = ['hub', ...(channels ? ['channels'] : []), ...kSites];
    const ports = await free_ports(names.length);
    town.ports = Object.fromEntries(names.map((name, at) => [name, ports[at]]));
    town.inner = town.ports;
    if (heard) {
      const behind = await free_ports(names.length);
      town.inner = Object.fromEntries(names.map((name, at) => [name, behind[at]]));
      await Promise.all(names.map(async (name) => town.wires.set(name, await Wire.open(town.ports[name], town.inner[name]))));
    }
    const long_ago = new Date(Date.now() - kLongAgoDays * 86_400_000).toISOString().slice(0, 10);
    town.expired = town.sample('town', ['--date', long_ago]).parent;
    town.facts = town.sample('town');
    town.foreign = town.sample('other-town').parent;
    for (const name of kSites) {
      cpSync(path.join(kWeb, name), path.join(town.folder, 'sites', name), { recursive: true });
      for (const file of ['config.json', 'rules.machi']) {
        const made = path.join(town.folder, 'town', `site-${name}`, file);
        if (existsSync(made)) cpSync(made, path.join(town.folder, 'sites', name, file));
      }
    }
    town.printed = new Set(files_in(path.join(town.folder, 'town/feed')).filter((file) => path.basename(file).startsWith('blob-')));
    if (channels) town.machi('push', 'keys', path.join(town.folder, 'town'));
    await Promise.all(names.map((name) => town.start(name)));
    return town;
  }

  folder = mkdtempSync(path.join(tmpdir(), 'journey-'));
  processes = new Map();
  wires = new Map();

  url(name) {
    return `http://localhost:${this.ports[name]}`;
  }

  sample(folder, more = []) {
    const out = execFileSync(kProgram, ['sample', path.join(this.folder, folder), '--site', this.url('citizen'), '--desk', this.url('desk'),
      '--hub', this.url('hub'), ...(this.ports.channels ? ['--channels', this.url('channels')] : []), ...more], { encoding: 'utf8' });
    return JSON.parse(out);
  }

  /** A command of the town's program, run to its end; what it says. Throws when it fails. */
  machi(...words) {
    return JSON.parse(execFileSync(kProgram, words, { encoding: 'utf8' }));
  }

  /** Starts a server, or the press of the town's notices, and waits until it says that it stands. */
  start(name) {
    const logs = path.join(this.folder, 'logs');
    mkdirSync(logs, { recursive: true });
    const given = name === 'press' ? ['notice', 'serve', path.join(this.folder, 'town'), '--hub', this.url('hub'), '--every', '1']
      : name === 'hub'
      ? ['hub', 'serve', '--town', path.join(this.folder, 'town'), ...kSites.flatMap((site) => ['--origin', this.url(site)])]
      : name === 'channels'
        ? ['push', 'serve', path.join(this.folder, 'town'), '--hub', this.url('hub'), '--origin', this.url('channels'), '--contact', 'mailto:push@town.example', '--every', '1']
        : ['site', 'serve', path.join(this.folder, 'sites', name), '--hub', this.url('hub'), ...(this.ports.channels ? ['--channels', this.url('channels')] : [])];
    const child = spawn(kProgram, name === 'press' ? given : [...given, '--port', String(this.inner[name])], { stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    this.processes.set(name, child);
    child.once('exit', () => running.delete(child));
    child.stderr.pipe(createWriteStream(path.join(logs, `${name}.log`), { flags: 'a' }));
    return new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${readFileSync(path.join(logs, `${name}.log`), 'utf8')}`)));
    });
  }

  /** What a server has written into its log; "" when nothing. */
  told(name) {
    const file = path.join(this.folder, 'logs', `${name}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** 'SIGKILL' is a crash, 'SIGTERM' the graceful end. */
  stop(name, signal) {
    const child = this.processes.get(name);
    this.processes.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', (code) => resolve(code));
      child.kill(signal);
    });
  }

  async close() {
    await Promise.all([...this.processes.keys()].map((name) => this.stop(name, 'SIGTERM')));
    for (const wire of this.wires.values()) wire.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What the town's servers keep: the hub's folder, the public feed, the logs. */
  kept_by_servers() {
    return [...files_in(path.join(this.folder, 'town/hub')), ...files_in(path.join(this.folder, 'town/feed')), ...files_in(path.join(this.folder, 'logs'))];
  }

  /** The files among these that hold one of the words, in UTF-8 or UTF-16. */
  holding(files, words) {
    const forms = words.flatMap((word) => [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')].map((form) => ({ word, form })));
    return files.flatMap((file) => {
      const content = readFileSync(file);
      return forms.filter(({ form }) => content.includes(form)).map(({ word }) => `${path.relative(this.folder, file)}: ${word}`);
    });
  }
}

export function files_in(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name)).filter((file) => statSync(file).isFile());
}
