"""What a person marks: essays and files, by a rubric."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.kinds.by_hand import FILE_KINDS, MOST_FILES, rubric_faults
from assessments.kinds.shorthand import plain_number
from assessments.models import QuestionKind
from assessments.web.question_forms.base import QuestionForm, Spoken, at
from assessments.web.question_forms.ready_rubric import READY

MOST_CRITERIA, MOST_LEVELS = 8, 6
LEAST_LEVELS = 2


@dataclass(frozen=True)
class LevelRow:
    """How well a criterion can be met, and what that earns."""

    place: int
    title: list[Spoken]
    points: BoundField
    name: BoundField


@dataclass(frozen=True)
class CriterionRow:
    """What is looked at, with its levels."""

    place: int
    number: int
    title: list[Spoken]
    name: BoundField
    group: str  # of its levels, for one more
    levels: list[LevelRow]
    may_grow: bool


class ByHandForm(QuestionForm):
    """The rubric: criteria, each with levels and points. A new question begins with a ready one."""

    needs_source = False

    def add_own(self) -> None:
        rubric: list[dict[str, Any]] = self.body["rubric"] if self.question else list(READY)
        self.criteria = self.rows("crit", len(rubric), least=1, most=MOST_CRITERIA)
        self.levels: dict[int, range] = {}
        for place in self.criteria:
            criterion = at(rubric, place)
            self.say(f"crit{place}", _("What is looked at"), criterion.get("title", {}), longest=300)
            self.keep(f"critname{place}", criterion.get("name", ""))
            self._add_levels(place, criterion.get("levels", []))

    def _add_levels(self, place: int, levels: list[dict[str, Any]]) -> None:
        group = f"crit{place}level"
        self.levels[place] = self.rows(group, len(levels), least=3, most=MOST_LEVELS)
        for row in self.levels[place]:
            level = at(levels, row)
            self.say(
                f"{group}{row}", _("What a person sees at this level"), level.get("title", {}), longest=500
            )
            self.line(f"{group}points{row}", _("Points"), level.get("points", ""), longest=10)
            self.keep(f"{group}name{row}", level.get("name", ""))

    @property
    def criterion_rows(self) -> list[CriterionRow]:
        return [
            CriterionRow(
                place,
                place + 1,
                self.said(f"crit{place}"),
                self[f"critname{place}"],
                f"crit{place}level",
                [
                    LevelRow(
                        row,
                        self.said(f"crit{place}level{row}"),
                        self[f"crit{place}levelpoints{row}"],
                        self[f"crit{place}levelname{row}"],
                    )
                    for row in self.levels[place]
                ],
                len(self.levels[place]) < MOST_LEVELS,
            )
            for place in self.criteria
        ]

    @property
    def may_grow(self) -> bool:
        return len(self.criteria) < MOST_CRITERIA

    def rubric(self) -> list[dict[str, Any]]:
        names = self.names("critname", self.criteria, (f"c{n}" for n in range(1, 100)))
        found = []
        for place in self.criteria:
            title, levels = self._begun(self.texts(f"crit{place}")), self._levels(place)
            if any(title.values()):
                found.append({"name": names[place], "title": title, "levels": levels})
        return found

    def _levels(self, place: int) -> list[dict[str, Any]]:
        group, rows = f"crit{place}level", self.levels[place]
        names = self.names(f"{group}name", rows, (f"l{n}" for n in range(1, 100)))
        return [
            {"name": names[row], "points": plain_number(self.typed(f"{group}points{row}")), "title": title}
            for row in rows
            if any((title := self._begun(self.texts(f"{group}{row}"))).values())
            or self.typed(f"{group}points{row}")
        ]

    def _begun(self, texts: dict[str, str]) -> dict[str, str]:
        """Without the ready words of languages the author does not write the question in."""
        begun = {code for code, words in self.texts("stem").items() if words} or {"vi"}
        return {
            code: "" if code not in begun and words in READY_WORDS else words for code, words in texts.items()
        }

    def field_of(self, problem: olx.Problem) -> str:
        if problem.code == "bad-levels":
            faulty = [
                place
                for place, criterion in zip(self.criteria, self.rubric(), strict=False)
                if ("bad-levels", criterion["name"]) in rubric_faults([criterion])
            ]
            return f"crit{faulty[0] if faulty else 0}levelpoints0"
        return "crit0_vi"


class EssayForm(ByHandForm):
    """How many words are wanted."""

    kinds = (QuestionKind.ESSAY,)
    template = "assessments/studio/kinds/essay.html"

    def add_own(self) -> None:
        super().add_own()
        for name, label in (("least_words", _("Words at least")), ("most_words", _("Words at most"))):
            self.fields[name] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=10_000,
                initial=self.body.get(name) or None,
                help_text=_("Empty: no limit."),
            )

    def own_body(self) -> dict[str, Any]:
        data = self.cleaned_data
        counts = {name: data.get(name) or 0 for name in ("least_words", "most_words")}
        return {**counts, "rubric": self.rubric()}

    def field_of(self, problem: olx.Problem) -> str:
        return "most_words" if problem.code == "bad-number" else super().field_of(problem)


class FileForm(ByHandForm):
    """Which files are taken, and how many."""

    kinds = (QuestionKind.FILE,)
    template = "assessments/studio/kinds/file.html"

    def add_own(self) -> None:
        super().add_own()
        self.fields["accepts"] = forms.MultipleChoiceField(
            label=_("Kinds of file"),
            required=False,
            choices=[(kind, kind.upper()) for kind in FILE_KINDS],
            widget=forms.CheckboxSelectMultiple,
            initial=self.body.get("accepts", ["pdf", "docx"]),
        )
        self.fields["most_files"] = forms.IntegerField(
            label=_("Files at most"),
            required=False,
            min_value=1,
            max_value=MOST_FILES,
            initial=self.body.get("most_files", 1),
        )

    def own_body(self) -> dict[str, Any]:
        data = self.cleaned_data
        most = data.get("most_files") or 1
        return {"accepts": list(data.get("accepts") or ()), "most_files": most, "rubric": self.rubric()}

    def field_of(self, problem: olx.Problem) -> str:
        fields = {"unknown-file-kind": "accepts", "bad-number": "most_files"}
        return fields.get(problem.code) or super().field_of(problem)


READY_WORDS = {
    words
    for criterion in READY
    for texts in (criterion["title"], *(level["title"] for level in criterion["levels"]))
    for words in texts.values()
}
