// Scanner: the camera, a picture, or the typed code, beside each other, as far as the core offers them. The camera runs only
// while this node is shown and wanted (camera.tsx). A refused camera leaves the others. What was read is said, shown and felt before the core's
// next screen comes.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScreenNode } from '../contract';
import { Camera } from './camera';
import { described_by, element_id } from './dom_ids';
import { Icon } from './icons';
import { plain, Rich } from './rich';
import { use_session } from './stage';
import { Hint, Mistake } from './texts';

/** Longest side of a picture that is searched; phones take far larger ones. */
const kPictureSide = 1600;

/** How long a phone shakes, ms. */
const kShake = 60;

type Trouble = 'none' | 'no-camera' | 'not-found';

/** A camera that stays and was wanted once is on whenever its scanner is shown: from household to household nobody presses for it. */
const wanted = new Set<string>();

export function Scanner({ node }: { node: ScreenNode }) {
  const session = use_session();
  const words = session.words;
  const stays = node.stays ?? false;
  const offers = (way: string) => !node.options?.length || node.options.some(({ value }) => value === way);
  const only_camera = !offers('picture') && !offers('code');
  const [camera, show_camera] = useState(stays && (only_camera || wanted.has(node.id)));
  const set_camera = (on: boolean) => {
    show_camera(on);
    if (on) wanted.add(node.id);
    else wanted.delete(node.id);
  };
  const [trouble, set_trouble] = useState<Trouble>('none');
  const [got, set_got] = useState(false);
  const code = useRef<HTMLInputElement>(null);
  const picture = useRef<HTMLInputElement>(null);
  const code_id = `${element_id(node)}-code`;

  const take = (text: string) => {
    set_got(true);
    session.say(plain(words.scan_got));
    if ('vibrate' in navigator) navigator.vibrate(kShake);
    session.scan(node, text);
  };
  const read_picture = async (file: File | undefined) => {
    if (!file) return;
    set_trouble('none');
    set_got(false);
    const found = await read_file(file, session.read_qr);
    if (found) take(found);
    else set_trouble('not-found');
  };
  const read_chosen = () => {
    const input = picture.current;
    void read_picture(input?.files?.[0]);
    if (input) input.value = '';
  };
  // One that was chosen on the page as it was delivered, before the program had come.
  useEffect(read_chosen, []);
  const use_code = () => {
    const typed = code.current?.value.trim() ?? '';
    if (typed) session.scan(node, typed);
    else code.current?.focus();
  };
  return (
    <section class="scanner" id={element_id(node)} data-node={node.id} aria-labelledby={`${element_id(node)}-name`} tabIndex={-1}
      aria-describedby={described_by(node)}>
      <h2 class="name" id={`${element_id(node)}-name`}><Rich text={node.name} /></h2>
      <Hint node={node} />
      <Mistake node={node} />
      {camera && <Camera stays={stays} againAfter={node.again_after_ms ?? 0} onText={(text) => { if (!stays) set_camera(false); take(text); }}
        onRefused={() => { set_camera(false); set_trouble('no-camera'); }} />}
      {got && <p class="scan-got"><Icon name="success" /><span><Rich text={words.scan_got} /></span></p>}
      {trouble !== 'none' && (
        <p class="mistake" role="alert"><Icon name="warning" /><span><Rich text={trouble === 'no-camera' ? words.scan_no_camera : words.scan_not_found} /></span></p>
      )}
      {/* Where there is nothing else, nobody who comes by turns it off. */}
      {!(camera && only_camera) && (
        <button type="button" class="button" data-importance={camera ? 'secondary' : 'primary'} aria-pressed={camera}
          onClick={() => { set_trouble('none'); set_got(false); set_camera(!camera); }}>
          <Icon name={camera ? 'close' : 'scan'} /><span class="label"><Rich text={camera ? words.scan_stop : words.scan_camera} /></span>
        </button>
      )}
      {offers('picture') && (
        <label class="button file" data-importance="secondary">
          <Icon name="picture" /><span class="label"><Rich text={words.scan_picture} /></span>
          <input ref={picture} type="file" accept="image/*" onChange={read_chosen} />
        </label>
      )}
      {offers('code') && (
        <div class="field" data-kind="text">
          <label class="name" for={code_id}><Rich text={words.scan_code} /></label>
          <input ref={code} id={code_id} type="text" autoCapitalize="characters" autoComplete="off" spellcheck={false} enterkeyhint="go"
            onInput={() => session.hold(node, code.current?.value !== '')}
            onKeyDown={(event) => { if (event.key === 'Enter' && !event.isComposing) use_code(); }} />
          <button type="button" class="button" data-importance="secondary" onClick={use_code}><span class="label"><Rich text={words.scan_code_use} /></span></button>
        </div>
      )}
    </section>
  );
}

async function read_file(file: File, read_qr: (picture: ImageBitmap) => Promise<string | null>): Promise<string | null> {
  let whole: ImageBitmap;
  try {
    whole = await createImageBitmap(file);
  } catch {
    return null;
  }
  const scale = Math.min(1, kPictureSide / Math.max(whole.width, whole.height));
  for (const part of [scale, scale / 2]) {
    const size = { resizeWidth: Math.max(1, Math.round(whole.width * part)), resizeHeight: Math.max(1, Math.round(whole.height * part)) };
    const found = await read_qr(await createImageBitmap(whole, { ...size, resizeQuality: 'medium' }));
    if (found) return found;
  }
  return null;
}
