// Builds the gallery into a folder and serves it on a free port of this machine, under the product's own content policy.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../../../wasm/make/bundle.mjs';

export const kPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };

export async function open_gallery() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gallery-'));
  const here = import.meta.dirname;
  await bundle({
    entryPoints: { gallery: path.join(here, 'gallery.tsx'), app: path.join(here, '../../../wasm/src/styles/app.css') },
    outdir: folder, entryNames: '[name]', minify: false, jsxImportSource: 'preact', nodePaths: [path.join(here, '../../../wasm/node_modules')],
  });
  await writeFile(path.join(folder, 'index.html'), `<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>-</title><link rel="stylesheet" href="/app.css"><div id="app"></div><div id="speaker" role="status" aria-live="polite" class="unseen"></div><script type="module" src="/gallery.js"></script></html>`);
  const server = createServer(async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path.join(folder, name === '/' ? 'index.html' : path.basename(name));
    try {
      const content = await readFile(file);
      response.writeHead(200, { 'content-type': kTypes[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': kPolicy });
      response.end(content);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
