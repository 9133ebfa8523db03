"""Reads of the question bank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import olx
from assessments.drawing import Candidate, ThinPool, draw
from assessments.models import Question, QuestionPlace, QuizVersion
from courses.models import BlockVersion, ModuleVersion
from courses.olx.outline import Outline
from lms.shared.errors import Refused

DIFFICULTIES = {1: gettext_lazy("Easy"), 2: gettext_lazy("Medium"), 3: gettext_lazy("Hard")}
BLOCK_TYPES = ("quiz", "question_bank")
PLACES = {"practice": QuestionPlace.PRACTICE, "bank": QuestionPlace.BANK}


@dataclass(frozen=True)
class QuizBlockSource:
    """A quiz or bank block and what its OLX says."""

    usage_key: str
    source: olx.QuizSource

    @property
    def place(self) -> QuestionPlace:
        return PLACES.get(self.source.kind, QuestionPlace.QUIZ)


def read_blocks(blocks: Iterable[BlockVersion], version: ModuleVersion) -> list[QuizBlockSource]:
    """What the quiz and bank blocks among `blocks` say; their pictures are files of `version`."""
    return [
        QuizBlockSource(block.usage_key, with_pictures(olx.parse(block.olx), version))
        for block in blocks
        if block.block_type in BLOCK_TYPES
    ]


def with_pictures(source: olx.QuizSource, version: ModuleVersion) -> olx.QuizSource:
    """The same with each picture tied to its file for ever; a picture without a file is a problem.

    `picture["file"]` becomes [module code, first 16 digits of the file's SHA-256, path], which addresses it:
    an attempt shows the picture it was asked with, whatever the module puts in its place later.
    """
    if not any("picture" in question.body for question in source.questions):
        return source
    items: list[olx.QuestionSource | olx.PoolSource] = []
    problems = list(source.problems)
    code, assets = version.module.code, Outline.from_json(version.outline).assets
    for item in source.items:
        if isinstance(item, olx.PoolSource) or "picture" not in item.body:
            items.append(item)
            continue
        picture = item.body["picture"]
        path = picture["src"].removeprefix("/static/")
        asset = assets.get(path)
        if asset is None:
            problems.append(olx.Problem("picture-missing", where=item.name, detail=path))
            items.append(item)
        else:
            file = [code, asset.sha256[:16], path]
            items.append(replace(item, body={**item.body, "picture": {**picture, "file": file}}))
    return replace(source, items=tuple(items), problems=tuple(problems))


def candidates(slots: Sequence[dict[str, Any]]) -> list[Candidate]:
    """The questions in use that the pools among `slots` may draw."""
    prefixes = [slot["outcome"] for slot in slots if "outcome" in slot]
    if not prefixes:
        return []
    under = Q()
    for prefix in prefixes:
        under |= Q(current__outcome=prefix) | Q(current__outcome__startswith=f"{prefix}.")
    rows = Question.objects.drawable().filter(under)
    facts = rows.values_list("name", "current_id", "current__outcome", "current__difficulty")
    return [Candidate(*row) for row in facts]


def thin_pool(version: QuizVersion) -> ThinPool | None:
    """The first pool of the quiz that the bank cannot fill, or None."""
    try:
        draw(version.slots, candidates(version.slots), seed=0)
    except ThinPool as thin:
        return thin
    return None


def questions_of_other_modules(names: Iterable[str], *, bank: str) -> list[str]:
    """Which of `names` another module already uses."""
    taken = Question.objects.filter(name__in=list(names)).exclude(bank=bank)
    return list(taken.order_by("name").values_list("name", flat=True))


def thin_pool_refusal(thin: ThinPool) -> Refused:
    """The refusal that names the outcome with too few questions."""
    facts = {"outcome": thin.outcome, "available": thin.available, "wanted": thin.wanted}
    if thin.difficulty is None:
        words = _("Outcome %(outcome)s has %(available)d questions for the draw; %(wanted)d are needed.")
    else:
        facts["difficulty"] = str(DIFFICULTIES[thin.difficulty])
        words = _(
            "Outcome %(outcome)s, difficulty “%(difficulty)s”, has %(available)d questions for the draw; "
            "%(wanted)d are needed."
        )
    return Refused("thin-pool", words % facts)
