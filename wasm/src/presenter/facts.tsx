// Facts (terms and values) and Badge (a finished fact in a word or two).
import type { ScreenNode } from '../contract';
import { element_id, name_id } from './dom_ids';
import { Icon } from './icons';
import { lang_of, Rich } from './rich';

export function Facts({ node }: { node: ScreenNode }) {
  return (
    <div class="facts-box" data-node={node.id}>
      {node.name && <p class="name" id={name_id(node)}><Rich text={node.name} /></p>}
      <dl class="facts" id={element_id(node)}>
        {(node.children ?? []).map((fact) => (
          <div class="fact" key={fact.id} data-node={fact.id} data-tone={fact.tone}>
            <dt><Rich text={fact.name} /></dt>
            <dd><span lang={lang_of(fact.language)}><Rich text={fact.value} /></span>{fact.hint && <span class="hint"><Rich text={fact.hint} /></span>}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Solid for what is new; a neutral one says its weight by its edge: filled, drawn, dashed. */
export function Badge({ node }: { node: ScreenNode }) {
  return (
    <span class="badge" id={element_id(node)} data-node={node.id} data-tone={node.tone ?? 'neutral'} data-state={node.state}
      data-importance={node.importance ?? 'secondary'}>
      <Icon name={node.icon} /><span><Rich text={node.name} />{node.value && <> <Rich text={node.value} /></>}</span>
    </span>
  );
}
