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
