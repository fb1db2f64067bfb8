// What others would put together from packages for the same parts, built as one would ship it: minified bundles beside their
// .wasm. Neither has a screen, a word or a rule in it: both are measured as generously as can be.
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';

const kHere = import.meta.dirname;
const modules = (name) => path.join(kHere, 'node_modules', name);
const page = (text, more = '') => `<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>peer</title><h1>${text}</h1>${more}<script type="module" src="/main.js"></script></html>`;

/** Gives { name: folder }. */
export async function build_peers(out) {
  const assembly = path.join(out, 'assembly');
  const canvas = path.join(out, 'canvaskit');
  for (const folder of [assembly, canvas]) await mkdir(folder, { recursive: true });
  const options = { bundle: true, format: 'esm', minify: true, logLevel: 'error', external: ['fs', 'path', 'crypto', 'node:*', 'module', 'worker_threads'], absWorkingDir: kHere, conditions: ['browser'], mainFields: ['browser', 'module', 'main'] };
  await esbuild.build({ ...options, entryPoints: ['peers/assembly.js'], outfile: path.join(assembly, 'main.js') });
  await esbuild.build({ ...options, entryPoints: ['peers/assembly_worker.js'], outfile: path.join(assembly, 'worker.js') });
  await esbuild.build({ ...options, entryPoints: ['peers/canvaskit.js'], outfile: path.join(canvas, 'main.js') });
  await copyFile(path.join(modules('sql.js'), 'dist/sql-wasm-browser.wasm'), path.join(assembly, 'sql.wasm'));
  await copyFile(path.join(modules('zxing-wasm'), 'dist/reader/zxing_reader.wasm'), path.join(assembly, 'zxing.wasm'));
  await copyFile(path.join(modules('canvaskit-wasm'), 'bin/canvaskit.wasm'), path.join(canvas, 'canvaskit.wasm'));
  await writeFile(path.join(assembly, 'index.html'), page('学校への連絡'));
  await writeFile(path.join(canvas, 'index.html'), page('学校への連絡', '<canvas id="place" width="390" height="600"></canvas>'));
  return { assembly, canvaskit: canvas };
}

export async function files_of(folder) {
  return (await readdir(folder)).map((name) => `/${name}`);
}
