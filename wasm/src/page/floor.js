// When the app has not started although all of the page has come, the page says so instead of standing still: to a browser
// below the floor (iOS 16.4, Chrome 109) that it is too old, to another that not everything came. A slow line is no reason: the
// page is complete only when its program has come and run, or has failed. Deliberately old JavaScript.
(function () {
  var page = document.documentElement;
  function able() {
    return 'noModule' in document.createElement('script') && typeof WebAssembly === 'object' && !!WebAssembly.compileStreaming &&
      !!Array.prototype.findLast && !!navigator.storage && !!navigator.storage.getDirectory;
  }
  window.addEventListener('load', function () {
    setTimeout(function () {
      var words = document.getElementById(able() ? 'halted' : 'floor');
      if (words && !page.hasAttribute('data-started')) words.hidden = false;
    }, 1000);
  });
})();
