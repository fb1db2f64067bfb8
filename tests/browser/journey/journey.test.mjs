// The journeys of a family and a school in real browsers, against a real hub and real sites. In order, in one town: what a
// journey leaves behind is what the next one finds. Screenshots go to the folder named by MACHI_SHOTS (else a temporary
// one), to be looked at.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { open_browser } from '../presenter/browser.mjs';
import { guest } from './guest.mjs';
import { keyboard } from './keyboard.mjs';
import { languages } from './languages.mjs';
import { morning } from './morning.mjs';
import { network } from './network.mjs';
import { photo } from './photo.mjs';
import { record } from './record.mjs';
import { secrecy } from './secrecy.mjs';
import { slips } from './slips.mjs';
import { Town } from './town.mjs';
import { troubles } from './troubles.mjs';

/** What the journeys share; `mother` and `desk` are devices from the first journey on. */
const stage = { town: null, browser: null, shots: '', desk: null, mother: null };

before(async () => {
  stage.shots = process.env['MACHI_SHOTS'] ?? mkdtempSync(path.join(tmpdir(), 'journey-shots-'));
  mkdirSync(stage.shots, { recursive: true });
  console.log(`# screenshots: ${stage.shots}`);
  [stage.town, stage.browser] = await Promise.all([Town.open(), open_browser()]);
});
after(async () => {
  await stage.browser?.close();
  await stage.town?.close();
});

describe('a morning with a fever', () => morning(stage));
describe('a network that is cut', () => network(stage));
describe('the keyboard alone', () => keyboard(stage));
describe('three languages', () => languages(stage));
describe('a slip', () => slips(stage));
describe('trouble', () => troubles(stage));
describe('a photo of a paper', () => photo(stage));
describe('the end of a school\'s day', () => record(stage));
describe('a PC for today only', () => guest(stage));
describe('what the town does not know', () => secrecy(stage));
