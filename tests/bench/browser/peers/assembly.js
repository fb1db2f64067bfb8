// The page of the assembled peer: starts its worker and paints what comes back.
const worker = new Worker('/worker.js', { type: 'module' });
worker.onmessage = ({ data }) => { document.querySelector('h1').textContent = data.screen; };
worker.postMessage({ kind: 'open' });
