"""Questions and quizzes follow the modules: written with every snapshot, released when it is published."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import Question, QuestionPlace, QuestionVersion, Quiz, QuizVersion
from assessments.queries.bank import (
    BLOCK_TYPES,
    QuizBlockSource,
    questions_of_other_modules,
    read_blocks,
    thin_pool,
    thin_pool_refusal,
)
from courses.models import BlockVersion, Module, ModuleVersion
from courses.olx.outline import Outline
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@transaction.atomic
def sync_questions(*, version: ModuleVersion, blocks: Iterable[BlockVersion], by: Actor) -> None:
    """Write the questions and quizzes of `blocks` that are not written yet. Safe to repeat.

    Drafts may be unfinished: a block with problems is left out here and refused when published.
    """
    sound = [source for source in read_blocks(blocks) if not source.source.problems]
    _write(sound, version.module, by)


@transaction.atomic
def release_questions(*, version: ModuleVersion, by: Actor) -> None:
    """Learners get the quizzes as `version` has them; what it no longer asks leaves the pools.

    Refuses what would fail under a learner's hands: faulty questions, pools the bank cannot fill.
    """
    outline = Outline.from_json(version.outline)
    pins = [block.version for block in outline.blocks.values() if block.type in BLOCK_TYPES]
    sources = read_blocks(BlockVersion.objects.filter(pk__in=pins))
    _refuse_problems(sources)
    questions, quizzes = _write(sources, version.module, by)
    _release(
        version.module, questions, quizzes, {q.name: s.place for s in sources for q in s.source.questions}
    )
    for quiz_version in quizzes.values():
        if thin := thin_pool(quiz_version):
            raise thin_pool_refusal(thin)


def _refuse_problems(sources: Iterable[QuizBlockSource]) -> None:
    """Refuse when a question is faulty, or stands in two places of the module."""
    seen: set[str] = set()
    for source in sources:
        for problem in source.source.problems:
            raise Refused(
                "faulty-question",
                _("%(where)s: %(problem)s. Put it right before publishing.")
                % {
                    "where": problem.where or source.usage_key.rpartition("@")[2],
                    "problem": f"{problem.code} {problem.detail}".strip(),
                },
            )
        for question in source.source.questions:
            if question.name in seen:
                raise Refused(
                    "question-twice",
                    _("The question %(name)s stands in two quizzes of this module.")
                    % {"name": question.name},
                )
            seen.add(question.name)


def _write(
    sources: list[QuizBlockSource], module: Module, by: Actor
) -> tuple[dict[str, QuestionVersion], dict[str, QuizVersion]]:
    """Question versions by name and quiz versions by usage key, written where they were not there."""
    places = {q.name: source.place for source in sources for q in source.source.questions}
    if taken := questions_of_other_modules(places, bank=module.code):
        raise Refused(
            "question-name-taken",
            _("The question name %(name)s is used by another module.") % {"name": taken[0]},
        )
    Question.objects.bulk_create(
        [Question(name=name, bank=module.code, place=place) for name, place in places.items()],
        ignore_conflicts=True,
    )
    questions = {q.name: q for q in Question.objects.filter(name__in=places).prefetch_related("versions")}
    versions = {
        question.name: _question_version(questions[question.name], question)
        for source in sources
        for question in source.source.questions
    }
    quizzes = {
        source.usage_key: _quiz_version(source, module, versions, by)
        for source in sources
        if source.source.kind != "bank"
    }
    return versions, quizzes


def _question_version(question: Question, source: olx.QuestionSource) -> QuestionVersion:
    """The version with exactly this content; the caller prefetched the versions there are."""
    known = {version.sha256: version for version in question.versions.all()}
    if source.sha256 in known:
        return known[source.sha256]
    version, _is_new = QuestionVersion.objects.get_or_create(
        question=question,
        sha256=source.sha256,
        defaults={
            "number": QuestionVersion.objects.filter(question=question).count() + 1,
            "kind": source.kind,
            "body": source.body,
            "outcome": source.outcome,
            "difficulty": source.difficulty,
            "created_at": clock.now(),
        },
    )
    return version


def _quiz_version(
    source: QuizBlockSource, module: Module, versions: dict[str, QuestionVersion], by: Actor
) -> QuizVersion:
    content = _quiz_content(source.source, versions)
    sha256 = olx.digest(content)
    quiz, _is_new = Quiz.objects.get_or_create(usage_key=source.usage_key, defaults={"module": module})
    if known := quiz.versions.filter(sha256=sha256).first():
        return known
    version = QuizVersion.objects.create(
        quiz=quiz, number=quiz.versions.count() + 1, sha256=sha256, created_at=clock.now(), **content
    )
    record("quiz.written", quiz, by=by, number=version.number)
    return version


def _quiz_content(source: olx.QuizSource, versions: dict[str, QuestionVersion]) -> dict[str, Any]:
    """The columns of a quiz version that its OLX decides."""
    return {
        "kind": source.kind,
        "title": source.title,
        "pass_percent": source.pass_percent,
        "attempts_allowed": source.attempts,
        "cooling_off_hours": source.cooling_off_hours,
        "time_limit_minutes": source.time_limit_minutes,
        "slots": [
            {"outcome": item.outcome, "count": item.count}
            if isinstance(item, olx.PoolSource)
            else {"question": versions[item.name].pk}
            for item in source.items
        ],
    }


def _release(
    module: Module,
    questions: dict[str, QuestionVersion],
    quizzes: dict[str, QuizVersion],
    places: dict[str, QuestionPlace],
) -> None:
    """Move the pointers of the module's questions and quizzes, those it dropped to nothing."""
    for question in Question.objects.filter(bank=module.code):
        current = questions.get(question.name)
        place = places.get(question.name, QuestionPlace(question.place))
        if (question.current_id, question.place) != (current and current.pk, place):
            question.current, question.place = current, place
            question.save(update_fields=["current", "place"])
    for quiz in Quiz.objects.filter(module=module):
        version = quizzes.get(quiz.usage_key)
        if quiz.current_id != (version and version.pk):
            quiz.current = version
            quiz.save(update_fields=["current"])
