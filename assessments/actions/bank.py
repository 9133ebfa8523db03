"""Questions and quizzes follow the modules: written with every snapshot, released when it is published."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import Question, QuestionPlace, QuestionVersion, Quiz, QuizVersion, ReviewRule
from assessments.queries.bank import (
    BLOCK_TYPES,
    QuizBlockSource,
    questions_of_other_modules,
    read_blocks,
    thin_pool,
    thin_pool_refusal,
)
from assessments.queries.fault_words import fault_words
from courses.models import BlockVersion, Module, ModuleVersion
from courses.olx.outline import Outline
from courses.permissions import may_author
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@transaction.atomic
def sync_questions(*, version: ModuleVersion, blocks: Iterable[BlockVersion], by: Actor) -> None:
    """Write the questions and quizzes of `blocks` that are not written yet. Safe to repeat.

    Drafts may be unfinished: a block with problems is left out here and refused when published.
    """
    sound = [source for source in read_blocks(blocks, version) if not source.source.problems]
    _write(sound, version.module, by)


@transaction.atomic
def release_questions(*, version: ModuleVersion, by: Actor) -> None:
    """Learners get the quizzes as `version` has them; what it no longer asks leaves the pools.

    Refuses what would fail under a learner's hands: faulty questions, pools the bank cannot fill.
    """
    sources = _sources_of(version)
    _refuse_problems(sources)
    questions, quizzes = _write(sources, version.module, by)
    _release(
        version.module, questions, quizzes, {q.name: s.place for s in sources for q in s.source.questions}
    )
    for quiz_version in quizzes.values():
        if thin := thin_pool(quiz_version):
            raise thin_pool_refusal(thin)


def check_questions(*, version: ModuleVersion, by: Actor) -> None:
    """Refuse a draft whose questions could not be published. Writes nothing."""
    if not may_author(by):
        raise Refused("not-allowed", _("Only trainers write and publish modules."))
    _refuse_problems(_sources_of(version))


def _sources_of(version: ModuleVersion) -> list[QuizBlockSource]:
    outline = Outline.from_json(version.outline)
    pins = [block.version for block in outline.blocks.values() if block.type in BLOCK_TYPES]
    return read_blocks(BlockVersion.objects.filter(pk__in=pins), version)


def _refuse_problems(sources: Iterable[QuizBlockSource]) -> None:
    """Refuse when a question is faulty, or stands in two places of the module."""
    seen: set[str] = set()
    for source in sources:
        named = {question.name: question for question in source.source.questions}
        for problem in source.source.problems:
            raise Refused(
                "faulty-question",
                _("%(where)s: %(problem)s. Put it right before publishing.")
                % {
                    "where": problem.where or source.usage_key.rpartition("@")[2],
                    "problem": fault_words(problem, named.get(problem.where)).rstrip("."),
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
    versions = _question_versions(questions, [q for source in sources for q in source.source.questions])
    asking = [source for source in sources if source.source.kind != "bank"]
    quizzes = _quizzes([source.usage_key for source in asking], module)
    return versions, {
        source.usage_key: _quiz_version(quizzes[source.usage_key], source, versions, by) for source in asking
    }


def _quizzes(usage_keys: list[str], module: Module) -> dict[str, Quiz]:
    """The quizzes of these blocks with their versions; new ones are written at once."""
    Quiz.objects.bulk_create(
        [Quiz(usage_key=key, module=module) for key in usage_keys], ignore_conflicts=True
    )
    rows = Quiz.objects.filter(usage_key__in=usage_keys).prefetch_related("versions")
    return {quiz.usage_key: quiz for quiz in rows}


def _question_versions(
    questions: dict[str, Question], sources: list[olx.QuestionSource]
) -> dict[str, QuestionVersion]:
    """The version with exactly this content of each question, new ones written at once.

    The caller prefetched the versions there are, and holds the module's row: nobody else numbers them.
    """
    known = {(q.name, version.sha256): version for q in questions.values() for version in q.versions.all()}
    numbers = Counter(name for name, _sha256 in known)
    new: dict[tuple[str, str], QuestionVersion] = {}
    for source in sources:
        key = (source.name, source.sha256)
        if key in known or key in new:
            continue
        numbers[source.name] += 1
        new[key] = QuestionVersion(
            question=questions[source.name],
            sha256=source.sha256,
            number=numbers[source.name],
            kind=source.kind,
            body=source.body,
            outcome=source.outcome,
            difficulty=source.difficulty,
            created_at=clock.now(),
        )
    QuestionVersion.objects.bulk_create(new.values(), batch_size=500)
    known |= new
    return {source.name: known[source.name, source.sha256] for source in sources}


def _quiz_version(
    quiz: Quiz, source: QuizBlockSource, versions: dict[str, QuestionVersion], by: Actor
) -> QuizVersion:
    """The version with exactly this content; the caller prefetched the versions there are."""
    content = _quiz_content(source.source, versions)
    sha256 = olx.digest(content)
    known = {version.sha256: version for version in quiz.versions.all()}
    if sha256 in known:
        return known[sha256]
    version = QuizVersion.objects.create(
        quiz=quiz, number=len(known) + 1, sha256=sha256, created_at=clock.now(), **content
    )
    record("quiz.written", quiz, by=by, number=version.number)
    return version


def _quiz_content(source: olx.QuizSource, versions: dict[str, QuestionVersion]) -> dict[str, Any]:
    """The columns of a quiz version that its OLX decides. What is as usual stays out of the digest: else
    every quiz written before there was the rule would get a new version."""
    unusual = {"double_marking": True} if source.double_marking else {}
    return {
        **unusual,
        "kind": source.kind,
        "title": source.title,
        "pass_percent": source.pass_percent,
        "attempts_allowed": source.attempts,
        "cooling_off_hours": source.cooling_off_hours,
        "time_limit_minutes": source.time_limit_minutes,
        "slots": [
            _pool_slot(item) if isinstance(item, olx.PoolSource) else {"question": versions[item.name].pk}
            for item in source.items
        ],
        **_sitting_rules(source),
    }


def _pool_slot(pool: olx.PoolSource) -> dict[str, Any]:
    asked = {"outcome": pool.outcome, "count": pool.count}
    return asked | ({"difficulty": pool.difficulty} if pool.difficulty else {})


def _sitting_rules(source: olx.QuizSource) -> dict[str, Any]:
    """Only what is not as usual: a quiz without these rules stays the version it was without them."""
    rules: dict[str, Any] = {
        "opens_at": source.opens,
        "closes_at": source.closes,
        "is_supervised": source.is_supervised,
    }
    if source.review != ReviewRule.AFTER_PASS:
        rules["review"] = source.review
    return {name: value for name, value in rules.items() if value}


def _release(
    module: Module,
    questions: dict[str, QuestionVersion],
    quizzes: dict[str, QuizVersion],
    places: dict[str, QuestionPlace],
) -> None:
    """Move the pointers of the module's questions and quizzes, those it dropped to nothing."""
    moved = []
    for question in Question.objects.filter(bank=module.code):
        current = questions.get(question.name)
        place = places.get(question.name, QuestionPlace(question.place))
        if (question.current_id, question.place) != (current and current.pk, place):
            question.current, question.place = current, place
            moved.append(question)
    Question.objects.bulk_update(moved, ["current", "place"], batch_size=500)
    for quiz in Quiz.objects.filter(module=module):
        version = quizzes.get(quiz.usage_key)
        if quiz.current_id != (version and version.pk):
            quiz.current = version
            quiz.save(update_fields=["current"])
