"""H5P content of our own that plays: a question with two answers, and what a hostile author makes."""

from typing import Any

from tests.make_h5p import CARD, h5p_files
from tests.make_zip import Member, zip_of

# A content type as others write them: draws itself, remembers what was chosen, tells what was answered.
SCRIPT = """
var LanToa = window.LanToa || {};
LanToa.Card = (function ($) {
  function Card(params, contentId, extras) {
    var self = this;
    H5P.EventDispatcher.call(self);
    var chosen = extras.previousState ? extras.previousState.chosen : null;
    self.contentId = contentId;
    self.attach = function ($container) {
      self.setActivityStarted();
      $container.append(params.question);
      $('<img>', { alt: '', src: H5P.getPath(params.picture.path, contentId) }).appendTo($container);
      var icon = self.getLibraryFilePath('images/icon.svg');
      $('<img>', { alt: '', 'class': 'icon', src: icon }).appendTo($container);
      params.answers.forEach(function (answer, place) {
        var $label = $('<label>').html(answer.text).appendTo($container);
        $('<input>', { type: 'radio', name: 'answer', checked: place === chosen })
          .on('change', function () { chosen = place; }).prependTo($label);
      });
      $('<button>', { type: 'button', text: params.labels.check }).on('click', function () {
        if (chosen === null) return;
        var right = params.answers[chosen].correct;
        var told = self.createXAPIEventTemplate('answered');
        told.setScoredResult(right ? params.points : 0, params.points, self, true, right);
        $('<p>', { 'class': 'told', text: right ? 'Đúng' : 'Sai' }).appendTo($container);
        self.trigger(told);
        self.trigger('resize');
      }).appendTo($container);
      $('<p>', { 'class': 'copyright', text: H5P.t('copyrights') }).appendTo($container);
    };
    self.getCurrentState = function () { return chosen === null ? undefined : { chosen: chosen }; };
  }
  Card.prototype = Object.create(H5P.EventDispatcher.prototype);
  return Card;
})(H5P.jQuery);
"""
STYLES = """
.h5p-container { padding: 1rem; background: url(../images/icon.svg) no-repeat right top; }
label { display: flex; gap: .5rem; padding: .75rem 0; }
"""

# What somebody writes who wants other people's data: each try says in the page how it ended.
HOSTILE = """
var LanToa = window.LanToa || {};
LanToa.Card = function (params, contentId) {
  this.attach = function ($container) {
    var said = {}, left = 0;
    function show() { $container.attr('data-tries', JSON.stringify(said)).attr('data-left', left); }
    function attempt(name, act) {
      try { said[name] = String(act()); } catch (error) { said[name] = 'refused'; }
    }
    function ask(name, address, options) {
      left += 1;
      fetch(address, options).then(
        function (answer) { said[name] = 'status ' + answer.status; }, function () { said[name] = 'refused'; }
      ).finally(function () { left -= 1; show(); });
    }
    attempt('page', function () { return parent.document.body.textContent.length; });
    attempt('top', function () { top.location.href = 'about:blank'; return 'moved'; });
    attempt('cookie', function () { return document.cookie || 'empty'; });
    attempt('store', function () { localStorage.setItem('a', 'b'); return localStorage.getItem('a'); });
    attempt('origin', function () { return self.origin; });
    attempt('frame', function () { return String(window.frameElement); });
    attempt('eval', function () { return eval('1 + 1'); });
    attempt('inline', function () {
      var script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return window.ran === true ? 'ran' : 'refused';
    });
    ask('site', H5PIntegration.siteUrl + '/learn/', { credentials: 'include' });
    ask('record', H5PIntegration.siteUrl + '/h5p/record/x/', { method: 'POST', credentials: 'include' });
    ask('elsewhere', 'https://example.org/');
    var id = H5PIntegration.contents['cid-1'].url;
    function say(message) { parent.postMessage(Object.assign({ from: 'h5p' }, message), '*'); }
    function score(raw, max, more) {
      say({ kind: 'statement', statement: Object.assign({
        actor: { mbox: 'mailto:somebody-else@example.org' },
        verb: { id: 'http://adlnet.gov/expapi/verbs/answered' }, object: { id: id },
        result: { score: { raw: raw, max: max } } }, more) });
    }
    score(999, 2);                                                       // more than there is
    score(2, 2, { object: { id: id.replace(/.$/, 'x') } });              // for other content
    say({ kind: 'state', subContentId: '0', dataType: 'state', data: new Array(70000).join('x') });
    say({ kind: 'state', subContentId: '../1', dataType: 'state', data: '1' });
    say({ kind: 'size', height: 1e9 });
    say({ kind: 'go', url: 'https://example.org/' });
    show();
  };
};
"""


def playable(**changes: Any) -> bytes:
    """A package that draws a question and can be answered."""
    return _with(SCRIPT, **changes)


def hostile(**changes: Any) -> bytes:
    """A package whose library tries what it must not do. It is another library, so both may be here."""
    return _with(HOSTILE, name="LanToa.Trap", **changes)


def _with(script: str, *, name: str = "LanToa.Card", files: Any = None, **changes: Any) -> bytes:
    own = {f"{CARD}/js/main.js": script.encode(), f"{CARD}/css/main.css": STYLES.encode()}
    parts = h5p_files(**changes) | own | (files or {})
    old, new = b"LanToa.Card", name.encode()
    return zip_of(
        Member(path.replace(old.decode(), name), content.replace(old, new)) for path, content in parts.items()
    )
