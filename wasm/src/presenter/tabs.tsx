// Tabs: the app's places. In the rail they are its navigation (at the side of a tablet, at the foot of a phone).
import type { ScreenNode } from '../contract';
import { element_id } from './dom_ids';
import { Icon } from './icons';
import { Nodes } from './node';
import { plain, Rich } from './rich';
import { use_session } from './stage';

export function TabList({ node, named = false }: { node: ScreenNode; named?: boolean }) {
  const tabs = node.children ?? [];
  return (
    <ul class="tabs" id={element_id(node)} aria-label={named ? plain(node.name) : undefined} data-node={node.id} data-count={tabs.length}>
      {tabs.map((tab) => <Tab key={tab.id} node={tab} />)}
    </ul>
  );
}

/** Tabs that stand in the main region, as a navigation of their own. */
export function Tabs({ node }: { node: ScreenNode }) {
  return <nav aria-label={plain(node.name)}><TabList node={node} /></nav>;
}

function Tab({ node }: { node: ScreenNode }) {
  const session = use_session();
  const current = node.state === 'current';
  return (
    <li data-node={node.id}>
      <button type="button" class="tab" id={element_id(node)} aria-current={current ? 'page' : undefined}
        aria-disabled={node.disabled ? 'true' : undefined} onClick={() => { if (!node.disabled) session.press(node); }}>
        <Icon name={node.icon} />
        <span class="tab-name"><Rich text={node.name} /></span>
        {node.value && <span class="tab-count"><Rich text={node.value} /></span>}
        <Nodes nodes={node.children} />
        {node.hint && <span class="badge" data-state="new"><Rich text={node.hint} /></span>}
      </button>
    </li>
  );
}
