// The presenter in a real browser, fed with written screens: rules of accessibility, reflow, focus, drafts, the IME, history.
// Screenshots of every screen go to the folder named by SCREENSHOTS (else a new temporary one), to be looked at.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { kPhone, kTablet, open_browser, open_page } from './browser.mjs';
import { open_gallery } from './gallery.mjs';
import * as screens from './screens.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const kScreens = Object.keys(screens).filter((name) => typeof screens[name] === 'object' && name !== 'hostile');
let gallery;
let browser;
let folder;

before(async () => {
  gallery = await open_gallery();
  browser = await open_browser();
  folder = process.env['SCREENSHOTS'] ?? await mkdtemp(path.join(tmpdir(), 'screens-'));
  console.log(`# screenshots: ${folder}`);
});
after(async () => {
  await browser?.close();
  gallery?.close();
});

async function page_at(screen, options = kPhone) {
  const page = await open_page(browser, options);
  await page.goto(`${gallery.url}?screen=${screen}`);
  await page.waitForFunction(() => document.querySelector('.screen'));
  return page;
}
const show = (page, screen, seen = 0) => page.evaluate(([next, number]) => window.gallery.show(next, number), [screen, seen]);
const sent = (page) => page.evaluate(() => window.gallery.sent.map(({ action }) => action));
const focused = (page) => page.evaluate(() => document.activeElement?.id ?? '');

test('a sheet is printed on A4 across, its heading row on every page, without what paper cannot press', async () => {
  const page = await page_at('register', kTablet);
  const file = path.join(folder, 'register.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true });
  await page.context().close();
  const facts = execFileSync('pdfinfo', ['-f', '1', '-l', '9', file]).toString();
  const text = execFileSync('pdftotext', ['-layout', file, '-']).toString();
  const sheets = Number(/Pages:\s+(\d+)/.exec(facts)[1]);
  assert.equal(facts.match(/size:\s+84[12]\S* x 59[45]\S* pts/g)?.length, sheets, 'every page is across');
  assert.ok(sheets <= 2, `${sheets} pages for one class`);
  assert.equal(text.match(/氏名|児童/g).length, sheets);
  assert.equal(text.match(/佐倉 ?みお/g).length, 34);
  assert.ok(text.includes('早退'));
  assert.ok(!text.includes('CSVで保存'));
});

describe('every screen', () => {
  for (const [look, options] of Object.entries({
    'phone-light': { ...kPhone, colorScheme: 'light' }, 'phone-dark': { ...kPhone, colorScheme: 'dark' },
    'tablet-light': { ...kTablet, colorScheme: 'light' }, 'tablet-dark': { ...kTablet, colorScheme: 'dark' },
  })) {
    test(`has no violation that axe knows of: ${look}`, async () => {
      const page = await page_at('home', { ...options, reducedMotion: 'reduce', bypassCSP: true });
      await page.addScriptTag({ path: axe });
      for (const name of kScreens) {
        await show(page, name);
        await page.screenshot({ path: path.join(folder, `${name}-${look}.png`) });
        const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), [], `${name} ${look}`);
      }
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    });
  }

  for (const [what, options, scale] of [['at 320 px', { viewport: { width: 320, height: 640 } }, '100%'], ['with text at 200 %', { viewport: { width: 390, height: 844 } }, '200%'], ['at 768 px', { viewport: { width: 768, height: 1024 } }, '100%'], ['at 600 px with text at 150 %', { viewport: { width: 600, height: 800 } }, '150%']]) {
    test(`needs no sideways scrolling ${what}, and hides nothing`, async () => {
      const page = await page_at('home', options);
      for (const name of kScreens) {
        await show(page, name);
        await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, scale);
        const wide = await page.evaluate(() => {
          const limit = document.documentElement.clientWidth + 1;
          return [...document.querySelectorAll('.screen *')].filter((element) => !element.closest('.tabs, .sheet, .unseen, thead, svg') && element.getBoundingClientRect().right > limit).map((element) => element.outerHTML.slice(0, 90));
        });
        assert.deepEqual(wide, [], name);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), name);
        await page.screenshot({ path: path.join(folder, `${name}-${what.replace(/\W+/g, '-')}.png`), fullPage: true });
      }
      await page.context().close();
    });
  }

  test('has targets of 48 px, and none lies on another', async () => {
    for (const options of [kPhone, kTablet]) {
      const page = await page_at('home', options);
      for (const name of kScreens) {
        await show(page, name);
        const small = await page.evaluate(() => [...document.querySelectorAll('button, a[href], .option, .day, .field > input, textarea, select, summary, .file')]
          .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 80) }))
          .filter(({ box }) => box.width > 0 && (box.height < 47.5 || box.width < 47.5)).map(({ html, box }) => `${box.width}x${box.height} ${html}`));
        assert.deepEqual(small, [], name);
      }
      await page.context().close();
    }
  });

  test('has its words in forced colours too', async () => {
    const page = await page_at('home', { ...kPhone, forcedColors: 'active' });
    for (const name of kScreens) {
      await show(page, name);
      await page.screenshot({ path: path.join(folder, `${name}-forced.png`) });
    }
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.qr-light') ?? document.body).fill), 'rgb(0, 0, 0)');
    await show(page, 'others');
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.qr-light')).fill), 'rgb(255, 255, 255)');
    await page.context().close();
  });

  test('does not move when less motion is asked for', async () => {
    const page = await page_at('teacher', { ...kTablet, reducedMotion: 'reduce' });
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    await page.context().close();
  });

  test('keeps what is written by people as text', async () => {
    const page = await page_at('hostile');
    assert.equal(await page.title(), 'Other widgets');
    assert.equal(await page.locator('img, .main script').count(), 0);
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
    await page.context().close();
  });
});

describe('Japanese', () => {
  test('breaks only between phrases that the core marked', async () => {
    const page = await page_at('slip_error', { viewport: { width: 330, height: 800 } });
    const lines = await page.evaluate(() => {
      const heading = document.querySelector('h1');
      const range = document.createRange();
      const rows = new Map();
      const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.length; at += 1) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const top = Math.round(range.getBoundingClientRect().top);
          rows.set(top, (rows.get(top) ?? '') + node.data[at]);
        }
      }
      return [...rows.values()];
    });
    assert.ok(lines.length > 1);
    const phrases = ['この登録用紙は', '期限が', '切れています'];
    for (const line of lines) assert.ok(phrases.some((phrase) => line.endsWith(phrase)), line);
    await page.context().close();
  });

  test('has ruby of at least 12 px, and titles without it', async () => {
    const page = await page_at('absence_easy');
    assert.ok(await page.evaluate(() => [...document.querySelectorAll('rt')].every((rt) => parseFloat(getComputedStyle(rt).fontSize) >= 12)));
    assert.equal(await page.title(), '学校に 連絡します');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ja');
    await page.context().close();
  });
});

describe('what a person does', () => {
  test('a press names screen, revision, node and version', async () => {
    const page = await page_at('sent_b');
    await page.getByRole('button', { name: '連絡を取り消す' }).click();
    assert.deepEqual(await sent(page), [{ screen: 'absence.report:1', revision: 1, node: 'cancel', version: '', action: 'press', value: '', values: [] }]);
    await page.context().close();
  });

  test('a button beside a row says which row it is about', async () => {
    const page = await page_at('home');
    const described = await page.getByRole('button', { name: '返事をする' }).getAttribute('aria-describedby');
    assert.match(await page.evaluate((ids) => ids.split(' ').map((id) => document.getElementById(id)?.textContent).join(' '), described), /面談の希望日/);
    await page.context().close();
  });

  test('a disabled button can be reached and says why, and does nothing', async () => {
    const page = await page_at('absence_errors');
    const send = page.getByRole('button', { name: '学校に送る' });
    await send.focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(page), []);
    assert.equal(await send.getAttribute('aria-disabled'), 'true');
    assert.match(await page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent), /理由をえらぶと/);
    await page.context().close();
  });

  test('a choice is shown at once and stays through an older screen', async () => {
    const page = await page_at('absence');
    await page.getByRole('radio', { name: '遅刻' }).check();
    assert.ok(await page.getByRole('radio', { name: '遅刻' }).isChecked());
    await show(page, { ...screens.absence, revision: 2 }, 0);
    assert.ok(await page.getByRole('radio', { name: '遅刻' }).isChecked());
    await show(page, { ...screens.absence, revision: 3 }, 1);
    assert.ok(await page.getByRole('radio', { name: '欠席', exact: true }).isChecked(), 'the core has answered: its word counts');
    await page.getByRole('checkbox', { name: '頭痛' }).check();
    assert.deepEqual((await sent(page)).at(-1).values, ['cough', 'head']);
    await page.context().close();
  });

  test('the keyboard alone fills in a choice', async () => {
    const page = await page_at('absence');
    await page.getByRole('radio', { name: '欠席', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    assert.equal((await sent(page)).at(-1).value, 'late');
    await page.context().close();
  });

  test('a draft survives redraws with focus and caret, and is sent before a press', async () => {
    const page = await page_at('absence');
    const fever = page.getByLabel('体温（℃）');
    await fever.fill('37.95');
    await fever.evaluate((input) => input.setSelectionRange(2, 2));
    await show(page, { ...screens.absence, revision: 2, foot: [...screens.absence.foot].reverse() }, 0);
    assert.equal(await fever.inputValue(), '37.95');
    assert.equal(await focused(page), 'n-fever');
    assert.equal(await fever.evaluate((input) => input.selectionStart), 2);
    await page.evaluate(() => document.getElementById('n-send').dispatchEvent(new MouseEvent('click', { bubbles: true })));
    assert.deepEqual((await sent(page)).map(({ action, node, value }) => [action, node, value]), [['enter', 'fever', '37.95'], ['press', 'send', '']]);
    await show(page, { ...screens.absence, revision: 3, main: screens.absence.main.map((node) => (node.id === 'fever' ? { ...node, value: '38' } : node)) }, 2);
    assert.equal(await fever.inputValue(), '38', 'what the core made of it');
    await page.context().close();
  });

  test('an IME composition is never overwritten, and its Enter sends nothing', async () => {
    const page = await page_at('others', { ...kPhone });
    const name = page.getByLabel('Your name');
    await name.focus();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Input.imeSetComposition', { text: 'さくら', selectionStart: 3, selectionEnd: 3 });
    await show(page, { ...screens.others, revision: 2, main: screens.others.main.map((node) => (node.id === 'names' ? { ...node, value: 'X' } : node)) }, 0);
    assert.equal(await name.inputValue(), 'さくら');
    await name.evaluate((input) => input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, isComposing: true })));
    assert.deepEqual(await sent(page), []);
    await devtools.send('Input.insertText', { text: '佐倉' });
    await page.keyboard.press('Enter');
    assert.deepEqual((await sent(page)).map(({ action, value }) => [action, value]), [['enter', '佐倉']]);
    await page.context().close();
  });

  test('the date is said in words and changed by the native picker', async () => {
    const page = await page_at('absence');
    assert.match(await page.locator('.day-words').textContent(), /11月24日（火）今日/);
    await page.locator('#n-day').fill('2026-11-25');
    await page.locator('#n-day').dispatchEvent('change');
    assert.deepEqual((await sent(page)).map(({ node, value }) => [node, value])[0], ['day', '2026-11-25']);
    await show(page, { ...screens.absence, revision: 2, main: screens.absence.main.map((node) => (node.id === 'day' ? { ...node, value: '2026-11-25' } : node)) }, 1);
    assert.match(await page.locator('.day-words').textContent(), /11月25日（水）/);
    await page.context().close();
  });

  test('errors are counted at the top, take the focus after a press, and lead to their fields', async () => {
    const page = await page_at('absence');
    await page.getByRole('button', { name: '学校に送る' }).click();
    await show(page, 'absence_errors', 1);
    assert.equal(await focused(page), 'error-summary');
    assert.match(await page.locator('#error-summary h2').textContent(), /2つ/);
    await page.getByRole('button', { name: '体温は34から43までの数です。' }).click();
    assert.equal(await focused(page), 'n-fever');
    assert.match(await page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent), /34から43/);
    await page.context().close();
  });

  test('an error met while typing does not pull the focus away', async () => {
    const page = await page_at('absence');
    await page.getByLabel('体温（℃）').fill('82');
    await page.getByRole('radio', { name: 'おなか' }).focus();
    await show(page, 'absence_errors', 1);
    assert.notEqual(await focused(page), 'error-summary');
    await page.context().close();
  });

  test('the typed code of a slip is sent as a scan', async () => {
    const page = await page_at('enrol');
    await page.getByLabel('コードを打ち込む').fill('H7K2 93QD 4M5N 8P0R');
    await page.keyboard.press('Enter');
    assert.deepEqual((await sent(page)).map(({ action, node, value }) => [action, node, value]), [['scan', 'slip', 'H7K2 93QD 4M5N 8P0R']]);
    await page.context().close();
  });

  for (const refused of [false, true]) {
    test(`the light of a camera is on ${refused ? 'only when the camera did it' : 'and off by its button'}`, async () => {
      const page = await page_at('enrol');
      await page.evaluate((no) => {
        const stream = document.createElement('canvas').captureStream(5);
        const track = stream.getVideoTracks()[0];
        let torch = false;
        track.getCapabilities = () => ({ torch: true });
        track.getSettings = () => ({ torch });
        track.applyConstraints = async ({ advanced: [set] }) => {
          if (no) throw new DOMException('no', 'OverconstrainedError');
          torch = set.torch;
        };
        navigator.mediaDevices.getUserMedia = async () => stream;
      }, refused);
      await page.getByRole('button', { name: 'カメラで読み取る' }).click();
      const light = page.locator('.camera-more button').first();
      await light.click();
      await page.waitForTimeout(200);
      assert.equal(await light.getAttribute('aria-pressed'), refused ? 'false' : 'true');
      if (!refused) {
        await light.click();
        await page.locator('.camera-more button[aria-pressed="false"]').waitFor();
      }
      await page.context().close();
    });
  }

  test('a scanner offers the ways that the core names, and one that stays looks by itself', async () => {
    const page = await page_at('enrol');
    await page.evaluate(() => { navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream(5); });
    await page.evaluate(() => {
      const scanner = { id: 'door', role: 'scanner', name: 'カメラ', stays: true, again_after_ms: 8000, options: [{ value: 'camera', name: 'カメラ' }] };
      window.gallery.show({ app: 'desk', name: 'desk.shelter.self', revision: 9, title: 'x', language: 'ja', bar: [], rail: [], main: [{ id: 'h', role: 'heading', name: 'x', level: 1 }, scanner], foot: [] }, 0);
    });
    await page.locator('.scanner video').waitFor();
    assert.equal(await page.locator('.scanner input').count(), 0);
    await page.context().close();
  });

  test('a refused camera is said, with what to do instead', async () => {
    const page = await page_at('enrol');
    await page.getByRole('button', { name: 'カメラで読み取る' }).click();
    await page.getByRole('alert').waitFor();
    assert.match(await page.getByRole('alert').textContent(), /写真か/);
    await page.context().close();
  });
});

describe('where the focus goes', () => {
  test('to the heading of a new screen, or where the screen says', async () => {
    const page = await page_at('home');
    await show(page, 'sent_a');
    assert.equal(await focused(page), 'n-state');
    await show(page, { ...screens.absence, focus: 'reason' });
    assert.equal(await page.evaluate(() => document.activeElement.value), 'cold');
    await page.context().close();
  });

  test('to the row whose button has done its work', async () => {
    const page = await page_at('teacher', kTablet);
    await page.locator('#n-row\\.1\\.12\\.read').focus();
    const table = (group) => ({ ...group, children: group.children.map((each) => ({ ...each, children: each.children.map((row) => (row.id === 'row.1.12' ? { ...row, state: 'none', children: row.children.map((cell) => (cell.id === 'row.1.12.do' ? { id: cell.id, role: 'cell' } : cell)) } : row)) })) });
    await show(page, { ...screens.teacher, revision: 8, main: screens.teacher.main.map((node) => (node.role === 'group' ? table(node) : node)) });
    assert.ok(await page.evaluate(() => document.activeElement.closest('tr')?.id === 'n-row.1.12'));
    await page.context().close();
  });

  test('nowhere else: a row that arrives moves neither focus nor identity', async () => {
    const page = await page_at('teacher', kTablet);
    const button = page.locator('#n-row\\.1\\.12\\.read');
    await button.focus();
    await page.evaluate(() => { document.activeElement.marked = true; });
    const more = structuredClone(screens.teacher);
    more.revision = 8;
    const rows = more.main[2].children[0].children;
    rows.unshift({ ...structuredClone(rows[0]), id: 'row.1.2', children: rows[0].children.map((cell) => ({ ...structuredClone(cell), id: cell.id.replace('.7', '.2'), children: [] })) });
    await show(page, more);
    assert.equal(await focused(page), 'n-row.1.12.read');
    assert.ok(await page.evaluate(() => document.activeElement.marked === true));
    await page.context().close();
  });
});

describe("the browser's back button", () => {
  test('asks the core, and follows where it leads', async () => {
    const page = await page_at('home');
    await show(page, 'absence');
    await page.waitForFunction(() => history.state.depth === 1);
    await page.goBack();
    assert.deepEqual((await sent(page)).map(({ action, node, screen }) => [action, node, screen]), [['back', 'back', 'absence.form']]);
    await show(page, 'home', 1);
    assert.equal(await page.evaluate(() => history.state.depth), 0);
    await page.context().close();
  });

  test('is undone when the core stays where it is', async () => {
    const page = await page_at('home');
    await show(page, 'absence');
    await page.waitForFunction(() => history.state.depth === 1);
    await page.goBack();
    await show(page, { ...screens.absence, revision: 2 }, 1);
    await page.waitForFunction(() => history.state.depth === 1);
    await page.context().close();
  });

  test("follows the app's own way back", async () => {
    const page = await page_at('home');
    await show(page, 'absence');
    await show(page, 'sent_a');
    await page.waitForFunction(() => history.state.depth === 2);
    await show(page, 'home');
    await page.waitForFunction(() => history.state.depth === 0);
    assert.deepEqual(await sent(page), []);
    await page.context().close();
  });
});
