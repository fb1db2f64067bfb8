// Screens of the page itself, for when there is no core to make them: another tab has the app, storage is refused, the
// town's configuration cannot be had, an iPhone's Safari was opened with a slip, an app beside this one is on its way. Same nodes, same presenter.
import type { Screen } from '../contract';
import { kApp } from '../built';
import { plain } from '../presenter/rich';
import { words_for } from '../presenter/words';

/** Which of the page's own screens; their one button is "again", "here" to go on all the same, or "home". */
export type Local = 'elsewhere' | 'refused' | 'unreachable' | 'install' | 'coming';

/** `come`: percent of what is on its way. */
export function local_screen(which: Local, language: string, come: number): Screen {
  const words = words_for(language);
  const screen = (title: string, main: Screen['main'], button: string): Screen => ({
    bar: [{ id: 'app', role: 'text', name: 'まちかど' }], rail: [],
    app: kApp, name: `page.${which}`, revision: 1, title: plain(title), language,
    main: [{ id: 'title', role: 'heading', name: title, level: 1, icon: which === 'elsewhere' || which === 'install' ? 'phone' : 'warning', tone: 'warning' }, ...main],
    foot: [{ id: 'again', role: 'button', name: button, importance: 'primary' }],
  });
  switch (which) {
    case 'coming': {
      const shown = screen(words.coming_title, [{ id: 'progress', role: 'progress', name: words.coming_text, value: String(come) }], '');
      return { ...shown, main: shown.main.map((node) => node.id === 'title' ? { id: 'title', role: 'heading', name: node.name, level: 1 } : node),
        foot: [{ id: 'home', role: 'button', name: words.coming_home, importance: 'secondary' }] };
    }
    case 'install': {
      const shown = screen(words.install_title, [
        { id: 'why', role: 'text', name: words.install_why },
        { id: 'steps', role: 'steps', name: words.install_steps_name, children: words.install_steps.map((name, at) => ({ id: `step${at}`, role: 'step', name })) },
        { id: 'note', role: 'text', name: words.install_here_hint },
      ], '');
      return { ...shown, foot: [{ id: 'here', role: 'button', name: words.install_here, importance: 'secondary' }] };
    }
    case 'elsewhere':
      return screen(words.busy_title, [{ id: 'text', role: 'text', name: words.busy_text }], words.use_here);
    case 'unreachable':
      return screen(words.unreachable_title, [{ id: 'text', role: 'text', name: words.unreachable_text }], words.try_again);
    case 'refused':
      return screen(words.refused_title, [
        { id: 'what', role: 'group', name: words.what, children: [{ id: 'what.text', role: 'text', name: words.refused_text }] },
        { id: 'next', role: 'group', name: words.next, children: [{ id: 'next.text', role: 'text', name: words.refused_next }] },
        { id: 'call', role: 'alert', tone: 'warning', icon: 'telephone', name: words.refused_call },
      ], words.try_again);
  }
}
