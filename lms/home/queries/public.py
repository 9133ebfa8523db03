"""What the public start page shows: the indicator's figure and the tracks. Both are kept a minute."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from courses.models import Module, Programme, ProgrammeModule
from courses.queries.outline import open_programmes
from lms.indicator.formula import Figure
from lms.indicator.queries.report import CENTRAL_KINDS, indicator_at
from lms.shared import clock

SECONDS_KEPT = 60


@dataclass(frozen=True)
class Headline:
    """The figure with what must stand beside it."""

    as_of: date
    figure: Figure
    is_provisional: bool
    provinces: int
    provinces_signed: int
    central: int  # ministries and ministerial-level agencies
    central_signed: int


@dataclass(frozen=True)
class TrackContent:
    """A track and the modules that are its own."""

    programme: Programme
    modules: tuple[Module, ...]

    @property
    def is_announced(self) -> bool:
        """None of its own modules is open yet."""
        return not any(module.published_id for module in self.modules)


@dataclass(frozen=True)
class Catalogue:
    core: tuple[Module, ...]
    tracks: tuple[TrackContent, ...]

    @property
    def number_open(self) -> int:
        return sum(module.published_id is not None for module in self._all)

    @property
    def number_announced(self) -> int:
        return len(self._all) - self.number_open

    @property
    def _all(self) -> list[Module]:
        return [*self.core, *(module for track in self.tracks for module in track.modules)]


def headline() -> Headline:
    """Today's figure. Kept a minute, so that a crowd at the door costs one count."""
    today = clock.today()
    kept: Headline | None = cache.get(f"home:headline:{today}")
    if kept is None:
        kept = _count(today)
        cache.set(f"home:headline:{today}", kept, SECONDS_KEPT)
    return kept


def _count(today: date) -> Headline:
    report = indicator_at(today)
    central = [row for row in report.rows if row.kind in CENTRAL_KINDS]
    return Headline(
        as_of=today,
        figure=report.figure(),
        is_provisional=report.is_provisional,
        provinces=len(report.provinces),
        provinces_signed=sum(row.is_signed for row in report.provinces),
        central=len(central),
        central_signed=sum(row.is_signed for row in central),
    )


def catalogue() -> Catalogue:
    """The open programmes with their modules, the common core once. Kept a minute, too."""
    kept: Catalogue | None = cache.get("home:catalogue")
    if kept is None:
        kept = _collect()
        cache.set("home:catalogue", kept, SECONDS_KEPT)
    return kept


def _collect() -> Catalogue:
    programmes = list(open_programmes())
    places = ProgrammeModule.objects.filter(programme__in=programmes).select_related("module")
    core: dict[str, Module] = {}
    own: dict[int, list[Module]] = {programme.pk: [] for programme in programmes}
    for place in places.order_by("position", "pk"):
        if place.is_core:
            core.setdefault(place.module.code, place.module)
        else:
            own[place.programme_id].append(place.module)
    return Catalogue(
        core=tuple(core.values()),
        tracks=tuple(TrackContent(programme, tuple(own[programme.pk])) for programme in programmes),
    )
