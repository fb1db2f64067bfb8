// Draws documents as PDF, in a worker of its own: A4, fonts embedded as subsets. Names that the first font cannot write come
// in the second, which is large and loaded only then. Gives the bytes, or null when a font cannot be had or none has a sign
// of the document: a name is never printed wrong.
import pdfmake from 'pdfmake';
import type { Paper, PaperTable } from '../contract';
import { kFiles } from '../built';
import { signs_of } from './signs';

const kMargin = 28;  // points: 10 mm
const kFonts = [['Paper', kFiles.paper_font], ['Names', kFiles.names_font]] as const;
const fonts: { name: string; has: (point: number) => boolean }[] = [];

class Refused extends Error {}

/** Loads the next font. Throws when there is none left, or it cannot be had. */
async function load_font() {
  const [name, url] = kFonts[fonts.length] ?? [];
  if (!name || !url) throw new Refused('a sign that no font has');
  const answer = await fetch(url);
  if (!answer.ok) throw new Refused(`font: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const file = `${name}.ttf`;
  pdfmake.virtualfs.writeFileSync(file, bytes);
  pdfmake.addFonts({ [name]: { normal: file, bold: file, italics: file, bolditalics: file } });
  fonts.push({ name, has: signs_of(bytes) });
}

const font_for = (sign: string) => fonts.find((font) => sign <= ' ' || font.has(sign.codePointAt(0)!));

/** A text in pieces, each in the first font that can write it. */
function written(text: string): string | { text: string; font: string }[] {
  const pieces: { text: string; font: string }[] = [];
  for (const sign of text) {
    const font = font_for(sign)!.name;
    const last = pieces.at(-1);
    if (last && (last.font === font || sign <= ' ')) last.text += sign;
    else pieces.push({ text: sign, font });
  }
  return pieces.every((piece) => piece.font === kFonts[0][0]) ? text : pieces;
}

function* texts_of(paper: Paper): Generator<string> {
  yield paper.title;
  yield* paper.lines;
  for (const table of paper.tables) {
    yield table.name;
    for (const row of table.rows) yield* row.cells;
  }
  yield* paper.notes;
  yield paper.foot;
}

/** A table with many columns takes smaller letters, eight points at least for anything of more than a sign or two. */
function drawn_table(table: PaperTable) {
  const columns = table.rows[0]?.cells.length ?? 0;
  const wide = columns > 14;
  const padding = wide ? 1 : 4;
  return [
    ...(table.name ? [{ text: written(table.name), fontSize: 11, margin: [0, 10, 0, 4] as [number, number, number, number] }] : []),
    {
      table: {
        headerRows: 1, dontBreakRows: true,
        widths: table.widths.map((share) => (share > 0 ? '*' : 'auto')),
        body: table.rows.map((row, at) => row.cells.map((text, column) => ({
          text: written(text), fontSize: wide ? 8 : 9.5, ...(at === 0 ? { fillColor: '#eeeeee' } : {}),
          alignment: wide && column > 1 ? 'center' as const : 'left' as const,
        }))),
      },
      layout: {
        hLineWidth: () => 0.4, vLineWidth: () => 0.4,
        paddingLeft: () => padding, paddingRight: () => padding, paddingTop: () => 2, paddingBottom: () => 2,
      },
    },
  ];
}

async function draw(paper: Paper): Promise<Uint8Array> {
  for (const text of texts_of(paper)) {
    for (const sign of text) {
      while (!font_for(sign)) await load_font();
    }
  }
  const made = pdfmake.createPdf({
    pageSize: 'A4', pageOrientation: paper.landscape ? 'landscape' : 'portrait', pageMargins: [kMargin, kMargin, kMargin, kMargin + 12],
    language: paper.language, info: { title: paper.title, creator: 'Machikado', producer: 'Machikado' }, displayTitle: true,
    defaultStyle: { font: 'Paper', fontSize: 10, lineHeight: 1.15 },
    footer: (page: number, pages: number) => ({
      columns: [{ text: written(paper.foot), fontSize: 8 }, { text: `${page} / ${pages}`, fontSize: 8, alignment: 'right', width: 60 }],
      margin: [kMargin, 8, kMargin, 0],
    }),
    content: [
      { text: written(paper.title), fontSize: 15, margin: [0, 0, 0, 6] },
      ...paper.lines.map((text) => ({ text: written(text), margin: [0, 0, 0, 2] as [number, number, number, number] })),
      ...paper.tables.flatMap(drawn_table),
      ...paper.notes.map((text, at) => ({ text: written(text), fontSize: 9, margin: [0, at === 0 ? 8 : 0, 0, 2] as [number, number, number, number] })),
    ],
  });
  return await made.getBuffer();
}

addEventListener('message', (event: MessageEvent<Uint8Array>) => {
  const paper = JSON.parse(new TextDecoder().decode(event.data)) as Paper;
  draw(paper).then((bytes) => postMessage(bytes), (error: unknown) => {
    console.warn('paper: cannot be drawn', error instanceof Refused ? error.message : '');
    postMessage(null);
  });
});
