// The page's first program, before its large one has come: lets the core come in and be compiled, and its worker open the
// app's storage, while the page's own program is still being read (main.ts takes both over, or begins them where it was
// quicker). And when the app has not started although all of the page has come, it says so instead of standing still: to a
// browser below the floor (iOS 16.4, Chrome 109) that it is too old, to another that not everything came. A slow line is no
// reason: the page is complete only when its program has come and run, or has failed. Deliberately old JavaScript.
(function () {
  var page = document.documentElement;
  var own = document.currentScript;
  function able() {
    return 'noModule' in document.createElement('script') && typeof WebAssembly === 'object' && !!WebAssembly.compileStreaming &&
      !!Array.prototype.findLast && !!navigator.storage && !!navigator.storage.getDirectory;
  }
  if (!window.machi_begun && able()) {
    var worker = new Worker(own.getAttribute('data-worker'), { type: 'module' });
    var begun = { worker: worker, failed: false };
    worker.addEventListener('error', function () { begun.failed = true; });
    begun.core = WebAssembly.compileStreaming(fetch(own.getAttribute('data-core'))).then(null, function () { return null; });
    begun.core.then(function (module) { worker.postMessage({ kind: 'core', module: module }); });
    window.machi_begun = begun;
  }
  window.addEventListener('load', function () {
    setTimeout(function () {
      var words = document.getElementById(able() ? 'halted' : 'floor');
      if (words && !page.hasAttribute('data-started')) words.hidden = false;
    }, 1000);
  });
})();
