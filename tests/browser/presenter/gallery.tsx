// The gallery: the real presenter, fed with written screens instead of the core. `window.gallery` is the tests' handle.
import type { Action, Screen } from '../../../wasm/src/contract';
import easy from 'words:ja-x-easy';
import simplified from 'words:zh-Hans';
import traditional from 'words:zh-Hant';
import ko from 'words:ko';
import vi from 'words:vi';
import fil from 'words:fil';
import pt from 'words:pt';
import es from 'words:es';
import ne from 'words:ne';
import id from 'words:id';
import { take_words } from '../../../wasm/src/presenter/words';
import { Presenter } from '../../../wasm/src/presenter/presenter';
import * as screens from './screens.mjs';

for (const [tag, sentences] of Object.entries({ 'ja-x-easy': easy, 'zh-Hans': simplified, 'zh-Hant': traditional, ko, vi, fil, pt, es, ne, id })) take_words(tag, sentences);
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
