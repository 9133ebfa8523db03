"""Matching: pairs, and answers that belong to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import QuestionKind
from assessments.web.question_forms.base import QuestionForm, Spoken, at
from assessments.web.question_forms.fresh import random_names

LEAST_PAIRS, LEAST_EXTRAS, MOST = 4, 1, 20


@dataclass(frozen=True)
class PairRow:
    """A prompt and what belongs to it; `left` is None for an answer that belongs to nothing."""

    place: int
    number: int
    left: list[Spoken] | None
    right: list[Spoken]
    names: list[BoundField]


class MatchingForm(QuestionForm):
    """Pairs side by side. Two prompts with the same answer share one option."""

    kinds = (QuestionKind.MATCHING,)
    template = "assessments/studio/kinds/matching.html"

    def add_own(self) -> None:
        options = {option["name"]: option for option in self.body.get("options", [])}
        prompts: list[dict[str, Any]] = self.body.get("prompts", [])
        used = {prompt["match"] for prompt in prompts}
        extras = [option for name, option in options.items() if name not in used]
        self.pairs = self.rows("pair", len(prompts), least=LEAST_PAIRS, most=MOST, probe="prompt")
        for place in self.pairs:
            prompt = at(prompts, place)
            option = options.get(prompt.get("match", ""), {})
            self.say(f"prompt{place}", _("Left side"), prompt.get("text", {}))
            self.say(f"match{place}", _("What belongs to it"), option.get("text", {}))
            self.keep(f"promptname{place}", prompt.get("name", ""))
            self.keep(f"matchname{place}", option.get("name", ""))
        self.extras = self.rows("extra", len(extras), least=LEAST_EXTRAS, most=MOST)
        for place in self.extras:
            option = at(extras, place)
            self.say(f"extra{place}", _("An answer that belongs to nothing"), option.get("text", {}))
            self.keep(f"extraname{place}", option.get("name", ""))

    @property
    def pair_rows(self) -> list[PairRow]:
        return [
            PairRow(
                place,
                place + 1,
                self.said(f"prompt{place}"),
                self.said(f"match{place}"),
                [self[f"promptname{place}"], self[f"matchname{place}"]],
            )
            for place in self.pairs
        ]

    @property
    def extra_rows(self) -> list[PairRow]:
        return [
            PairRow(place, place + 1, None, self.said(f"extra{place}"), [self[f"extraname{place}"]])
            for place in self.extras
        ]

    @property
    def may_grow_pairs(self) -> bool:
        return len(self.pairs) < MOST

    @property
    def may_grow_extras(self) -> bool:
        return len(self.extras) < MOST

    def own_body(self) -> dict[str, Any]:
        options = _Options()
        names = self.names("promptname", self.pairs, random_names())
        prompts = []
        for place in self.pairs:
            left, right = self.texts(f"prompt{place}"), self.texts(f"match{place}")
            if any(left.values()) or any(right.values()):
                match = options.named(self.typed(f"matchname{place}"), right) if any(right.values()) else ""
                prompts.append({"name": names[place], "text": left, "match": match})
        for place in self.extras:
            if any((text := self.texts(f"extra{place}")).values()):
                options.named(self.typed(f"extraname{place}"), text)
        return {"prompts": prompts, "options": options.all}

    def field_of(self, problem: olx.Problem) -> str:
        if problem.code == "no-right-answer":
            empty = [place for place in self.pairs if self._lacks_match(place)]
            return f"match{empty[0] if empty else 0}_vi"
        return "prompt0_vi"

    def _lacks_match(self, place: int) -> bool:
        return any(self.texts(f"prompt{place}").values()) and not any(self.texts(f"match{place}").values())


class _Options:
    """The options in the order they are met; the same words are the same option."""

    def __init__(self) -> None:
        self.all: list[dict[str, Any]] = []
        self._fresh = random_names()

    def named(self, kept: str, text: Mapping[str, str]) -> str:
        for option in self.all:
            if option["text"] == text:
                return str(option["name"])
        taken = {option["name"] for option in self.all}
        name = kept if kept and kept not in taken else next(name for name in self._fresh if name not in taken)
        self.all.append({"name": name, "text": dict(text)})
        return name
