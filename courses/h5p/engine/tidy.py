"""Long markup, put in order before it is parsed.

An HTML parser repeats elements that were closed in the wrong order, once for every paragraph that
follows: a few kilobytes can become millions of elements. In order, each element stays one.
"""

import html
import re

SHORT = 40  # tags; so few cannot become many whatever their order
MOST_TAGS = 5_000
MOST_ENTITIES = 20_000  # the parser's time grows with their square
_DEEPEST = 30
_DEEPEST_FORMATTING = 10
_VOID = {"br", "hr", "img", "col", "wbr", "area", "input", "source", "embed", "meta", "link"}
_FORMATTING = {
    *("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"),
}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})((?:[\s/][^<>]*)?)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][-a-zA-Z]{0,30})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")


def in_order(text: str) -> str:
    """The same markup with every element closed in turn; short texts stay as they are."""
    if text.count("<") <= SHORT:
        return text
    return _Order().written(_without_comments(text))


def is_too_long(text: str) -> bool:
    """More markup than any text for people has."""
    return text.count("<") > MOST_TAGS or text.count("&") > MOST_ENTITIES


class _Order:
    def __init__(self) -> None:
        self.open: list[str] = []
        self.out: list[str] = []

    def written(self, text: str) -> str:
        place = 0
        for match in _TAG.finditer(text):
            self._text(text[place : match.start()])
            place = match.end()
            closing, name, attributes = match[1], match[2].lower(), match[3]
            if closing:
                self._close(name)
            elif self._may_open(name):
                self._start(name, attributes)
        self._text(text[place:])
        while self.open:
            self.out.append(f"</{self.open.pop()}>")
        return "".join(self.out)

    def _text(self, text: str) -> None:
        self.out.append(text.replace("<", "&lt;"))

    def _may_open(self, name: str) -> bool:
        formatting = sum(tag in _FORMATTING for tag in self.open) if name in _FORMATTING else 0
        return len(self.open) < _DEEPEST and formatting < _DEEPEST_FORMATTING

    def _start(self, name: str, attributes: str) -> None:
        found = (
            f' {key}="{html.escape(html.unescape(double or single or bare))}"'
            for key, double, single, bare in _ATTRIBUTE.findall(attributes)
        )
        self.out.append(f"<{name}{''.join(found)}>")
        if name not in _VOID:
            self.open.append(name)

    def _close(self, name: str) -> None:
        if name in self.open:
            while (tag := self.open.pop()) != name:
                self.out.append(f"</{tag}>")
            self.out.append(f"</{name}>")


def _without_comments(text: str) -> str:
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0:
        kept.append(text[place:start])
        end = text.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        place = end + 3
    return "".join((*kept, text[place:]))
