// Progress: how far something is, or only that it goes on.
import type { ScreenNode } from '../contract';
import { element_id } from './dom_ids';
import { Rich } from './rich';

export function Progress({ node }: { node: ScreenNode }) {
  return (
    <div class="progress" data-node={node.id}>
      <label class="name" for={element_id(node)}><Rich text={node.name} /></label>
      <progress id={element_id(node)} max="100" {...(node.value ? { value: Number(node.value) } : {})} />
      {node.hint && <p class="hint"><Rich text={node.hint} /></p>}
    </div>
  );
}
