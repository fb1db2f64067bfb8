// Button and Link. A disabled button stays in the tab order, so that its reason can be read.
import type { ScreenNode } from '../contract';
import { described_by, element_id } from './dom_ids';
import { Icon } from './icons';
import { Rich } from './rich';
import { use_session } from './stage';
import { Hint } from './texts';

export function Button({ node, subject }: { node: ScreenNode; subject?: string | undefined }) {
  const session = use_session();
  const off = node.disabled || node.busy;
  const described = [described_by(node), subject].filter(Boolean).join(' ') || undefined;
  return (
    <div class="button-box" data-importance={node.importance ?? 'secondary'} data-node={node.id}>
      <button type="button" class="button" id={element_id(node)} data-importance={node.importance ?? 'secondary'} data-tone={node.tone}
        aria-disabled={off ? 'true' : undefined} aria-busy={node.busy ? 'true' : undefined} aria-describedby={described}
        onClick={() => { if (!off) session.press(node); }}>
        {node.busy ? <span class="spinner" aria-hidden="true" /> : <Icon name={node.icon} />}
        <span class="label"><Rich text={node.name} /></span>
      </button>
      <Hint node={node} />
    </div>
  );
}

/** A telephone number or a page; anything else that calls itself a link is only words. */
const kLeadsSomewhere = /^(tel:|https?:)/;

export function Link({ node }: { node: ScreenNode }) {
  const session = use_session();
  const content = <><Icon name={node.icon} /><span class="label"><Rich text={node.name} /></span></>;
  const href = node.href && kLeadsSomewhere.test(node.href) ? node.href : '';
  const away = href.startsWith('http');
  return (
    <div class="button-box" data-importance={node.importance ?? 'tertiary'} data-node={node.id}>
      {href
        ? <a class="button" id={element_id(node)} data-importance={node.importance ?? 'tertiary'} data-tone={node.tone} href={href}
            aria-describedby={described_by(node)} {...(away ? { rel: 'noreferrer noopener', target: '_blank' } : {})}>{content}</a>
        : <button type="button" class="button" id={element_id(node)} data-importance={node.importance ?? 'tertiary'} data-tone={node.tone}
            aria-describedby={described_by(node)} onClick={() => session.press(node)}>{content}</button>}
      <Hint node={node} />
    </div>
  );
}
