// The few words that belong to the browser and not to the core: the camera's buttons, a second tab, a new version.
// They stand in assets/words/*.po as "page.…". Japanese and English are here from the start; another language's come as a
// file once it is chosen (page/tongues.ts), and until then English speaks for it. Everything else on a screen comes
// resolved from core/words.
import english from 'words:en';
import japanese from 'words:ja';

/** Sentences by key without its "page.", each as its plural forms. */
export type Entries = Record<string, string[]>;

const kCategories: Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** The form for n, of forms that stand in the order of CLDR's categories as Plural-Forms has them. */
function form_for(forms: string[], language: string, n: number): string {
  const rule = new Intl.PluralRules(language);
  const known = kCategories.filter((category) => rule.resolvedOptions().pluralCategories.includes(category));
  const place = known.indexOf(rule.select(n));
  return (known.length === forms.length ? forms[place] : place === known.length - 1 ? forms.at(-1) : forms[place]) ?? forms[0] ?? '';
}

function make(language: string, own: Entries) {
  const entries: Entries = { ...japanese, ...(language.startsWith('ja') ? {} : english), ...own };
  const say = (key: string) => entries[key]?.[0] ?? '';
  return {
    errors: (count: number) => form_for(entries['errors'] ?? [], own['errors'] ? language : 'en', count).replace('{n}', String(count)),
    actions: say('actions'),
    menu: say('menu'),
    change_date: say('change-date'),
    choose_date: say('choose-date'),
    state: { done: say('state.done'), waiting: say('state.waiting'), todo: say('state.todo'), failed: say('state.failed') },
    scan_camera: say('scan.camera'),
    scan_stop: say('scan.stop'),
    scan_picture: say('scan.picture'),
    scan_code: say('scan.code'),
    scan_code_use: say('scan.code-use'),
    scan_aim: say('scan.aim'),
    scan_got: say('scan.got'),
    scan_light: say('scan.light'),
    scan_other: say('scan.other'),
    scan_no_camera: say('scan.no-camera'),
    scan_not_found: say('scan.not-found'),
    loading: say('loading'),
    update_ready: say('update.ready'),
    update_now: say('update.now'),
    coming_title: say('coming.title'),
    coming_text: say('coming.text'),
    coming_home: say('coming.home'),
    busy_title: say('busy.title'),
    busy_text: say('busy.text'),
    use_here: say('busy.use-here'),
    refused_title: say('refused.title'),
    refused_text: say('refused.text'),
    refused_next: say('refused.next'),
    refused_call: say('refused.call'),
    try_again: say('try-again'),
    unreachable_title: say('unreachable.title'),
    unreachable_text: say('unreachable.text'),
    install_title: say('install.title'),
    install_why: say('install.why'),
    install_steps: [say('install.step1'), say('install.step2'), say('install.step3')],
    install_steps_name: say('install.steps'),
    install_here: say('install.here'),
    install_here_hint: say('install.here-hint'),
    what: say('what'),
    next: say('next'),
  };
}

export type Words = ReturnType<typeof make>;

const spoken = new Map<string, Words>([['ja', make('ja', japanese)], ['en', make('en', english)]]);

/** The product's language for a screen's or a device's tag, as core/words language_for has it. */
export function tongue_of(language: string | undefined): string {
  if (!language || language === 'ja-x-easy') return language || 'ja';
  const first = language.split('-')[0]!;
  if (first === 'zh') return /-(Hant|TW|HK|MO)\b/.test(language) ? 'zh-Hant' : 'zh-Hans';
  return { tl: 'fil', in: 'id' }[first] ?? first;
}

/** The words for a language tag; of one that has not come yet, English, for easy Japanese Japanese. */
export function words_for(language: string | undefined): Words {
  const tag = tongue_of(language);
  return spoken.get(tag) ?? spoken.get(tag.startsWith('ja') ? 'ja' : 'en')!;
}

export const has_words = (language: string | undefined) => spoken.has(tongue_of(language));

export function take_words(tag: string, entries: Entries) {
  spoken.set(tag, make(tag, entries));
}
