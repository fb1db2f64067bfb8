// A camera in a hand before a sheet that is hard to read: twelve frames, in each the hand, the focus and the lamp's glare a
// little elsewhere, the sheet's own damage where it was. What single frames give beside what the scan over them gives.
import { dice, render, sheet_of } from './renderer.mjs';

const kFrames = 12;
const kScans = Number(process.env['MACHIKADO_SCANS'] ?? 8);

const kScenes = {
  damage: { sheet: { damage: 0.17 }, seen: (roll) => ({ blur: 0.7 + 0.8 * roll() }) },
  glare: { sheet: {}, seen: (roll) => ({ blur: 0.7, glares: [{ x: 0.35 + 0.3 * roll(), y: 0.3 + 0.4 * roll(), radius: 110, power: 1.5 }] }) },
  spots: { sheet: {}, seen: (roll) => ({ blur: 0.6, glares: Array.from({ length: 6 }, () => ({ x: 0.3 + 0.4 * roll(), y: 0.25 + 0.5 * roll(), radius: 15 + 18 * roll(), power: 1.6, edge: 3 })) }) },
  blur: { sheet: {}, seen: (roll) => ({ blur: 1.9 + 1.6 * roll(), noise: 4 }) },
  motion: { sheet: {}, seen: (roll) => ({ blur: 0.8, motion: 3 + 9 * roll(), motion_turn: 3.14 * roll() }) },
  dark: { sheet: {}, seen: (roll) => ({ blur: 0.9, contrast: 0.05 + 0.05 * roll(), floor: 0.1, noise: 6 }) },
};

export function moving_camera(ours, seed) {
  return Object.entries(kScenes).map(([kind, scene]) => {
    const out = { kind, frames: { right: 0, all: 0 }, scans: { right: 0, all: 0 }, needed: 0, wrong: 0, lost: 0, later: 0 };
    for (let scan = 0; scan < kScans; scan += 1) {
      const roll = dice(seed * 131 + scan * 17 + kind.length * 1009);
      const says = `HTTPS://MACHIKADO.EXAMPLE/S/${kind.toUpperCase()}/${scan}/${'0123456789ABCDEF'.repeat(3)}`;
      const sheet = sheet_of(ours.write(says), { seed: seed * 977 + scan, ...scene.sheet });
      const hand = { side: 270 + 60 * roll(), turn: roll() - 0.5, tilt: 0.4 * roll(), lean: 6.28 * roll(), x: 0.5, y: 0.5 };
      ours.begin();
      let found = 0, alone_from = 0;
      for (let at = 0; at < kFrames; at += 1) {
        hand.x += 0.02 * (roll() - 0.5); hand.y += 0.02 * (roll() - 0.5); hand.turn += 0.05 * (roll() - 0.5); hand.tilt += 0.05 * (roll() - 0.5); hand.side *= 1 + 0.03 * (roll() - 0.5);
        const frame = render(sheet, { seed: seed + scan * 100 + at, noise: 2.5, ...hand, ...scene.seen(roll) });
        const alone = ours.alone(frame);
        out.frames.all += 1;
        if (alone === says) { out.frames.right += 1; alone_from ||= at + 1; }
        if (alone !== null && alone !== says) out.wrong += 1;
        if (found) continue;
        const text = ours.frame(frame.grey, frame.width, frame.height);
        if (text === says) found = at + 1;
        else if (text !== null) out.wrong += 1;
      }
      out.scans.all += 1;
      // One of its frames is read by itself: the scan must have read it too, if not always at that very frame.
      if (alone_from && !found) out.lost += 1;
      if (alone_from && found > alone_from) out.later += 1;
      if (found) { out.scans.right += 1; out.needed += found; }
    }
    out.needed /= Math.max(1, out.scans.right);
    return out;
  });
}
