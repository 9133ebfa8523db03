"""Forms of the question bank: looking for questions, changing many at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.actions.bulk_edit import BulkChange
from assessments.models import QuestionKind, QuestionPlace
from assessments.queries.question_bank import (
    STATES,
    BankFilters,
    BankQuestion,
    module_choices,
    outcome_choices,
)
from assessments.queries.quiz_editor import BANK
from courses.models import Module
from courses.queries.outline import draft_outline
from lms.shared.languages import LANGUAGE_NAMES, ORDER, localised

IN = {"class": "in"}
ALL = ("", _("All"))
KEEP = "keep"
DIFFICULTIES = [("1", _("Easy")), ("2", _("Medium")), ("3", _("Hard"))]


def _choice(label: Any, choices: Sequence[Any] = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.Select(attrs=IN))


class BankFilterForm(forms.Form):
    """What an author looks for."""

    text = forms.CharField(
        label=_("Words"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=IN | {"type": "search", "autocomplete": "off"}),
    )
    module = _choice(_("Module"))
    outcome = _choice(_("Outcome"))
    kind = _choice(_("Kind"), [ALL, *QuestionKind.choices])
    difficulty = _choice(_("Difficulty"), [ALL, *DIFFICULTIES])
    place = _choice(_("Place"), [ALL, *QuestionPlace.choices])
    state = _choice(_("Status"), [("", _("In use")), *STATES.items()])
    language = _choice(
        _("Not complete in"), [("", _("No matter")), *((code, LANGUAGE_NAMES[code]) for code in ORDER)]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        modules = module_choices()
        self.fields["module"].choices = [ALL, *((m.code, m.code) for m in modules)]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [ALL, *outcome_choices(modules)]  # type: ignore[attr-defined]

    def filters(self) -> BankFilters:
        """What was asked, without what makes no sense."""
        self.is_valid()
        return BankFilters(**{name: value for name, value in self.cleaned_data.items() if value})


class BulkForm(forms.Form):
    """What is to change in the ticked questions."""

    outcome = _choice(_("Outcome"))
    difficulty = _choice(_("Difficulty"), [(KEEP, _("As it is")), *DIFFICULTIES])
    target = _choice(_("Move to"))
    takes_out = forms.BooleanField(
        label=_("Take them out of the draft"),
        required=False,
        help_text=_("Attempts that asked them keep them; the history brings them back."),
    )

    def __init__(self, questions: Sequence[BankQuestion], data: Any = None) -> None:
        super().__init__(data, initial={"outcome": KEEP, "difficulty": KEEP})
        modules = {one.module.pk: one.module for one in questions}
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (KEEP, _("As it is")),
            ("", _("None")),
            *outcome_choices(module_choices()),
        ]
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            ("", _("Where they are")),
            (BANK, _("The question bank of their module")),
            *(_quizzes(next(iter(modules.values()))) if len(modules) == 1 else ()),
        ]
        if len(modules) > 1:
            self.fields["target"].help_text = _("A quiz can be chosen when all come from one module.")

    def change(self) -> BulkChange:
        said = self.cleaned_data
        outcome = said.get("outcome", KEEP)
        difficulty = said.get("difficulty") or KEEP
        return BulkChange(
            outcome=None if outcome == KEEP or "outcome" not in self.data else outcome,
            difficulty=None if difficulty == KEEP else int(difficulty),
            target=said.get("target", ""),
            takes_out=bool(said.get("takes_out")),
        )


def _quizzes(module: Module) -> list[tuple[str, str]]:
    outline = draft_outline(module)
    if outline is None:
        return []
    return [
        (ref.usage_key, localised(ref.title) or ref.key)
        for ref in outline.blocks.values()
        if ref.type == "quiz"
    ]
