"""The grid of an exam: how many questions of each outcome and difficulty, and how many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.drawing import thinness
from assessments.olx import PoolSource
from assessments.queries.bank import DIFFICULTIES
from assessments.queries.blueprint import BankCounts

ANY = 0
COLUMNS: dict[int, str | Promise] = {ANY: gettext_lazy("Any difficulty"), **DIFFICULTIES}


@dataclass(frozen=True)
class Cell:
    """One number to fill in; `bound` None where the bank has nothing and nothing is asked."""

    column: str | Promise
    bound: BoundField | None
    available: int
    warning: str


@dataclass(frozen=True)
class GridRow:
    outcome: str
    is_module: bool
    cells: tuple[Cell, ...]


class BlueprintGrid:
    """Adds its fields to a form and reads them back as pools."""

    def __init__(self, pools: Sequence[PoolSource], bank: BankCounts) -> None:
        self.bank = bank
        self.asked: dict[tuple[str, int], int] = {}
        for pool in pools:
            key = (pool.outcome, pool.difficulty or ANY)
            self.asked[key] = self.asked.get(key, 0) + pool.count
        self.outcomes = bank.outcomes_with({outcome for outcome, _difficulty in self.asked})

    def add_to(self, form: forms.Form) -> None:
        for outcome, difficulty in self._keys():
            label = _("%(outcome)s, %(difficulty)s: number of questions") % {
                "outcome": outcome,
                "difficulty": str(COLUMNS[difficulty]).lower(),
            }
            form.fields[self._name(outcome, difficulty)] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=100,
                initial=self.asked.get((outcome, difficulty)),
                widget=forms.NumberInput(attrs={"class": "in"}),
            )

    def rows(self, form: forms.Form) -> list[GridRow]:
        return [
            GridRow(
                outcome, "." not in outcome, tuple(self._cell(form, outcome, column) for column in COLUMNS)
            )
            for outcome in self.outcomes
        ]

    def pools(self, cleaned: dict[str, Any]) -> list[PoolSource]:
        """What the author filled in, outcome by outcome."""
        return [
            PoolSource(outcome, count, difficulty or None)
            for outcome, difficulty in self._keys()
            if (count := cleaned.get(self._name(outcome, difficulty)))
        ]

    def _keys(self) -> Iterator[tuple[str, int]]:
        for outcome in self.outcomes:
            for difficulty in COLUMNS:
                is_asked = (outcome, difficulty) in self.asked
                if is_asked or self.bank.available(outcome, difficulty or None):
                    yield outcome, difficulty

    def _cell(self, form: forms.Form, outcome: str, difficulty: int) -> Cell:
        name = self._name(outcome, difficulty)
        there = self.bank.available(outcome, difficulty or None)
        asked = self.asked.get((outcome, difficulty), 0)
        return Cell(
            column=COLUMNS[difficulty],
            bound=form[name] if name in form.fields else None,
            available=there,
            warning=_warning(thinness(asked, there)) if asked else "",
        )

    @staticmethod
    def _name(outcome: str, difficulty: int) -> str:
        return f"pool-{outcome}-{difficulty}"


def _warning(found: str) -> str:
    return {"short": _("too few"), "thin": _("thin: half or more come up each time")}.get(found, "")
