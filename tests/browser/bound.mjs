// No test may hang: one that takes longer than MACHI_BOUND seconds is named, and its file ends there. (The runner's own
// limit is a whole file's, and does not say which test it was.) For `node --import ./bound.mjs --test`.
import { afterEach, beforeEach } from 'node:test';

const kSeconds = Number(process.env['MACHI_BOUND'] ?? 400);
const running = new Map();

beforeEach((context) => {
  running.set(context.name, setTimeout(() => {
    console.error(`not ok: "${context.name}" takes longer than ${kSeconds} s`);
    process.exit(1);
  }, kSeconds * 1000));
});
afterEach((context) => {
  clearTimeout(running.get(context.name));
  running.delete(context.name);
});
