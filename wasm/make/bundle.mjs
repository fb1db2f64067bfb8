// How sources become what a browser loads: esbuild, with Lucide's drawings as text and the core's types and module by name.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { page_words } from './words.mjs';

export const kWasm = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** `icon:NAME` gives the inside of Lucide's drawing. */
const icons = {
  name: 'icons',
  setup(build) {
    build.onResolve({ filter: /^icon:/ }, ({ path: name }) => ({ path: name.slice(5), namespace: 'icon' }));
    build.onLoad({ filter: /.*/, namespace: 'icon' }, async ({ path: name }) => {
      const drawing = await readFile(path.join(kWasm, 'node_modules/lucide-static/icons', `${name}.svg`), 'utf8');
      const inside = drawing.slice(drawing.indexOf('>', drawing.indexOf('<svg')) + 1, drawing.lastIndexOf('</svg>'));
      return { contents: inside.trim().replace(/\s*\n\s*/g, ''), loader: 'text' };
    });
  },
};

/** `words:TAG` gives the page's own words in that language. */
const words = {
  name: 'words',
  setup(build) {
    build.onResolve({ filter: /^words:/ }, ({ path: name }) => ({ path: name.slice(6), namespace: 'words' }));
    build.onLoad({ filter: /.*/, namespace: 'words' }, async ({ path: tag }) => ({ contents: JSON.stringify(await page_words(tag)), loader: 'json' }));
  },
};

/** Emscripten's modules run in node too and begin with an import of node's; in a browser nothing calls it. */
const without_node = {
  name: 'without-node',
  setup(build) {
    if (build.initialOptions.platform === 'node') return;
    build.onResolve({ filter: /^module$/ }, () => ({ path: 'module', namespace: 'without-node' }));
    build.onLoad({ filter: /.*/, namespace: 'without-node' }, () => ({ contents: 'export const createRequire = () => undefined;' }));
  },
};

/** Bundles for the floor of the product (iOS 16.4, Chrome 109). `alias` names modules that are built elsewhere. */
export function bundle(options) {
  return esbuild.build({
    absWorkingDir: kWasm, bundle: true, format: 'esm', target: ['chrome109', 'safari16.4', 'firefox115'], charset: 'utf8', minify: true,
    legalComments: 'none', jsx: 'automatic', jsxImportSource: 'preact', plugins: [icons, words, without_node], logLevel: 'warning', metafile: true,
    entryNames: '[name]-[hash]', assetNames: '[name]-[hash]', chunkNames: '[name]-[hash]', write: true, ...options,
  });
}
