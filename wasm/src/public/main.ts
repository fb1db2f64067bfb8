// The town's public page: fills in what only the running town knows (its name, where the app is).
interface Config { site?: string; pack?: { name?: string } }

async function fill() {
  const answer = await fetch('/config.json');
  if (!answer.ok) return;
  const config = await answer.json() as Config;
  const name = config.pack?.name;
  if (name) {
    document.title = name;
    for (const place of document.querySelectorAll('[data-town]')) place.textContent = name;
  }
  const app = document.querySelector<HTMLAnchorElement>('a[data-site]');
  if (app && config.site && /^https?:/.test(config.site)) {
    app.href = config.site;
    app.hidden = false;
  }
}

fill().catch(() => undefined);
