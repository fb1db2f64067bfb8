// Photo: a picture, and what may be done with it - taken with the camera or chosen (native inputs), taken out, made large.
// The bytes are asked for while the node is shown, and given back after it.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScreenNode } from '../contract';
import { described_by, element_id, hint_id, name_id } from './dom_ids';
import { Icon } from './icons';
import { plain, Rich } from './rich';
import { use_session } from './stage';
import { Mistake } from './texts';

export function Photo({ node }: { node: ScreenNode }) {
  const session = use_session();
  const [waits, set_waits] = useState(0);  // the action whose picture is being made small
  const [large, set_large] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const busy = waits > session.seen;
  const offered = node.options ?? [];
  const inputs = offered.filter(({ value }) => value === 'take' || value === 'choose');
  const zoom = offered.find(({ value }) => value === 'zoom');
  const remove = offered.find(({ value }) => value === 'remove');
  const url = use_picture(node.value);
  const described = described_by(node.value ? { ...node, hint: '' } : node);  // else the hint says what the picture shows
  return (
    <div class="photo" ref={box} id={element_id(node)} data-node={node.id} role="group" tabIndex={-1} aria-labelledby={name_id(node)}
      aria-describedby={described} aria-busy={busy ? 'true' : undefined}>
      <p class="name" id={name_id(node)}><Rich text={node.name} /></p>
      {node.value
        ? <div class="photo-frame" data-large={large ? '' : undefined} tabIndex={large ? 0 : undefined}>
            {url ? <img src={url} alt={plain(node.hint)} /> : <Rich text={node.hint} />}
          </div>
        : node.hint && <p class="hint" id={hint_id(node)}><Rich text={node.hint} /></p>}
      {busy && <p class="text with-icon" role="status"><span class="spinner" aria-hidden="true" /><span><Rich text={session.words.loading} /></span></p>}
      <Mistake node={node} />
      {offered.length > 0 && (
        <div class="presses">
          {inputs.map(({ value, name }) => (
            <label key={value} class="button file" data-importance="secondary" data-photo={value} data-off={node.disabled ? '' : undefined}>
              <Icon name={value === 'take' ? 'camera' : 'picture'} /><span class="label"><Rich text={name} /></span>
              <input type="file" accept="image/*" disabled={node.disabled} aria-describedby={described}
                {...(value === 'take' ? { capture: 'environment' as const } : {})}
                onChange={(event) => {
                  const file = event.currentTarget.files?.[0];
                  event.currentTarget.value = '';
                  if (file) set_waits(session.open(node, file, 'photo'));
                }} />
            </label>
          ))}
          {remove && (
            <button type="button" class="button" data-importance="tertiary" onClick={() => { session.remove(node); box.current?.focus(); }}>
              <Icon name="delete" /><span class="label"><Rich text={remove.name} /></span>
            </button>
          )}
          {zoom && (
            <button type="button" class="button" data-importance="secondary" aria-pressed={large} onClick={() => set_large(!large)}>
              <Icon name="search" /><span class="label"><Rich text={zoom.name} /></span>
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function use_picture(id: string | undefined): string | null {
  const session = use_session();
  const [shown, set_shown] = useState<{ id: string; url: string } | null>(null);
  useEffect(() => {
    if (!id) return undefined;
    let url: string | null = null, gone = false;
    void session.picture(id).then((came) => {
      url = came;
      if (gone) give_back();
      else if (came) set_shown({ id, url: came });
    });
    const give_back = () => { if (url) URL.revokeObjectURL(url); };
    return () => { gone = true; give_back(); };
  }, [id, session]);
  return shown && shown.id === id ? shown.url : null;
}
