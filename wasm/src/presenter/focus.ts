// Where the focus goes: to the heading when another screen comes, to the errors after a press that found some, and to the
// nearest thing that is left when the focused one has gone (a button that did its work). Else it stays where it is.
import { element_id } from './dom_ids';

const kTypable = 'input:not([type=hidden]), select, textarea, button, a[href], summary';

function put(element: HTMLElement | null | undefined): boolean {
  if (!element) return false;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
  return document.activeElement === element;
}

/** Focuses a node: itself, or the first thing in it that can be typed into or pressed. */
export function focus_node(id: string): boolean {
  const element = document.getElementById(element_id(id));
  if (!element) return false;
  const details = element.closest('details');
  if (details) details.open = true;
  if (element.matches(kTypable)) return put(element);
  return put(element.querySelector<HTMLElement>(`input:checked, ${kTypable}`)) || put(element);
}

export function focus_element(id: string): boolean {
  return put(document.getElementById(id));
}

/** The heading that names the screen. */
export function focus_heading(root: HTMLElement): boolean {
  const heading = root.querySelector<HTMLElement>('h1') ?? root.querySelector<HTMLElement>('h2');
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}

/** The chain of nodes that hold the focus, innermost first; taken before a redraw. */
export function focus_chain(root: HTMLElement): string[] {
  const chain: string[] = [];
  const active = document.activeElement;
  if (!active || !root.contains(active)) return chain;
  for (let at = active.closest<HTMLElement>('[data-node]'); at; at = at.parentElement?.closest<HTMLElement>('[data-node]') ?? null) {
    chain.push(at.dataset['node'] ?? '');
  }
  return chain;
}

/** After a redraw: when the focused thing has gone, its nearest surviving holder (a row, a card), else the heading. */
export function mend_focus(root: HTMLElement, chain: readonly string[]) {
  if (!chain.length || (document.activeElement && document.activeElement !== document.body)) return;
  for (const id of chain) {
    const holder = root.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
    if (!holder) continue;
    if (!holder.hasAttribute('tabindex') && !holder.matches(kTypable)) holder.tabIndex = -1;
    holder.focus({ preventScroll: true });
    return;
  }
  focus_heading(root);
}
