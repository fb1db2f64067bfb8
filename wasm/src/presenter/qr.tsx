// A QR symbol from its modules: always black on white with a quiet zone of four, in every colour scheme and on paper. Modules
// that the core did not make are written by the scanner's module, which phones load later.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScreenNode } from '../contract';
import { element_id } from './dom_ids';
import { plain, Rich } from './rich';
import { use_session } from './stage';

const kQuiet = 4;

/** One path for all dark modules: runs of a row become rectangles. */
export function modules_path(matrix: string, size: number): string {
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (matrix[y * size + x] !== '1') continue;
      let end = x;
      while (end < size && matrix[y * size + end] === '1') end += 1;
      path += `M${x + kQuiet} ${y + kQuiet}h${end - x}v1h-${end - x}z`;
      x = end;
    }
  }
  return path;
}

/** The screen stays lit while a symbol is shown to a reader, where the browser can do that. */
function keep_awake() {
  let lock: WakeLockSentinel | null = null;
  let here = true;
  const keep = () => {
    if (document.hidden || !('wakeLock' in navigator)) return;
    navigator.wakeLock.request('screen').then((got) => {
      if (here) lock = got;
      else void got.release();
    }, () => undefined);  // refused: low battery, or not visible any more
  };
  keep();
  document.addEventListener('visibilitychange', keep);
  return () => {
    here = false;
    document.removeEventListener('visibilitychange', keep);
    void lock?.release();
  };
}

export function Qr({ node }: { node: ScreenNode }) {
  const session = use_session();
  const [written, set_written] = useState('');
  const wanted = node.matrix ? '' : node.value ?? '';
  useEffect(() => {
    let here = true;
    if (wanted) void session.write_qr(wanted).then((modules) => { if (here && modules) set_written(modules); });
    return () => { here = false; };
  }, [session, wanted]);
  useEffect(keep_awake, []);
  const matrix = node.matrix || written;
  const size = Math.round(Math.sqrt(matrix.length));
  const side = size + 2 * kQuiet;
  const box = useRef<HTMLDialogElement>(null);
  const symbol = (
    <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={plain(node.name)} shape-rendering="crispEdges">
      <rect class="qr-light" width={side} height={side} />
      <path class="qr-dark" d={modules_path(matrix, size)} />
    </svg>
  );
  const [full, small] = node.options ?? [];
  // The whole window, and the whole screen where the browser lets a page have it (an iPhone does not).
  const open = () => {
    box.current?.showModal();
    void document.documentElement.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => undefined);
  };
  const closed = () => { if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined); };
  return (
    <figure class="qr" id={element_id(node)} data-node={node.id}>
      {symbol}
      <figcaption><Rich text={node.name} />{node.hint && <span class="hint"><Rich text={node.hint} /></span>}</figcaption>
      {full && <button type="button" class="button" data-importance="secondary" onClick={open}><span class="label"><Rich text={full.name} /></span></button>}
      {full && small && (
        <dialog class="qr-full" ref={box} aria-label={plain(node.name)} onClose={closed}>
          {symbol}
          <p><Rich text={full.hint ?? ''} /></p>
          <button type="button" class="button" data-importance="secondary" onClick={() => box.current?.close()}><span class="label"><Rich text={small.name} /></span></button>
        </dialog>
      )}
    </figure>
  );
}
