// The HTML of the apps and of the public page. Nothing inline: the content policy allows no such thing.
const kSorry = 'このブラウザでは使えません。ブラウザを新しくして、もう一度開いてください。急ぐときは、学校に電話してください。';
const kHalted = '読みこめませんでした。電波のよいところで、もう一度開いてください。急ぐときは、学校に電話してください。';

/** `inside`: what stands in the page until the core's first screen. */
export function app_page({ title, inside, files }) {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${title}</title>
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<meta name="theme-color" content="${files.theme}" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#1a1a1a" media="(prefers-color-scheme: dark)">
<link rel="stylesheet" href="${files.style}">
<script src="${files.first}" data-core="${files.core}" data-worker="${files.worker}" async></script>
<script type="module" src="${files.main}"></script>
<link rel="preload" href="${files.core}" as="fetch" type="application/wasm" crossorigin>
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="${files.icon}" type="image/svg+xml">
<link rel="apple-touch-icon" href="${files.touch_icon}">
</head>
<body>
<div id="app">${inside}</div>
<div id="notice"></div>
<div id="speaker" class="unseen" role="status" aria-live="polite"></div>
<div id="floor" class="floor" role="alert" hidden>${kSorry}</div>
<div id="halted" class="floor" role="alert" hidden>${kHalted}</div>
<noscript><p class="floor">${kSorry}</p></noscript>
</body>
</html>
`;
}

/** Who comes back sees this for a moment: the mark on the ground. */
export const kShell = `<div class="shell"><svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect class="mark-ground" width="32" height="32" rx="8"/><path class="mark-street" d="M9 26V13a4 4 0 0 1 4-4h13"/><circle class="mark-light" cx="20.5" cy="20.5" r="3.5"/></svg></div>`;

export function public_page({ files }) {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>まちかど</title>
<link rel="stylesheet" href="${files.style}">
<link rel="icon" href="${files.icon}" type="image/svg+xml">
<script type="module" src="${files.main}"></script>
</head>
<body>
<div class="screen">
<header class="bar">${kShell.replace('<div class="shell">', '').replace('</div>', '')}<div class="bar-title"><div class="heading"><h1 data-town>まちかど</h1></div></div></header>
<main class="main">
<section class="group"><div class="title"><h2>できること</h2></div><div class="inside">
<p>子どもの欠席・遅刻・早退を、電話をかけずに学校へ伝えられます。<wbr>読めるのは、学校の先生だけです。</p>
<div class="button-box"><a class="button" data-importance="primary" data-site hidden href="/">アプリを開く</a></div>
<p class="hint">学校から配られた登録用紙を用意してください。</p></div></section>
<section class="group"><div class="title"><h2>だれでも確かめられます</h2></div><div class="inside">
<p>町の知らせと名簿は、署名をつけて <a href="/feed/">公開しています</a>。</p></div></section>
</main>
</div>
</body>
</html>
`;
}

/** The kiosk as it stands in the lobby, on a canvas, and the dock beside it: for staff who learn it. */
export function kiosk_page(files) {
  const row = (...buttons) => `<div class="row">${buttons.map(([line, name]) => `<button type="button" data-do="${line}">${name}</button>`).join('')}</div>`;
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>窓口端末の練習</title>
<link rel="stylesheet" href="${files.style}">
<link rel="icon" href="${files.icon}" type="image/svg+xml">
<link rel="preload" href="${files.core}" as="fetch" type="application/wasm" crossorigin>
<link rel="preload" href="${files.regular}" as="fetch" crossorigin>
<link rel="preload" href="${files.bold}" as="fetch" crossorigin>
<script type="module" src="${files.main}"></script>
</head>
<body>
<main class="panel"><canvas id="kiosk" tabindex="0" role="application" aria-label="窓口端末の画面。読み上げで使うときは、練習のページを開いてください。"></canvas>
<p id="sorry" role="alert" hidden>この画面には WebGL 2 が要ります。<a href="/practice.html">練習のページ</a>を使ってください。</p></main>
<aside class="dock" aria-label="操作盤">
<h1>操作盤</h1>
<p>練習です。証明書は出ず、お金もかかりません。暗証番号は 1234。</p>
<section><h2>カード</h2><p id="card" role="status"></p>
${row(['insert', '置く'], ['remove', '取る'])}${row(['insert two', '2枚置く'], ['insert strange', '別の種類'], ['insert expired', '期限切れ'], ['insert locked', 'ロック済み'], ['insert last-try', '残り1回'])}</section>
<section><h2>支払い</h2><p id="terminal" role="status"></p>
${row(['terminal approve', '承認する'], ['terminal decline', '断る'], ['terminal wait', '待つ'], ['pay', '支払う'])}</section>
<section><h2>プリンター</h2><p id="printer" role="status"></p>
${row(['paper empty', '用紙をなくす'], ['jam', '紙を詰まらせる'], ['cover', 'ふたを開ける'], ['mend', '直す'], ['taken', '紙を取る'])}</section>
<section><h2>ネットワークと電源</h2><p id="network" role="status"></p>
${row(['network off', '切る'], ['network on', 'つなぐ'], ['power', '電源を切って入れる'], ['staff', '職員の鍵'])}</section>
<section><h2>画面と声</h2>
<div class="row"><label>向き <select id="shape"><option value="portrait">縦</option><option value="landscape">横</option></select></label>
<label>音量 <input id="volume" type="range" min="0" max="1" step="0.1" value="1"></label>
<label>速さ <input id="speed" type="range" min="0.5" max="2" step="0.1" value="1"></label></div></section>
<p><a href="/practice.html">自宅で練習するページ</a></p>
</aside>
</body>
</html>
`;
}

/** The same screens as a page that everybody can use, with what is done by hand at a kiosk as buttons below. */
export function practice_page(files) {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>窓口端末の練習</title>
<link rel="stylesheet" href="${files.style}">
<link rel="stylesheet" href="${files.beside}">
<link rel="icon" href="${files.icon}" type="image/svg+xml">
<link rel="preload" href="${files.core}" as="fetch" type="application/wasm" crossorigin>
<script type="module" src="${files.main}"></script>
</head>
<body class="practice">
<section class="tools" id="tools" aria-labelledby="tools-title" hidden><h2 id="tools-title"></h2><p id="tools-note"></p>
<p id="tools-card" role="status"></p><div class="tools-row"><button class="button" type="button" data-do="insert"></button><button class="button" type="button" data-do="remove"></button><button class="button" type="button" data-do="pay"></button><button class="button" type="button" data-do="taken"></button></div></section>
<div id="app"></div>
<div id="speaker" class="unseen" role="status" aria-live="polite"></div>
<noscript><p>JavaScript を使えるようにしてください。</p></noscript>
</body>
</html>
`;
}
