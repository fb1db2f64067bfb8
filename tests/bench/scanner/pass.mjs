// The pass of eight people (tests/data/household/pass.txt) as a phone shows it or a card bears it, 60 mm wide, before a
// tablet's camera of 720p at arm's length: 60 mm are about 330 pixels where the camera sees 23 cm across. Single frames, each
// reader in turn.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dice, picture_of, render, sheet_of } from './renderer.mjs';

const kEach = Number(process.env['MACHIKADO_PASSES'] ?? 12);
const kWidth = 1280, kHeight = 720;

const kSeen = {
  'sharp': () => ({}),
  'blurred (1.2 to 2 px)': (roll) => ({ blur: 1.2 + 0.8 * roll() }),
  'tilted (25 to 45 degrees)': (roll) => ({ tilt: 0.44 + 0.35 * roll(), lean: 6.28 * roll() }),
  'cracked glass': () => ({}),
  'scratched card (3 to 6 %)': () => ({}),
  'glare': (roll) => ({ glares: [{ x: 0.45 + 0.1 * roll(), y: 0.4 + 0.2 * roll(), radius: 60 + 30 * roll(), power: 1.1 }] }),
  'dim light': (roll) => ({ contrast: 0.2 + 0.1 * roll(), floor: 0.05, noise: 4 }),
  'further away (240 px)': () => ({ side: 240 }),
  'cracked, blurred, tilted': (roll) => ({ blur: 1.1, tilt: 0.35 * roll(), lean: 6.28 * roll() }),
};

export async function pass_on_a_phone(all, seed) {
  const lines = readFileSync(path.join(import.meta.dirname, '../../data/household/pass.txt'), 'utf8').split('\n');
  const says = lines.map((line) => /MH1:\S.*$/.exec(line)?.[0]).filter(Boolean).sort((one, other) => other.length - one.length)[0];
  const modules = all[0].write(says);
  const out = [];
  for (const [kind, seen] of Object.entries(kSeen)) {
    const row = { kind, right: all.map(() => 0), each: kEach };
    for (let at = 0; at < kEach; at += 1) {
      const roll = dice(seed * 37 + at * 101 + kind.length);
      const sheet = sheet_of(modules, { seed: seed + at * 7, cracks: kind.startsWith('cracked') ? 4 + at % 5 : 0, damage: kind.startsWith('scratched') ? 0.03 + 0.03 * roll() : 0 });
      const picture = picture_of(render(sheet, { seed: seed + at, width: kWidth, height: kHeight, side: 330 + 20 * roll(), turn: 0.6 * (roll() - 0.5), blur: 0.7, shade: 0.2 * roll(), noise: 2.5, ...seen(roll) }));
      for (const [place, engine] of all.entries()) if (await engine.read(picture) === says) row.right[place] += 1;
    }
    out.push(row);
  }
  return out;
}
