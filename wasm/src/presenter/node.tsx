// A node drawn by its role, and a row of nodes. Buttons that follow each other stand together; badges stand on the line
// of the heading before them.
import type { ComponentChild } from 'preact';
import type { ScreenNode } from '../contract';
import { Alert } from './alerts';
import { Choice } from './choice';
import { Badge, Facts } from './facts';
import { Field } from './field';
import { File } from './file';
import { Card, Group } from './frames';
import { Empty, List } from './lists';
import { Button, Link } from './presses';
import { Photo } from './photo';
import { Progress } from './progress';
import { Qr } from './qr';
import { Scanner } from './scanner';
import { Steps } from './steps';
import { Table } from './tables';
import { Tabs } from './tabs';
import { Heading, Text } from './texts';

/** `subject`: element that says whom a button in a table is about. */
export function NodeView({ node, subject }: { node: ScreenNode; subject?: string | undefined }) {
  switch (node.role) {
    case 'heading': return <Heading node={node} />;
    case 'text': return <Text node={node} />;
    case 'button': return <Button node={node} subject={subject} />;
    case 'link': return <Link node={node} />;
    case 'choice': return <Choice node={node} />;
    case 'field': return <Field node={node} />;
    case 'group': return <Group node={node} />;
    case 'card': return <Card node={node} />;
    case 'list': return <List node={node} />;
    case 'table': return <Table node={node} />;
    case 'facts': return <Facts node={node} />;
    case 'badge': return <Badge node={node} />;
    case 'alert': return <Alert node={node} />;
    case 'steps': return <Steps node={node} />;
    case 'qr': return <Qr node={node} />;
    case 'scanner': return <Scanner node={node} />;
    case 'file': return <File node={node} />;
    case 'photo': return <Photo node={node} />;
    case 'tabs': return <Tabs node={node} />;
    case 'empty': return <Empty node={node} />;
    case 'progress': return <Progress node={node} />;
    // Drawn by what they stand in.
    case 'row': case 'table-row': case 'cell': case 'fact': case 'step': case 'tab': return null;
  }
}

const is_press = (node: ScreenNode | undefined) => node?.role === 'button' || node?.role === 'link';

export function Nodes({ nodes, subject }: { nodes: readonly ScreenNode[] | undefined; subject?: string | undefined }) {
  const all = nodes ?? [];
  const out: ComponentChild[] = [];
  for (let at = 0; at < all.length;) {
    const first = all[at]!;
    let end = at + 1;
    if (is_press(first)) while (is_press(all[end])) end += 1;
    else if (first.role === 'heading') while (all[end]?.role === 'badge') end += 1;
    const run = all.slice(at, end).map((node) => <NodeView key={node.id} node={node} subject={subject} />);
    out.push(run.length > 1 ? <div key={`run-${first.id}`} class={is_press(first) ? 'presses' : 'headline'}>{run}</div> : run[0]);
    at = end;
  }
  return <>{out}</>;
}
