// A file as text: which encoding it was written in is found out from its bytes, never guessed from its name. The decoders
// are the browser's own (WHATWG Encoding; shift_jis there is what spreadsheets in Japan write). Lines that are written in
// another encoding than the rest keep U+FFFD at their head, so that the core can name them.
export interface TextFile {
  encoding: string;
  text: string;
}

/** Bytes that one handle of the core holds. */
export const kTextFileLimit = 4 << 20;

function decoded(bytes: Uint8Array<ArrayBuffer>, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function read_text(bytes: Uint8Array<ArrayBuffer>): TextFile {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', text: new TextDecoder('utf-16be').decode(bytes) };
  const whole = decoded(bytes, 'utf-8');
  if (whole !== null) return { encoding: 'utf-8', text: whole };
  return by_lines(bytes);
}

/** Not UTF-8 as a whole. Line by line: valid UTF-8 beyond ASCII hardly ever comes about by chance. */
function by_lines(bytes: Uint8Array<ArrayBuffer>): TextFile {
  const lines: { text: string; encoding: 'ascii' | 'utf-8' | 'shift_jis' | 'none' }[] = [];
  const count = { 'ascii': 0, 'utf-8': 0, 'shift_jis': 0, 'none': 0 };
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.slice(from, end < 0 ? bytes.length : end + 1);
    from += line.length;
    const utf8 = decoded(line, 'utf-8');
    const jis = utf8 === null ? decoded(line, 'shift_jis') : null;
    const encoding = utf8 !== null ? (line.some((byte) => byte >= 0x80) ? 'utf-8' : 'ascii') : jis !== null ? 'shift_jis' : 'none';
    count[encoding] += 1;
    lines.push({ text: utf8 ?? jis ?? new TextDecoder('shift_jis').decode(line), encoding });
  }
  const most = count['utf-8'] > count.shift_jis ? 'utf-8' : 'shift_jis';
  const other = most === 'utf-8' ? 'shift_jis' : 'utf-8';
  const text = lines.map((line) => (line.encoding === other ? `\uFFFD${line.text}` : line.text)).join('');
  return { encoding: count[other] > 0 ? 'mixed' : most, text };
}
