"""A file to take along: what it is, how large, whose it is."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from courses.xblocks.blocks.base import Fragment, Scope, String, TitledBlock
from courses.xblocks.labels import ai_words

LICENCES = {
    "own": _("made by the platform's own trainers"),
    "public": _("public document"),
    "permission": _("used by permission of the owner"),
    "cc-by": "CC BY 4.0",
    "cc-by-sa": "CC BY-SA 4.0",
    "cc-by-nc": "CC BY-NC 4.0",
}


class FileBlock(TitledBlock):
    """Keeps nothing per learner; the file is one of the module's."""

    src = String(scope=Scope.content, default="")
    licence = String(scope=Scope.settings, default="")
    source = String(scope=Scope.settings, default="")
    ai_content = String(scope=Scope.settings, default="")
    ai_tool = String(scope=Scope.settings, default="")
    ATTRIBUTES = (*TitledBlock.ATTRIBUTES, "src", "licence", "source", "ai_content", "ai_tool")

    def student_view(self, context: dict[str, Any]) -> Fragment:
        path = self.src.removeprefix("/static/")
        asset = self.runtime.outline.assets.get(path)
        facts = {
            "title": self.runtime.reference(self).title,
            "name": path.rpartition("/")[2],
            "url": self.runtime.asset_url(path) if asset else "",
            "type": Path(path).suffix.removeprefix(".").upper(),
            "size": _size(asset.size) if asset else "",
            "licence": LICENCES.get(self.licence, ""),
            "source": self.source,
            "ai": ai_words(self.ai_content, self.ai_tool),
        }
        return Fragment(render_to_string("courses/blocks/file.html", facts))


def _size(size: int) -> str:
    """ "3,1 MB", or kilobytes below a tenth of one."""
    return (
        f"{max(round(size / 1000), 1)} KB" if size < 100_000 else f"{number_format(size / 1_000_000, 1)} MB"
    )
