"""Text: HTML in several languages, with numbered sources."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from lxml import etree

from courses.olx.clean import body_html, set_html
from courses.olx.html import Reading, clean_html, reading
from courses.olx.sources import Citation, Source
from courses.queries.blocks import sources
from courses.queries.version_cache import VersionCache
from courses.xblocks.blocks.base import Fragment, Scope, String, TitledBlock
from courses.xblocks.labels import PictureWords, picture_words, words_below
from lms.shared.languages import localised

# By module version (its files), block version, language of the page, what is said below its pictures.
_rendered: VersionCache[tuple[int, int, str, PictureWords], SafeString] = VersionCache(400)


class TextBlock(TitledBlock):
    """What an author wrote. It keeps nothing per learner, so its HTML is the same for everybody."""

    body_vi = String(scope=Scope.content, default="")
    body_en = String(scope=Scope.content, default="")
    body_de = String(scope=Scope.content, default="")

    def read_children(self, node: etree._Element) -> None:
        for body in node.iterchildren("body"):
            name = f"body_{body.get('lang', 'vi')}"
            if name in self.fields:
                setattr(self, name, clean_html(body_html(body)))

    def add_xml_to_node(self, node: etree._Element) -> None:
        super().add_xml_to_node(node)
        for code in ("vi", "en", "de"):
            if html := getattr(self, f"body_{code}"):
                set_html(etree.SubElement(node, "body", lang=code), clean_html(html))

    def student_view(self, context: dict[str, Any]) -> Fragment:
        return Fragment(self.html(context["language"]))

    def html(self, language: str) -> SafeString:
        """The text as it stands on the page."""
        version_id = self.runtime.version_id
        body, _written_in = self.in_language("body", language)
        below = picture_words(body, version_id, self.runtime.outline)
        key = (version_id, self.runtime.block_version_id(self), language, below)
        kept = _rendered.get(key)
        return kept if kept is not None else _rendered.keep(key, self._render(language, below))

    def _render(self, language: str, below: PictureWords) -> SafeString:
        body, written_in = self.in_language("body", language)
        text = reading(
            body,
            anchor=self.scope_ids.usage_id.block_id,
            asset_url=self.runtime.asset_url,
            label=words_below(below),
        )
        # The reader's language is not always there: say which one this is, to people and to voices.
        other = format_html(' lang="{}"', written_in) if written_in != language else ""
        return format_html(
            '<div class="prose"{}>{}</div>{}',
            other,
            mark_safe(text.html),
            _source_list(text, self.scope_ids.usage_id.block_id),
        )


def _source_list(text: Reading, anchor: str) -> SafeString:
    if not text.citations:
        return mark_safe("")
    register = sources()
    notes = format_html_join(
        "\n",
        '<li id="{}-s{}" value="{}">{} <a href="#{}-m{}" aria-label="{}">↑</a></li>',
        (
            (anchor, note.number, note.number, _note(note, register), anchor, note.number, _back(note))
            for note in text.citations
        ),
    )
    return format_html(
        '<details class="sources" open><summary>{} ({})</summary><ol class="xs mute">{}</ol></details>',
        _("Sources"),
        len(text.citations),
        notes,
    )


def _note(note: Citation, register: dict[str, Source]) -> SafeString:
    """ "Publisher: Title (date), lines 8–12"."""
    source = register.get(note.source_id)
    lines = note.lines.replace("-", "–")
    template = _("lines %(lines)s") if note.names_lines else _("section %(lines)s")
    where = template % {"lines": lines} if lines else ""
    if source is None:
        return format_html("{}{}", note.source_id, f", {where}" if where else "")
    title = localised(source.title)
    named = format_html('<a href="{}">{}</a>', source.url, title) if source.url else title
    return format_html(
        "{}{}{}{}",
        f"{source.publisher}: " if source.publisher else "",
        named,
        f" ({_day(source.published)})" if source.published else "",
        f", {where}" if where else "",
    )


def _day(iso: str) -> str:
    """ "2025-06-17" as 17/06/2025; months and years alone stay in the same order."""
    return "/".join(reversed(iso.split("-")))


def _back(note: Citation) -> str:
    return _("Back to mark %(number)s in the text") % {"number": note.number}
