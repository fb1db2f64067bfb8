// A table of kind "chart" as curves: a script of its own, loaded where a chart is shown (tables.tsx). The first column is
// what runs along, the second the points, each further one a line; the numbers stand in the cells' values. The drawing says
// nothing that the table below it does not: it is hidden from screen readers. Lines differ by their dashes, not by colour
// alone.
import type { ScreenNode } from '../contract';
import { plain } from './rich';

const kWide = 640, kHigh = 420;
const kLeft = 56, kRight = 60, kTop = 16, kBottom = 44;
const kDashes = ['2 6', '', '10 6'];
const kSpace = 'http://www.w3.org/2000/svg';

const number = (cell: ScreenNode | undefined) => (cell?.value ? Number(cell.value) : NaN);

/** 1, 2, 5, 10 ...: the step that gives at most `most` lines. */
function step_of(span: number, most: number): number {
  const power = 10 ** Math.floor(Math.log10(span / most));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => span / n <= most) ?? 10 * power;
}

export function draw(box: HTMLElement, node: ScreenNode) {
  const begun = performance.now();
  const rows = node.children ?? [];
  const along = rows.map((row) => number(row.children?.[0]));
  const columns = (node.columns ?? []).slice(1).map((_, at) => rows.map((row) => number(row.children?.[at + 1])));
  const all = columns.flat().filter(Number.isFinite);
  box.replaceChildren();
  if (!all.length) return;
  const right = Math.max(...along), low = Math.min(...all), high = Math.max(...all);
  const step = step_of(Math.max(high - low, 0.1), 7);
  const bottom = Math.floor(low / step) * step, top = Math.ceil(high / step) * step;
  const x = (value: number) => kLeft + (value / right) * (kWide - kLeft - kRight);
  const y = (value: number) => kHigh - kBottom - ((value - bottom) / (top - bottom)) * (kHigh - kTop - kBottom);
  const svg = document.createElementNS(kSpace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${kWide} ${kHigh}`);
  svg.setAttribute('width', '100%');
  const put = (kind: string, set: Record<string, string | number>, text = '') => {
    const made = document.createElementNS(kSpace, kind);
    for (const [name, value] of Object.entries(set)) made.setAttribute(name, String(value));
    if (text) made.textContent = text;
    svg.append(made);
  };
  const label = { 'font-size': 18, fill: 'currentColor' };
  for (let value = bottom; value <= top + step / 2; value += step) {
    put('path', { d: `M${kLeft} ${y(value)}H${kWide - kRight}`, stroke: 'currentColor', 'stroke-opacity': 0.2 });
    put('text', { ...label, x: kLeft - 8, y: y(value) + 6, 'text-anchor': 'end' }, step < 1 ? value.toFixed(1) : String(Math.round(value)));
  }
  // A word every so often below: those of the rows that are no point, and no closer than they can be read.
  let last = -Infinity;
  rows.forEach((row, at) => {
    const name = plain(row.children?.[0]?.name ?? ''), place = x(along[at] ?? 0);
    if (Number.isFinite(columns[0]?.[at] ?? NaN) || place - last < 19 * name.length + 12 || place + 9 * name.length > kWide) return;
    last = place;
    put('text', { ...label, x: place, y: kHigh - 14, 'text-anchor': 'middle' }, name);
  });
  columns.slice(1).forEach((values, at) => {
    const points = values.map((value, row) => ({ x: x(along[row] ?? 0), y: y(value) })).filter((point) => Number.isFinite(point.y));
    if (!points.length) return;
    put('path', { d: points.map((point, first) => `${first ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join(''), fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-opacity': 0.75, 'stroke-dasharray': kDashes[at % 3] ?? '' });
    const end = points[points.length - 1]!;
    put('text', { ...label, x: end.x + 6, y: end.y + 6 }, plain(node.columns?.[at + 2]?.id ?? '').replace(/^p/, ''));
  });
  const own = (columns[0] ?? []).map((value, row) => ({ x: x(along[row] ?? 0), y: y(value) })).filter((point) => Number.isFinite(point.y));
  if (own.length > 1) put('path', { d: own.map((point, first) => `${first ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join(''), fill: 'none', class: 'chart-own', 'stroke-width': 4 });
  for (const point of own) put('circle', { cx: point.x.toFixed(1), cy: point.y.toFixed(1), r: 7, class: 'chart-own' });
  for (const one of svg.querySelectorAll<SVGElement>('.chart-own')) {
    one.style.stroke = 'var(--primary, currentColor)';
    if (one.tagName === 'circle') one.style.fill = 'var(--primary, currentColor)';
  }
  box.append(svg);
  box.dataset['ms'] = (performance.now() - begun).toFixed(1);
}
