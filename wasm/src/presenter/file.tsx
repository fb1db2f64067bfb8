// File: one file to choose, by a native input. What it holds is read as text in the worker; the core says what it thinks of it.
import type { ScreenNode } from '../contract';
import { described_by, element_id } from './dom_ids';
import { Icon } from './icons';
import { Rich } from './rich';
import { use_session } from './stage';
import { Hint, Mistake } from './texts';

export function File({ node }: { node: ScreenNode }) {
  const session = use_session();
  return (
    <div class="file-box" data-node={node.id}>
      <label class="button file" data-importance={node.importance ?? 'secondary'}>
        <Icon name={node.icon && node.icon !== 'none' ? node.icon : 'add'} /><span class="label"><Rich text={node.name} /></span>
        <input type="file" id={element_id(node)} accept={node.value} disabled={node.disabled} aria-describedby={described_by(node)}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file) session.open(node, file);
          }} />
      </label>
      <Hint node={node} />
      <Mistake node={node} />
    </div>
  );
}
