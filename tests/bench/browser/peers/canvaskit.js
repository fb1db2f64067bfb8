// Skia's own canvas: makes itself ready and draws one rounded card. No text: that would need a font of megabytes.
import init from 'canvaskit-wasm/bin/canvaskit.js';

const kit = await init({ locateFile: () => '/canvaskit.wasm' });
const surface = kit.MakeSWCanvasSurface('place');
const paint = new kit.Paint();
paint.setColor(kit.Color4f(0, 0.3, 0.7, 1));
surface.drawOnce((canvas) => {
  canvas.drawRRect(kit.RRectXY(kit.LTRBRect(16, 16, 374, 200), 12, 12), paint);
  globalThis.peer_ready?.();
});
