// What nobody sees waits until the screen has been painted.
const kLongest = 250;  // ms; a page that nobody looks at paints nothing

export function after_paint(work: () => void) {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    work();
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, kLongest);
}
