// The few words that belong to the browser and not to the core: the camera's buttons, a second tab, a new version.
// Everything else on a screen comes resolved from core/words. Ruby and phrase marks are written as the core writes them.
const kPhrase = '\u200B';
const ruby = (base: string, reading: string) => `\uFFF9${base}\uFFFA${reading}\uFFFB`;
const phrases = (...parts: string[]) => parts.join(kPhrase);

export interface Words {
  errors(count: number): string;
  actions: string;
  menu: string;
  change_date: string;
  choose_date: string;
  state: { done: string; waiting: string; todo: string; failed: string };
  scan_camera: string;
  scan_stop: string;
  scan_picture: string;
  scan_code: string;
  scan_code_use: string;
  scan_aim: string;
  scan_no_camera: string;
  scan_not_found: string;
  loading: string;
  update_ready: string;
  update_now: string;
  busy_title: string;
  busy_text: string;
  use_here: string;
  refused_title: string;
  refused_text: string;
  refused_next: string;
  refused_call: string;
  try_again: string;
  unreachable_title: string;
  unreachable_text: string;
  install_title: string;
  install_why: string;
  install_steps: readonly [string, string, string];
  install_steps_name: string;
  install_here: string;
  install_here_hint: string;
  what: string;
  next: string;
}

const japanese: Words = {
  errors: (n) => phrases(`直すところが${n}つ`, 'あります'),
  actions: '操作',
  menu: 'メニュー',
  change_date: '日を変える',
  choose_date: '日を選ぶ',
  state: { done: '済み', waiting: '待っています', todo: 'これから', failed: 'できませんでした' },
  scan_camera: phrases('カメラで', '読み取る'),
  scan_stop: 'カメラを止める',
  scan_picture: phrases('写真から', '読み取る'),
  scan_code: phrases('コードを', '打ち込む'),
  scan_code_use: phrases('このコードで', '進む'),
  scan_aim: phrases('四角の中に', 'QRコードを', '入れてください'),
  scan_no_camera: phrases('カメラを', '使えません。', '写真か', 'コードを', '使ってください。'),
  scan_not_found: phrases('この写真からは', '読み取れませんでした。', '明るい所で、', 'まっすぐ', '撮ってください。'),
  loading: '準備しています',
  update_ready: phrases('新しい版が', '届いています'),
  update_now: '新しくする',
  busy_title: phrases('別の画面で', '開いています'),
  busy_text: phrases('このアプリは、', '一つの画面だけで', '使えます。'),
  use_here: 'ここで使う',
  refused_title: phrases('このブラウザでは', '使えません'),
  refused_text: phrases('連絡を', '端末に保存できません。', '何も送っていません。'),
  refused_next: phrases('ブラウザを', '新しくするか、', 'プライベートモードを', 'やめて', '開いてください。'),
  refused_call: phrases('急ぐときは、', '学校に', '電話してください。'),
  try_again: 'もう一度開く',
  unreachable_title: phrases('まだ', '開けません'),
  unreachable_text: phrases('はじめて開くときは、', 'インターネットが', '必要です。', 'つながる所で、', 'もう一度', '開いてください。'),
  install_title: phrases('先に', 'ホーム画面へ', '追加してください'),
  install_why: phrases('iPhoneでは、', 'Safariで登録すると、', 'しばらく', '使わないうちに', '消えることが', 'あります。'),
  install_steps: [
    phrases('共有ボタンから', '「ホーム画面に追加」を', '選ぶ'),
    phrases('ホーム画面の', '「まちかど」を', '開く'),
    phrases('登録用紙を', 'もう一度', '読み取るか、', 'コードを', '打ち込む'),
  ],
  install_steps_name: '手順',
  install_here: phrases('このまま', 'Safariで', '使う'),
  install_here_hint: phrases('7日のあいだ', '開かないと、', '登録が', '消えることが', 'あります。'),
  what: '起きたこと',
  next: '次にすること',
};

const easy: Words = {
  errors: (n) => `${n}つ ${ruby('直', 'なお')}して ください`,
  actions: 'ボタン',
  menu: 'メニュー',
  change_date: `${ruby('日', 'ひ')}を ${ruby('変', 'か')}えます`,
  choose_date: `${ruby('日', 'ひ')}を ${ruby('選', 'えら')}びます`,
  state: { done: 'できました', waiting: `${ruby('待', 'ま')}って います`, todo: 'これから', failed: 'できませんでした' },
  scan_camera: `カメラで ${ruby('読', 'よ')}みます`,
  scan_stop: `カメラを ${ruby('止', 'と')}めます`,
  scan_picture: `${ruby('写真', 'しゃしん')}から ${ruby('読', 'よ')}みます`,
  scan_code: `コードを ${ruby('書', 'か')}きます`,
  scan_code_use: `この コードを ${ruby('使', 'つか')}います`,
  scan_aim: `${ruby('四角', 'しかく')}の ${ruby('中', 'なか')}に QRコードを ${ruby('入', 'い')}れて ください`,
  scan_no_camera: `カメラを ${ruby('使', 'つか')}えません。${kPhrase}${ruby('写真', 'しゃしん')}か コードを ${ruby('使', 'つか')}って ください。`,
  scan_not_found: `${ruby('写真', 'しゃしん')}を ${ruby('読', 'よ')}めませんでした。${kPhrase}${ruby('明', 'あか')}るい ところで もう ${ruby('一度', 'いちど')} とって ください。`,
  loading: `${ruby('準備', 'じゅんび')}して います`,
  update_ready: `${ruby('新', 'あたら')}しい アプリが あります`,
  update_now: `${ruby('新', 'あたら')}しく します`,
  busy_title: `ほかの ${ruby('画面', 'がめん')}で ${ruby('開', 'あ')}いて います`,
  busy_text: `${ruby('一', 'ひと')}つの ${ruby('画面', 'がめん')}だけで ${ruby('使', 'つか')}えます。`,
  use_here: `ここで ${ruby('使', 'つか')}います`,
  refused_title: `この ブラウザでは ${ruby('使', 'つか')}えません`,
  refused_text: `${ruby('何', 'なに')}も ${ruby('送', 'おく')}って いません。`,
  refused_next: `${ruby('新', 'あたら')}しい ブラウザで ${ruby('開', 'あ')}いて ください。`,
  refused_call: `${ruby('急', 'いそ')}ぐときは、${kPhrase}${ruby('学校', 'がっこう')}に ${ruby('電話', 'でんわ')}して ください。`,
  try_again: `もう ${ruby('一度', 'いちど')} ${ruby('開', 'あ')}きます`,
  unreachable_title: `まだ ${ruby('開', 'あ')}きません`,
  unreachable_text: `${ruby('最初', 'さいしょ')}は インターネットが ${ruby('必要', 'ひつよう')}です。${kPhrase}つながる ところで もう ${ruby('一度', 'いちど')} ${ruby('開', 'あ')}いて ください。`,
  install_title: `${ruby('先', 'さき')}に ホーム${ruby('画面', 'がめん')}に ${ruby('追加', 'ついか')}して ください`,
  install_why: `iPhoneでは Safariで ${ruby('登録', 'とうろく')}すると ${kPhrase}${ruby('消', 'き')}える ことが あります。`,
  install_steps: [
    `${ruby('共有', 'きょうゆう')}の ボタンから 「ホーム${ruby('画面', 'がめん')}に${ruby('追加', 'ついか')}」を ${ruby('選', 'えら')}びます`,
    `ホーム${ruby('画面', 'がめん')}の 「まちかど」を ${ruby('開', 'ひら')}きます`,
    `${ruby('登録', 'とうろく')}の ${ruby('紙', 'かみ')}を もう${ruby('一度', 'いちど')} ${ruby('読', 'よ')}みます。${kPhrase}コードを ${ruby('書', 'か')}いても いいです`,
  ],
  install_steps_name: 'やりかた',
  install_here: 'このまま Safariで つかいます',
  install_here_hint: `7${ruby('日', 'にち')} ${ruby('開', 'ひら')}かないと ${kPhrase}${ruby('登録', 'とうろく')}が ${ruby('消', 'き')}える ことが あります。`,
  what: `${ruby('起', 'お')}きた こと`,
  next: `${ruby('次', 'つぎ')}に する こと`,
};

const english: Words = {
  errors: (n) => (n === 1 ? 'One thing needs a change' : `${n} things need a change`),
  actions: 'Actions',
  menu: 'Menu',
  change_date: 'Change the day',
  choose_date: 'Choose the day',
  state: { done: 'done', waiting: 'waiting', todo: 'not yet', failed: 'failed' },
  scan_camera: 'Scan with the camera',
  scan_stop: 'Stop the camera',
  scan_picture: 'Read from a picture',
  scan_code: 'Type the code',
  scan_code_use: 'Use this code',
  scan_aim: 'Hold the QR code inside the square',
  scan_no_camera: 'The camera cannot be used. Use a picture or the code.',
  scan_not_found: 'No QR code was found in this picture. Take it straight on, in good light.',
  loading: 'Getting ready',
  update_ready: 'A new version is ready',
  update_now: 'Update now',
  busy_title: 'Open in another window',
  busy_text: 'This app works in one window at a time.',
  use_here: 'Use it here',
  refused_title: 'This browser cannot run the app',
  refused_text: 'Reports cannot be kept on this device. Nothing was sent.',
  refused_next: 'Update the browser, or leave private mode.',
  refused_call: 'If it is urgent, call the school.',
  try_again: 'Open again',
  unreachable_title: 'Cannot open yet',
  unreachable_text: 'The first time needs the internet. Open it again where there is a connection.',
  install_title: 'First add this to your home screen',
  install_why: 'On an iPhone, Safari may forget a registration that is not used for a while.',
  install_steps: ['From the share button, choose "Add to Home Screen"', 'Open まちかど from the home screen', 'Scan the slip again there, or type its code'],
  install_steps_name: 'Steps',
  install_here: 'Go on in Safari',
  install_here_hint: 'The registration may be lost when you do not open it for seven days.',
  what: 'What happened',
  next: 'What to do',
};

/** The words for a language tag as Screen.language has it. */
export function words_for(language: string | undefined): Words {
  if (language === 'ja-x-easy') return easy;
  return !language || language.startsWith('ja') ? japanese : english;
}
