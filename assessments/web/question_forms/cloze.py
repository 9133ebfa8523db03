"""A text with gaps: written with a shorthand, then gap by gap."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.kinds.shorthand import WrittenGap, expand, plain_number
from assessments.models import QuestionKind
from assessments.web.question_forms.base import QuestionForm, Sent, Spoken, at
from lms.shared.languages import ORDER

MOST_CHOICES, LEAST_CHOICES = 12, 3
GAP_NAME = re.compile(r"gap(\d{1,3})name")
LABELS = {"select": _("To choose"), "text": _("To type"), "number": _("A number to type")}


@dataclass(frozen=True)
class ChoiceRow:
    """A choice of a gap."""

    tick: Any  # of "right"
    text: list[Spoken]
    name: BoundField


@dataclass(frozen=True)
class GapRow:
    """A gap with the fields of its kind."""

    place: int
    name: str
    kind: str
    label: Any
    kept: list[BoundField]  # hidden
    weight: BoundField
    choices: list[ChoiceRow]
    fields: list[BoundField]
    group: str  # of its choices, for one more
    may_grow: bool


class ClozeForm(QuestionForm):
    """The gaps are those the texts name; what a shorthand says fills their fields, see `arrange`."""

    kinds = (QuestionKind.CLOZE,)
    template = "assessments/studio/kinds/cloze.html"
    stem_label = _("Instruction")
    stem_hint = _("May stay empty when the text says enough.")

    @classmethod
    def arrange(cls, sent: Sent, saved: Mapping[str, Any]) -> dict[str, list[str]]:
        """Put a name in place of every shorthand in the texts, and what it said into fields of its gap."""
        made = {name: list(values) for name, values in sent.items()}
        places = {
            values[-1]: int(match[1])
            for name, values in made.items()
            if (match := GAP_NAME.fullmatch(name)) and values
        }
        known = {name: (made.get(f"gap{place}kind") or ["text"])[-1] for name, place in places.items()}
        for place, gap in enumerate(saved.get("gaps", [])):
            if gap["name"] not in known:
                places[gap["name"]], known[gap["name"]] = place, gap["kind"]
        texts = {code: (made.get(f"text_{code}") or [""])[-1] for code in ORDER}
        written, gaps = expand(texts, known)
        for code, text in written.items():
            made[f"text_{code}"] = [text]
        for name, gap in gaps.items():
            place = places.setdefault(name, max(places.values(), default=-1) + 1)
            _fill(made, place, gap)
        return made

    def add_own(self) -> None:
        self.say("text", _("Text with gaps"), self.body.get("text", {}), rows=5)
        saved: list[dict[str, Any]] = self.body.get("gaps", [])
        numbers = [int(m[1]) + 1 for name in self.sent if (m := GAP_NAME.fullmatch(name))]
        self.places = range(max([len(saved), *numbers]))
        self.gap_kinds: dict[int, str] = {}
        for place in self.places:
            self._add_gap(place, at(saved, place))

    def _add_gap(self, place: int, gap: Mapping[str, Any]) -> None:
        self.keep(f"gap{place}name", gap.get("name", f"g{place + 1}"))
        kind = (self.sent.get(f"gap{place}kind") or [gap.get("kind", "text")])[-1]
        self.gap_kinds[place] = kind if kind in LABELS else "text"
        self.keep(f"gap{place}kind", self.gap_kinds[place])
        self.line(f"gap{place}weight", _("Weight among the gaps"), gap.get("weight", "1"), longest=10)
        {"select": self._add_choices, "text": self._add_words, "number": self._add_number}[
            self.gap_kinds[place]
        ](place, gap)

    def _add_choices(self, place: int, gap: Mapping[str, Any]) -> None:
        options: list[dict[str, Any]] = gap.get("options", [])
        rows = self.rows(
            f"gap{place}choice",
            len(options),
            least=LEAST_CHOICES,
            most=MOST_CHOICES,
            probe=f"gap{place}choice",
        )
        right = [str(row) for row in rows if at(options, row).get("correct")]
        self.fields[f"gap{place}right"] = forms.ChoiceField(
            label=_("Right answer"),
            required=False,
            choices=[(str(row), _("Right answer")) for row in rows],
            widget=forms.RadioSelect,
            initial=right[0] if right else "",
        )
        for row in rows:
            self.say(f"gap{place}choice{row}", _("Choice"), at(options, row).get("text", {}), longest=200)
            self.keep(f"gap{place}choicename{row}", at(options, row).get("name", ""))

    def _add_words(self, place: int, gap: Mapping[str, Any]) -> None:
        lines = "\n".join(answer["text"] for answer in gap.get("answers", []))
        self.fields[f"gap{place}words"] = forms.CharField(
            label=_("Accepted answers, one a line"),
            required=False,
            max_length=2_000,
            initial=lines,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("In all languages of the question."),
        )
        self.tick(f"gap{place}ignores", _("Accents do not matter"), initial=not gap.get("accents", True))
        self.tick(f"gap{place}case", _("Capital letters matter"), initial=gap.get("case", False))

    def _add_number(self, place: int, gap: Mapping[str, Any]) -> None:
        answer = at(gap.get("answers", []), 0)
        self.line(f"gap{place}value", _("Accepted number"), answer.get("value", ""), longest=40)
        self.line(f"gap{place}tolerance", _("± tolerance"), answer.get("tolerance", ""), longest=40)

    # -- for the page ---------------------------------------------------------

    @property
    def text(self) -> list[Spoken]:
        return self.said("text")

    @property
    def gap_rows(self) -> list[GapRow]:
        return [self._gap_row(place) for place in self.places]

    def _gap_row(self, place: int) -> GapRow:
        kind = self.gap_kinds[place]
        rows = self._choices_of(place)
        ticks = self[f"gap{place}right"].subwidgets if kind == "select" else []
        names = {"text": ("words", "ignores", "case"), "number": ("value", "tolerance")}.get(kind, ())
        return GapRow(
            place,
            str(self[f"gap{place}name"].value()),
            kind,
            LABELS[kind],
            [self[f"gap{place}name"], self[f"gap{place}kind"]],
            self[f"gap{place}weight"],
            [
                ChoiceRow(ticks[row], self.said(f"gap{place}choice{row}"), self[f"gap{place}choicename{row}"])
                for row in rows
            ],
            [self[f"gap{place}{name}"] for name in names],
            f"gap{place}choice",
            len(rows) < MOST_CHOICES,
        )

    def _choices_of(self, place: int) -> list[int]:
        pattern = re.compile(rf"gap{place}choicename(\d+)")
        return [int(match[1]) for name in self.fields if (match := pattern.fullmatch(name))]

    # -- reading back ---------------------------------------------------------

    def own_body(self) -> dict[str, Any]:
        texts = self.texts("text")
        named = " ".join(texts.values())
        gaps = [gap for place in self.places if f"[[{(gap := self._gap(place))['name']}]]" in named]
        return {"text": texts, "gaps": sorted(gaps, key=lambda gap: named.index(f"[[{gap['name']}]]"))}

    def _gap(self, place: int) -> dict[str, Any]:
        kind = self.gap_kinds[place]
        made = {"name": self.typed(f"gap{place}name"), "kind": kind}
        made["weight"] = plain_number(self.typed(f"gap{place}weight")) or "1"
        saved: dict[str, Any] = next(
            (gap for gap in self.body.get("gaps", []) if gap["name"] == made["name"]), {}
        )
        return {
            **made,
            **{"select": self._select, "text": self._words, "number": self._number}[kind](place, saved),
        }

    def _select(self, place: int, saved: Mapping[str, Any]) -> dict[str, Any]:
        rows = self._choices_of(place)
        names = self.names(f"gap{place}choicename", rows, iter("abcdefghijklmnopqrstuvwxyz"))
        whys = {option["name"]: option for option in saved.get("options", [])}
        right = self.typed(f"gap{place}right")
        options = [
            {
                "name": names[row],
                "correct": str(row) == right,
                "text": text,
                "why": whys.get(names[row], {}).get("why", {}),
            }
            for row in rows
            if any((text := self.texts(f"gap{place}choice{row}")).values())
        ]
        return {"options": options}

    def _words(self, place: int, saved: Mapping[str, Any]) -> dict[str, Any]:
        # What the form does not show of an accepted answer, its weight and its reason, stays.
        kept = {answer["text"]: answer for answer in saved.get("answers", [])}
        lines = dict.fromkeys(line.strip() for line in self.typed(f"gap{place}words").splitlines())
        answers = [kept.get(line) or {"text": line, "weight": "100", "why": {}} for line in lines if line]
        data = self.cleaned_data
        return {
            "answers": answers,
            "case": data[f"gap{place}case"],
            "accents": not data[f"gap{place}ignores"],
        }

    def _number(self, place: int, saved: Mapping[str, Any]) -> dict[str, Any]:
        first = {
            "weight": "100",
            "why": {},
            **at(saved.get("answers", []), 0),
            "value": plain_number(self.typed(f"gap{place}value")),
            "tolerance": plain_number(self.typed(f"gap{place}tolerance")) or "0",
        }
        return {"answers": [first, *saved.get("answers", [])[1:]]}

    def field_of(self, problem: olx.Problem) -> str:
        if problem.code == "gaps-and-text-differ":
            return f"text_{problem.detail}"
        name = problem.detail.split(" ")[0].rstrip(":")
        for place in self.places:
            if self.typed(f"gap{place}name") == name:
                part = {"select": "right", "text": "words", "number": "value"}[self.gap_kinds[place]]
                return f"gap{place}{part}"
        return "text_vi"


def _fill(sent: dict[str, list[str]], place: int, gap: WrittenGap) -> None:
    """Put what a shorthand said into the fields of its gap."""
    sent.setdefault(f"gap{place}name", [gap.name])
    sent.setdefault(f"gap{place}kind", [gap.kind])
    if gap.kind == "number":
        sent[f"gap{place}value"], sent[f"gap{place}tolerance"] = [gap.value], [gap.tolerance]
    elif gap.kind == "text":
        lines = [word for words in gap.options.values() for word in words]
        before = (sent.get(f"gap{place}words") or [""])[-1].splitlines()
        sent[f"gap{place}words"] = ["\n".join(dict.fromkeys([*before, *lines]))]
    else:
        sent.setdefault(f"gap{place}right", [str(gap.right)])
        for code, words in gap.options.items():
            for row, word in enumerate(words):
                sent[f"gap{place}choice{row}_{code}"] = [word]
                sent.setdefault(f"gap{place}choicename{row}", [""])
