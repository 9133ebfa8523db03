"""What the pages of an open attempt show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import ngettext

from assessments.models import Attempt, QuestionVersion
from assessments.queries.asked import Asked
from assessments.queries.attempts import Answer
from assessments.queries.fixed import (
    DrawnSlot,
    question_version,
    question_versions,
    slot_at,
    slots_of,
)
from lms.shared.addresses import address


@dataclass(frozen=True)
class ShownQuestion:
    """One question in the reader's language, with her answer."""

    position: int
    asked: Asked
    answer: Answer

    @property
    def stem(self) -> str:
        return self.asked.stem

    @property
    def said(self) -> list[str]:
        """Her answer in words."""
        if self.asked.kind == "file":
            number = len(self.answer.chosen)
            words = ngettext("%(count)s file", "%(count)s files", number) % {"count": number}
            return [words] if number else []
        return self.asked.said

    def answered(self, response: tuple[str, ...]) -> "ShownQuestion":
        """The same question with an answer that is not stored (yet)."""
        return replace(self, asked=replace(self.asked, response=response))


@dataclass(frozen=True)
class ListedQuestion:
    """An entry of the question list beside a question."""

    position: int
    is_answered: bool
    is_flagged: bool
    is_current: bool

    @property
    def css(self) -> str:
        if self.is_current:
            return "q-c"
        if self.is_flagged:
            return "q-f" if self.is_answered else ""
        return "q-a" if self.is_answered else ""


@dataclass(frozen=True)
class QuestionList:
    """All questions of an attempt, for the list and its key. No query: the attempt knows."""

    attempt: Attempt
    current: int = 0

    @cached_property
    def questions(self) -> list[ListedQuestion]:
        saved: dict[str, dict[str, Any]] = self.attempt.answers
        nothing: dict[str, Any] = {}
        found = []
        for position in range(1, self.attempt.number_of_questions + 1):
            one = saved.get(str(position), nothing)
            answered, flagged = bool(one.get("chosen")), bool(one.get("flagged"))
            found.append(ListedQuestion(position, answered, flagged, position == self.current))
        return found

    @cached_property
    def unanswered(self) -> list[int]:
        return [question.position for question in self.questions if not question.is_answered]

    @cached_property
    def flagged(self) -> list[int]:
        return [question.position for question in self.questions if question.is_flagged]

    @property
    def number_answered(self) -> int:
        return self.attempt.number_of_questions - len(self.unanswered)

    @property
    def resume_at(self) -> int:
        """Where to go on: the first question without an answer, else the first."""
        return self.unanswered[0] if self.unanswered else 1


def shown_question(attempt: Attempt, position: int) -> ShownQuestion | None:
    """The question at `position`, None beyond the last."""
    slot = slot_at(attempt.pk, position)
    return None if slot is None else _shown(attempt, slot, question_version(slot.question_version_id))


def shown_questions(attempt: Attempt) -> list[ShownQuestion]:
    """All questions, for the page before handing in."""
    slots = slots_of(attempt.pk)
    versions = question_versions(slot.question_version_id for slot in slots)
    return [_shown(attempt, slot, versions[slot.question_version_id]) for slot in slots]


def _shown(attempt: Attempt, slot: DrawnSlot, version: QuestionVersion) -> ShownQuestion:
    answer = Answer.of(attempt, slot.position)
    asked = Asked(version.kind, version.body, answer.chosen, slot.option_order, picture_address(version.body))
    return ShownQuestion(slot.position, asked, answer)


def picture_address(body: Mapping[str, Any]) -> str:
    """Where a question's picture is served; empty when there is none. No query: the body names its file."""
    file = body.get("picture", {}).get("file")
    return address("courses:asset", *file) if file else ""
