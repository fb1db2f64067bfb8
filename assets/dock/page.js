// The dock's page: each button is a line for POST /do; what has become of it is asked for every second.
const at = (id) => document.getElementById(id);

async function obey(line) {
  const answer = await fetch('/do', { method: 'POST', body: line }).catch(() => null);
  const said = answer ? await answer.json() : { trouble: '操作盤が止まっています。' };
  at('said').textContent = said.trouble ? `できませんでした: ${said.trouble}` : '';
  await look();
}

for (const button of document.querySelectorAll('[data-do]')) button.addEventListener('click', () => obey(button.dataset.do));
for (const button of document.querySelectorAll('[data-card]')) button.addEventListener('click', () => obey(`${button.dataset.card} ${at('card').value}`));

let shown = '';
function show(state) {
  const cards = state.cards.map((one) => one.id).join();
  if (shown !== cards) at('card').replaceChildren(...state.cards.map((one) => new Option(`${one.name}(${one.note})`, one.id)));
  shown = cards;
  at('card-state').textContent = state.card.in ? `置いてあります(${state.card.id})。暗証番号はあと${state.card.tries}回。` : '置いてありません。';
  at('printer-state').textContent = state.printer.on ? (state.printer.fault ? `止まっています: ${state.printer.fault}` : '動いています。') : '電源が切れています。';
  const sheets = Array.from({ length: state.printer.sheets }, (_, i) => Object.assign(document.createElement('a'), { href: `/sheet/${i + 1}`, target: '_blank', textContent: `${i + 1}枚め` }));
  at('sheets').replaceChildren(`トレイの紙: ${sheets.length}枚 `, ...sheets.flatMap((one) => [one, ' ']));
  at('terminal-state').textContent = `いまの答え方: ${state.terminal}`;
  at('kiosk-state').textContent = `ネットワーク: ${state.network ? 'つながっています' : '切れています'}。端末: ${state.kiosk.on ? `「${state.kiosk.title}」` : '電源が切れています'}。`;
}

const offscreen = at('screen').closest('figure');
async function look() {
  const state = await fetch('/state').then((answer) => answer.json()).catch(() => null);
  if (state) show(state);
  if (!state?.kiosk.on || !state.kiosk.offscreen) { offscreen.hidden = true; return; }
  offscreen.hidden = false;
  const next = new Image();
  next.src = `/screen.png?${Date.now()}`;
  await next.decode().then(() => { at('screen').src = next.src; }).catch(() => {});
}

at('screen').addEventListener('click', (event) => {
  const box = event.target.getBoundingClientRect();
  const part = (from, size) => Math.round(1000 * from / size);
  obey(`kiosk touch ${part(event.clientX - box.left, box.width)} ${part(event.clientY - box.top, box.height)}`);
});

for (;;) {
  await look();
  await new Promise((after) => setTimeout(after, 1000));
}
