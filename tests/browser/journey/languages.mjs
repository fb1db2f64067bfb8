// Japanese, easy Japanese with furigana, English, and back, on phone and desk; every screen of the journey in each.
import assert from 'node:assert/strict';
import { test } from 'node:test';

export function languages(stage) {
  const tongues = [
    { tag: 'ja-x-easy', lang: 'ja', word: /れんらく/ },
    { tag: 'en', lang: 'en', word: /Report/i },
    { tag: 'ja', lang: 'ja', word: /連絡する/ },
  ];
  for (const { tag, lang, word } of tongues) {
    test(`a phone in ${tag}`, async () => {
      const { mother: phone } = stage;
      await phone.press('language');
      await phone.at('language');
      await phone.choose('languages', tag);
      await phone.page.waitForFunction((wanted) => document.documentElement.lang === wanted[0] && document.documentElement.hasAttribute('data-easy') === wanted[1],
        [lang, tag === 'ja-x-easy']);
      await phone.look(`language-${tag}`);
      await phone.press('tab.home');
      await phone.at('home');
      await phone.sees('report', word);
      assert.equal(await phone.page.locator('ruby rt').count() > 0, tag === 'ja-x-easy', 'furigana in easy Japanese, and only there');
      await phone.look(`home-${tag}`);
      await phone.press('report');
      await phone.at('absence.form');
      await phone.look(`form-${tag}`);
      await phone.press('back');
      await phone.at('home');
      await phone.touch(phone.nodes('report:').first());
      await phone.at('absence.sent');
      await phone.look(`read-${tag}`);
      await phone.press('home');
      await phone.at('home');
      await phone.press('scan');
      await phone.at('slip.scan');
      await phone.look(`scan-${tag}`);
      await phone.press('back');
      await phone.at('home');
    });

    test(`a desk in ${tag}`, async () => {
      const { desk } = stage;
      await desk.press('page.language');
      await desk.at('desk.language');
      await desk.choose('language', tag);
      await desk.page.waitForFunction((wanted) => document.documentElement.lang === wanted[0] && document.documentElement.hasAttribute('data-easy') === wanted[1],
        [lang, tag === 'ja-x-easy']);
      await desk.look(`language-${tag}`);
      for (const page of ['applications', 'slips', 'devices']) {
        await desk.press(`page.${page}`);
        await desk.at(`desk.${page}`);
        await desk.look(`${page}-${tag}`);
      }
      await desk.press('page.slips');
      await desk.at('desk.slips');
      await desk.touch(desk.nodes('pupil.').first());
      await desk.at('desk.pupil');
      await desk.look(`pupil-${tag}`);
      await desk.press('back');
      await desk.at('desk.slips');
      await desk.press('grade.all');
      await desk.at('desk.today');
      await desk.look(`day-${tag}`);
    });
  }
}
