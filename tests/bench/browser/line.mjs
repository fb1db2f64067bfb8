// A folder served as over a phone's line: every request waits for the line's latency, and all bytes of all answers pass one
// after another through its bandwidth, whoever in the browser asked (page, worker, service worker: a throttle of the
// browser's own would give each a line for itself). Counts what passed, compressed as sent.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.wasm': 'application/wasm', '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.png': 'image/png', '.svg': 'image/svg+xml' };
const kSlice = 8 * 1024;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Line {
  /** `speed`: { bytes_a_second, latency }. `extra`: path -> content that no file has. */
  static async open(folder, speed, extra = {}) {
    const line = new Line(folder, speed, extra);
    line.server = createServer((request, response) => void line.answer(request, response));
    await new Promise((resolve) => line.server.listen(0, '127.0.0.1', resolve));
    line.url = `http://localhost:${line.server.address().port}/`;
    return line;
  }

  sent = [];  // { name, bytes }
  free_at = 0;
  packed = new Map();

  constructor(folder, speed, extra) {
    Object.assign(this, { folder, speed, extra });
  }

  async content(name) {
    if (!this.packed.has(name)) {
      const plain = name in this.extra ? Buffer.from(this.extra[name]) : await readFile(path.join(this.folder, path.normalize(name)));
      const shrinks = !/\.png$/.test(name);
      this.packed.set(name, shrinks ? { coding: 'br', bytes: zlib.brotliCompressSync(plain, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }) } : { bytes: plain });
    }
    return this.packed.get(name);
  }

  /** Packs beforehand, so that no compression is timed. */
  async pack(names) {
    for (const name of names) await this.content(name);
  }

  async answer(request, response) {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = asked === '/' ? '/index.html' : asked;
    await pause(this.speed.latency);
    let file;
    try {
      file = await this.content(name);
    } catch {
      response.writeHead(404);
      return response.end();
    }
    response.writeHead(200, {
      'content-type': kTypes[path.extname(name)] ?? 'application/octet-stream', 'cache-control': 'no-cache', 'content-length': file.bytes.length,
      ...(file.coding ? { 'content-encoding': file.coding } : {}),
    });
    for (let at = 0; at < file.bytes.length; at += kSlice) {
      const slice = file.bytes.subarray(at, at + kSlice);
      const now = performance.now();
      this.free_at = Math.max(now, this.free_at) + slice.length / this.speed.bytes_a_second * 1000;
      await pause(this.free_at - now);
      response.write(slice);
    }
    this.sent.push({ name, bytes: file.bytes.length });
    return response.end();
  }

  /** Cuts the line: whoever asks is refused. */
  cut() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
