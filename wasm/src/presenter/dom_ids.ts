// Element ids made from node ids, so that labels, hints, errors and the focus find each other across redraws.
import type { ScreenNode } from '../contract';

export const element_id = (node: ScreenNode | string) => `n-${typeof node === 'string' ? node : node.id}`;
export const name_id = (node: ScreenNode) => `${element_id(node)}-name`;
export const hint_id = (node: ScreenNode) => `${element_id(node)}-hint`;
export const error_id = (node: ScreenNode) => `${element_id(node)}-error`;

/** aria-describedby for a node with a hint or an error. */
export function described_by(node: ScreenNode): string | undefined {
  const ids = [node.error ? error_id(node) : '', node.hint ? hint_id(node) : ''].filter(Boolean);
  return ids.length ? ids.join(' ') : undefined;
}

/** Every node of a list of trees, in reading order. */
export function* walk(nodes: readonly ScreenNode[] | undefined): Generator<ScreenNode> {
  for (const node of nodes ?? []) {
    yield node;
    yield* walk(node.children);
  }
}
