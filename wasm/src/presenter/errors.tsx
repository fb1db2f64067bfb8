// The error summary: how many places need a change, and a way to each. It takes the focus when a press ended in errors.
import type { Screen, ScreenNode } from '../contract';
import { walk } from './dom_ids';
import { focus_node } from './focus';
import { Icon } from './icons';
import { Rich } from './rich';
import { use_session } from './stage';

export const kSummaryId = 'error-summary';

/** The nodes with an error, in reading order. */
export function mistakes(screen: Screen): ScreenNode[] {
  return [...walk(screen.main), ...walk(screen.foot)].filter((node) => node.error);
}

export function ErrorSummary({ screen }: { screen: Screen }) {
  const { words } = use_session();
  const nodes = mistakes(screen);
  if (!nodes.length) return null;
  return (
    <section class="summary" id={kSummaryId} tabIndex={-1} aria-labelledby={`${kSummaryId}-name`}>
      <h2 id={`${kSummaryId}-name`}><Icon name="warning" /><span><Rich text={words.errors(nodes.length)} /></span></h2>
      <ul>
        {nodes.map((node) => (
          <li key={node.id}>
            <button type="button" class="summary-link" onClick={() => focus_node(node.id)}><Rich text={node.error} /></button>
          </li>
        ))}
      </ul>
    </section>
  );
}
