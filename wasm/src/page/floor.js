// For browsers below the floor (iOS 16.4, Chrome 109), in words that they still understand: when the app has not started
// after a while, the page says so instead of standing still. Deliberately old JavaScript.
(function () {
  var page = document.documentElement;
  setTimeout(function () {
    var words = document.getElementById('floor');
    if (words && !page.hasAttribute('data-started')) words.hidden = false;
  }, 8000);
})();
