// Heading and Text; hints and errors as every widget shows them.
import type { ScreenNode } from '../contract';
import { element_id, error_id, hint_id } from './dom_ids';
import { Icon } from './icons';
import { lang_of, Rich } from './rich';

/** h1 to h3. With an icon it is the screen's outcome and stands beside a large mark in its tone. */
export function Heading({ node }: { node: ScreenNode }) {
  const Tag = `h${Math.min(Math.max(node.level ?? 1, 1), 3)}` as 'h1' | 'h2' | 'h3';
  const hero = node.icon && node.icon !== 'none';
  return (
    <div class={hero ? 'heading hero' : 'heading'} data-node={node.id} data-tone={node.tone}>
      {hero && <span class="emblem"><Icon name={node.icon} /></span>}
      <Tag id={element_id(node)} tabIndex={-1}><Rich text={node.name} /></Tag>
      {node.hint && <p class="hint"><Rich text={node.hint} /></p>}
    </div>
  );
}

export function Text({ node }: { node: ScreenNode }) {
  const icon = node.icon && node.icon !== 'none';
  return (
    <p class={icon ? 'text with-icon' : 'text'} id={element_id(node)} data-node={node.id} data-tone={node.tone}
      data-importance={node.importance} data-state={node.state}>
      {icon && <Icon name={node.icon} />}
      <span lang={lang_of(node.language)}><Rich text={node.name} />{node.value && <> <b><Rich text={node.value} /></b></>}</span>
      {node.hint && <span class="hint"><Rich text={node.hint} /></span>}
    </p>
  );
}

export function Hint({ node }: { node: ScreenNode }) {
  return node.hint ? <p class="hint" id={hint_id(node)}><Rich text={node.hint} /></p> : null;
}

export function Mistake({ node }: { node: ScreenNode }) {
  return node.error ? <p class="mistake" id={error_id(node)}><Icon name="warning" /><span><Rich text={node.error} /></span></p> : null;
}
