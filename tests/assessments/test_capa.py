"""Open edX problems read as our questions: what converts, what is lost, what stays and why."""

import pytest

from assessments.capa import Conversion, convert
from assessments.olx_edit import QuestionDraft

CHOICES = '<choice correct="true">Hanoi</choice><choice correct="false">Hue</choice>'
RADIO = f'<choicegroup type="MultipleChoice">{CHOICES}</choicegroup>'
NEW = (
    f"<problem><multiplechoiceresponse><label>Which city?</label><description>Think.</description>{RADIO}"
    '<solution><div class="detailed-solution"><p>Explanation</p><p>Since 1010.</p></div></solution>'
    "</multiplechoiceresponse><demandhint><hint>In the north</hint></demandhint></problem>"
)
OLD = (
    f"<problem><p>Which <b>city</b>?</p><multiplechoiceresponse>{RADIO}</multiplechoiceresponse>"
    "<solution><p>Giải thích:</p><p>Since 1010.</p></solution></problem>"
)


def read(olx: str, language: str = "en") -> Conversion:
    found = convert(olx, language)
    assert found.reason is None, found.reason
    return found


def only(olx: str, language: str = "en") -> QuestionDraft:
    (question,) = read(olx, language).questions
    return question


def why_not(olx: str) -> tuple[str, str]:
    found = convert(olx, "en")
    assert found.reason is not None
    assert found.questions == ()
    return found.reason.code, found.reason.detail


def multiple(inside: str, attributes: str = "") -> str:
    return (
        f"<problem {attributes}><label>Q?</label><multiplechoiceresponse>{inside}</multiplechoiceresponse>"
        "</problem>"
    )


def test_choices_of_the_newer_editor() -> None:
    question = only(NEW)

    assert question.kind == "single"
    assert question.stem == {"en": "Which city? Think."}
    assert [(o["name"], o["text"]["en"], o["correct"]) for o in question.body["options"]] == [
        ("a", "Hanoi", True),
        ("b", "Hue", False),
    ]
    assert question.explanation == {"en": "Since 1010. In the north"}
    assert question.cites == ()


def test_choices_with_the_question_in_paragraphs() -> None:
    question = only(OLD, "vi")

    assert question.stem == {"vi": "Which city?"}
    assert question.explanation == {"vi": "Since 1010."}


def test_nothing_is_made_up() -> None:
    missing = {problem.detail or problem.code for problem in read(NEW).unfinished}

    assert {"a why en", "no-source"} <= missing
    assert {"stem en", "stem vi"}.isdisjoint(missing)


def test_a_label_that_repeats_the_paragraph_stands_once() -> None:
    olx = (
        f"<problem><p>Read. Which city?</p><multiplechoiceresponse>"
        f'<choicegroup label="Which city?">{CHOICES}</choicegroup></multiplechoiceresponse></problem>'
    )
    assert only(olx).stem == {"en": "Read. Which city?"}


def test_words_after_the_choices_belong_to_the_question() -> None:
    response = f"<multiplechoiceresponse>{RADIO}</multiplechoiceresponse>"
    olx = f"<problem><p>Which?</p>{response}<p>One only.</p></problem>"
    assert only(olx).stem == {"en": "Which? One only."}


def test_checkboxes_with_feedback() -> None:
    olx = (
        "<problem><choiceresponse partial_credit='EDC'><label>Fruit?</label><checkboxgroup>"
        '<choice correct="true">apple <choicehint selected="true">Yes.</choicehint>'
        '<choicehint selected="false">It is.</choicehint></choice>'
        '<choice correct="true">pumpkin</choice><choice correct="false">potato</choice>'
        '<compoundhint value="A B">Both.</compoundhint></checkboxgroup></choiceresponse></problem>'
    )
    question = only(olx)

    assert question.kind == "multiple"
    assert [(o["text"]["en"], o["correct"], o["why"]["en"]) for o in question.body["options"]] == [
        ("apple", True, "Yes. It is."),
        ("pumpkin", True, ""),
        ("potato", False, ""),
    ]
    assert [(loss.code, loss.detail) for loss in read(olx).losses] == [
        ("compound-hints", "1"),
        ("partial-credit", ""),
        ("hints-of-unticked", ""),
    ]


@pytest.mark.parametrize(
    "options",
    [
        "<optioninput options=\"('India','Viet Nam')\" correct=\"India\"/>",
        '<optioninput><option correct="True">India</option>'
        '<option correct="False">Viet Nam</option></optioninput>',
    ],
)
def test_dropdowns_of_both_forms(options: str) -> None:
    question = only(f"<problem><p>Where?</p><br/><optionresponse>{options}</optionresponse></problem>")

    assert question.kind == "single"
    assert [(o["text"]["en"], o["correct"]) for o in question.body["options"]] == [
        ("India", True),
        ("Viet Nam", False),
    ]


@pytest.mark.parametrize(("yes", "no"), [("True", "False"), ("Đúng", "Sai")])
def test_true_and_false_become_that_kind_in_all_languages(yes: str, no: str) -> None:
    wrong_first = f'<choice correct="true">{no}</choice><choice correct="false">{yes}.</choice>'
    question = only(multiple(f"<choicegroup>{wrong_first}</choicegroup>"))

    assert question.kind == "truefalse"
    assert [(o["name"], o["correct"], o["text"]["vi"]) for o in question.body["options"]] == [
        ("true", False, "Đúng"),
        ("false", True, "Sai"),
    ]


def test_several_responses_become_several_questions() -> None:
    response = "<multiplechoiceresponse><label>{}</label>" + RADIO + "</multiplechoiceresponse>"
    olx = (
        f"<problem><p>Read this.</p>{response.format('One?')}<solution><p>S1</p></solution>"
        f"{response.format('Two?')}<solution><p>S2</p></solution></problem>"
    )
    found = read(olx).questions

    assert [q.stem["en"] for q in found] == ["Read this. One?", "Read this. Two?"]
    assert [q.explanation["en"] for q in found] == ["S1", "S2"]


def test_several_responses_with_the_questions_between_them() -> None:
    response = f"<multiplechoiceresponse>{RADIO}</multiplechoiceresponse>"
    olx = f"<problem><p>One?</p>{response}<p>Two?</p>{response}</problem>"

    assert [q.stem["en"] for q in read(olx).questions] == ["One?", "Two?"]


@pytest.mark.parametrize(
    ("olx", "code", "detail"),
    [
        ("<problem><formularesponse answer='x'/></problem>", "no-such-kind", "formularesponse"),
        ("<problem><numericalresponse answer='1'/></problem>", "no-question-text", ""),
        ("<problem><p>i?</p><numericalresponse answer='10*i'/></problem>", "unclear-answer", "10*i"),
        ("<problem><p>?</p><numericalresponse answer='(1,2]'/></problem>", "unclear-answer", "(1,2]"),
        ("<problem><p>?</p><stringresponse answer='' type='ci'/></problem>", "unclear-answer", ""),
        ("<problem><p>?</p><stringresponse answer='.o' type='ci regexp'/></problem>", "unclear-answer", ".o"),
        ("<problem><script>x=1</script><choiceresponse/></problem>", "program", "script"),
        ("<problem><p>Only words</p></problem>", "asks-nothing", ""),
        (NEW.replace("Since 1010.", '<img src="/static/a.png"/>'), "beyond-words", "picture"),
        (NEW.replace("Since 1010.", r"\(x^2\)"), "beyond-words", "formula"),
        (
            NEW.replace("<label>Which city?</label><description>Think.</description>", ""),
            "no-question-text",
            "",
        ),
        (multiple(f"<choicegroup>{CHOICES.replace('false', 'true')}</choicegroup>"), "any-of-several", ""),
        (multiple(f"<choicegroup>{CHOICES.replace('true', 'false')}</choicegroup>"), "no-right-answer", ""),
        (
            multiple(f"<choicegroup>{CHOICES.replace('Hue', 'Hanoi')}</choicegroup>"),
            "duplicate-option",
            "Hanoi",
        ),
        (multiple(f'<choicegroup answer-pool="2">{CHOICES}</choicegroup>'), "answer-pool", ""),
        (multiple(RADIO + RADIO), "several-inputs", "2"),
        (
            multiple(f'<choicegroup><choice correct="$x">A</choice>{CHOICES}</choicegroup>'),
            "unclear-answer",
            "A",
        ),
        ("<problem><unclosed></problem>", "broken-xml", ""),
    ],
)
def test_what_stays_says_why(olx: str, code: str, detail: str) -> None:
    found = why_not(olx)

    assert found[0] == code
    assert detail in found[1]


def test_one_response_that_cannot_come_keeps_the_whole_problem() -> None:
    olx = NEW.replace("</problem>", "<imageresponse/></problem>")
    assert why_not(olx) == ("no-such-kind", "imageresponse")


@pytest.mark.parametrize(
    ("answer", "tolerance", "value", "around"),
    [
        ("9.81", "", "9.81", "0.0000981"),
        ("200", '<responseparam type="tolerance" default="5%"/>', "200", "10"),
        ("-200", '<responseparam type="tolerance" default="5%"/>', "-200", "10"),
        ("101", '<responseparam type="tolerance" default="5 "/>', "101", "5"),
        ("[1, 4]", "", "2.5", "1.5"),
        ("9.3*10^7", '<responseparam type="tolerance" default="0"/>', "93000000", "0"),
    ],
)
def test_numbers_bring_their_tolerance(answer: str, tolerance: str, value: str, around: str) -> None:
    question = only(
        f"<problem><p>How much?</p><numericalresponse answer='{answer}'>{tolerance}<formulaequationinput/>"
        "<correcthint>So it is.</correcthint></numericalresponse></problem>"
    )
    [found] = question.body["answers"]

    assert (question.kind, question.stem) == ("number", {"en": "How much?"})
    assert (float(found["value"]), float(found["tolerance"])) == (float(value), float(around))
    assert found["why"] == {"en": "So it is."}


def test_words_bring_other_answers_and_hints_for_wrong_ones() -> None:
    question = only(
        '<problem><stringresponse answer="Hanoi" type="ci"><label>Capital?</label>'
        '<additional_answer answer="Ha Noi *"/><stringequalhint answer="Hue">Once.</stringequalhint>'
        '<textline size="20"/></stringresponse></problem>'
    )

    assert question.kind == "text"
    assert question.body == {
        "answers": [
            {"text": "Hanoi", "weight": "100", "why": {}},
            {"text": "Ha Noi \\*", "weight": "100", "why": {}},
            {"text": "Hue", "weight": "0", "why": {"en": "Once."}},
        ],
        "case": False,
        "accents": True,
    }
    # an old form has all answers in one attribute, and capitals matter unless said otherwise
    old = only('<problem><p>Which?</p><stringresponse answer="A_or_B"><textline/></stringresponse></problem>')
    assert [answer["text"] for answer in old.body["answers"]] == ["A", "B"]
    assert old.body["case"] is True


def test_limits_points_links_and_order_are_named_as_losses() -> None:
    lettered = CHOICES.replace("Hanoi", 'A. <a href="https://a.test">Hanoi</a>').replace("Hue", "B. Hue")
    found = read(multiple(f"<choicegroup>{lettered}</choicegroup>", 'max_attempts="2" weight="3"'))

    assert [(loss.code, loss.detail) for loss in found.losses] == [
        ("attempts", "2"),
        ("weight", "3"),
        ("links", ""),
        ("order", ""),
    ]
    assert found.questions[0].body["options"][0]["text"] == {"en": "A. Hanoi"}


def test_markup_in_words_never_comes_through() -> None:
    question = only(NEW.replace("Which city?", "Which <style>p{}</style><em>ci</em>ty&lt;b&gt;?"))
    assert question.stem == {"en": "Which city<b>? Think."}
