// The core's marked-up text as HTML: U+FFF9 base U+FFFA reading U+FFFB is ruby, U+200B a phrase boundary, \n a line.
// Pure. Text that carries phrase marks breaks only there; text without them (names, notes) breaks as the browser likes.
import type { ComponentChild } from 'preact';

const kRuby = /\uFFF9([^\uFFFA\uFFFB]*)\uFFFA([^\uFFFB]*)\uFFFB/g;

/** The words alone, for attributes and titles. */
export function plain(text: string | undefined): string {
  return (text ?? '').replace(kRuby, '$1').replace(/\u200B/g, '');
}

/** For `lang`: easy Japanese is Japanese to fonts and voices; no language is none of its own. */
export function lang_of(language: string | undefined): string | undefined {
  return language?.startsWith('ja') ? 'ja' : language || undefined;
}

/** Width of a text in full-width characters. */
export function breadth(text: string | undefined): number {
  return [...plain(text)].reduce((sum, sign) => sum + (sign < '\u2000' ? 0.57 : 1), 0);
}

function breaks(text: string, out: ComponentChild[]) {
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) out.push(<br />);
    for (const [at, phrase] of line.split('\u200B').entries()) {
      if (at > 0) out.push(<wbr />);
      if (phrase) out.push(phrase);
    }
  }
}

/** Text with ruby and phrase boundaries. */
export function Rich({ text }: { text: string | undefined }) {
  const source = text ?? '';
  const out: ComponentChild[] = [];
  let end = 0;
  for (const match of source.matchAll(kRuby)) {
    breaks(source.slice(end, match.index), out);
    out.push(<ruby>{match[1]}<rt>{match[2]}</rt></ruby>);
    end = match.index + match[0].length;
  }
  breaks(source.slice(end), out);
  return source.includes('\u200B') ? <span class="phrased">{out}</span> : <>{out}</>;
}
