"""What the forms of all kinds of question share: words in each language, sources, picture, situation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.olx_edit import QuestionDraft, write_question
from assessments.queries.fault_words import fault_words, faults_of
from assessments.queries.picture_size import picture_size
from assessments.web.quiz_forms import KeptForm
from courses.queries.blocks import sources
from courses.queries.editing import EditedBlock
from lms.shared.languages import LANGUAGE_NAMES, ORDER, localised

MOST_CITES = 6
LONGEST = 2_000  # characters of one text
NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
Sent = Mapping[str, Sequence[str]]
Words = str | Promise


@dataclass(frozen=True)
class Spoken:
    """One text in one language."""

    code: str
    bound: BoundField


class QuestionForm(KeptForm):
    """One question. A kind adds its own fields in `add_own` and reads them back in `own_body`.

    `sent` is what was typed, by field; rows that grow take their number from it. `more` names the group of
    rows that gets one more, see `rows`.
    """

    kinds: ClassVar[tuple[str, ...]] = ()
    template: ClassVar[str] = ""  # draws the kind's own fields
    stem_label: ClassVar[Words] = _("The question")
    stem_hint: ClassVar[Words] = ""
    needs_source: ClassVar[bool] = True

    kind = forms.CharField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Outcome it tests"), required=False)
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        coerce=int,
        choices=((1, _("Easy")), (2, _("Medium")), (3, _("Hard"))),
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        edited: EditedBlock,
        name: str,
        kind: str,
        data: Any = None,
        typed: Sent | None = None,
        more: str = "",
    ) -> None:
        self.edited, self.name, self.more = edited, name, more
        self.sent: Sent = typed if typed is not None else dict(data.lists()) if data is not None else {}
        said = (self.sent.get("kind") or [kind])[-1]
        self.asked_kind = said if said in self.kinds else kind
        self.source = olx.parse(edited.olx)
        self.question = next((q for q in self.source.questions if q.name == name), None)
        self.body: dict[str, Any] = self.question.body if self.question else {}
        super().__init__(data, initial=self._initial())
        self.fields["outcome"].choices = self._outcomes()  # type: ignore[attr-defined]
        self.say("stem", self.stem_label, self.body.get("stem", {}), rows=3, hint=self.stem_hint)
        self.say("explanation", _("Explanation"), self.body.get("explanation", {}), rows=3)
        self._add_picture()
        self._add_situation()
        self._add_cites()
        self.add_own()
        if typed is not None:
            self.take(typed)

    def take(self, kept: Sent) -> None:
        """Show what was typed; a box that was not ticked is not ticked, whatever is saved."""
        super().take(kept)
        for name, field in self.fields.items():
            if isinstance(field, forms.BooleanField):
                self.initial[name] = name in kept

    @classmethod
    def arrange(cls, sent: Sent, saved: Mapping[str, Any]) -> dict[str, list[str]]:  # noqa: ARG003
        """What was sent, put in order before the form reads it; `saved` is the question's body so far."""
        return {name: list(values) for name, values in sent.items()}

    def add_own(self) -> None:
        """Add the fields of this kind."""
        raise NotImplementedError

    def own_body(self) -> dict[str, Any]:
        """The kind's part of the body, from `cleaned_data`."""
        raise NotImplementedError

    def field_of(self, problem: olx.Problem) -> str:
        """The field at which a fault is shown."""
        raise NotImplementedError

    # -- building -----------------------------------------------------------

    def say(
        self,
        prefix: str,
        label: Words,
        texts: Mapping[str, str],
        *,
        rows: int = 1,
        hint: Words = "",
        longest: int = LONGEST,
    ) -> None:
        """Add a text field for each language."""
        for code in ORDER:
            attrs: dict[str, Any] = {"lang": code}
            widget = (
                forms.TextInput(attrs=attrs) if rows == 1 else forms.Textarea(attrs={**attrs, "rows": rows})
            )
            self.fields[f"{prefix}_{code}"] = forms.CharField(
                label=_("%(words)s, %(language)s") % {"words": label, "language": LANGUAGE_NAMES[code]},
                required=False,
                max_length=longest,
                initial=texts.get(code, ""),
                widget=widget,
                help_text=str(hint),
            )

    def line(self, name: str, label: Words, initial: str, *, hint: Words = "", longest: int = 500) -> None:
        """Add a line that is the same in all languages."""
        self.fields[name] = forms.CharField(
            label=str(label), required=False, max_length=longest, initial=initial, help_text=str(hint)
        )

    def keep(self, name: str, value: str) -> None:
        """Add a hidden field with a name that must not change."""
        self.fields[name] = forms.CharField(
            required=False, max_length=40, initial=value, widget=forms.HiddenInput
        )

    def tick(self, name: str, label: Words, *, initial: bool, hint: Words = "") -> None:
        self.fields[name] = forms.BooleanField(
            label=str(label), required=False, initial=initial, help_text=str(hint)
        )

    def rows(self, group: str, saved: int, *, least: int, most: int, probe: str = "") -> range:
        """How many rows `group` has: those saved, those typed, and one more where it was asked for."""
        pattern = re.compile(rf"{probe or group}(\d{{1,3}})(?:_|$)")
        typed = [int(match[1]) + 1 for name in self.sent if (match := pattern.match(name))]
        number = max([*typed, saved] if typed else [least, saved])
        return range(min(number + (self.more == group), max(most, saved)))

    # -- reading ------------------------------------------------------------

    def said(self, prefix: str) -> list[Spoken]:
        """The fields of one text, language by language."""
        return [Spoken(code, self[f"{prefix}_{code}"]) for code in ORDER]

    def typed(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "").strip()

    def names(self, prefix: str, rows: Sequence[int], fresh: Iterator[str]) -> dict[int, str]:
        """The name of each row: as it was, for ever; a new row takes the next of `fresh`."""
        kept: dict[int, str] = {}
        for place in rows:
            name = self.typed(f"{prefix}{place}")
            if NAME.fullmatch(name) and name not in kept.values():
                kept[place] = name
        free = (name for name in fresh if name not in kept.values())
        return {place: kept.get(place) or next(free) for place in rows}

    @property
    def stem(self) -> list[Spoken]:
        return self.said("stem")

    @property
    def explanation(self) -> list[Spoken]:
        return self.said("explanation")

    @property
    def alt(self) -> list[Spoken]:
        return self.said("alt")

    @property
    def has_situations(self) -> bool:
        return bool(self.source.situations)

    @property
    def cite_rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"cite{place}_source"], self[f"cite{place}_lines"]) for place in self.cite_places]

    @property
    def may_cite_more(self) -> bool:
        return len(self.cite_places) < MOST_CITES

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        written = self.written()
        question = next(q for q in written.questions if q.name == self.name)
        for problem in faults_of(written.problems, self.name):
            if problem.code not in olx.UNFINISHED:
                field = self.field_of(problem)
                words = fault_words(problem, question)
                self.add_error(field if field in self.fields else "stem_vi", words)
        return cleaned

    def written(self) -> olx.QuizSource:
        """The quiz as it reads with this question in it."""
        return olx.parse(write_question(self.edited.olx, self.draft()))

    def draft(self) -> QuestionDraft:
        data = self.cleaned_data
        return QuestionDraft(
            name=self.name,
            kind=self.asked_kind,
            outcome=data.get("outcome", ""),
            difficulty=data.get("difficulty") or 2,
            stem=self.texts("stem"),
            body={**self.own_body(), **self._picture()},
            explanation=self.texts("explanation"),
            cites=[
                (source, self.typed(f"cite{place}_lines"))
                for place in self.cite_places
                if (source := data.get(f"cite{place}_source"))
            ],
            stimulus=self.typed("stimulus"),
        )

    # -- the common fields --------------------------------------------------

    def _initial(self) -> dict[str, Any]:
        question = self.question
        return {
            "base_version": self.edited.ref.version,
            "kind": self.asked_kind,
            "outcome": question.outcome if question else "",
            "difficulty": question.difficulty if question else 2,
        }

    def _outcomes(self) -> list[tuple[str, str]]:
        known = [
            (outcome["code"], f"{outcome['code']} {localised(outcome)}")
            for outcome in self.edited.outline.outcomes
            if outcome.get("code")
        ]
        stated = self.question.outcome if self.question else ""
        if stated and stated not in {code for code, _words in known}:
            known.append((stated, stated))
        return [("", gettext("None")), *known]

    def _add_picture(self) -> None:
        picture = self.body.get("picture", {})
        files = [file.static for file in self.edited.files_of(["image/"])]
        named = picture.get("src", "")
        self.fields["picture"] = forms.ChoiceField(
            label=_("Picture"),
            required=False,
            choices=[
                ("", gettext("No picture")),
                *((src, src.removeprefix("/static/")) for src in dict.fromkeys([*files, named]) if src),
            ],
            initial=named,
        )
        self.say("alt", _("What the picture shows, in words"), picture.get("alt", {}))

    def _picture(self) -> dict[str, Any]:
        src = self.typed("picture")
        if not src:
            return {}
        width, height = picture_size(self.edited, src)
        return {"picture": {"src": src, "alt": self.texts("alt"), "width": width, "height": height}}

    @property
    def picture_url(self) -> str:
        """Where the chosen picture is served."""
        src = str(self["picture"].value() or "")
        file = self.edited.files.get(src.removeprefix("/static/"))
        return file.url if file else ""

    def _add_situation(self) -> None:
        named = self.body.get("stimulus", {}).get("name", "")
        self.fields["stimulus"] = forms.ChoiceField(
            label=_("Situation it is about"),
            required=False,
            choices=[
                ("", gettext("None: the question stands alone")),
                *((one["name"], localised(one["title"]) or one["name"]) for one in self.source.situations),
            ],
            initial=named,
        )

    def _add_cites(self) -> None:
        cites = self.body.get("cites", [])
        # An imported question may hold more than the form offers; nothing of it may get lost.
        self.cite_places = self.rows("cite", len(cites), least=1, most=MOST_CITES)
        register: list[tuple[str, str]] = [("", gettext("None"))]
        register += [(s.id, f"{s.id}: {localised(s.title)}") for s in sources().values()]
        known = {code for code, _words in register}
        for place in self.cite_places:
            cite = cites[place] if place < len(cites) else {"source": "", "lines": ""}
            extra = [(cite["source"], cite["source"])] if cite["source"] not in known else []
            self.fields[f"cite{place}_source"] = forms.ChoiceField(
                label=_("Source"), choices=[*register, *extra], required=False, initial=cite["source"]
            )
            self.fields[f"cite{place}_lines"] = forms.CharField(
                label=_("Lines or section"), required=False, max_length=60, initial=cite["lines"]
            )


def at(rows: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:
    """The saved row at `place`, empty for a new one."""
    return rows[place] if place < len(rows) else {}
