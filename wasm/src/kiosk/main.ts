// kiosk.html: the kiosk's own drawing on a canvas, touched and typed at, with the dock beside it. A frame is drawn when
// something has changed and at no other time.
import { kFiles } from '../built';
import { Kiosk } from './module';
import { speak, voice } from './speech';

const canvas = document.getElementById('kiosk') as HTMLCanvasElement;
const kPlace = '練習町役場';
/** A panel of 21.5 inches is so wide, upright (mm). */
const kPanel = { portrait: 268, landscape: 476 };
const kKeys: Record<string, number> = { ' ': 0, ArrowRight: 0, ArrowDown: 0, ArrowLeft: 1, ArrowUp: 1, Enter: 2, Escape: 3, Backspace: 4 };

const bytes_of = async (url: string) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(url);
  return new Uint8Array(await answer.arrayBuffer());
};

class Panel {
  private frame = 0;
  private timer = 0;
  private stale = true;
  private focused = '';
  private shape: 'portrait' | 'landscape' = 'portrait';

  constructor(private readonly kiosk: Kiosk) {
    const at = (event: PointerEvent, down: number) => {
      const box = canvas.getBoundingClientRect();
      kiosk.module._kiosk_touch(down, (event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height);
      this.wake();
    };
    canvas.addEventListener('pointerdown', (event) => { canvas.setPointerCapture(event.pointerId); at(event, 1); });
    canvas.addEventListener('pointerup', (event) => at(event, 0));
    canvas.addEventListener('pointercancel', (event) => at(event, -1));
    canvas.addEventListener('keydown', (event) => {
      const key = kKeys[event.key];
      if (key !== undefined) kiosk.module._kiosk_key(key);
      else if (/^[0-9]$/.test(event.key)) kiosk.module._kiosk_digit(event.key.charCodeAt(0));
      else return;
      event.preventDefault();
      this.wake();
    });
    for (const button of document.querySelectorAll<HTMLElement>('[data-do]')) button.addEventListener('click', () => {
      kiosk.command(button.dataset['do'] ?? '');
      this.wake();
    });
    const of = (id: string) => document.getElementById(id) as HTMLInputElement;
    of('volume').addEventListener('input', () => { voice.volume = of('volume').valueAsNumber; });
    of('speed').addEventListener('input', () => { voice.speed = of('speed').valueAsNumber; });
    of('shape').addEventListener('change', () => {
      this.shape = of('shape').value === 'landscape' ? 'landscape' : 'portrait';
      this.fit();
    });
    new ResizeObserver(() => this.fit()).observe(canvas.parentElement!);
    document.addEventListener('visibilitychange', () => this.wake());
    this.fit();
  }

  /** As large as the page has room for, in the panel's shape. */
  private fit() {
    const room = canvas.parentElement!.getBoundingClientRect();
    const [w, h] = this.shape === 'portrait' ? [9, 16] : [16, 9];
    const unit = Math.max(20, Math.min(room.width / w, Math.max(room.height, 480) / h));
    canvas.style.width = `${Math.floor(unit * w)}px`;
    canvas.style.height = `${Math.floor(unit * h)}px`;
    // Small windows show a panel of full size, made smaller: it is laid out as it stands in the lobby.
    const scale = Math.max(720 / (unit * Math.min(w, h)), devicePixelRatio);
    const width = Math.round(unit * w * scale);
    const height = Math.round(unit * h * scale);
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    this.stale = true;
    this.wake();
  }

  wake() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.turn());
  }

  private turn() {
    this.frame = 0;
    const { kiosk, kiosk: { module } } = this;
    module._kiosk_take();
    if (kiosk.turn() || this.stale) {
      this.stale = false;
      module._kiosk_show(canvas.width, canvas.height, kPanel[this.shape] / canvas.width);
      canvas.dataset['screen'] = kiosk.screen.name;
    }
    module._kiosk_draw();
    kiosk.bring_words(() => this.wake());
    this.listen();
    this.tell();
    clearTimeout(this.timer);
    const wait = module._kiosk_wait();
    if (wait >= 0) this.timer = setTimeout(() => this.wake(), wait);
  }

  /** A new screen is read out, and then what takes the focus. */
  private listen() {
    const said = this.kiosk.speech;
    if (said) speak(said.text, said.language);
    const focused = this.kiosk.read(this.kiosk.module._kiosk_focused());
    if (focused === this.focused) return;
    this.focused = focused;
    if (focused && !said && this.kiosk.manner.voice) speak(focused, this.kiosk.screen.language);
  }

  private tell() {
    const { card, network, fault, sheets, terminal } = this.kiosk.played;
    const says: Record<string, string> = {
      card: card ? '置いてあります。' : '置いてありません。',
      terminal: { approve: '承認します。', decline: '断ります。', wait: '「支払う」を待ちます。' }[terminal],
      printer: `${fault ? '止まっています' : '動いています'}。これまでに ${sheets} 枚。`,
      network: network ? 'つながっています。' : '切れています。',
    };
    for (const [id, text] of Object.entries(says)) {
      const place = document.getElementById(id)!;
      if (place.textContent !== text) place.textContent = text;
    }
  }
}

async function begin() {
  const [kiosk, regular, bold] = await Promise.all([Kiosk.open(kPlace), bytes_of(kFiles.regular), bytes_of(kFiles.bold)]);
  const failed = kiosk.give(regular, (first, first_size) => kiosk.give(bold, (second, second_size) =>
    kiosk.say('#kiosk', (id) => kiosk.module._kiosk_stage(id, first, first_size, second, second_size))));
  if (failed) throw new Error(`the canvas cannot be drawn on: ${failed}`);
  const panel = new Panel(kiosk);
  // For tests, which cannot read what a canvas shows.
  Object.assign(canvas, { machi: { kiosk, wake: () => panel.wake() } });
}

begin().catch((why: unknown) => {
  console.warn('kiosk:', why);
  canvas.hidden = true;
  document.getElementById('sorry')!.hidden = false;
});
