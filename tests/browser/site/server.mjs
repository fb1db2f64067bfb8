// Serves a built app on a free port as the town's site server does: content policy, config.json, caching by hash. No hub is
// behind it. `change(path, edit)` serves a file otherwise, as a newer release would.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const kPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' http://127.0.0.1:9; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.wasm': 'application/wasm', '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.png': 'image/png', '.svg': 'image/svg+xml' };
const kConfig = { hub: 'http://127.0.0.1:9', site: 'http://127.0.0.1', pack: { town: '0'.repeat(32), root: '0'.repeat(64), name: '日和町' } };

export async function serve(folder) {
  const edits = new Map();
  const posted = [];
  const server = createServer(async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = name === '/' ? '/index.html' : name;
    if (request.method === 'POST') {
      const parts = [];
      for await (const part of request) parts.push(part);
      posted.push({ name, body: Buffer.concat(parts) });
      response.writeHead(200);
      return response.end('ok');
    }
    try {
      const content = file === '/config.json' ? Buffer.from(JSON.stringify(kConfig)) : await readFile(path.join(folder, path.normalize(file)));
      const edit = edits.get(file);
      response.writeHead(200, {
        'content-type': kTypes[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': kPolicy,
        'cache-control': /-[0-9A-Za-z]{8,10}\.\w+$/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
      response.end(edit ? edit(content.toString()) : content);
    } catch {
      response.writeHead(404);
      response.end();
    }
    return undefined;
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => { server.close(); server.closeAllConnections(); };
  return { url: `http://127.0.0.1:${server.address().port}/`, change: (file, edit) => edits.set(file, edit), posted, close };
}
