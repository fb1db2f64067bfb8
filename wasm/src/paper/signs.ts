// Which signs a TrueType font has: its cmap table (OpenType specification, cmap), formats 4 and 12. For a font that the
// build chose; one without such a table has no signs.

/** Tells of a code point whether the font draws it. */
export function signs_of(font: Uint8Array): (point: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const ranges: [number, number][] = [];
  for (const table of tables_of(view)) {
    const format = view.getUint16(table);
    if (format === 12) {
      const groups = view.getUint32(table + 12);
      for (let at = table + 16, last = at + groups * 12; at < last; at += 12) ranges.push([view.getUint32(at), view.getUint32(at + 4)]);
    } else if (format === 4) {
      const count = view.getUint16(table + 6) / 2;
      for (let at = 0; at < count; at += 1) {
        const end = view.getUint16(table + 14 + at * 2);
        const start = view.getUint16(table + 16 + count * 2 + at * 2);
        if (end !== 0xffff) ranges.push([start, end]);
      }
    }
  }
  return (point) => ranges.some(([first, last]) => point >= first && point <= last);
}

/** Places of the Unicode subtables of cmap. */
function tables_of(view: DataView): number[] {
  const count = view.getUint16(4);
  for (let at = 12; at < 12 + count * 16; at += 16) {
    if (view.getUint32(at) !== 0x636d6170) continue;  // "cmap"
    const cmap = view.getUint32(at + 8);
    const found: number[] = [];
    for (let one = 0; one < view.getUint16(cmap + 2); one += 1) {
      const platform = view.getUint16(cmap + 4 + one * 8);
      const encoding = view.getUint16(cmap + 6 + one * 8);
      if (platform === 0 && encoding !== 5 || platform === 3 && (encoding === 1 || encoding === 10)) found.push(cmap + view.getUint32(cmap + 8 + one * 8));
    }
    return found;
  }
  return [];
}
