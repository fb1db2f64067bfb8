// Screens as the core would send them, one for each situation of the design's pictures. Fields at their default are left
// out, as the core leaves them out. w() writes ruby and phrase marks the way the catalogues do: {漢字|かんじ} and |.
export const w = (text) => text.replace(/\{([^|{}]+)\|([^{}]+)\}/g, '\uFFF9$1\uFFFA$2\uFFFB').replaceAll('|', '\u200B');

const heading = (id, name, more = {}) => ({ id, role: 'heading', name: w(name), level: 1, ...more });
const text = (id, name, more = {}) => ({ id, role: 'text', name: w(name), ...more });
const button = (id, name, importance = 'secondary', more = {}) => ({ id, role: 'button', name: w(name), ...(importance === 'secondary' ? {} : { importance }), ...more });
const badge = (id, name, more = {}) => ({ id, role: 'badge', name, ...more });
const option = (value, name, selected = false, more = {}) => ({ value, name: w(name), ...(selected ? { selected } : {}), ...more });
const close = button('back', '閉じる', 'tertiary', { icon: 'close' });
const back = button('back', 'もどる', 'tertiary', { icon: 'back' });
const kRegions = { bar: [], rail: [], main: [], foot: [] };
const citizen = (name, screen) => ({ app: 'citizen', name, revision: 1, language: 'ja', ...kRegions, ...screen });

export const home = citizen('home', {
  title: '日和町',
  bar: [heading('town', '日和町'), button('language', '文字・ことば', 'tertiary', { icon: 'language' })],
  rail: [{
    id: 'places', role: 'tabs', name: '場所', children: [
      { id: 'tab.home', role: 'tab', name: 'ホーム', icon: 'home', state: 'current' }, { id: 'tab.mail', role: 'tab', name: 'お知らせ', icon: 'mail' },
      { id: 'tab.pass', role: 'tab', name: '世帯パス', icon: 'scan' }, { id: 'tab.family', role: 'tab', name: 'わが家', icon: 'people' },
    ],
  }],
  main: [
    {
      id: 'today', role: 'card', name: 'きょう 11月24日（火）', importance: 'primary', children: [{
        id: 'today.list', role: 'list', children: [
          { id: 'report.1', role: 'row', name: 'みおさん 欠席', icon: 'school', interactive: true, children: [badge('report.1.state', '学校が確認しました 7:42', { tone: 'success', icon: 'check' })] },
          { id: 'garbage', role: 'row', name: '燃やすごみ', hint: '朝8時30分までに出します', icon: 'delete', interactive: true },
          { id: 'meeting', role: 'row', name: '面談の希望日', hint: '27日（金）まで', icon: 'edit', children: [button('meeting.answer', '返事をする', 'primary')] },
        ],
      }],
    },
    {
      id: 'services', role: 'group', children: [
        button('absence', '欠席・遅刻', 'secondary', { icon: 'school' }), button('shelter', '避難と安否', 'secondary', { icon: 'home' }),
        button('vaccine', '予防接種', 'secondary', { icon: 'calendar' }), button('benefits', '使える制度', 'secondary', { icon: 'search' }),
        button('papers', '証明書', 'secondary', { icon: 'picture' }), button('ask', '町にきく', 'secondary', { icon: 'help' }),
      ],
    },
    {
      id: 'notices', role: 'group', name: 'お知らせ', children: [{
        id: 'notices.list', role: 'list', children: [
          { id: 'notice.1', role: 'row', name: w('学年だより|12月号が|届きました'), hint: '東小学校・今日 7:10', interactive: true, children: [badge('notice.1.new', '未読', { state: 'new', tone: 'info' })] },
          { id: 'notice.2', role: 'row', name: w('年末の|ごみ収集の|日程'), hint: '環境課・11月20日', interactive: true },
        ],
      }],
    },
  ],
});

export const absence = citizen('absence.form', {
  title: '欠席・遅刻の連絡',
  bar: [back, heading('title', '欠席・遅刻の連絡')],
  main: [
    { id: 'child', role: 'choice', name: 'だれの連絡ですか', kind: 'cards', options: [option('mio', '佐倉 みお', true, { hint: '東小 3年1組' }), option('sora', '佐倉 そら', false, { hint: 'ひより保育園' })] },
    { id: 'what', role: 'choice', name: 'どうしますか', kind: 'single', options: [option('absent', '欠席', true), option('late', '遅刻'), option('early', '早退')] },
    { id: 'day', role: 'field', name: 'いつ', kind: 'date', value: '2026-11-24', minimum: '2026-11-24', maximum: '2026-12-24', options: [option('2026-11-24', '11月24日（火）今日')] },
    { id: 'reason', role: 'choice', name: '理由', kind: 'single', options: [option('cold', 'かぜ・発熱', true), option('belly', 'おなか'), option('injury', 'けが'), option('visit', '通院'), option('infection', '感染症'), option('family', '家の都合'), option('other', 'その他')] },
    { id: 'signs', role: 'choice', name: '症状', hint: 'わかる範囲で', kind: 'multiple', options: [option('cough', 'せき', true), option('head', '頭痛'), option('nose', '鼻水'), option('vomit', '吐き気')] },
    { id: 'fever', role: 'field', name: '体温（℃）', kind: 'number', value: '38.2' },
    { id: 'more', role: 'group', name: '先生に伝えることを書く', collapsed: true, children: [{ id: 'note', role: 'field', name: '先生に伝えること', kind: 'multiline', hint: '200字まで', max_length: 200 }] },
  ],
  foot: [button('send', '学校に送る', 'primary'), text('who', '東小学校の先生だけが読めます')],
});

export const absence_errors = {
  ...absence, revision: 2,
  main: absence.main.map((node) => (node.id === 'reason' ? { ...node, error: w('理由を|えらんでください。'), options: node.options.map(({ selected, ...rest }) => rest) }
    : node.id === 'fever' ? { ...node, value: '82', error: w('体温は|34から43までの|数です。') } : node)),
  foot: [button('send', '学校に送る', 'primary', { disabled: true, hint: '理由をえらぶと送れます' })],
};

const what = {
  id: 'facts', role: 'facts', children: [
    { id: 'f.who', role: 'fact', name: 'だれ', value: '佐倉 みお（3年1組）' }, { id: 'f.when', role: 'fact', name: 'いつ', value: '11月24日（火）欠席' },
    { id: 'f.why', role: 'fact', name: '理由', value: 'かぜ・発熱 38.2℃、せき' },
  ],
};
const step = (id, name, state, value = '', hint = '') => ({ id, role: 'step', name: w(name), state, ...(value ? { value } : {}), ...(hint ? { hint } : {}) });
const steps = (...children) => ({ id: 'steps', role: 'steps', name: '連絡のようす', children });
const sent = (screen) => citizen('absence.report:1', { title: '欠席の連絡', bar: [close, heading('title', '欠席の連絡', { level: 2 })], ...screen });

export const sent_a = sent({
  main: [
    heading('state', 'この端末に|保存しました', { icon: 'phone', tone: 'warning' }),
    text('explained', 'まだ学校には|届いていません。\n電波が|戻ると、|自動で|送ります。'),
    steps(step('s.saved', 'この端末に|保存しました', 'done', '7:38'), step('s.town', '町に送るのを|待っています', 'waiting'), step('s.school', '学校の確認', 'todo')),
    { id: 'call', role: 'alert', tone: 'warning', icon: 'telephone', name: w('8時を|過ぎても|届かないときは、|学校に|電話してください。'), children: [{ id: 'call.link', role: 'link', name: '東小学校 0000-12-3456', href: 'tel:0000123456' }] },
    what,
  ],
  foot: [button('retry', 'もう一度送ってみる', 'primary', { icon: 'retry' }), button('home', 'ホームにもどる', 'tertiary')],
});
export const sent_b = sent({
  main: [
    heading('state', '町に届きました', { icon: 'mail', tone: 'info' }),
    text('explained', '学校は、|まだ見ていません。\n確認されたら|お知らせします。'),
    steps(step('s.saved', 'この端末に|保存しました', 'done', '7:38'), step('s.town', '町に届きました', 'done', '7:38'), step('s.school', '学校は|まだ見ていません', 'waiting')),
    what,
  ],
  foot: [button('home', 'ホームにもどる', 'primary'), button('change', '内容を変える', 'tertiary'), button('cancel', '連絡を取り消す', 'tertiary', { tone: 'danger' })],
});
export const sent_c = sent({
  announce: '学校が確認しました',
  main: [
    heading('state', '学校が|確認しました', { icon: 'school', tone: 'success' }),
    text('explained', 'みおさんの欠席を、\n学校が|7時42分に|確認しました。'),
    steps(step('s.saved', 'この端末に|保存しました', 'done', '7:38'), step('s.town', '町に届きました', 'done', '7:38'), step('s.school', '学校が|確認しました', 'done', '7:42', '担任 田村先生')),
    what,
  ],
  foot: sent_b.foot,
});

export const slip_error = citizen('enrol.expired', {
  title: '登録用紙の読み取り',
  bar: [close, heading('title', '登録用紙の読み取り', { level: 2 })],
  main: [
    heading('state', 'この登録用紙は|期限が|切れています', { icon: 'clock', tone: 'warning' }),
    { id: 'what', role: 'group', name: '起きたこと', children: [text('what.text', '用紙の期限は|11月13日（金）まででした。|まだ登録していません。')] },
    { id: 'next', role: 'group', name: '次にすること', children: [text('next.text', '東小学校に|電話して、|新しい用紙を|たのんでください。|用紙は次の日に、|お子さんが|持って帰ります。')] },
    { id: 'keep', role: 'group', name: 'そのまま使えるもの', tone: 'success', children: [text('keep.text', 'そらさんの登録と、|これまでの連絡は|消えていません。')] },
    text('where', '東小学校 3年1組／用紙番号 E-3F7K-20\n受付時間 平日 8:00〜17:00（電話 0000-12-3456）', { importance: 'tertiary' }),
  ],
  foot: [{ id: 'call', role: 'link', name: '東小学校に電話する', href: 'tel:0000123456', icon: 'telephone', importance: 'primary' }, button('again', '別の用紙を読み取る')],
});

export const absence_easy = citizen('absence.form', {
  language: 'ja-x-easy', title: w('{学校|がっこう}に {連絡|れんらく}します'),
  bar: [back, button('language', 'ふつうの {日本語|にほんご}', 'tertiary')],
  main: [
    heading('title', '{学校|がっこう}に |{連絡|れんらく}します'),
    { id: 'child', role: 'choice', name: w('だれの |ことですか'), kind: 'single', options: [option('mio', 'みおさん', true), option('sora', 'そらさん')] },
    { id: 'what', role: 'choice', name: w('どう |しますか'), kind: 'single', options: [option('absent', '{学校|がっこう}を |{休|やす}みます', true), option('late', '{遅|おく}れて |{行|い}きます'), option('early', '{早|はや}く |{帰|かえ}ります')] },
    { id: 'day', role: 'field', name: 'いつですか', kind: 'date', value: '2026-11-24', options: [option('2026-11-24', '2026{年|ねん}11{月|がつ}24{日|にち}（{火曜日|かようび}）')] },
    { id: 'reason', role: 'choice', name: 'どうしてですか', kind: 'single', options: [option('fever', '{熱|ねつ}が |あります', true), option('belly', 'おなかが |{痛|いた}い'), option('injury', 'けがを |しました'), option('other', 'ほかの |こと')] },
    text('who', '{先生|せんせい}だけが |{読|よ}みます。'),
  ],
  foot: [button('send', '{学校|がっこう}に |{送|おく}ります', 'primary')],
});

const enrol_main = (words) => [
  heading('title', words.title), text('lead', words.lead),
  { id: 'slip', role: 'scanner', name: words.scanner, hint: words.hint },
];
export const enrol = citizen('enrol.scan', {
  title: '学校の登録', bar: [back, heading('bar', '登録', { level: 2 })],
  main: enrol_main({ title: '学校の|登録用紙を|読み取ります', lead: 'お子さんが|持ち帰った|用紙を|用意してください。', scanner: '登録用紙', hint: '用紙は14日間使えます' }),
});
export const enrol_error = { ...enrol, revision: 2, main: enrol.main.map((node) => (node.role === 'scanner' ? { ...node, error: w('この町の|登録用紙では|ありません。') } : node)) };

const cell = (id, name = '', more = {}) => ({ id, role: 'cell', ...(name ? { name } : {}), ...more });
const kinds = { 欠席: 'primary', 遅刻: 'secondary', 早退: 'tertiary' };
const report = (number, name, kana, kind, when, reason, at, seen, more = {}) => {
  const id = `row.${more.class ?? 1}.${number}`;
  return {
    id, role: 'table-row', ...(seen ? {} : { state: 'new' }), children: [
      cell(`${id}.number`, String(number)), cell(`${id}.child`, name, { hint: kana }),
      cell(`${id}.kind`, when, { children: [badge(`${id}.kind.badge`, kind, { importance: kinds[kind] })] }),
      cell(`${id}.reason`, reason, more.detail ? { hint: more.detail } : {}), cell(`${id}.at`, at),
      cell(`${id}.seen`, '', { children: [seen ? badge(`${id}.seen.badge`, seen, { tone: 'success', icon: 'check' }) : badge(`${id}.seen.badge`, '未読', { state: 'new', tone: 'info' })] }),
      cell(`${id}.do`, '', seen ? {} : { children: [button(`${id}.read`, '確認する', more.first ? 'primary' : 'secondary')] }),
    ],
  };
};
const columns = [['number', '番号'], ['child', '児童'], ['kind', '連絡'], ['reason', '理由・症状'], ['at', '受付'], ['seen', '学校の確認']].map(([id, name]) => ({ id, name })).concat({ id: 'do', name: '操作', hidden_name: true });
const tab = (id, name, value, unread) => ({ id: `tab.${id}`, role: 'tab', name, value, ...(unread ? { children: [badge(`tab.${id}.unread`, `未読${unread}`, { state: 'new', tone: 'info' })] } : {}), ...(id === '3' ? { state: 'current' } : {}) });
export const teacher = {
  ...kRegions,
  app: 'desk', name: 'desk.today:3', revision: 7, language: 'ja', title: '東小学校 きょうの連絡',
  bar: [heading('school', '東小学校', { level: 2 }), text('date', '11月24日（火）きょうの連絡'), badge('link', 'つながっています 7:52', { tone: 'success', icon: 'online' }), button('lock', '画面をロック', 'tertiary', { icon: 'lock' })],
  rail: [
    { id: 'grades', role: 'tabs', name: '学年', children: [tab('all', '全校', '14', 5), tab('1', '1年', '2', 1), tab('2', '2年', '3'), tab('3', '3年', '6', 3), tab('4', '4年', '1'), tab('5', '5年', '2', 1), tab('6', '6年', '0')] },
    text('late', '8:15 より後の\n連絡も届きます', { icon: 'clock' }),
  ],
  main: [
    heading('grade', '3年', { hint: '欠席 3　遅刻 2　早退 1' }), badge('unread', '未読 3', { state: 'new', tone: 'info' }),
    {
      id: 'class.1', role: 'group', name: '1組', hint: '在籍31人・担任 田村', children: [{
        id: 'class.1.table', role: 'table', columns, children: [
          report(7, '佐倉 みお', 'さくら みお', '欠席', '', 'かぜ・発熱 38.2℃、せき', '7:38', '7:42 田村'),
          report(12, '野々宮 りく', 'ののみや りく', '遅刻', '9:30ごろ', '通院（歯科）', '7:44', '', { first: true }),
          report(25, '藤代 ひなた', 'ふじしろ ひなた', '早退', '13:00', '家の都合・祖母が迎え', '7:31', '7:36 田村'),
        ],
      }],
    },
    {
      id: 'class.2', role: 'group', name: '2組', hint: '在籍30人・担任 井手', children: [{
        id: 'class.2.table', role: 'table', columns, children: [
          report(3, '榎並 さな', 'えなみ さな', '欠席', '', 'インフルエンザA', '7:49', '', { class: 2, detail: '出席停止・早くて27日に登校' }),
          report(18, '長峰 ゆうと', 'ながみね ゆうと', '欠席', '', 'おなか・吐き気', '7:51', '', { class: 2 }),
          report(22, 'マリア・サントス', 'まりあ さんとす', '遅刻', '8:50ごろ', '寝坊', '7:40', '7:45 井手', { class: 2 }),
        ],
      }],
    },
  ],
};

const kDays = Array.from({ length: 30 }, (_, at) => ({ id: `day-${at + 1}`, name: `${at + 1}\n${'日月火水木金土'[at % 7]}`, open: at % 7 !== 0 && at % 7 !== 6 }));
const kSums = ['授業日数', '停止・忌引等', '出席しなければならない日数', '欠席', '出席', '遅刻', '早退'].map((name, at) => ({ id: `sum-${at}`, name }));
/** A month of a class: a sheet, printed on A4 across. */
export const register = {
  ...kRegions,
  app: 'desk', name: 'desk.register', revision: 3, language: 'ja', title: '3年1組 2026年11月の出席簿',
  bar: teacher.bar, rail: teacher.rail,
  main: [
    heading('heading', '3年1組 2026年11月の出席簿'),
    { id: 'month', role: 'group', name: '', children: [button('month.previous', '前の月')] },
    text('lessons', '授業日数 19日'),
    {
      id: 'sheet', role: 'table', kind: 'sheet', name: '3年1組', columns: [{ id: 'number', name: '番号' }, { id: 'pupil', name: '児童' }, ...kDays, ...kSums],
      children: Array.from({ length: 35 }, (_, row) => ({
        id: `row-${row}`, role: 'table-row', name: '', children: [
          { id: `n-${row}`, role: 'cell', name: `${row + 1}` }, { id: `p-${row}`, role: 'cell', name: row === 6 ? '𠮷岡 そら' : '佐倉 みお' },
          ...kDays.map((day, at) => ({ id: `d-${row}-${at}`, role: 'cell', name: day.open && (row * 31 + at * 7) % 23 === 0 ? '病' : '', ...(day.open ? {} : { tone: 'info' }) })),
          ...kSums.map((sum, at) => ({ id: `s-${row}-${at}`, role: 'cell', name: `${[19, 0, 19, 1, 18, 0, 0][at]}` })),
        ],
      })),
    },
    text('legend', '病＝病気やけが　事＝ほかの理由　欠＝連絡なし　停＝出席停止　忌＝忌引　遅＝遅刻　早＝早退'),
    { id: 'outputs', role: 'group', name: '', children: [button('print', '印刷する'), button('save.csv', 'CSVで保存'), button('save.pdf', 'PDFで保存')] },
  ],
};

const kFinder = (x, y) => { const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3)); return ring !== 2 && ring <= 3; };
/** Looks like a symbol of 25 modules; it is not one. */
const matrix = Array.from({ length: 625 }, (_, at) => {
  const [x, y] = [at % 25, Math.floor(at / 25)];
  if (x < 8 && y < 8) return kFinder(x, y);
  if (x > 16 && y < 8) return kFinder(x - 18, y);
  if (x < 8 && y > 16) return kFinder(x, y - 18);
  return (x * 7 + y * 13 + x * y * 3) % 5 < 2;
}).map((dark) => (dark ? '1' : '0')).join('');
/** The roles and states that no other screen has. */
export const others = {
  ...kRegions,
  app: 'citizen', name: 'others', revision: 1, language: 'en', title: 'Other widgets',
  bar: [button('back', 'Back', 'tertiary', { icon: 'back' }), heading('title', 'Other widgets')],
  main: [
    { id: 'tabs', role: 'tabs', name: 'Parts', children: [{ id: 't1', role: 'tab', name: 'Slips', state: 'current' }, { id: 't2', role: 'tab', name: 'Devices', value: '3' }] },
    ...['info', 'success', 'warning', 'danger'].map((tone) => ({ id: `a.${tone}`, role: 'alert', tone, name: `The school has seen this. (${tone})` })),
    { id: 'pair', role: 'qr', name: 'Scan this with the other tablet', hint: 'H7K2-93QD', value: 'x', matrix },
    { id: 'load', role: 'progress', name: 'Reading the class list', value: '40' }, { id: 'wait', role: 'progress', name: 'Waiting for the hub' },
    { id: 'nothing', role: 'empty', name: 'Reports of the last 30 days will be listed here.', icon: 'school', children: [button('first', 'Report an absence', 'primary')] },
    { id: 'names', role: 'field', name: 'Your name', kind: 'text', value: '', required: true, hint: 'As the school knows it' },
    { id: 'code', role: 'field', name: 'Code', kind: 'code', value: 'H7K2' }, { id: 'tel', role: 'field', name: 'Telephone', kind: 'telephone' },
    { id: 'time', role: 'field', name: 'Time', kind: 'time', value: '09:30' }, { id: 'off', role: 'field', name: 'Locked field', kind: 'text', value: 'Sakura', disabled: true, hint: 'The school changes this' },
    { id: 'class', role: 'choice', name: 'Class', kind: 'single', options: Array.from({ length: 12 }, (_, at) => option(String(at), `Class ${at + 1}`, at === 2)) },
    { id: 'fail', role: 'steps', name: 'Steps', children: [step('x1', 'Saved on this phone', 'done', '7:38'), step('x2', 'Not accepted', 'failed', '7:39', 'Ask the school for a new slip')] },
    { id: 'list', role: 'file', name: 'Choose the file', value: '.csv,text/csv', hint: 'UTF-8 and Shift_JIS are read.' },
    { id: 'paper', role: 'photo', name: 'Photo of a paper', hint: 'Only the school sees it.', options: [option('take', 'Take a photo'), option('choose', 'Choose a photo')] },
    { id: 'paper.sent', role: 'photo', name: 'Photo that was sent', hint: 'A doctor’s note', value: 'ab12', error: 'This file is not a photo.', options: [option('remove', 'Remove the photo'), option('zoom', 'Enlarge')] },
    badge('stale', '12 minutes old', { state: 'stale', tone: 'warning' }),
    button('busy', 'Sending', 'primary', { busy: true }), button('remove', 'Remove this phone', 'secondary', { tone: 'danger' }), button('no', 'Not today', 'secondary', { disabled: true, hint: 'School is closed' }),
  ],
};

/** Enrolment slips as the desk prints them, more than one page of them; the symbol has as many modules as a real one. */
const kDense = Array.from({ length: 69 * 69 }, (_, at) => ((at * 2654435761) >>> 13) % 2).join('');
const kNames = ['佐倉 みお', '野々宮 りく', '長宗我部 ひなたのすけ', 'マリア・クリスティーナ・サントス・オリヴェイラ', '𠮷川 はる'];
export const slips = {
  ...kRegions,
  app: 'desk', name: 'desk.sheets', revision: 1, language: 'ja', title: '3年1組の登録用紙',
  bar: [text('school', '日和町立東小学校')],
  main: [
    heading('heading', '3年1組の|登録用紙'), text('how', 'A4の紙1枚に|8人分を|印刷します。|切って、|一人ずつ|渡してください。'),
    button('sheets.print', '印刷する', 'primary'),
    {
      id: 'papers', role: 'group', name: '印刷する用紙', children: Array.from({ length: 10 }, (_, at) => ({
        id: `paper.${at}`, role: 'card', name: `3年1組 ${at + 1}番　${kNames[at % kNames.length]}`, children: [
          text(`school.${at}`, '日和町立東小学校|欠席連絡の|登録用紙'),
          { id: `symbol.${at}`, role: 'qr', name: '3F7K-20AB-CDEF-GH12', value: 'x', matrix: kDense },
          text(`step1.${at}`, '1. スマホのカメラで|右のコードを|読みます。'), text(`step2.${at}`, '2. お子さんの生年月日と|電話番号の下4けたを|入れます。'),
          text(`step3.${at}`, '3. 「登録できました」と|出たら、|終わりです。'),
          text(`easy.${at}`, 'カメラで よんで ください。やすむ れんらくが できます。'), text(`english.${at}`, 'Scan this code to report absences to the school.'),
          text(`until.${at}`, '12月8日（火）まで。|読めないときは、|この上の番号を|入れます。'),
        ],
      })),
    },
  ],
};

/** The household pass of eight people, as the phone prints it. */
export const pass_card = {
  ...kRegions,
  app: 'citizen', name: 'household.pass', revision: 1, language: 'ja', title: '世帯パス',
  bar: [heading('title', '世帯パス')],
  main: [
    {
      id: 'symbol', role: 'qr', name: '避難所の受付で見せてください。', value: 'x', matrix: kDense,
      options: [{ ...option('full', '画面いっぱいに見せる'), hint: '画面の明るさを最大にしてください。' }, option('small', '元の大きさに戻す')],
    },
    text('made', '2026年11月22日に確かめた内容です。'),
    { id: 'people', role: 'facts', name: '家族', children: ['さくら ゆうこ', 'さくら けんいちろう', 'さくら みお', 'さくら そら', 'さくら はなこ', 'ちょうそかべ ひなたのすけ', 'マリア・クリスティーナ・オリヴェイラ', 'さくら うめ']
      .map((name, at) => ({ id: `who:${at}`, role: 'fact', name, value: `${8 + 9 * at}歳` })) },
    text('private', '中身は、|町の避難所の|端末だけが|読めます。'),
  ],
  foot: [button('print', '印刷する', 'primary')],
};

/** What an attacker may put into names: it must stay text. */
export const hostile = {
  ...others, name: 'hostile', bar: [heading('title', '<img src=x onerror=alert(1)>')],
  main: [text('t', '"><script>document.title="broken"</script>'), { id: 'l', role: 'link', name: 'x', href: 'javascript:document.title="broken"' }],
};

/** Headquarters' map: eight places of an invented town, in every state that there is. */
const place = (id, name, people, latitude, longitude, word, tone, state) => ({
  id: `shelter.${id}`, role: 'row', name, hint: people, interactive: true, href: `geo:${latitude},${longitude}`, ...(tone && { tone }), ...(state && { state }),
  children: [badge(`state.${id}`, word, { ...(tone && { tone }) })],
});
export const hq_map = {
  ...kRegions,
  app: 'desk', name: 'desk.shelter.hq', revision: 1, language: 'ja', title: '避難所の一覧',
  main: [
    heading('heading', '避難所の一覧'),
    { id: 'show', role: 'choice', kind: 'single', name: '見せ方', options: [option('table', '表'), option('map', '地図', true)] },
    {
      id: 'map', role: 'list', kind: 'map', name: '避難所の地図', hint: '上が北です。地図の番号は、一覧の番号と同じです。',
      options: [option('in', '地図を大きくする'), option('out', '地図を小さくする')],
      children: [
        place('1', '日和川公民館', '46 / 60人', 34.8602, 138.3155, '38分前・古い', 'warning', 'stale'),
        place('2', '南中学校', '180 / 180人', 34.8571, 138.3302, '満員', 'danger'),
        place('3', '町民センター', '141 / 160人', 34.8669, 138.3217, '混んでいます', 'warning'),
        place('4', '東小体育館', '90 / 150人', 34.8685, 138.3391, '開設中', 'success'),
        place('5', '西小体育館', '82 / 200人', 34.8667, 138.3049, '開設中', 'success'),
        place('6', '北部コミュニティ館', '38 / 80人', 34.8774, 138.3208, '開設中', 'success'),
        place('7', '福祉センター', '14 / 30人', 34.8672, 138.3221, '開設中', 'success'),
        place('8', 'みなみ台集会所', '0人', 34.8541, 138.3121, '閉鎖中'),
      ],
    },
  ],
};
