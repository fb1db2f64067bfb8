// A screen as HTML text, at build time: the same presenter, without a page. Used for what a stranger sees first.
import { renderToString } from 'preact-render-to-string';
import type { Screen } from '../contract';
import { ScreenView } from '../presenter/screen';
import { Session } from '../presenter/session';
import { Stage } from '../presenter/stage';

export { plain } from '../presenter/rich';

export function screen_as_html(screen: Screen): string {
  const session = new Session(screen, () => undefined, () => undefined, () => Promise.resolve(null));
  return renderToString(<Stage.Provider value={session}><ScreenView screen={screen} /></Stage.Provider>);
}
