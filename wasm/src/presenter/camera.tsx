// The camera of a scanner: its picture, a light and another camera where the device has them, focus where one taps. Each new
// frame goes to the scanner's worker, one at a time (session.read_qr), until one says something. Stops when it is not shown.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons';
import { Rich } from './rich';
import { use_session } from './stage';

/** Where the browser does not tell of new frames, ms between two looks. */
const kBetween = 40;

/** What was read last, by whichever scanner: a symbol that is still held up is not read again at once. */
let last = { text: '', at: -Infinity };

/** What some cameras can do besides; no library of types knows it. */
interface Extras { torch?: boolean; focusMode?: string[]; pointsOfInterest?: unknown }
type ExtraSet = MediaTrackConstraintSet & { torch?: boolean; focusMode?: string; pointsOfInterest?: { x: number; y: number }[] };
const extras_of = (track: MediaStreamTrack | undefined): Extras => ('getCapabilities' in MediaStreamTrack.prototype && track ? track.getCapabilities() as Extras : {});
/** Whether it did as it was asked; what lies in `advanced` may be passed over in silence, so its settings are looked at where they tell. */
const ask_for = (track: MediaStreamTrack, set: ExtraSet): Promise<boolean> => track.applyConstraints({ advanced: [set] }).then(() => {
  const is = track.getSettings() as { torch?: boolean };
  return set.torch === undefined || is.torch === undefined || is.torch === set.torch;
}, () => false);

/** The next frame that has not been seen, or some time. */
function next_frame(view: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in view) {
      const late = setTimeout(resolve, 500);  // a camera that has stopped gives none
      view.requestVideoFrameCallback(() => { clearTimeout(late); resolve(); });
    } else {
      setTimeout(resolve, kBetween);
    }
  });
}

/** The frame as the camera gave it, else drawn. */
const picture_of = (view: HTMLVideoElement): Promise<VideoFrame | ImageBitmap> =>
  'VideoFrame' in globalThis ? Promise.resolve(new VideoFrame(view)) : createImageBitmap(view);

/** One that stays goes on after what was read; the same text counts again when it was not seen for `againAfter` ms. */
export function Camera({ stays, againAfter, onText, onRefused }:
    { stays: boolean; againAfter: number; onText: (text: string) => void; onRefused: () => void }) {
  const session = use_session();
  const words = session.words;
  const video = useRef<HTMLVideoElement>(null);
  const track = useRef<MediaStreamTrack | undefined>(undefined);
  const [extras, set_extras] = useState<Extras>({});
  const [cameras, set_cameras] = useState<string[]>([]);
  const [chosen, set_chosen] = useState<string | null>(null);
  const [light, set_light] = useState(false);
  const listeners = useRef({ onText, onRefused });
  useLayoutEffect(() => { listeners.current = { onText, onRefused }; });
  useEffect(() => {
    let running = true;
    let stream: MediaStream | null = null;
    const stop = () => {
      running = false;
      for (const one of stream?.getTracks() ?? []) one.stop();
    };
    const look = async (view: HTMLVideoElement) => {
      let first = true;
      while (running) {
        await next_frame(view);
        if (!running || view.readyState < 2 || document.hidden) {
          await new Promise((resolve) => setTimeout(resolve, kBetween));
          continue;
        }
        const found = await picture_of(view).then((picture) => session.read_qr(picture, first ? 'first' : 'next')).catch(() => null);
        first = false;
        if (!found || !running) continue;
        const now = performance.now();
        const same = found === last.text && now - last.at < againAfter;
        last = { text: found, at: now };
        if (same) continue;
        running = stays;
        listeners.current.onText(found);
      }
    };
    const open = async () => {
      try {
        const which = chosen ? { deviceId: { exact: chosen } } : { facingMode: 'environment' };
        stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } });
        const view = video.current;
        if (!running || !view) return stop();
        track.current = stream.getVideoTracks()[0];
        set_extras(extras_of(track.current));
        set_light(false);
        view.srcObject = stream;
        await view.play();
        void look(view);
        const all = await navigator.mediaDevices.enumerateDevices();
        if (running) set_cameras(all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId).map(({ deviceId }) => deviceId));
      } catch {
        if (running) listeners.current.onRefused();
      }
    };
    void open();
    return stop;
  }, [session, chosen, stays, againAfter]);

  const focus_at = (event: MouseEvent) => {
    const view = video.current;
    if (!view || !track.current || !extras.pointsOfInterest || !extras.focusMode?.includes('single-shot')) return;
    const box = view.getBoundingClientRect();
    const point = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    void ask_for(track.current, { pointsOfInterest: [point], focusMode: 'single-shot' });
  };
  /** "On" is said of a light that is on. */
  const turn_light = async () => {
    const camera = track.current;
    if (!camera) return;
    const done = await ask_for(camera, { torch: !light });
    if (done && camera === track.current) set_light(!light);
  };
  const other_camera = () => {
    const now = track.current?.getSettings().deviceId ?? '';
    set_chosen(cameras[(cameras.indexOf(now) + 1) % cameras.length] ?? null);
  };
  return (
    <div class="camera">
      <video ref={video} muted playsInline aria-hidden="true" onClick={focus_at} />
      <span class="camera-frame" aria-hidden="true" />
      <p role="status"><Rich text={words.scan_aim} /></p>
      {(extras.torch || cameras.length > 1) && (
        <div class="camera-more">
          {extras.torch && <button type="button" class="button" data-importance="secondary" aria-pressed={light} onClick={() => void turn_light()}>
            <span class="label"><Rich text={words.scan_light} /></span>
          </button>}
          {cameras.length > 1 && <button type="button" class="button" data-importance="secondary" onClick={other_camera}>
            <Icon name="camera" /><span class="label"><Rich text={words.scan_other} /></span>
          </button>}
        </div>
      )}
    </div>
  );
}
