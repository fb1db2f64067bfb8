// List, Row and Empty. A row that can be pressed is one button; its own buttons, if any, stand beside it.
import type { ComponentChild } from 'preact';
import type { ScreenNode } from '../contract';
import { element_id, name_id } from './dom_ids';
import { Icon } from './icons';
import { MapMark, Plan } from './map';
import { Nodes } from './node';
import { lang_of, Rich } from './rich';
import { use_session } from './stage';

declare const MACHI_APP: 'citizen' | 'desk';
/** Only the desk has maps; a phone's script is without them. */
const kMaps = typeof MACHI_APP === 'undefined' || MACHI_APP === 'desk';

export function List({ node }: { node: ScreenNode }) {
  const map = kMaps && node.kind === 'map';
  return (
    <div class="list-box" data-node={node.id} data-kind={map ? 'map' : node.kind === 'cards' ? 'cards' : undefined}>
      {node.name && <p class="name" id={name_id(node)}><Rich text={node.name} /></p>}
      {map && <Plan node={node} />}
      <ul class="list" id={element_id(node)} aria-labelledby={node.name ? name_id(node) : undefined}>
        {(node.children ?? []).map((row, at) => <Row key={row.id} node={row} mark={map ? <MapMark node={row} number={at + 1} /> : null} />)}
      </ul>
      {node.hint && <p class="hint"><Rich text={node.hint} /></p>}
    </div>
  );
}

export function Row({ node, mark = null }: { node: ScreenNode; mark?: ComponentChild }) {
  const session = use_session();
  const children = node.children ?? [];
  const presses = children.filter((child) => child.role === 'button' || child.role === 'link');
  const others = children.filter((child) => !presses.includes(child));
  const content = (
    <>
      {mark}
      <Icon name={node.icon} />
      <span class="row-text">
        <span class="row-name" id={name_id(node)} lang={lang_of(node.language)}><Rich text={node.name} /></span>
        {node.value && <span class="row-value"><Rich text={node.value} /></span>}
        {node.hint && <span class="row-hint"><Rich text={node.hint} /></span>}
        {others.length > 0 && <span class="row-badges"><Nodes nodes={others} /></span>}
      </span>
    </>
  );
  return (
    <li class="row" data-node={node.id} data-state={node.state} data-tone={node.tone} tabIndex={-1}>
      {node.interactive
        ? <button type="button" class="row-press" id={element_id(node)} aria-disabled={node.disabled ? 'true' : undefined}
            onClick={() => { if (!node.disabled) session.press(node); }}>{content}<Icon name="forward" /></button>
        : <div class="row-rest" id={element_id(node)}>{content}</div>}
      {presses.length > 0 && <div class="row-presses"><Nodes nodes={presses} subject={name_id(node)} /></div>}
    </li>
  );
}

export function Empty({ node }: { node: ScreenNode }) {
  return (
    <div class="empty" id={element_id(node)} data-node={node.id}>
      <Icon name={node.icon} />
      <p><Rich text={node.name} /></p>
      {node.hint && <p class="hint"><Rich text={node.hint} /></p>}
      <Nodes nodes={node.children} />
    </div>
  );
}
