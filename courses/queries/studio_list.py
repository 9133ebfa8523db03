"""The studio's list of modules: whose draft is ahead, who wrote last, how long each is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from courses.models import Module
from courses.olx.outline import Outline, Texts
from courses.queries.outline import outlines_of
from lms.people.names import search_key


@dataclass(frozen=True)
class ModuleLine:
    """One module as the list shows it. `units` is 0 for one that is only announced."""

    module: Module
    title: Texts  # of the draft, which learners may not see yet
    units: int
    minutes: int
    edited_by: str
    edited_at: datetime | None

    @property
    def searched(self) -> str:
        """What a search looks at: code and titles without accents."""
        return search_key(" ".join([self.module.code, *self.title.values(), *self.module.title.values()]))

    @property
    def state(self) -> str:
        """announced | new | ahead | same"""
        if self.module.draft_id is None:
            return "announced"
        if self.module.published_id is None:
            return "new"
        return "same" if self.module.draft_id == self.module.published_id else "ahead"


def module_lines(text: str = "") -> list[ModuleLine]:
    """Modules whose code or title has every word of `text`, with or without accents. Two queries."""
    words = search_key(text).split()
    modules = list(_modules())
    outlines = outlines_of(module.draft_id for module in modules)
    lines = [_line(module, outlines.get(module.draft_id or 0)) for module in modules]
    return [line for line in lines if all(word in line.searched for word in words)]


def _modules() -> QuerySet[Module]:
    rows = Module.objects.select_related("draft__created_by", "published")
    return rows.defer("draft__outline", "published__outline").order_by("code")


def _line(module: Module, outline: Outline | None) -> ModuleLine:
    draft = module.draft
    if draft is None or outline is None:
        return ModuleLine(module, module.title, 0, 0, "", None)
    author = str(draft.created_by or "")
    return ModuleLine(module, outline.title, len(outline.units), outline.minutes, author, draft.created_at)
