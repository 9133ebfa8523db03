"""Every kind of question on the learner's pages, as forms and as the autosave script use them."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from lxml import html

from assessments.actions.attempt import start_attempt
from assessments.kinds import KINDS
from assessments.models import Attempt, Quiz
from assessments.olx_edit import QuestionDraft, write_question
from lms.people.models import Person
from tests import make_assessments as make_quiz
from tests.assessments.bodies import BODIES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Runtime.user_id is deprecated"),
]

KEY = "block-v1:LanToa+C1+2026+type@quiz+block@c1-try"
UNIT = "/learn/C1/c1-quiz-unit/"
BY_MACHINE = [name for name, kind in KINDS.items() if not kind.is_marked_by_hand]
WRONG = {
    **{"single": ["c"], "multiple": ["c"]},
    **{"truefalse": ["false"], "matching": ["p1 c"], "ordering": ["a 3"], "text": ["Huế"], "number": ["1"]},
    **{"cloze": ["g2 chiều"], "hotspot": ["east"]},
}


def question(kind: str) -> str:
    """A quiz's XML with one question of the kind."""
    draft = QuestionDraft(
        f"c1-{kind}", kind, "C1.1", 2, {"vi": f"Câu {kind}?"}, BODIES[kind], {"vi": "Vì thế."}, [("S3", "16")]
    )
    whole = write_question("<quiz/>", draft)
    return whole.removeprefix("<quiz>").removesuffix("</quiz>")


def tree_of(page: str) -> Any:
    """The page to look into; lxml's stubs promise nothing of what a path finds."""
    return html.fromstring(page)


@pytest.fixture
def person() -> Person:
    return make_quiz.learner()


@pytest.fixture
def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def began(kind: str, person: Person) -> Attempt:
    return start(person, make_quiz.quiz_olx(question(kind)))


def start(person: Person, olx: str) -> Attempt:
    make_quiz.publish(olx, assets=make_quiz.picture_assets())
    return start_attempt(quiz=Quiz.objects.get(), by=person)


def controls(page: str, field: str) -> dict[str, list[str]]:
    """Every name that begins with `field`, and the values its controls offer ("" for what is typed)."""
    found: dict[str, list[str]] = {}
    for control in tree_of(page).xpath(f"//*[starts-with(@name, '{field}')]"):
        values = [o.get("value") for o in control.xpath("./option")] or [control.get("value") or ""]
        found.setdefault(control.get("name"), []).extend(values)
    return found


def filled(page: str, field: str, response: list[str] | tuple[str, ...]) -> dict[str, list[str]]:
    """What a browser sends when somebody works the controls of the page so that they say `response`."""
    offered = controls(page, field)
    sent: dict[str, list[str]] = {}
    for part in response:
        if part in offered.get(field, []):
            sent.setdefault(field, []).append(part)
            continue
        gap, _space, value = part.partition(" ")
        if f"{field}.{gap}" in offered:
            sent[f"{field}.{gap}"] = [value]
        else:
            assert offered[field] == [""], f"nothing to put {part} into"
            sent[field] = [part]
    return sent


@pytest.mark.parametrize("kind", BY_MACHINE)
@pytest.mark.parametrize("is_right", [True, False])
def test_a_question_is_answered_by_form_and_its_result_says_what_was_right(
    browser: Client, person: Person, kind: str, is_right: bool
) -> None:
    attempt = began(kind, person)
    address = reverse("assessments:question", args=[attempt.pk, 1])
    page = browser.get(address).content.decode()
    response = KINDS[kind].right(BODIES[kind]) if is_right else WRONG[kind]

    sent = {**filled(page, "slot-1", response), "uuid": str(uuid4()), "base_seq": "0"}
    reply = browser.post(address, sent)
    assert reply.status_code == 302

    # what was given stands in the form, on the page before handing in, and is marked once
    again = browser.get(address).content.decode()
    assert sorted(given_in(again)) == sorted(response)  # items stand in the order that was drawn
    looked = unescape(browser.get(reverse("assessments:review", args=[attempt.pk])).content.decode())
    assert "Chưa trả lời" not in looked
    browser.post(reverse("assessments:submit", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.passed is is_right
    result = unescape(
        browser.get(reverse("assessments:result", args=[attempt.pk]), {"show": "all"}).content.decode()
    )
    assert f"Câu {kind}?" in result
    assert ("Vì thế." in result) is is_right  # the key opens when nobody can profit from it


def given_in(page: str) -> list[str]:
    """What the controls of the first question say now."""
    tree = tree_of(page)
    picked = [str(one) for one in tree.xpath("//input[@name='slot-1'][@checked]/@value")]
    picked += [str(one) for one in tree.xpath("//select[@name='slot-1']/option[@selected]/@value") if one]
    picked += [str(one) for one in tree.xpath("//input[@name='slot-1'][@type='text']/@value") if one]
    for control in tree.xpath("//input[starts-with(@name, 'slot-1.')]"):
        if value := control.get("value"):
            picked.append(f"{control.get('name').removeprefix('slot-1.')} {value}")
    order = re.findall(r'name="slot-1[^"]*"', page)
    return picked if order else []


@pytest.mark.parametrize("kind", BY_MACHINE)
def test_a_script_saves_and_a_stale_tab_gets_the_newer_answer(
    browser: Client, person: Person, kind: str
) -> None:
    attempt = began(kind, person)
    right = list(KINDS[kind].right(BODIES[kind]))

    def save(chosen: list[str], base_seq: int = 0) -> Any:
        body = {"uuid": str(uuid4()), "base_seq": base_seq, "slot": 1, "answer": {"chosen": chosen}}
        url = reverse("assessments:save", args=[attempt.pk])
        return browser.post(url, body, content_type="application/json")

    assert save(right).status_code == 200
    stale = save(WRONG[kind])
    assert stale.status_code == 409
    assert stale.json()["answer"] == {"chosen": right}
    assert save(WRONG[kind], base_seq=stale.json()["seq"]).status_code == 200


@pytest.mark.parametrize("kind", BY_MACHINE)
def test_practice_explains_at_once(browser: Client, kind: str) -> None:
    olx = make_quiz.quiz_olx(question(kind), kind="practice", url_name="c1-try", rules="")
    make_quiz.publish(olx, assets=make_quiz.picture_assets())
    page = browser.get(UNIT).content.decode()
    sent = filled(page, "choice", KINDS[kind].right(BODIES[kind]))
    url = reverse("courses:handler", kwargs={"usage_key": KEY, "handler": "answer", "suffix": f"c1-{kind}"})

    browser.post(url, urlencode({**sent, "back": UNIT}, doseq=True), content_type=FORM)
    after = unescape(browser.get(UNIT).content.decode())
    assert "Vì thế." in after
    assert "Đúng." in after

    browser.post(url, urlencode({"again": "1", "back": UNIT}), content_type=FORM)
    assert "Vì thế." not in unescape(browser.get(UNIT).content.decode())


FORM = "application/x-www-form-urlencoded"


def test_a_typed_answer_that_cannot_be_stored_stays_on_the_page(browser: Client, person: Person) -> None:
    attempt = began("number", person)
    sent = QueryDict(mutable=True)
    sent.update({"slot-1": "chín phẩy tám", "uuid": str(uuid4()), "base_seq": "0"})
    reply = browser.post(
        reverse("assessments:question", args=[attempt.pk, 1]), sent.urlencode(), content_type=FORM
    )

    assert reply.status_code == 422
    page = unescape(reply.content.decode())
    assert 'value="chín phẩy tám"' in page
    assert "không phải là số" in page


def test_a_picture_is_the_one_the_attempt_began_with(browser: Client, person: Person) -> None:
    attempt = began("hotspot", person)
    page = tree_of(browser.get(reverse("assessments:question", args=[attempt.pk, 1])).content.decode())
    [picture] = page.xpath("//hot-spot/img")

    assert picture.get("alt") == "Bản đồ"
    assert picture.get("src") == reverse(
        "courses:asset", args=["C1", make_quiz.PICTURE_SHA256[:16], "map.png"]
    )
    assert len(page.xpath("//hot-spot/svg//g")) == len(BODIES["hotspot"]["options"])
    # each area has its option, so nobody needs a pointer
    assert len(page.xpath("//input[@type='radio'][@name='slot-1']")) == len(BODIES["hotspot"]["options"])


def test_a_situation_stands_above_its_questions(browser: Client, person: Person) -> None:
    said = '<title lang="vi">Bão số 3</title><text lang="vi">Loa xã mất điện.</text>'
    situation = f'<stimulus name="s1">{said}</stimulus>'
    olx = make_quiz.quiz_olx(situation, question("single").replace("<question ", '<question stimulus="s1" '))
    attempt = start(person, olx)
    page = unescape(browser.get(reverse("assessments:question", args=[attempt.pk, 1])).content.decode())

    assert "Bão số 3" in page
    assert page.index("Loa xã mất điện.") < page.index("Câu single?")
