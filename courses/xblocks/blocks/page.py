"""Pages of imported courses: the `<html>` of Open edX."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from lxml import etree

from courses.olx.clean import body_html, set_html
from courses.olx.page_html import Places, clean_page, page_reading
from courses.queries.version_cache import VersionCache
from courses.xblocks.blocks.base import Fragment, Scope, String, TitledBlock
from courses.xblocks.labels import PictureWords, picture_words, words_below

# By module version (its files and units), block version, language, whose eyes, words below its pictures.
_rendered: VersionCache[tuple[int, int, str, str, PictureWords], SafeString] = VersionCache(400)


class PageBlock(TitledBlock):
    """HTML in one language, cleaned each time it is shown. It keeps nothing per learner."""

    body = String(scope=Scope.content, default="")
    editor = String(scope=Scope.settings, default="")
    ATTRIBUTES = (*TitledBlock.ATTRIBUTES, "editor")

    def read_children(self, node: etree._Element) -> None:
        self.body = body_html(node)

    def add_xml_to_node(self, node: etree._Element) -> None:
        super().add_xml_to_node(node)
        set_html(node, clean_page(self.body))

    def student_view(self, context: dict[str, Any]) -> Fragment:
        return Fragment(self.html(context["language"]))

    def html(self, language: str) -> SafeString:
        """The page as it is shown."""
        runtime = self.runtime
        below = picture_words(self.body, runtime.version_id, runtime.outline)
        key = (runtime.version_id, runtime.block_version_id(self), language, runtime.mode, below)
        kept = _rendered.get(key)
        return kept if kept is not None else _rendered.keep(key, self._render(language, below))

    def _render(self, language: str, below: PictureWords) -> SafeString:
        asset_url, away = self.runtime.asset_url, _("leads to another platform")
        places = Places(asset_url, self._page, away, words_below(below))
        written_in = self.runtime.outline.language
        other = format_html(' lang="{}"', written_in) if written_in != language else ""
        inner = page_reading(self.body, places)
        return format_html('<div class="prose"{}>{}</div>', other, mark_safe(inner))

    def _page(self, name: str) -> str:
        """Where a `url_name` of this module is, for the same eyes as this page."""
        unit = self.runtime.outline.unit_named(name)
        if unit is None:
            return ""
        page = "courses:unit" if self.runtime.mode == "published" else "courses:preview"
        anchor = "" if name == unit.key else f"#{name}"
        return reverse(page, args=[self.runtime.module.code, unit.key]) + anchor
