// Group and Card: named parts of a screen. A group of buttons with icons is drawn as tiles, one of plain sentences as a
// note with a bar, a collapsed one as a disclosure. A card is an article, no landmark: two may have one name.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ScreenNode } from '../contract';
import { element_id, hint_id, name_id, walk } from './dom_ids';
import { Icon } from './icons';
import { Nodes } from './node';
import { Rich } from './rich';

/** Level of the next named part's heading. */
export const Depth = createContext(2);

function Title({ node, level }: { node: ScreenNode; level: number }) {
  const Tag = `h${Math.min(Math.max(node.level || level, 2), 4)}` as 'h2' | 'h3' | 'h4';
  return (
    <div class="title">
      <Tag id={name_id(node)}>{node.tone === 'success' && !node.icon ? <Icon name="check" /> : <Icon name={node.icon} />}<span><Rich text={node.name} /></span></Tag>
      {node.hint && <p class="hint" id={hint_id(node)}><Rich text={node.hint} /></p>}
    </div>
  );
}

function look_of(node: ScreenNode): string {
  const children = node.children ?? [];
  if (children.length > 1 && children.every((child) => child.role === 'button' && child.icon && child.icon !== 'none' && !child.hint)) return 'tiles';
  if (node.name && children.length > 0 && children.every((child) => child.role === 'text')) return 'note';
  const short = (child: ScreenNode) => ['text', 'button', 'link', 'badge'].includes(child.role);
  if (!node.name && children.length > 1 && children.every(short)) return 'line';
  return 'plain';
}

export function Group({ node }: { node: ScreenNode }) {
  const depth = useContext(Depth);
  const children = <Depth.Provider value={depth + (node.name ? 1 : 0)}><Nodes nodes={node.children} /></Depth.Provider>;
  if (node.collapsed) {
    const wrong = [...walk(node.children)].some((child) => child.error);
    return (
      <details class="group" id={element_id(node)} data-node={node.id} {...(wrong ? { open: true } : {})}>
        <summary><Icon name={node.icon && node.icon !== 'none' ? node.icon : 'add'} /><span class="label"><Rich text={node.name} /></span></summary>
        <div class="inside">{children}</div>
      </details>
    );
  }
  return (
    <section class="group" id={element_id(node)} data-node={node.id} data-look={look_of(node)} data-tone={node.tone}
      aria-labelledby={node.name ? name_id(node) : undefined}>
      {node.name && <Title node={node} level={depth} />}
      <div class="inside">{children}</div>
    </section>
  );
}

export function Card({ node }: { node: ScreenNode }) {
  const depth = useContext(Depth);
  return (
    <article class="card" id={element_id(node)} data-node={node.id} data-tone={node.tone} data-importance={node.importance} data-state={node.state}
      aria-labelledby={node.name ? name_id(node) : undefined}>
      {node.name && <Title node={node} level={depth} />}
      <Depth.Provider value={depth + 1}><Nodes nodes={node.children} /></Depth.Provider>
    </article>
  );
}
