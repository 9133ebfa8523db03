"""Builders for questions, quizzes and attempts."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from defusedxml.ElementTree import fromstring

from assessments.actions.attempt import save_answer, start_attempt
from assessments.actions.bank import release_questions
from assessments.actions.submit import submit_attempt
from assessments.actions.synthetic_attempts import Answerer, SyntheticAttempt, enter_synthetic_attempts
from assessments.models import Attempt, Quiz
from courses.models import (
    BlockVersion,
    Component,
    Enrolment,
    Module,
    ModuleCompletion,
    ModuleVersion,
    Programme,
    ProgrammeModule,
    Track,
)
from courses.olx.outline import AssetRef, BlockRef, Outline, Section, Unit
from lms.people.models import Person, Role
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make

PICTURE_SHA256 = hashlib.sha256(b"a map").hexdigest()
START = datetime(2026, 11, 21, 10, 0, tzinfo=clock.HO_CHI_MINH)
QUIZ_KEY = "block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz"


class HandClock:
    """The server's clock in a test's hand; it stands at START."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = START
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def forward(self, **delta: float) -> None:
        self.now += timedelta(**delta)


def option_olx(name: str, *, correct: bool = False) -> str:
    right = ' correct="true"' if correct else ""
    return (
        f'<option name="{name}"{right}><vi>Lựa chọn {name}</vi><en>Choice {name}</en>'
        f'<why lang="vi">Vì sao {name}</why><why lang="en">Why {name}</why></option>'
    )


def question_olx(
    name: str = "c1-q01",
    *,
    kind: str = "single",
    outcome: str = "C1.1",
    options: Sequence[str] = ("a", "b", "c"),
    right: Sequence[str] = ("b",),
    stem: str = "Câu hỏi",
    difficulty: int = 2,
) -> str:
    return (
        f'<question name="{name}" type="{kind}" outcome="{outcome}" difficulty="{difficulty}">'
        f'<stem lang="vi">{stem} {name}?</stem><stem lang="en">Question {name}?</stem>'
        + "".join(option_olx(option, correct=option in right) for option in options)
        + f'<explanation lang="vi">Giải thích {name}.</explanation>'
        f'<explanation lang="en">Explanation {name}.</explanation>'
        '<cite source="S3" lines="16"/></question>'
    )


def truefalse_olx(name: str = "c1-q02", *, right: str = "true") -> str:
    return question_olx(name, kind="truefalse", options=("true", "false"), right=(right,))


def quiz_olx(
    *items: str,
    kind: str = "module",
    url_name: str = "c1-quiz",
    rules: str = 'pass_percent="80" attempts="3" cooling_off_hours="24" time_limit_minutes="20"',
) -> str:
    return (
        f'<quiz url_name="{url_name}" kind="{kind}" display_name="Kiểm tra C1" '
        f'display_name_en="Quiz C1" {rules}>' + "".join(items) + "</quiz>"
    )


def bank_olx(*questions: str, url_name: str = "c1-bank") -> str:
    return f'<question_bank url_name="{url_name}">' + "".join(questions) + "</question_bank>"


def module(code: str = "C1") -> Module:
    found, _is_new = Module.objects.get_or_create(
        code=code,
        defaults={
            "course_key": f"course-v1:LanToa+{code}+2026",
            "title": {"vi": f"Mô-đun {code}", "en": f"Module {code}"},
            "component": Component.ST,
        },
    )
    return found


def programme() -> Programme:
    """The one programme of these tests: C1 is its module, GX its exam."""
    track, _is_new = Track.objects.get_or_create(
        code="G", defaults={"title": {"vi": "Thông tin cơ sở"}, "duty": "GRASS", "position": 1}
    )
    found, is_new = Programme.objects.get_or_create(
        track=track,
        version="2026-1",
        defaults={"title": {"vi": "Thông tin cơ sở"}, "hours": 24, "exam_module": module("GX")},
    )
    if is_new:
        ProgrammeModule.objects.create(programme=found, module=module("C1"), position=1, is_core=True)
    return found


def learner() -> Person:
    """Somebody enrolled on that programme."""
    person = make.person()
    Enrolment.objects.create(person=person, programme=programme(), rule="chosen", enrolled_at=clock.now())
    return person


def block(olx: str, *, module_code: str = "C1") -> BlockVersion:
    """A written version of the quiz or bank in `olx`."""
    element = fromstring(olx)
    name = element.get("url_name")
    usage_key = f"block-v1:LanToa+{module_code}+2026+type@{element.tag}+block@{name}"
    number = BlockVersion.objects.filter(usage_key=usage_key).count() + 1
    return BlockVersion.objects.create(
        usage_key=usage_key,
        number=number,
        block_type=element.tag,
        olx=olx,
        sha256=hashlib.sha256(olx.encode()).hexdigest(),
        created_at=clock.now(),
    )


def snapshot(
    *blocks: BlockVersion, module_code: str = "C1", assets: dict[str, AssetRef] | None = None
) -> ModuleVersion:
    """A module version whose one unit holds the quizzes among `blocks`; banks beside it."""
    refs = [
        BlockRef(
            usage_key=b.usage_key,
            type=b.block_type,
            title={"vi": "Kiểm tra"},
            kind=fromstring(b.olx).get("kind", ""),
            is_required=True,
            version=b.pk,
        )
        for b in blocks
    ]
    in_unit = tuple(ref for ref in refs if ref.type == "quiz")
    unit = Unit(key="c1-quiz-unit", title={"vi": "Kiểm tra", "en": "Quiz"}, blocks=in_unit, minutes=10)
    outline = Outline(
        course_key=f"course-v1:LanToa+{module_code}+2026",
        title={"vi": f"Mô-đun {module_code}"},
        sections=(Section(key="c1-s", title={"vi": "Kiểm tra"}, units=(unit,)),),
        outcomes=({"code": "C1.1", "vi": "Nêu năm quan điểm", "en": "State five viewpoints"},),
        banks=tuple(ref for ref in refs if ref.type == "question_bank"),
        assets=assets or {},
    )
    owner = module(module_code)
    return ModuleVersion.objects.create(
        module=owner,
        number=owner.versions.count() + 1,
        outline=outline.to_json(),
        created_at=clock.now(),
        published_at=clock.now(),
    )


def picture_assets() -> dict[str, AssetRef]:
    """The file "/static/map.png" of a module version; nobody opens it."""
    return {"map.png": AssetRef(PICTURE_SHA256, 100, "image/png")}


def publish(*olx: str, module_code: str = "C1", assets: dict[str, AssetRef] | None = None) -> ModuleVersion:
    """A published module with the quizzes and banks of `olx`."""
    blocks = [block(one, module_code=module_code) for one in olx]
    version = snapshot(*blocks, module_code=module_code, assets=assets)
    owner = module(module_code)
    owner.draft = owner.published = version
    owner.save(update_fields=["draft", "published"])
    release_questions(version=version, by=SYSTEM)
    return version


def questions(count: int, *, prefix: str = "c1-q", outcome: str = "C1.1") -> list[str]:
    """`count` single-choice questions whose right answer is b."""
    return [question_olx(f"{prefix}{number:02}", outcome=outcome) for number in range(1, count + 1)]


def quiz(number_of_questions: int = 5, **rules: str) -> Quiz:
    """A published module quiz: 80 %, three attempts, 24 hours, 20 minutes."""
    publish(quiz_olx(*questions(number_of_questions), **rules))
    return Quiz.objects.get()


def exam(*pools: str, rules: str = 'attempts="3"') -> Quiz:
    """A published final exam of module GX that draws by `pools`."""
    publish(quiz_olx(*pools, kind="final", url_name="gx-quiz", rules=rules), module_code="GX")
    return Quiz.objects.get(module__code="GX")


def finish(person: Person, code: str = "C1") -> None:
    """She has what the exam asks for."""
    ModuleCompletion.objects.create(person=person, module=module(code), completed_at=clock.now())


def supervisor(role: str = Role.TRAINER) -> Person:
    """A trainer, or somebody of the programme office."""
    person = make.person()
    make.grant(person, role)
    return person


def answer_all(attempt: Attempt, *, right: int) -> None:
    """Answer every question, the first `right` of them rightly."""
    for slot in attempt.slots.order_by("position").select_related("question_version"):
        options = slot.question_version.body["options"]
        wanted = slot.position <= right
        chosen = [option["name"] for option in options if option["correct"] == wanted][
            : 1 if not wanted else None
        ]
        save_answer(
            attempt_id=attempt.pk,
            position=slot.position,
            chosen=chosen,
            base_seq=0,
            client_uuid=uuid4(),
            by=attempt.person,
        )


def submitted_attempt(quiz: Quiz, person: Person, *, right: int) -> Attempt:
    attempt = start_attempt(quiz=quiz, by=person)
    answer_all(attempt, right=right)
    return submit_attempt(attempt_id=attempt.pk, by=person)


def attempts(quiz: Quiz, answerers: Sequence[Answerer]) -> None:
    """An attempt each by somebody synthetic, handed in; no dozens of requests."""
    now = clock.now()
    people = [make.person(is_synthetic=True) for _answerer in answerers]
    entries = [
        SyntheticAttempt(person=person, started_at=now, seed=seed, answer=answerer)
        for seed, (person, answerer) in enumerate(zip(people, answerers, strict=True))
    ]
    enter_synthetic_attempts(quiz=quiz, entries=entries, by=SYSTEM)
