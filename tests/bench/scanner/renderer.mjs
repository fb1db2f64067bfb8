// Draws a symbol as a camera sees it, from a seed: a sheet or a screen in space, bent, torn, cracked, lit badly, out of
// focus, in motion, with the sensor's noise. Nothing is random beyond the seed. Lengths are in modules on the sheet and in
// pixels in the picture.

/** Numbers from 0 to 1 (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
const between = (roll, low, high) => low + (high - low) * roll();
/** About normal, of width 1. */
const normal = (roll) => (roll() + roll() + roll() + roll() + roll() + roll() - 3) * 1.414;

const kQuiet = 4;

/** What is on the sheet itself, and stays there in each frame. */
export function sheet_of(modules, { seed, damage = 0, cracks = 0 }) {
  const size = Math.round(Math.sqrt(modules.length));
  const roll = dice(seed);
  const wide = size + 2 * kQuiet;
  const stains = [];
  // Scratches and torn or soiled places, `damage` being about the share of the symbol that is lost.
  let area = damage * size * size;
  while (area > 0) {
    if (roll() < 0.5) {
      const radius = between(roll, 0.6, Math.max(1, size / 11));
      stains.push({ kind: 'blot', x: between(roll, kQuiet, wide - kQuiet), y: between(roll, kQuiet, wide - kQuiet), radius, light: roll() < 0.5 ? 0.08 : 0.9, wobble: roll() * 7 });
      area -= Math.PI * radius * radius;
    } else {
      const x = between(roll, kQuiet, wide - kQuiet), y = between(roll, kQuiet, wide - kQuiet), turn = roll() * Math.PI, long = between(roll, size / 4, size), half = between(roll, 0.12, 0.45);
      stains.push({ kind: 'line', x, y, dx: Math.cos(turn), dy: Math.sin(turn), long, half, light: roll() < 0.7 ? 0.92 : 0.1 });
      area -= long * half * 2;
    }
  }
  // A cracked glass: rays from one place and arcs around it; what lies beyond a ray is seen a little displaced.
  const rays = [];
  const hit = { x: between(roll, 0, wide), y: between(roll, 0, wide) };
  for (let at = 0; at < cracks; at += 1) rays.push({ turn: (at + 0.7 * roll()) / cracks * 2 * Math.PI, bend: between(roll, -0.02, 0.02), half: between(roll, 0.05, 0.22), dx: between(roll, -0.25, 0.25), dy: between(roll, -0.25, 0.25) });
  rays.sort((one, other) => one.turn - other.turn);

  /** Light that the sheet gives back, 0 to 1, at a place on it. */
  return { wide, size, light(x, y) {
    if (rays.length > 0) {
      const far = Math.hypot(x - hit.x, y - hit.y);
      let turn = Math.atan2(y - hit.y, x - hit.x);
      if (turn < 0) turn += 2 * Math.PI;
      let shard = rays[rays.length - 1];
      for (const ray of rays) {
        const edge = ray.turn + ray.bend * far * 0.3;
        if (Math.abs(Math.sin(turn - edge)) * far < ray.half && Math.cos(turn - edge) > 0) return 0.75;
        if (edge <= turn) shard = ray;
      }
      x += shard.dx; y += shard.dy;
    }
    for (const stain of stains) {
      const dx = x - stain.x, dy = y - stain.y;
      if (stain.kind === 'blot') {
        const reach = stain.radius * (1 + 0.25 * Math.sin(3 * Math.atan2(dy, dx) + stain.wobble));
        if (dx * dx + dy * dy < reach * reach) return stain.light;
      } else if (Math.abs(dx * stain.dy - dy * stain.dx) < stain.half && Math.abs(dx * stain.dx + dy * stain.dy) < stain.long / 2) return stain.light;
    }
    const column = Math.floor(x - kQuiet), row = Math.floor(y - kQuiet);
    if (x < 0 || y < 0 || x >= wide || y >= wide) return 0.45 + 0.1 * Math.sin(x * 0.9) * Math.cos(y * 1.3);
    if (column < 0 || row < 0 || column >= size || row >= size) return 0.93;
    return modules[row * size + column] === '1' ? 0.07 : 0.93;
  } };
}

/**
 * A grey picture of the sheet. `side`: pixels that the symbol with its border takes when seen from the front. `turn`, `tilt`
 * (radians), `lean` (direction of the tilt), `bend` (radians of a cylinder that the sheet goes around), `blur` and `motion`
 * (pixels), `shade` (0 to 1: how dark the darker side is), `glares` ({x, y, radius, power} in parts of the picture), `noise`
 * (grey levels), `contrast`.
 */
export function render(sheet, { seed, width = 640, height = 480, side, turn = 0, tilt = 0, lean = 0, bend = 0, x = 0.5, y = 0.5, blur = 0, motion = 0, motion_turn = 0,
  shade = 0, shade_turn = 0, glares = [], noise = 2, contrast = 1, floor = 0 }) {
  const roll = dice(seed ^ 0x5bd1e995);
  const distance = 2.6 * side;  // of the camera: a hand's length for a card
  const cosine = Math.cos(tilt), sine = Math.sin(tilt), cl = Math.cos(lean), sl = Math.sin(lean), ct = Math.cos(turn), st = Math.sin(turn);
  // The sheet's plane, by its two directions in space, the tilt being about the direction `lean`.
  const place = (px, py) => {
    const a = px * cl + py * sl, b = -px * sl + py * cl;
    return [a * cl - b * cosine * sl, a * sl + b * cosine * cl, b * sine];
  };
  const ex = place(ct, st), ey = place(-st, ct);
  const normal_to = [ex[1] * ey[2] - ex[2] * ey[1], ex[2] * ey[0] - ex[0] * ey[2], ex[0] * ey[1] - ex[1] * ey[0]];
  const per_module = side / sheet.wide;
  const radius = bend > 0 ? side / bend : 0;
  const raw = new Float32Array(width * height);
  const kTaps = 2;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let sum = 0;
      for (let tap = 0; tap < kTaps * kTaps; tap += 1) {
        const sx = column + ((tap % kTaps) + 0.5) / kTaps - x * width, sy = row + (Math.floor(tap / kTaps) + 0.5) / kTaps - y * height;
        // From the camera at (0, 0, -distance) through the picture's plane to the sheet.
        const reach = -(normal_to[2] * -distance) / (normal_to[0] * sx + normal_to[1] * sy + normal_to[2] * distance);
        const px = sx * reach, py = sy * reach, pz = -distance + distance * reach;
        let u = px * ex[0] + py * ex[1] + pz * ex[2];
        let v = px * ey[0] + py * ey[1] + pz * ey[2];
        if (radius > 0) {  // around a cylinder whose axis is the sheet's height; nearer in the middle
          const part = u / radius;
          if (Math.abs(part) >= 1) { sum += 0.4; continue; }
          const turned = Math.asin(part);
          v *= 1 + (1 - Math.cos(turned)) * radius / distance;
          u = turned * radius;
        }
        sum += sheet.light(u / per_module + sheet.wide / 2, v / per_module + sheet.wide / 2);
      }
      raw[row * width + column] = sum / (kTaps * kTaps);
    }
  }
  const seen = motion > 0 ? smeared(raw, width, height, motion, motion_turn) : raw;
  const soft = blur > 0 ? blurred(seen, width, height, blur) : seen;
  const grey = new Uint8Array(width * height);
  const hx = Math.cos(shade_turn), hy = Math.sin(shade_turn);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const along = 0.5 + ((column / width - 0.5) * hx + (row / height - 0.5) * hy);
      let light = (floor + soft[row * width + column] * contrast) * (1 - shade * Math.min(1, Math.max(0, along)));
      for (const glare of glares) {
        const dx = column - glare.x * width, dy = row - glare.y * height;
        light += glare.power * Math.exp(-(((dx * dx + dy * dy) / (glare.radius * glare.radius)) ** (glare.edge ?? 1)));
      }
      grey[row * width + column] = Math.max(0, Math.min(255, Math.round(light * 235 + noise * normal(roll))));
    }
  }
  return { grey, width, height };
}

function blurred(from, width, height, sigma) {
  const reach = Math.ceil(3 * sigma);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const pass = (source, step, limit, index) => {
    const out = new Float32Array(source.length);
    for (let at = 0; at < source.length; at += 1) {
      const here = index(at);
      let sum = 0;
      for (let tap = -reach; tap <= reach; tap += 1) sum += weights[tap + reach] * source[at + step * (Math.max(0, Math.min(limit - 1, here + tap)) - here)];
      out[at] = sum / total;
    }
    return out;
  };
  return pass(pass(from, 1, width, (at) => at % width), width, height, (at) => Math.floor(at / width));
}

function smeared(from, width, height, long, turn) {
  const steps = Math.max(2, Math.ceil(long));
  const out = new Float32Array(from.length);
  for (let step = 0; step < steps; step += 1) {
    const dx = Math.round((step / (steps - 1) - 0.5) * long * Math.cos(turn)), dy = Math.round((step / (steps - 1) - 0.5) * long * Math.sin(turn));
    for (let row = 0; row < height; row += 1) {
      const line = Math.max(0, Math.min(height - 1, row + dy)) * width;
      for (let column = 0; column < width; column += 1) out[row * width + column] += from[line + Math.max(0, Math.min(width - 1, column + dx))];
    }
  }
  return out.map((sum) => sum / steps);
}

/** RGBA, as a canvas gives it. */
export function picture_of({ grey, width, height }) {
  const data = new Uint8ClampedArray(grey.length * 4);
  for (let at = 0; at < grey.length; at += 1) {
    data[4 * at] = data[4 * at + 1] = data[4 * at + 2] = grey[at];
    data[4 * at + 3] = 255;
  }
  return { data, width, height };
}

const spread = (roll) => ({ turn: between(roll, -0.5, 0.5), x: between(roll, 0.45, 0.55), y: between(roll, 0.45, 0.55), shade: between(roll, 0, 0.3), shade_turn: roll() * 6.28 });

/** The kinds of trouble: a name, what is wrong with the sheet, and how it is seen. */
export const kTroubles = {
  plain: { seen: (roll) => ({ ...spread(roll), side: between(roll, 230, 380), blur: between(roll, 0.4, 0.8) }) },
  damage: { sheet: (roll) => ({ damage: between(roll, 0.06, 0.2) }), seen: (roll) => ({ ...spread(roll), side: between(roll, 260, 400), blur: 0.6 }) },
  crack: { sheet: (roll) => ({ cracks: 4 + Math.floor(roll() * 7) }), seen: (roll) => ({ ...spread(roll), side: between(roll, 280, 420), blur: 0.6 }) },
  glare: { seen: (roll) => ({ ...spread(roll), side: between(roll, 280, 420), blur: 0.6, glares: [{ x: between(roll, 0.35, 0.65), y: between(roll, 0.3, 0.7), radius: between(roll, 40, 130), power: between(roll, 0.7, 1.6) }] }) },
  spots: { seen: (roll) => ({ ...spread(roll), side: between(roll, 280, 420), blur: 0.6,
    glares: Array.from({ length: 3 + Math.floor(roll() * 5) }, () => ({ x: between(roll, 0.25, 0.75), y: between(roll, 0.2, 0.8), radius: between(roll, 12, 34), power: between(roll, 1, 2), edge: 3 })) }) },
  curve: { seen: (roll) => ({ ...spread(roll), side: between(roll, 300, 400), blur: 0.6, bend: between(roll, 0.9, 2.2), tilt: between(roll, 0, 0.4), lean: roll() * 6.28 }) },
  blur: { seen: (roll) => ({ ...spread(roll), side: between(roll, 220, 360), blur: between(roll, 1.6, 3.2), noise: 3 }) },
  motion: { seen: (roll) => ({ ...spread(roll), side: between(roll, 260, 400), blur: 0.6, motion: between(roll, 4, 10), motion_turn: roll() * 3.14 }) },
  tilt: { seen: (roll) => ({ ...spread(roll), side: between(roll, 300, 420), blur: 0.6, tilt: between(roll, 0.7, 1.15), lean: roll() * 6.28, turn: roll() * 6.28 }) },
  dark: { seen: (roll) => ({ ...spread(roll), side: between(roll, 260, 400), blur: 0.8, contrast: between(roll, 0.07, 0.2), floor: between(roll, 0.03, 0.3), noise: between(roll, 2, 5), shade: between(roll, 0.2, 0.6) }) },
};

/** One picture of a kind of trouble. */
export function hard_picture(kind, seed, modules) {
  const roll = dice(seed);
  const trouble = kTroubles[kind];
  const sheet = sheet_of(modules, { seed, ...trouble.sheet?.(roll) });
  return render(sheet, { seed, ...trouble.seen(roll) });
}
