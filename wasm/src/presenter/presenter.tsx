// The presenter: draws the core's newest screen into the page and sends back what a person does. One per page, main thread.
import { render } from 'preact';
import type { Screen } from '../contract';
import { after_paint } from './after_paint';
import { kSummaryId, mistakes } from './errors';
import { focus_chain, focus_element, focus_heading, focus_node, mend_focus } from './focus';
import { can_go_back, History } from './history';
import { lang_of, plain } from './rich';
import { ScreenView } from './screen';
import { type GetPicture, type ReadQr, type Send, type SendFile, Session, type WriteQr } from './session';
import { Stage } from './stage';

export interface Host {
  root: HTMLElement;
  /** A polite live region outside of the root. */
  speaker: HTMLElement;
  send: Send;
  read_qr: ReadQr;
  send_file?: SendFile;
  picture?: GetPicture;
  write_qr?: WriteQr;
}

const kEdges = ['bar', 'rail', 'foot'];
const kNothing: Screen = { app: '', name: '', revision: 0, title: '', language: 'ja', bar: [], rail: [], main: [], foot: [] };

export class Presenter {
  readonly session: Session;
  private readonly history: History;
  private readonly edges: Edges;
  private answered = 0;
  private shown: string | null = null;
  private announced = '';

  constructor(private readonly host: Host) {
    this.session = new Session(kNothing, host.send, () => this.draw(), host.read_qr, host.send_file, host.picture, host.write_qr);
    this.session.say = (text) => { host.speaker.textContent = this.announced = text; };
    this.history = new History(() => (can_go_back(this.session.screen) ? this.session.back() : 0));
    this.edges = new Edges(host.root);
    host.root.addEventListener('mousedown', keep_focus);
  }

  show(screen: Screen, seen: number) {
    const { root } = this.host;
    const fresh = screen.name !== this.shown;
    const first = this.shown === null;
    const chain = fresh ? [] : focus_chain(root);
    const scroll = this.history.follow(screen, seen);
    this.session.show(screen, seen);
    this.shown = screen.name;
    const lang = lang_of(screen.language) ?? 'ja';
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;  // set anew, every style is
    document.documentElement.toggleAttribute('data-easy', screen.language === 'ja-x-easy');
    const title = plain(screen.title);
    if (document.title !== title) document.title = title;
    // A pressed button that goes with its screen keeps no focus: the browser would look for every style while it is taken out.
    if (fresh && document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
    this.draw();
    if (fresh) {
      if (scroll !== null) this.history.scroll_to(scroll);
      if (!first) (screen.focus && focus_node(screen.focus)) || focus_heading(root);
    } else {
      mend_focus(root, chain);
    }
    this.meet_errors(screen, seen);
    const announce = plain(screen.announce);
    if (announce !== this.announced) this.host.speaker.textContent = this.announced = announce;
  }

  /** True while a redraw by reload would lose something: a draft, or a form that is being filled in. */
  get busy(): boolean {
    return this.session.pending || this.host.root.querySelector('.main .choice, .main .field, .main .scanner') !== null;
  }

  private meet_errors(screen: Screen, seen: number) {
    const { pressed } = this.session;
    if (!pressed || pressed <= this.answered || seen < pressed) return;
    this.answered = pressed;
    if (mistakes(screen).length) focus_element(kSummaryId);
  }

  /** Once more, for words that have come since. */
  draw() {
    render(<Stage.Provider value={this.session}><ScreenView screen={this.session.screen} /></Stage.Provider>, this.host.root);
    this.edges.look();
  }
}

/**
 * A finger gives no focus to the button that it presses: the style of the whole page would be looked for before the press is
 * heard. What was being typed is left as ever, so that it is known; mouse and keyboard see where they are.
 */
function keep_focus(event: MouseEvent) {
  const by_finger = (event as MouseEvent & { sourceCapabilities?: { firesTouchEvents: boolean } | null }).sourceCapabilities?.firesTouchEvents;
  if (by_finger && (event.target as Element).closest('button') && !document.activeElement?.matches('input, select, textarea')) event.preventDefault();
}

/** Tells the layout how high the bars at the edges are, so that what is focused never scrolls under them. */
class Edges {
  private readonly told = new Map<string, number>();
  private watched: (Element | undefined)[] = [];
  // Sizes come from the layout that is made anyway: asking for them would make one more.
  private readonly sizes = new ResizeObserver((seen) => {
    for (const { target, borderBoxSize } of seen) this.tell(target.classList[0]!, Math.round(borderBoxSize[0]?.blockSize ?? 0));
  });

  constructor(private readonly root: HTMLElement) {}

  /** After a screen was drawn. */
  look() {
    const parts = [...this.root.firstElementChild?.children ?? []];
    const edges = kEdges.map((edge) => parts.find((part) => part.classList.contains(edge)));
    edges.forEach((edge, at) => {
      const before = this.watched[at];
      if (edge === before) return;
      if (before) this.sizes.unobserve(before);
      if (edge) this.sizes.observe(edge);
      else this.tell(kEdges[at]!, 0);
    });
    this.watched = edges;
  }

  /** Where the rail is, the foot stands upon it: at once. The rest is for what is focused later, and is another style of the whole page. */
  private tell(edge: string, height: number) {
    if (this.told.get(edge) === height) return;
    this.told.set(edge, height);
    const say = () => document.documentElement.style.setProperty(`--${edge}-height`, `${this.told.get(edge)}px`);
    if (edge === 'rail') say();
    else after_paint(say);
  }
}
