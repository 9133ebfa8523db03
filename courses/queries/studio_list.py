"""The studio's list of modules: whose draft is ahead, who wrote last, how long each is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from courses.models import Module
from courses.queries.outline import outlines_of
from lms.people.names import search_key


@dataclass(frozen=True)
class ModuleLine:
    """One module as the list shows it. `units` is 0 for one that is only announced."""

    module: Module
    units: int
    minutes: int
    edited_by: str
    edited_at: datetime | None

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
    modules = [module for module in _modules() if all(word in _searched(module) for word in words)]
    outlines = outlines_of(module.draft_id for module in modules)
    lines = []
    for module in modules:
        outline = outlines.get(module.draft_id) if module.draft_id else None
        lines.append(
            ModuleLine(
                module,
                len(outline.units) if outline else 0,
                outline.minutes if outline else 0,
                str(module.draft.created_by or "") if module.draft else "",
                module.draft.created_at if module.draft else None,
            )
        )
    return lines


def _modules() -> QuerySet[Module]:
    rows = Module.objects.select_related("draft__created_by", "published")
    return rows.defer("draft__outline", "published__outline").order_by("code")


def _searched(module: Module) -> str:
    return search_key(" ".join([module.code, *module.title.values()]))
