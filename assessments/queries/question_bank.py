"""All questions of all modules, as their authors find them again.

What a block of a draft says never changes, so each version of a block is read once per process.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.models import Question, QuestionKind, QuestionPlace, QuestionVersion
from assessments.queries.bank import BLOCK_TYPES, PLACES
from courses.models import BlockVersion, Module
from courses.olx.outline import BlockRef, Outline
from courses.queries.outline import outlines_of
from courses.queries.version_cache import VersionCache
from lms.people.names import search_key
from lms.shared.languages import localised

MOST_WORDS = 8
STATES = {
    "published": _("published"),
    "changed": _("published, changed in the draft"),
    "draft": _("only in the draft"),
    "leaving": _("published, taken out of the draft"),
    "gone": _("no longer asked"),
}


@dataclass(frozen=True)
class QuestionFacts:
    """What one version of a question says. `missing`: see `assessments.olx.missing_texts`."""

    name: str
    kind: str
    outcome: str
    difficulty: int
    body: Mapping[str, Any]
    missing: Mapping[str, list[str] | None]
    searched: str  # without accents
    sha256: str


@dataclass(frozen=True)
class BlockFacts:
    """The questions of one version of a quiz or bank, and what it draws by: (outcome, difficulty)."""

    place: QuestionPlace
    questions: tuple[QuestionFacts, ...]
    pools: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class BankQuestion:
    """A question as the bank lists it; `block` is where it stands, None when it stands nowhere."""

    facts: QuestionFacts
    module: Module
    block: BlockRef | None
    place: QuestionPlace
    state: str

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def stem(self) -> str:
        body = self.facts.body
        return localised(body["stem"]) or localised(body.get("text", {})) or self.name

    @property
    def kind_label(self) -> str:
        return str(dict(QuestionKind.choices).get(self.facts.kind, self.facts.kind))

    @property
    def place_label(self) -> str:
        return str(self.place.label)

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])

    @property
    def in_draft(self) -> bool:
        return self.state in ("published", "changed", "draft")

    @property
    def languages(self) -> list[tuple[str, str, int]]:
        """(language, "complete", "missing" or "none", how many texts lack)."""
        return [
            (code, "none" if lacks is None else "missing" if lacks else "complete", len(lacks or ()))
            for code, lacks in self.facts.missing.items()
        ]


@dataclass(frozen=True)
class BankFilters:
    """What an author looks for. Empty strings ask for nothing; without a `state`, all that are in use."""

    text: str = ""
    module: str = ""
    outcome: str = ""
    difficulty: str = ""
    kind: str = ""
    place: str = ""
    state: str = ""
    language: str = ""  # "en": something lacks in English, or all of it

    @property
    def is_empty(self) -> bool:
        return self == BankFilters()


_blocks: VersionCache[int, BlockFacts] = VersionCache(1500)


def bank_questions(filters: BankFilters) -> list[BankQuestion]:
    """The questions that fit, module by module in their order. Three queries, two more for those gone."""
    modules = _modules(filters.module)
    found = [one for one in _in_use(modules) if filters.state in ("", one.state)]
    if filters.state == "gone":
        found = list(_gone(modules))
    words = search_key(filters.text).split()[:MOST_WORDS]
    return [one for one in found if _fits(one, filters) and all(word in one.facts.searched for word in words)]


def bank_question(name: str) -> BankQuestion | None:
    """One question wherever it is or was; None when there never was one of this name."""
    modules = _modules("")
    in_use = next((one for one in _in_use(modules) if one.name == name), None)
    return in_use or next((one for one in _gone(modules, name) if one.name == name), None)


def questions_named(names: Iterable[str]) -> list[BankQuestion]:
    """Those of `names` that stand in a draft, in the bank's order."""
    wanted = set(names)
    return [one for one in _in_use(_modules("")) if one.name in wanted and one.in_draft]


def module_choices() -> list[Module]:
    """The modules that have content, by code. One query."""
    return _modules("")


def outcome_choices(modules: Iterable[Module]) -> list[tuple[str, str]]:
    """(code, words) of all outcomes the modules' drafts state."""
    outlines = outlines_of(module.draft_id for module in modules)
    found = {
        outcome["code"]: f"{outcome['code']} {localised(outcome)}"
        for outline in outlines.values()
        for outcome in outline.outcomes
        if outcome.get("code")
    }
    return sorted(found.items())


def drawing_blocks(question: BankQuestion) -> list[tuple[Module, BlockRef]]:
    """The quizzes of the drafts that may draw the question by its outcome and difficulty."""
    if question.place == QuestionPlace.PRACTICE or not question.facts.outcome:
        return []
    own = question.facts.outcome
    return [
        (module, ref)
        for module, ref, facts in _read(_modules(""), "draft_id")
        if any(
            (own == outcome or own.startswith(f"{outcome}."))
            and difficulty in (None, question.facts.difficulty)
            for outcome, difficulty in facts.pools
        )
    ]


def facts_of(source: olx.QuestionSource) -> QuestionFacts:
    """What the bank keeps of a question."""
    texts = [text for _where, all_ in olx.translatable(source.kind, source.body) for text in all_.values()]
    return QuestionFacts(
        source.name,
        source.kind,
        source.outcome,
        source.difficulty,
        source.body,
        olx.missing_texts(source.kind, source.body),
        search_key(" ".join([source.name, source.outcome, *texts])),
        source.sha256,
    )


def _modules(code: str) -> list[Module]:
    rows = Module.objects.filter(draft__isnull=False).only("code", "title", "draft_id", "published_id")
    return list(rows.filter(code=code) if code else rows.order_by("code"))


def _in_use(modules: list[Module]) -> Iterator[BankQuestion]:
    """Those of the drafts, then those that learners see and the drafts have no more."""
    drafts, shown = _placed(modules, "draft_id"), _placed(modules, "published_id")
    for name, (module, block, place, facts) in drafts.items():
        before = shown.get(name)
        state = "draft" if before is None else "published" if before[3].sha256 == facts.sha256 else "changed"
        yield BankQuestion(facts, module, block, place, state)
    for name, (module, block, place, facts) in shown.items():
        if name not in drafts:
            yield BankQuestion(facts, module, block, place, "leaving")


def _placed(
    modules: list[Module], pointer: str
) -> dict[str, tuple[Module, BlockRef, QuestionPlace, QuestionFacts]]:
    return {
        facts.name: (module, ref, block.place, facts)
        for module, ref, block in _read(modules, pointer)
        for facts in block.questions
    }


def _read(modules: list[Module], pointer: str) -> Iterator[tuple[Module, BlockRef, BlockFacts]]:
    """The quizzes and banks of each module's draft or published version. Two queries at most."""
    outlines = outlines_of(getattr(module, pointer) for module in modules)
    placed = [
        (module, ref)
        for module in modules
        if (outline := outlines.get(getattr(module, pointer) or 0)) is not None
        for ref in _refs(outline)
    ]
    facts = _facts_of_blocks({ref.version for _module, ref in placed})
    return ((module, ref, facts[ref.version]) for module, ref in placed if ref.version in facts)


def _refs(outline: Outline) -> list[BlockRef]:
    return [ref for ref in outline.blocks.values() if ref.type in BLOCK_TYPES]


def _facts_of_blocks(pks: set[int]) -> dict[int, BlockFacts]:
    found = {pk: kept for pk in pks if (kept := _blocks.get(pk)) is not None}
    if missing := pks - found.keys():
        for pk, text in BlockVersion.objects.filter(pk__in=missing).values_list("pk", "olx"):
            found[pk] = _blocks.keep(pk, _block_facts(olx.parse(text)))
    return found


def _block_facts(source: olx.QuizSource) -> BlockFacts:
    return BlockFacts(
        PLACES.get(source.kind, QuestionPlace.QUIZ),
        tuple(facts_of(question) for question in source.questions),
        tuple((pool.outcome, pool.difficulty) for pool in source.pools),
    )


def _gone(modules: list[Module], name: str = "") -> Iterator[BankQuestion]:
    """Questions that were asked once and stand in no draft and no published version. Two queries."""
    by_code = {module.code: module for module in modules}
    in_use = {one.name for one in _in_use(modules)}
    rows = Question.objects.filter(bank__in=by_code)
    if name:
        rows = rows.filter(name=name)
    gone = {q.pk: q for q in rows.only("name", "bank", "place") if q.name not in in_use}
    latest: dict[int, QuestionVersion] = {}
    for version in QuestionVersion.objects.filter(question_id__in=gone).order_by("question_id", "number"):
        latest[version.question_id] = version
    for pk, version in latest.items():
        question = gone[pk]
        source = olx.QuestionSource(
            question.name, version.kind, version.outcome, version.difficulty, version.body
        )
        place = QuestionPlace(question.place)
        yield BankQuestion(facts_of(source), by_code[question.bank], None, place, "gone")


def _fits(one: BankQuestion, filters: BankFilters) -> bool:
    facts = one.facts
    under = facts.outcome == filters.outcome or facts.outcome.startswith(f"{filters.outcome}.")
    return (
        (not filters.outcome or under)
        and filters.difficulty in ("", str(facts.difficulty))
        and filters.kind in ("", facts.kind)
        and filters.place in ("", one.place.value)
        and (not filters.language or facts.missing.get(filters.language) != [])
    )
