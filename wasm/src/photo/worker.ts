// Makes a picture small: decoded, at most 1600 pixels long, written anew as JPEG. What a camera wrote beside it - where and
// when, with which device - is not written. Nothing of the file itself leaves this worker.
import { without_notes } from './jpeg';
import type { Small } from './port';

const kSide = 1600;              // pixels: small print of an A4 page is read at that
const kNarrow = 720;             // a picture of a long page keeps at least this width
const kLongest = 4000;           // within core/code/jpeg.h's kJpegSide
const kMost = 1 << 20;           // bytes, as core/absence/photo_book.h has it
const kQualities = [0.85, 0.7, 0.55, 0.4, 0.25];
const kLargeFile = 20 << 20;     // a picture that fails above this fails for its size

type Why = 'not-picture' | 'heic' | 'too-large' | 'unreadable';

class Refused extends Error {
  constructor(readonly why: Why) { super(why); }
}

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** What the file is by its first bytes, whatever its name says. */
function kind_of(head: Uint8Array): 'picture' | 'heic' | 'other' {
  if (head[0] === 0xff && head[1] === 0xd8) return 'picture';
  if (ascii(head, 1, 4) === 'PNG' || ascii(head, 0, 4) === 'GIF8' || ascii(head, 0, 2) === 'BM') return 'picture';
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'picture';
  if (ascii(head, 4, 8) === 'ftyp') return /^(hei|hev|mif1|msf1)/.test(ascii(head, 8, 12)) ? 'heic' : ascii(head, 8, 12) === 'avif' ? 'picture' : 'other';
  return 'other';
}

async function decode(file: File): Promise<ImageBitmap> {
  const kind = kind_of(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  try {
    if (kind === 'other') throw new Refused('not-picture');
    // The browser makes it narrow while it decodes: the whole of a large picture never stands in our memory.
    return await createImageBitmap(file, { resizeWidth: kSide, resizeQuality: 'high' });
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(kind === 'heic' ? 'heic' : file.size > kLargeFile ? 'too-large' : 'unreadable');
  }
}

async function make_small(file: File): Promise<Uint8Array> {
  const picture = await decode(file);
  const long = Math.max(picture.width, picture.height), short = Math.min(picture.width, picture.height);
  const scale = Math.min(1, Math.max(kSide / long, Math.min(kNarrow / short, kLongest / long)));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  const pen = canvas.getContext('2d', { alpha: false });
  if (!pen) throw new Refused('unreadable');
  pen.fillStyle = '#fff';  // behind what is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of kQualities) {
    const written = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (written.size <= kMost) return without_notes(new Uint8Array(await written.arrayBuffer()));
  }
  throw new Refused('unreadable');
}

addEventListener('message', (event: MessageEvent<File>) => {
  const answer = (small: Small) => postMessage(small);
  make_small(event.data).then((bytes) => answer({ why: '', bytes }),
    (error: unknown) => answer({ why: error instanceof Refused ? error.why : 'unreadable', bytes: new Uint8Array() }));
});
