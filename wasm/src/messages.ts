// What the page and the core's worker say to each other. Screens cross as the core's JSON text: parsed once, where drawn.
import type { Action } from './contract';

export interface Opening {
  app: 'citizen' | 'desk' | 'notices' | 'support';
  language: string;
  installed: boolean;
  /** The page's mark: somebody was registered here. */
  known: boolean;
  /** The fragment that the page was opened with, without '#'. */
  link: string;
}

/** How a worker opens the app; its name says it, so that it need not wait for the page. */
export type WorkerMode =
  /** As the one owner of the app's storage in this browser. */
  | ''
  /** The same, taken over from another tab. */
  | 'steal'
  /** For today only: everything in memory, nothing in this browser's storage. */
  | 'guest';

export type ToWorker =
  /** The core, compiled while it came in; null: the page could not, the worker is to try by itself. */
  | { kind: 'core'; module: WebAssembly.Module | null }
  /** `answers` names the BroadcastChannel on which the worker speaks. */
  | { kind: 'open'; opening: Opening; answers: string }
  | { kind: 'act'; sequence: number; action: Action }
  /** A file that was chosen; its bytes are read where the core is. */
  | { kind: 'file'; sequence: number; action: Action; file: File }
  /** The bytes behind a photo node. */
  | { kind: 'picture'; id: string }
  | { kind: 'link'; text: string }
  /** This app is shown from now on; or the one that it wanted to show could not be had. */
  | { kind: 'turned'; place: string; language: string; failed: boolean }
  /** What the app beside this one has to tell. */
  | { kind: 'beside'; unread: number; urgent: string }
  | { kind: 'visible'; visible: boolean }
  | { kind: 'online'; online: boolean }
  | { kind: 'storage'; state: string }
  /** What the browser answered to 'push'. */
  | { kind: 'pushed'; request: number; status: number; text: string }
  | { kind: 'posted' };

export type FromWorker =
  | { kind: 'screen'; screen: string; seen: number }
  | { kind: 'signal'; signal: string }
  | { kind: 'persist' }
  | { kind: 'sync' }
  /** A file for the person to keep. */
  | { kind: 'save'; name: string; type: string; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'print' }
  /** Show the other app. */
  | { kind: 'open-app'; app: string; place: string; language: string }
  | { kind: 'unread'; count: number; urgent: string }
  | { kind: 'share'; title: string; text: string }
  | { kind: 'speak'; text: string; language: string }
  /** A subscription to the browser's own notifications (core/notice/citizen/push_screen.h). */
  | { kind: 'push'; request: number; text: string }
  /** A picture that the page asked for; none: it is not here. */
  | { kind: 'picture'; id: string; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'sheet'; name: string; symbol: string; lines: string[] }
  /** The app's storage here is empty again: open it anew, as a guest's. */
  | { kind: 'guest' }
  /** Another tab has the app, or took it. Where that tab closes first, screens follow by themselves. */
  | { kind: 'elsewhere' }
  /** The app cannot run here; `why` is a word for the log, never a person's data. */
  | { kind: 'refused'; why: string };
