// The gallery: the real presenter, fed with written screens instead of the core. `window.gallery` is the tests' handle.
import type { Action, Screen } from '../../../wasm/src/contract';
import { Presenter } from '../../../wasm/src/presenter/presenter';
import * as screens from './screens.mjs';

const named = screens as unknown as Record<string, Screen>;
const sent: { sequence: number; action: Action }[] = [];
const presenter = new Presenter({
  root: document.getElementById('app')!, speaker: document.getElementById('speaker')!,
  send: (sequence, action) => { sent.push({ sequence, action }); },
  read_qr: () => Promise.resolve(null),
});
const show = (screen: string | Screen, seen = 0) => presenter.show(typeof screen === 'string' ? named[screen]! : screen, seen);
Object.assign(window, { gallery: { screens: named, sent, show, presenter } });
show(new URLSearchParams(location.search).get('screen') ?? 'home');
