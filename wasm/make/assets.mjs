// Files with their content's hash in their names, icons, and the compressed twin of each file.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** Writes `content` to folder/stem-HASH.extension; gives the path as the browser asks for it. */
export async function put_hashed(folder, name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const { dir, name: stem, ext } = path.parse(name);
  const hashed = path.posix.join(dir, `${stem}-${hash}${ext}`);
  await mkdir(path.join(folder, dir), { recursive: true });
  await writeFile(path.join(folder, hashed), content);
  return `/${hashed}`;
}

/** The icons and the manifest that names them. */
export async function put_icons(folder, mobile, app) {
  const draw = async (file, size) => new Resvg(await readFile(path.join(mobile, file), 'utf8'), { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } }).render().asPng();
  const [svg, small, large, mask] = await Promise.all([
    put_hashed(folder, 'icon.svg', await readFile(path.join(mobile, 'icon.svg'))),
    put_hashed(folder, 'icon-192.png', await draw('icon.svg', 192)),
    put_hashed(folder, 'icon-512.png', await draw('icon.svg', 512)),
    put_hashed(folder, 'icon-maskable.png', await draw('icon_maskable.svg', 512)),
  ]);
  const touch = await put_hashed(folder, 'icon-touch.png', await draw('icon_maskable.svg', 180));
  if (app === 'public') return { icon: svg, touch_icon: touch, theme: '#ffffff' };
  const manifest = JSON.parse(await readFile(path.join(mobile, `${app}.webmanifest`), 'utf8'));
  manifest.icons = [
    { src: svg, sizes: 'any', type: 'image/svg+xml' }, { src: small, sizes: '192x192', type: 'image/png' },
    { src: large, sizes: '512x512', type: 'image/png' }, { src: mask, sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ];
  await writeFile(path.join(folder, 'manifest.webmanifest'), JSON.stringify(manifest));
  return { icon: svg, touch_icon: touch, theme: manifest.theme_color, name: manifest.name };
}

/**
 * The fonts of documents that schools keep, as Debian has them, with their licences beside: IPAex Gothic, and for names that
 * it cannot write IPAmj Mincho, the government's own font of the characters in registers.
 */
const kPaperFonts = {
  paper_font: { file: '/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf', of: 'fonts-ipaexfont-gothic' },
  names_font: { file: '/usr/share/fonts/truetype/ipamj/ipamjm.ttf', of: 'fonts-ipamj-mincho' },
};

/** Puts the fonts of PDFs into the folder; gives their paths by name. Missing: says which package has it. */
export async function put_paper_fonts(folder) {
  const paths = {};
  for (const [name, { file, of }] of Object.entries(kPaperFonts)) {
    const font = await readFile(file).catch(() => { throw new Error(`${file} is missing: apt-get install ${of}`); });
    paths[name] = await put_hashed(folder, `paper-${path.basename(file)}`, font);
    await put_hashed(folder, `paper-${path.parse(file).name}-licence.txt`, await readFile(`/usr/share/doc/${of}/copyright`));
  }
  return paths;
}

/** .br and .gz beside every file that shrinks by it. */
export async function compress_all(folder) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(br|gz|png|ttf)$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const content = await readFile(file);
    if (content.length < 256) continue;
    const options = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 22, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
    const [small, smaller] = await Promise.all([gzip(content, { level: 9 }), brotli(content, options)]);
    if (small.length < content.length) await writeFile(`${file}.gz`, small);
    if (smaller.length < content.length) await writeFile(`${file}.br`, smaller);
  }
}
