// The browser's back button as the core's own: every screen that one can go back from stands one entry deeper than the
// one it was reached from. Going back only asks the core ("back"); where that leads, the core says, and the entries follow.
import type { Screen } from '../contract';
import { after_paint } from './after_paint';
import { walk } from './dom_ids';

interface Entry { name: string; scroll: number }

export class History {
  private readonly entries: Entry[] = [];
  private travelling = 0;  // pops of our own that are still to come
  private scrolled = 0;    // where the page stands, as the last frame had it: asking would mean a layout
  private awaited = 0;     // the person went back: entries wait for the screen that knows of this action

  /** `ask_back` sends "back" to the core and gives the action's number, or 0 when there is nothing to go back from. */
  constructor(private readonly ask_back: () => number) {
    history.scrollRestoration = 'manual';
    history.replaceState({ depth: 0 }, '');
    addEventListener('popstate', () => this.popped());
    addEventListener('scroll', () => { this.scrolled = scrollY; }, { passive: true });
  }

  /** Follows the core to its screen. Gives the scroll position to go to when the screen's name changed. */
  follow(screen: Screen, seen: number): number | null {
    const name = screen.name;
    const top = this.entries.at(-1);
    if (this.awaited && seen < this.awaited) return null;
    this.awaited = 0;
    if (!top) {
      this.entries.push({ name, scroll: 0 });
      return 0;
    }
    let scroll: number | null = null;
    if (top.name !== name) {
      top.scroll = this.scrolled;
      scroll = 0;
      const known = this.entries.findLastIndex((entry) => entry.name === name);
      if (known >= 0) {
        scroll = this.entries[known]?.scroll ?? 0;
        this.entries.length = known + 1;
      } else if (can_go_back(screen)) {
        this.entries.push({ name, scroll: 0 });
      } else {
        this.entries.splice(0, this.entries.length, { name, scroll: 0 });
      }
    }
    after_paint(() => this.settle());
    return scroll;
  }

  /** Brings the page to where a screen was left, or to its beginning. */
  scroll_to(place: number) {
    if (place === 0 && this.scrolled === 0) return;
    this.scrolled = place;
    scrollTo(0, place);
  }

  /** Brings the browser's entries to as many as there are screens behind. */
  private settle() {
    if (this.awaited) return;  // the person is on the way back: its screen says what follows
    if (this.travelling > 0) return;  // until it has arrived, the depth is the old one: another step would leave the app
    const wanted = this.entries.length - 1;
    const depth = this.depth();
    if (depth > wanted) {
      this.travelling += 1;
      history.go(wanted - depth);
    }
    for (let at = depth + 1; at <= wanted; at += 1) history.pushState({ depth: at }, '');
  }

  private popped() {
    if (this.travelling > 0) {
      this.travelling -= 1;
      this.settle();
      return;
    }
    const wanted = this.entries.length - 1;
    if (this.depth() < wanted) this.awaited = this.ask_back();
    else if (this.depth() > wanted) this.settle();
  }

  private depth(): number {
    const state = history.state as { depth?: number } | null;
    return state?.depth ?? 0;
  }
}

/** A screen has a way back when it shows one: the node "back". */
export function can_go_back(screen: Screen): boolean {
  for (const node of walk([...screen.bar, ...screen.main, ...screen.foot])) if (node.id === 'back') return true;
  return false;
}
