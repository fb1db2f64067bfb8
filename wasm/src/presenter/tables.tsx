// Table: a real table on tablets; where its columns do not fit, the same rows as blocks. The roles are written out,
// because browsers drop the meaning of a table whose rows are laid out as blocks. A month (kind "date") stays a table.
import { useEffect, useRef } from 'preact/hooks';
import type { Column, Screen, ScreenNode } from '../contract';
import { element_id, name_id, walk } from './dom_ids';
import { Nodes } from './node';
import { breadth, lang_of, plain, Rich } from './rich';
import { use_session } from './stage';

declare const MACHI_APP: string;
declare const MACHI_FILES: { chart: string };

/** Width in rem of what a cell holds on one line. */
function cell_width(cell: ScreenNode | undefined): number {
  if (!cell) return 0;
  const name = breadth(cell.name) * 1.0625;
  const children = cell.children ?? [];
  const parts = children.filter((child) => child.role === 'badge').map((badge) => Math.max(3.25, breadth(badge.name) * 0.9375 + 1.25 + (badge.icon && badge.icon !== 'none' ? 1.3125 : 0)));
  // What can be pressed goes below the words.
  const presses = children.filter((child) => child.role !== 'badge').map((press) => breadth(press.name) * 1.0625 + 2 + (press.icon && press.icon !== 'none' ? 2 : 0));
  const line = Math.max(name + parts.reduce((sum, part) => sum + part, 0) + (name && parts.length ? 0.375 : 0), ...presses);
  const hint = breadth(cell.hint) * 1.0625;
  const beside = hint && (cell.children ?? []).some((child) => child.role === 'badge');
  return beside ? line + 0.375 + hint : Math.max(line, hint);
}

/** What is no longer than this stays on one line: 3年1組, 7:42. In signs of full width. */
const kShort = 6;

/** Names of columns break between words. */
const longest_word = (name: string) => Math.max(...name.split(' ').map(breadth));

/**
 * Column widths from what the cells hold, over all tables of the screen that have these columns, so that the tables of
 * several classes stand in line. The column with the longest text takes what is left.
 */
function measure(screen: Screen, table: ScreenNode) {
  const key = (node: ScreenNode) => (node.columns ?? []).map((column) => column.id).join();
  const alike = [...walk(screen.main)].filter((node) => node.role === 'table' && key(node) === key(table));
  const widths = (table.columns ?? []).map((column, at) => Math.max(column.hidden_name ? 0 : longest_word(column.name) * 0.9375,
    ...alike.flatMap((each) => (each.children ?? []).map((row) => cell_width(row.children?.[at])))));
  const texts = widths.map((width, at) => (alike.some((each) => each.children?.some((row) => row.children?.[at]?.children?.length)) ? 0 : width));
  const widest = texts.indexOf(Math.max(...texts));
  const needed = widths.reduce((sum, width, at) => sum + (at === widest ? Math.min(width, 10) : width) + 1.5, 0);
  return { widths: widths.map((width, at) => (at === widest ? 'auto' : `${(width + 1.5).toFixed(2)}rem`)), widest, room: room_for(needed) };
}

/** How much room a table needs as columns; under it, its rows are blocks (tables.css has the same steps). */
function room_for(rem: number): string {
  if (rem <= 24) return 'narrow';
  if (rem <= 37.5) return 'middle';
  if (rem <= 46) return 'wide';
  return rem <= 58 ? 'widest' : 'boundless';
}

export function Table({ node }: { node: ScreenNode }) {
  if (node.kind === 'date') return <Month node={node} />;
  if (node.kind === 'chart') return <Chart node={node} />;
  return node.kind === 'sheet' ? <Sheet node={node} /> : <Rows node={node} />;
}

/** Curves, and the table that they come from. What draws them comes when the first is shown. */
function Chart({ node }: { node: ScreenNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawer: Promise<typeof import('./chart')> = typeof MACHI_APP === 'undefined' ? import('./chart') : import(MACHI_FILES.chart);
    void drawer.then(({ draw }) => { if (box.current) draw(box.current, node); }, () => undefined);
  }, [node]);
  return (
    <div class="table-box" data-node={node.id}>
      <div ref={box} aria-hidden="true" />
      <details class="group"><summary><span class="label"><Rich text={node.hint} /></span></summary><Rows node={node} /></details>
    </div>
  );
}

/** Weeks as rows, a day a cell: seven equal columns at any width. */
function Month({ node }: { node: ScreenNode }) {
  return (
    <div class="table-box" data-node={node.id}>
      <table class="month" id={element_id(node)}>
        {node.name && <caption><Rich text={node.name} /></caption>}
        <thead>
          <tr>{(node.columns ?? []).map((column) => <th key={column.id} scope="col"><Rich text={column.name} /></th>)}</tr>
        </thead>
        <tbody>
          {(node.children ?? []).map((week) => (
            <tr key={week.id} data-node={week.id}>
              {(week.children ?? []).map((day) => (
                <td key={day.id} data-node={day.id} data-state={day.state} aria-current={day.state === 'current' ? 'date' : undefined}>
                  {day.name && <span class="month-day"><Rich text={day.name} /></span>}
                  <Nodes nodes={day.children} />
                  {day.hint && <span class="month-hint"><Rich text={day.hint} /></span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Many narrow columns (a month of marks): they stay columns, the box scrolls sideways, paper is turned. */
function Sheet({ node }: { node: ScreenNode }) {
  return (
    <div class="table-box sheet" data-node={node.id} role="region" aria-label={plain(node.name)} tabIndex={0}>
      <table class="sheet-table" id={element_id(node)}>
        {node.name && <caption><Rich text={node.name} /></caption>}
        <thead>
          <tr>{(node.columns ?? []).map((column) => <th key={column.id} scope="col" data-column={column.id}><Rich text={column.name} /></th>)}</tr>
        </thead>
        <tbody>
          {(node.children ?? []).map((row) => (
            <tr key={row.id} data-node={row.id} data-tone={row.tone}>
              {(row.children ?? []).map((cell, at) => (at === 1
                ? <th key={cell.id} scope="row"><Rich text={cell.name} /></th>
                : <td key={cell.id} data-tone={cell.tone}><Rich text={cell.name} /></td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rows({ node }: { node: ScreenNode }) {
  const columns = node.columns ?? [];
  const { widths, widest, room } = measure(use_session().screen, node);
  return (
    <div class="table-box" data-node={node.id} data-room={room}>
      <table class="table" id={element_id(node)} role="table">
        {node.name && <caption><Rich text={node.name} /></caption>}
        <colgroup>{columns.map((column, at) => <col key={column.id} style={{ width: widths[at] ?? 'auto' }} />)}</colgroup>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.id} role="columnheader" scope="col" data-column={column.id}>
                {column.hidden_name ? <span class="unseen"><Rich text={column.name} /></span> : <Rich text={column.name} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {(node.children ?? []).map((row) => <TableRow key={row.id} node={row} columns={columns} widest={widest} />)}
        </tbody>
      </table>
    </div>
  );
}

function TableRow({ node, columns, widest }: { node: ScreenNode; columns: readonly Column[]; widest: number }) {
  return (
    <tr role="row" id={element_id(node)} data-node={node.id} data-state={node.state} data-tone={node.tone} tabIndex={-1}>
      {(node.children ?? []).map((cell, at) => <Cell key={cell.id} node={cell} row={node} column={columns[at]} wide={at === widest} />)}
    </tr>
  );
}

function Cell({ node, row, column, wide }: { node: ScreenNode; row: ScreenNode; column: Column | undefined; wide: boolean }) {
  const bare = !node.name && !node.hint && !(node.children ?? []).length;
  const subject = row.children?.find((cell) => cell.name && Number.isNaN(Number(cell.name)));
  return (
    <td role="cell" data-node={node.id} data-column={column?.id} data-bare={bare ? '' : undefined} 
      data-subject={subject === node ? '' : undefined} data-wide={wide ? '' : undefined}
      data-short={node.name && breadth(node.name) <= kShort ? '' : undefined}>
      {column?.name && !column.hidden_name && <span class="column-name" aria-hidden="true"><Rich text={column.name} /></span>}
      <span class="cell">
        {node.name && <span class="cell-name" id={name_id(node)}><Rich text={node.name} /></span>}
        <Nodes nodes={node.children} subject={subject ? name_id(subject) : undefined} />
        {node.hint && <span class="cell-hint" lang={lang_of(node.language)}><Rich text={node.hint} /></span>}
      </span>
    </td>
  );
}
