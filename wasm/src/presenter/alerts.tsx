// Alert: spoken at once when something is wrong (danger, warning), when there is time otherwise. Its words come first,
// then the one thing to do.
import type { ScreenNode, Tone } from '../contract';
import { element_id } from './dom_ids';
import { Icon } from './icons';
import { Nodes } from './node';
import { Rich } from './rich';

function mark_of(tone: Tone | undefined) {
  switch (tone) {
    case 'success': return 'success';
    case 'warning': return 'warning';
    case 'danger': return 'failed';
    case 'neutral': case 'info': case undefined: return 'info';
  }
}

export function Alert({ node }: { node: ScreenNode }) {
  const urgent = node.tone === 'danger' || node.tone === 'warning';
  return (
    <div class="alert" id={element_id(node)} data-node={node.id} data-tone={node.tone ?? 'neutral'} role={urgent ? 'alert' : 'status'}>
      <Icon name={node.icon && node.icon !== 'none' ? node.icon : mark_of(node.tone)} />
      <div class="alert-text">
        <p><Rich text={node.name} /></p>
        {node.hint && <p class="alert-hint"><Rich text={node.hint} /></p>}
        <Nodes nodes={node.children} />
      </div>
    </div>
  );
}
