document.documentElement.classList.add('js');
document.addEventListener('click', function (event) {
  var button = event.target.closest('.copy button');
  if (!button) return;
  var text = button.closest('.copy').querySelector('pre').textContent;
  var done = function () { button.textContent = 'copied'; };
  if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, select); } else { select(); }
  function select() {
    var range = document.createRange();
    range.selectNodeContents(button.closest('.copy').querySelector('pre'));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    button.textContent = 'selected';
  }
});
function reveal() {
  var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === 'DETAILS') target.open = true;
}
addEventListener('hashchange', reveal);
addEventListener('beforeprint', function () {
  document.querySelectorAll('details').forEach(function (d) { d.open = true; });
});
reveal();
