// A marked-up sentence of the core into an element that no presenter draws.
import { h, render } from 'preact';
import { Rich } from '../presenter/rich';

export function rich_text(place: HTMLElement, text: string) {
  render(h(Rich, { text }), place);
}
