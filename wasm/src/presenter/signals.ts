// A moment worth a sound or a tremble. Silent before the first touch of the page, and wherever the device says no.
let audio: AudioContext | null = null;

/** Browsers give sound only to a page that was touched. */
export function allow_sound() {
  const prepare = () => {
    try {
      audio ??= new AudioContext();
      void audio.resume().catch(() => undefined);
    } catch {
      audio = null;
    }
  };
  addEventListener('pointerdown', prepare, { once: true, capture: true });
  addEventListener('keydown', prepare, { once: true, capture: true });
}

function note(context: AudioContext, pitch: number, after: number) {
  const tone = context.createOscillator();
  const loudness = context.createGain();
  const start = context.currentTime + after;
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(0.08, start + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0008, start + 0.4);
  tone.connect(loudness).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.45);
}

export function signal(kind: string | undefined) {
  const touched = navigator.userActivation?.hasBeenActive ?? audio !== null;
  if (!touched) return;
  if (kind === 'new-row' && audio?.state === 'running') {
    note(audio, 659, 0);
    note(audio, 880, 0.14);
  }
  if (kind === 'sent' || kind === 'new-row') navigator.vibrate?.(kind === 'sent' ? 60 : [40, 60, 40]);
}
