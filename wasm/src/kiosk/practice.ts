// practice.html: the kiosk's screens in the page's own presenter, for everybody at home, and as buttons what is done by hand at
// a kiosk. The kiosk runs in the page: nothing is sent anywhere.
import { Presenter } from '../presenter/presenter';
import { rich_text } from './rich_text';
import { want_words } from '../page/tongues';
import { Kiosk } from './module';
import { speak } from './speech';

const kPlace = '練習町役場';
const kTools: Record<string, string> = { insert: 'lay', remove: 'lift', pay: 'pay', taken: 'take' };

async function begin() {
  const kiosk = await Kiosk.open(kPlace);
  kiosk.command('terminal wait');
  let timer = 0;
  let seen = 0;
  let language = '';
  const at = (id: string) => document.getElementById(id)!;
  const presenter = new Presenter({
    root: at('app'), speaker: at('speaker'), read_qr: () => Promise.resolve(null),
    send: (sequence, action) => { kiosk.act(action); seen = sequence; setTimeout(turn); },
  });

  function name_tools() {
    rich_text(at('tools-title'), kiosk.word('kiosk.practice.tools'));
    rich_text(at('tools-note'), kiosk.word('kiosk.practice.note'));
    for (const button of document.querySelectorAll<HTMLElement>('[data-do]')) rich_text(button, kiosk.word(`kiosk.practice.${kTools[button.dataset['do'] ?? '']}`));
    at('tools').hidden = false;
  }

  function turn() {
    if (kiosk.turn()) {
      const screen = kiosk.screen;
      presenter.show(screen, seen);
      document.body.dataset['screen'] = screen.name;
      const { large, contrast } = kiosk.manner;
      document.documentElement.toggleAttribute('data-large', large);
      document.documentElement.toggleAttribute('data-contrast', contrast);
      if (screen.language !== language) {
        language = screen.language;
        name_tools();
        want_words(language, () => presenter.draw());
      }
    }
    const { card } = kiosk.played;
    const lies = kiosk.word(card ? 'kiosk.practice.lies' : 'kiosk.practice.gone');
    if (at('tools-card').dataset['text'] !== lies) rich_text(at('tools-card'), lies);
    at('tools-card').dataset['text'] = lies;
    const said = kiosk.speech;
    if (said) speak(said.text, said.language);
    kiosk.bring_words(turn);
    clearTimeout(timer);
    const wait = kiosk.module._kiosk_wait();
    if (wait >= 0) timer = setTimeout(turn, wait);
  }

  for (const button of document.querySelectorAll<HTMLElement>('[data-do]')) button.addEventListener('click', () => {
    kiosk.command(button.dataset['do'] ?? '');
    turn();
  });
  turn();
}

begin().catch((why: unknown) => {
  console.warn('practice:', why);
  document.getElementById('app')!.textContent = 'このブラウザでは使えません。ブラウザを新しくして、もう一度開いてください。';
});
