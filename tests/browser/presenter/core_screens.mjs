// The screens that the core itself makes: a tour of every screen of both apps and a walk from a seed, each in every
// language. They come from tests/journeys (screens_test, parenting_screens_test, support_screens_test, shelter_screens_test, notice_screens_test, wander_test): MACHI_TESTS names the folder of those programs, else
// ./dev's own; MACHI_SCREENS a folder of screens that are there already.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const kTests = path.resolve(process.env['MACHI_TESTS'] ?? path.join(import.meta.dirname, '../../../build/tests'));
const kTours = ['screens_test', 'parenting_screens_test', 'support_screens_test', 'shelter_screens_test', 'plans_screens_test', 'notice_screens_test'];
const kRoot = path.join(import.meta.dirname, '../../..');

async function made_by(programs) {
  const folder = await mkdtemp(path.join(tmpdir(), 'core-screens-'));
  const options = { env: { ...process.env, MACHIKADO_SCREENS: folder }, cwd: kRoot, maxBuffer: 1 << 26 };
  for (const [program, filter] of programs) await promisify(execFile)(path.join(kTests, program), [`--gtest_filter=${filter}`], options);
  return folder;
}

/**
 * [{ name, app, tag, tour, screen }], sorted by name. `tour`: the name under which the tour keeps a screen ("home.offline"),
 * or '' for one of the walk. With `only`, the tour in that language.
 */
export async function core_screens(only = '') {
  const given = process.env['MACHI_SCREENS'];
  const folder = given ?? await made_by(only ? kTours.map((program) => [program, `*/${only.replaceAll('-', '')}`]) : [...kTours, 'wander_test'].map((program) => [program, '*']));
  const out = [];
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.json')).sort()) {
    const screen = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
    const start = `tour-${screen.language}-`;
    const tour = name.startsWith(start) ? name.slice(start.length, -5) : '';
    if (!only || (tour && screen.language === only)) out.push({ name: name.slice(0, -5), app: screen.app, tag: screen.language, tour, screen });
  }
  if (!given) await rm(folder, { recursive: true });
  return out;
}
