// Steps: what happened (tick), what is waited for (clock), what is to come (dashed circle); or, without a state, what to do
// (a number). The state is also a word, for those who do not see it. Nothing is ticked in advance: the core says what happened.
import type { ScreenNode } from '../contract';
import type { Words } from './words';
import { useContext } from 'preact/hooks';
import { element_id, name_id } from './dom_ids';
import { Depth } from './frames';
import { Icon } from './icons';
import { Rich } from './rich';
import { use_session } from './stage';

type Shape = 'done' | 'waiting' | 'todo' | 'failed' | 'plain';

function shape_of({ state = 'none' }: ScreenNode): Shape {
  switch (state) {
    case 'done': return 'done';
    case 'waiting': case 'current': case 'new': case 'stale': return 'waiting';
    case 'failed': return 'failed';
    case 'todo': return 'todo';
    case 'none': return 'plain';
  }
}

const kMarks = { done: 'check', waiting: 'clock', todo: 'none', failed: 'close', plain: 'none' } as const;

export function Steps({ node }: { node: ScreenNode }) {
  const { words } = use_session();
  const Title = `h${Math.min(useContext(Depth), 4)}` as 'h2' | 'h3' | 'h4';
  return (
    <div class="steps-box" data-node={node.id}>
      {node.name && <Title class="steps-name" id={name_id(node)}><Rich text={node.name} /></Title>}
      <ol class="steps" id={element_id(node)} aria-labelledby={node.name ? name_id(node) : undefined}>
        {(node.children ?? []).map((step, at) => <Step key={step.id} node={step} words={words} number={at + 1} />)}
      </ol>
    </div>
  );
}

function Step({ node, words, number }: { node: ScreenNode; words: Words; number: number }) {
  const shape = shape_of(node);
  return (
    <li class="step" data-node={node.id} data-shape={shape} aria-current={shape === 'waiting' ? 'step' : undefined}>
      <span class="dot" aria-hidden={shape === 'plain' ? 'true' : undefined}>{shape === 'plain' ? number : <Icon name={kMarks[shape]} />}</span>
      <span class="step-name"><Rich text={node.name} />{shape !== 'plain' && <span class="unseen"> (<Rich text={words.state[shape]} />)</span>}</span>
      {node.value && <span class="step-when"><Rich text={node.value} /></span>}
      {node.hint && <span class="step-hint"><Rich text={node.hint} /></span>}
    </li>
  );
}
