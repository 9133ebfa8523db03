"""The cost meter beside an editor and a preview: engine figures as rows of words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.olx.cost import BUDGETS, LONG_SENTENCE, MOST_MINUTES, UnitCost
from courses.olx.outline import Outline, Unit
from courses.queries.blocks import sources
from courses.queries.cost import unit_cost
from lms.shared.languages import localised


@dataclass(frozen=True)
class CostRow:
    """One measure: its figure, how far it fills its budget, and the budget in words."""

    label: str
    figure: str
    part: float = 0.0  # of the budget; 0 draws no bar
    hint: str = ""

    @property
    def tone(self) -> str:
        return "err" if self.part > 1 else "ok"

    @property
    def percent(self) -> float:
        return min(self.part, 1.0) * 100


@dataclass(frozen=True)
class CostPanel:
    """What the meter shows about one unit."""

    cost: UnitCost
    review_by: date | None

    @cached_property
    def rows(self) -> list[CostRow]:
        return [self._minutes(), *self._sizes(), *self._reading(), self._sources()]

    @property
    def cited(self) -> list[str]:
        """ "S3: Title, 8–12" for each place that is named."""
        register = sources()
        return [
            ", ".join(
                part
                for part in (
                    f"{one.source_id}: {localised(register[one.source_id].title)}"
                    if one.source_id in register
                    else one.source_id,
                    one.lines.replace("-", "–"),
                )
                if part
            )
            for one in self.cost.cited
        ]

    def _minutes(self) -> CostRow:
        minutes = self.cost.minutes
        figure = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
        hint = _("at most %(most)s; planned: %(planned)s") % {
            "most": MOST_MINUTES,
            "planned": self.cost.planned_minutes,
        }
        return CostRow(_("Time to learn"), figure, minutes / MOST_MINUTES, hint)

    def _sizes(self) -> Iterator[CostRow]:
        labels = {"text": _("As text"), "audio": _("As audio"), "video": _("As video")}
        for kind, most in BUDGETS.items():
            if size := self.cost.sizes.get(kind):
                hint = _("at most %(most)s MB") % {"most": most // 1_000_000}
                yield CostRow(labels[kind], megabytes(size), size / most, hint)

    def _reading(self) -> Iterator[CostRow]:
        reading = self.cost.reading
        if not reading.sentences:
            return
        levels = {"easy": _("Easy"), "medium": _("Medium"), "hard": _("Hard")}
        hint = _("%(mean)s syllables a sentence; %(share)s%% of sentences longer than %(long)s") % {
            "mean": number_format(reading.mean, 1),
            "share": round(reading.long_share * 100),
            "long": LONG_SENTENCE,
        }
        yield CostRow(_("Effort of reading"), levels[reading.level], hint=hint)

    def _sources(self) -> CostRow:
        return CostRow(_("Statements without a source"), str(len(self.cost.without_source)))


def cost_panel(outline: Outline, unit: Unit | None) -> CostPanel | None:
    """The meter of a unit; None for a block that stands in no unit."""
    return CostPanel(unit_cost(outline, unit), unit.review_by) if unit else None


def megabytes(size: int) -> str:
    """ "3,1 MB", or kilobytes below a tenth of one."""
    if size < 100_000:
        return f"{max(round(size / 1000), 1)} KB"
    return f"{number_format(size / 1_000_000, 1)} MB"
