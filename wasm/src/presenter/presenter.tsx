// The presenter: draws the core's newest screen into the page and sends back what a person does. One per page, main thread.
import { render } from 'preact';
import type { Screen } from '../contract';
import { kSummaryId, mistakes } from './errors';
import { focus_chain, focus_element, focus_heading, focus_node, mend_focus } from './focus';
import { can_go_back, History } from './history';
import { lang_of, plain } from './rich';
import { ScreenView } from './screen';
import { type GetPicture, type ReadQr, type Send, type SendFile, Session } from './session';
import { Stage } from './stage';

export interface Host {
  root: HTMLElement;
  /** A polite live region outside of the root. */
  speaker: HTMLElement;
  send: Send;
  read_qr: ReadQr;
  send_file?: SendFile;
  picture?: GetPicture;
}

const kNothing: Screen = { app: '', name: '', revision: 0, title: '', language: 'ja', bar: [], rail: [], main: [], foot: [] };


export class Presenter {
  readonly session: Session;
  private readonly history: History;
  private answered = 0;
  private shown: string | null = null;
  private announced = '';

  constructor(private readonly host: Host) {
    this.session = new Session(kNothing, host.send, () => this.draw(), host.read_qr, host.send_file, host.picture);
    this.history = new History(() => (can_go_back(this.session.screen) ? this.session.back() : 0));
    watch_edges(host.root);
  }

  show(screen: Screen, seen: number) {
    const { root } = this.host;
    const fresh = screen.name !== this.shown;
    const first = this.shown === null;
    const chain = fresh ? [] : focus_chain(root);
    const scroll = this.history.follow(screen, seen);
    this.session.show(screen, seen);
    this.shown = screen.name;
    document.documentElement.lang = lang_of(screen.language) ?? 'ja';
    document.documentElement.toggleAttribute('data-easy', screen.language === 'ja-x-easy');
    document.title = plain(screen.title);
    this.draw();
    if (fresh) {
      if (scroll !== null) scrollTo(0, scroll);
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
  }
}

/** Tells the layout how high the bars at the edges are, so that what is focused never scrolls under them. */
function watch_edges(root: HTMLElement) {
  const measure = () => {
    for (const edge of ['bar', 'rail', 'foot']) {
      const height = root.querySelector<HTMLElement>(`.screen > .${edge}`)?.offsetHeight ?? 0;
      document.documentElement.style.setProperty(`--${edge}-height`, `${height}px`);
    }
  };
  const sizes = new ResizeObserver(measure);
  new MutationObserver(() => {
    sizes.disconnect();
    for (const edge of root.querySelectorAll('.screen > .bar, .screen > .rail, .screen > .foot')) sizes.observe(edge);
    measure();
  }).observe(root, { childList: true, subtree: true });
}
