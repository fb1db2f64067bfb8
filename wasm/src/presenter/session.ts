// What stands between a drawn screen and the core: the screen shown now, what was typed or chosen and is not yet known
// to the core, and the numbers by which answers are matched to actions. One per page; main thread. Nothing here fails:
// an action that comes too late is judged by the core (screen, revision, node and version travel with it).
import type { Action, Screen, ScreenNode } from '../contract';
import { type Words, words_for } from './words';

/** Sends an action under a number; the screen that has taken it in comes back with `seen` at least that number. */
export type Send = (sequence: number, action: Action) => void;
/** Sends a file that was chosen, with the action that chose it. */
export type SendFile = (sequence: number, action: Action, file: File) => void;
/** A URL of the picture behind a photo node, for as long as the page lives or it is given back; null when it is not here. */
export type GetPicture = (id: string) => Promise<string | null>;
/** Reads a QR code from a picture, or from the next frame of a scan; null when there is none. Closes the picture. */
export type ReadQr = (picture: ImageBitmap | VideoFrame, frame?: 'first' | 'next') => Promise<string | null>;

/** The modules of a text's QR symbol; null when it cannot be written. */
export type WriteQr = (text: string) => Promise<string | null>;

type Typing = HTMLInputElement | HTMLTextAreaElement;

export class Session {
  screen: Screen;
  /** Says a few words of the page's own aloud, by the live region. */
  say: (text: string) => void = () => undefined;
  /** Number of the last press: the first screen that knows it may move the focus to its errors. */
  pressed = 0;
  seen = 0;
  private sequence = 0;
  private readonly typed = new Map<string, { node: ScreenNode; value: string }>();
  private readonly entered = new Map<string, number>();
  private readonly chosen_ = new Map<string, { sequence: number; values: string[] }>();
  private readonly held = new Set<string>();
  private composing: EventTarget | null = null;

  constructor(screen: Screen, private readonly send: Send, private readonly redraw: () => void, readonly read_qr: ReadQr,
    private readonly send_file: SendFile = () => undefined, readonly picture: GetPicture = () => Promise.resolve(null),
    readonly write_qr: WriteQr = () => Promise.resolve(null)) {
    this.screen = screen;
  }

  get words(): Words {
    return words_for(this.screen.language);
  }

  /** Takes the core's newest screen; `seen` is the last action that it knows of. */
  show(screen: Screen, seen: number) {
    if (screen.name !== this.screen.name) {
      this.typed.clear();
      this.held.clear();
      this.composing = null;
    }
    this.screen = screen;
    this.seen = seen;
    for (const [node, choice] of this.chosen_) if (choice.sequence <= seen) this.chosen_.delete(node);
    for (const [node, sequence] of this.entered) if (sequence <= seen) this.entered.delete(node);
  }

  /** Something is typed that the core does not know yet. */
  get pending(): boolean {
    return this.typed.size > 0 || this.held.size > 0 || this.composing !== null;
  }

  press(node: ScreenNode) {
    this.flush();
    this.pressed = this.act(node, 'press');
  }

  back() {
    this.flush();
    this.pressed = this.act({ id: 'back', role: 'button', name: '' }, 'back');
    return this.pressed;
  }

  scan(node: ScreenNode, text: string) {
    this.flush();
    this.pressed = this.act(node, 'scan', text);
  }

  /** Number of the action: the screen that knows it has taken the file in. */
  open(node: ScreenNode, file: File, action = 'open'): number {
    this.flush();
    this.sequence += 1;
    this.pressed = this.sequence;
    this.send_file(this.sequence, {
      screen: this.screen.name, revision: this.screen.revision, node: node.id, version: node.version ?? '',
      action, value: file.name, values: [],
    }, file);
    return this.sequence;
  }

  remove(node: ScreenNode) {
    this.flush();
    this.act(node, 'remove');
  }

  choose(node: ScreenNode, values: string[]) {
    this.flush();
    const sequence = this.act(node, 'choose', values[0] ?? '', values);
    this.chosen_.set(node.id, { sequence, values });
    this.redraw();
  }

  /** What is ticked: the person's newest choice until the core has answered it. */
  chosen(node: ScreenNode): string[] {
    const own = this.chosen_.get(node.id);
    return own ? own.values : (node.options ?? []).filter((option) => option.selected).map((option) => option.value);
  }

  type(node: ScreenNode, value: string) {
    this.typed.set(node.id, { node, value });
  }

  /** Sends what was typed into this field, if anything was. */
  enter(node: ScreenNode) {
    const draft = this.typed.get(node.id);
    if (!draft) return;
    this.typed.delete(node.id);
    this.entered.set(node.id, this.act(node, 'enter', draft.value));
  }

  /** Says that something is half typed that never becomes a draft of its own (a scanner's code). */
  hold(node: ScreenNode, on: boolean) {
    if (on) this.held.add(node.id);
    else this.held.delete(node.id);
  }

  /** Brings an input to the core's value, unless the person is at it: a draft and a composition are never overwritten. */
  settle(node: ScreenNode, input: Typing) {
    const id = node.id;
    if (this.composing === input || this.typed.has(id) || this.entered.has(id)) return;
    const value = node.value ?? '';
    if (input.value !== value) input.value = value;
  }

  compose(input: EventTarget, on: boolean) {
    this.composing = on ? input : null;
  }

  private flush() {
    for (const { node } of [...this.typed.values()]) this.enter(node);
  }

  private act(node: ScreenNode, action: string, value = '', values: string[] = []): number {
    this.sequence += 1;
    this.send(this.sequence, {
      screen: this.screen.name, revision: this.screen.revision, node: node.id, version: node.version ?? '',
      action, value, values,
    });
    return this.sequence;
  }
}
