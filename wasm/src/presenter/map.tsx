// A list whose rows have a place (kind "map"): the same rows on a plan, drawn from their coordinates alone - no tiles, no
// network - and beside it the list, which is what keyboard and screen reader use. A mark is the row's number in a shape and
// a colour by the row's tone; the row says the state in words, beside the same shape. A click on a mark is a press of its row.
import { useRef, useState } from 'preact/hooks';
import type { ScreenNode } from '../contract';
import { element_id } from './dom_ids';
import { plain } from './rich';
import { use_session } from './stage';

const kWide = 1000;
const kMargin = 70;
const kMark = 22;
const kLargest = 16;  // times the size that shows everything
const kMetres = 111_320;  // a degree of latitude

interface Placed { node: ScreenNode; number: number; latitude: number; longitude: number }

export const is_placed = (node: ScreenNode) => node.href?.startsWith('geo:') ?? false;

function placed_of(rows: readonly ScreenNode[]): Placed[] {
  return rows.flatMap((node, at) => {
    const [latitude, longitude] = (node.href ?? '').slice(4).split(',').map(Number);
    return latitude !== undefined && longitude !== undefined && Number.isFinite(latitude + longitude) ? [{ node, number: at + 1, latitude, longitude }] : [];
  });
}

/** A shape by what a row means: free a circle, crowded a diamond, full a square, no word for long a triangle, closed a ring. */
function shape({ tone, state }: ScreenNode, x: number, y: number, r: number): string {
  if (tone === 'danger') return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
  if (state === 'stale') return `M${x} ${y - 1.6 * r}l${1.6 * r} ${2.7 * r}h${-3.2 * r}z`;
  if (tone === 'warning') return `M${x} ${y - 1.35 * r}l${1.35 * r} ${1.35 * r}l${-1.35 * r} ${1.35 * r}l${-1.35 * r} ${-1.35 * r}z`;
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

/** The mark of a row, for the list. */
export function MapMark({ node, number }: { node: ScreenNode; number: number }) {
  return (
    <svg class="map-sign" viewBox="-40 -40 80 80" aria-hidden="true" data-tone={node.tone} data-state={node.state}>
      <path d={shape(node, 0, 0, kMark)} />
      <text x="0" y={node.state === 'stale' ? 17 : 9}>{number}</text>
    </svg>
  );
}

/** 200, 500, 1000, 2000 ...: the longest round distance that is not longer than `most`. */
function round_metres(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power;
}

export function Plan({ node }: { node: ScreenNode }) {
  const session = use_session();
  const [size, set_size] = useState(1);
  const box = useRef<HTMLDivElement>(null);
  const all = placed_of(node.children ?? []);
  const middle = (pick: (one: Placed) => number) => (Math.min(...all.map(pick)) + Math.max(...all.map(pick))) / 2;
  const centre = { latitude: middle((one) => one.latitude), longitude: middle((one) => one.longitude) };
  const narrow = Math.cos((centre.latitude * Math.PI) / 180);
  const metres = all.map((one) => ({ ...one, east: (one.longitude - centre.longitude) * kMetres * narrow, north: (one.latitude - centre.latitude) * kMetres }));
  const half = (pick: (one: (typeof metres)[number]) => number) => Math.max(100, ...metres.map((one) => Math.abs(pick(one))));
  const across = half((one) => one.east), along = half((one) => one.north);
  const high = Math.round(Math.min(900, Math.max(420, (kWide - 2 * kMargin) * (along / across) + 2 * kMargin)));
  // Marks keep their size while the plan grows: the plan's own unit shrinks instead.
  const scale = Math.min((kWide - 2 * kMargin) / 2 / across, (high - 2 * kMargin) / 2 / along) * size;
  const width = kWide * size, height = high * size;
  const marks = metres.map((one) => ({ ...one, x: width / 2 + one.east * scale, y: height / 2 - one.north * scale }));
  // A name stands right of its mark where nothing else does.
  const taken: { x: number; y: number; w: number }[] = marks.map(({ x, y }) => ({ x: x - kMark, y, w: 2 * kMark }));
  const named = marks.filter(({ node: row, x, y }) => {
    // Of two marks that lie over each other a name would be anybody's.
    if (marks.some((other) => other.node !== row && Math.hypot(other.x - x, other.y - y) < 2 * kMark)) return false;
    const one = { x: x + 1.6 * kMark, y, w: 30 * plain(row.name).length };
    if (one.x + one.w > width || taken.some((other) => Math.abs(other.y - one.y) < 48 && other.x < one.x + one.w && one.x < other.x + other.w)) return false;
    taken.push(one);
    return true;
  });
  const bar = round_metres(220 / scale);
  const resize = (to: number) => {
    const view = box.current;
    const at = view && { x: (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth, y: (view.scrollTop + view.clientHeight / 2) / view.scrollHeight };
    set_size(to);
    if (view && at) requestAnimationFrame(() => { view.scrollTo(at.x * view.scrollWidth - view.clientWidth / 2, at.y * view.scrollHeight - view.clientHeight / 2); });
  };
  return (
    <div class="plan">
      <div class="plan-box" ref={box} role="region" aria-label={plain(node.name)} tabIndex={size > 1 ? 0 : undefined} style={{ aspectRatio: `${kWide} / ${high}` }}>
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" style={{ width: `${size * 100}%` }}>
          {[...marks].reverse().map(({ node: row, number, x, y }) => (
            <g key={row.id} class="plan-mark" data-node={`${row.id}@map`} data-tone={row.tone} data-state={row.state} onClick={() => { if (!row.disabled) session.press(row); }}>
              <title>{plain(row.name)}</title>
              <path d={shape(row, x, y, kMark)} />
              <text x={x} y={y + (row.state === 'stale' ? 17 : 9)}>{number}</text>
            </g>
          ))}
          {named.map(({ node: row, x, y }) => <text key={row.id} class="plan-name" x={x + 1.6 * kMark} y={y + 10}>{plain(row.name)}</text>)}
          <g class="plan-bar">
            <path d={`M24 ${height - 40}v14h${bar * scale}v-14`} />
            <text x={24} y={height - 50}>{bar < 1000 ? `${bar} m` : `${bar / 1000} km`}</text>
          </g>
        </svg>
      </div>
      <div class="presses">
        {(node.options ?? []).map((option) => {
          const to = option.value === 'in' ? size * 2 : size / 2;
          const none = to < 1 || to > kLargest;
          return (
            <button key={option.value} type="button" class="button" data-importance="secondary" id={`${element_id(node)}-${option.value}`} aria-disabled={none ? 'true' : undefined}
              onClick={() => { if (!none) resize(to); }}>{plain(option.name)}</button>
          );
        })}
      </div>
    </div>
  );
}
