// A whole screen as landmarks: bar (banner), rail (navigation), main, foot (the main action). Reading order is the core's.
import type { Screen, ScreenNode } from '../contract';
import { walk } from './dom_ids';
import { ErrorSummary } from './errors';
import { Mark } from './icons';
import { Nodes } from './node';
import { plain } from './rich';
import { TabList } from './tabs';
import { use_session } from './stage';

/** Bar: what leads back, then the title, then the rest at the end of the line. */
function Bar({ nodes }: { nodes: readonly ScreenNode[] }) {
  const is_title = (node: ScreenNode) => node.role === 'heading' || node.role === 'text';
  const first = nodes.findIndex(is_title);
  const last = nodes.findLastIndex(is_title);
  const [lead, title, rest] = first < 0
    ? [nodes.slice(0, 1), [], nodes.slice(1)]
    : [nodes.slice(0, first), nodes.slice(first, last + 1), nodes.slice(last + 1)];
  const leads_back = lead.some((node) => node.role === 'button');
  return (
    <header class="bar">
      {leads_back ? <div class="bar-lead"><Nodes nodes={lead} /></div> : <Mark />}
      <div class="bar-title"><Nodes nodes={title} /></div>
      {rest.length > 0 && <div class="bar-rest"><Nodes nodes={rest} /></div>}
    </header>
  );
}

function Rail({ nodes, label }: { nodes: readonly ScreenNode[]; label: string }) {
  const [tabs, ...more] = nodes.filter((node) => node.role === 'tabs');
  return (
    <nav class="rail" aria-label={(!more.length && plain(tabs?.name)) || label}>
      {nodes.map((node) => (node.role === 'tabs' ? <TabList key={node.id} node={node} named={more.length > 0} /> : <Nodes key={node.id} nodes={[node]} />))}
    </nav>
  );
}

export function ScreenView({ screen }: { screen: Screen }) {
  const { words } = use_session();
  const titled = [...walk(screen.bar), ...walk(screen.main)].some((node) => node.role === 'heading' && (node.level ?? 1) <= 1);
  return (
    <div class="screen" data-app={screen.app} data-screen={screen.name.split('/')[0]} data-easy={screen.language === 'ja-x-easy' ? '' : undefined}
      data-railed={screen.rail.length ? '' : undefined} data-titled={titled ? '' : undefined}>
      {!!screen.bar.length && <Bar nodes={screen.bar} />}
      {!!screen.rail.length && <Rail nodes={screen.rail} label={plain(words.menu)} />}
      <main class="main" key={screen.name}>
        <ErrorSummary screen={screen} />
        <Nodes nodes={screen.main} />
      </main>
      {!!screen.foot.length && <section class="foot" key={`foot-${screen.name}`} aria-label={plain(words.actions)}><Nodes nodes={screen.foot} /></section>}
    </div>
  );
}
