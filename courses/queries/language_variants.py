"""Which unit lacks which language, and which translation is older than the Vietnamese text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from courses.models import BlockVersion, Module
from courses.olx.edit import TextDraft, read_text
from courses.olx.outline import BlockRef, Unit
from courses.queries.outline import draft_outline

LANGUAGES = ("vi", "en", "de")
Standing = Literal["there", "older", "part", "missing", "none"]


@dataclass(frozen=True)
class Variant:
    """A unit in one language. `blocks` are those to write or to bring up to date."""

    language: str
    standing: Standing
    blocks: tuple[BlockRef, ...] = ()


@dataclass(frozen=True)
class UnitVariants:
    unit: Unit
    variants: tuple[Variant, ...]


def language_variants(module: Module) -> list[UnitVariants]:
    """The draft's units with their languages. All variants of a unit share one completion. One query."""
    outline = draft_outline(module)
    if outline is None:
        return []
    texts = [block for unit in outline.units for block in unit.blocks if block.type == "text"]
    histories = _histories(texts, outline.language)
    return [
        UnitVariants(unit, tuple(_variant(unit, language, histories) for language in LANGUAGES))
        for unit in outline.units
    ]


def _histories(blocks: Iterable[BlockRef], language: str) -> dict[str, list[TextDraft]]:
    """By usage key: the block's texts from the first version to the one in the draft."""
    shown = {block.usage_key: block.version for block in blocks}
    rows = BlockVersion.objects.filter(usage_key__in=shown).order_by("usage_key", "number")
    found: dict[str, list[TextDraft]] = {key: [] for key in shown}
    for usage_key, pk, olx in rows.values_list("usage_key", "pk", "olx"):
        if pk <= shown[usage_key]:
            found[usage_key].append(read_text(olx, language))
    return found


def _variant(unit: Unit, language: str, histories: dict[str, list[TextDraft]]) -> Variant:
    texts = [block for block in unit.blocks if block.type == "text"]
    if not texts:
        return Variant(language, "none")
    lacking = tuple(block for block in texts if not _has(histories[block.usage_key], language))
    if lacking:
        return Variant(language, "missing" if len(lacking) == len(texts) else "part", lacking)
    older = tuple(block for block in texts if _is_older(histories[block.usage_key], language))
    return Variant(language, "older" if older else "there", older)


def _has(history: list[TextDraft], language: str) -> bool:
    return bool(history) and bool(history[-1].bodies.get(language, "").strip())


def _is_older(history: list[TextDraft], language: str) -> bool:
    """Did the Vietnamese text change after this one did?"""
    return language != "vi" and _changed_last(history, language) < _changed_last(history, "vi")


def _changed_last(history: list[TextDraft], language: str) -> int:
    """The place in the history at which the body became what it is."""
    now = history[-1].bodies.get(language, "").strip()
    place = len(history) - 1
    while place and history[place - 1].bodies.get(language, "").strip() == now:
        place -= 1
    return place
