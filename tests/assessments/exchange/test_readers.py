"""What each reader makes of a file."""

import zipfile
from io import BytesIO

import pytest

from assessments.exchange import formats
from assessments.exchange.model import ReadQuestion, Unreadable
from tests.make_exchange import FIXTURES, PICTURE, WITHOUT_CORPUS, moodle, png, question_corpus


def read(text: str, **options: str) -> list[ReadQuestion]:
    return list(formats.read(text.encode(), **options).questions)


def by_name(content: bytes) -> dict[str, ReadQuestion]:
    return {question.name: question for question in formats.read(content).questions}


def texts(items: list[dict[str, object]]) -> list[object]:
    return [next(iter(item["text"].values())) for item in items]  # type: ignore[attr-defined]


# GIFT


def test_gift_keeps_shares_feedback_escapes_and_category() -> None:
    gift = (
        "$CATEGORY: $course$/Báo chí\n\n"
        "// question: 3 name: Cũ [id:c1-q07] [tag:outcome:C1.2] [tag:difficulty:3] "
        "[tag:source:NĐ 30|Điều 5]\n"
        "::Tên \\: lạ::[html]<p>Bằng <b>5</b>?</p>{\n~\\= 2 + 2#sai\n"
        "=\\= 2 + 3#đúng\n~%50%\\{x\\}\n####Vì \\#5}\n"
    )
    [one] = read(gift)
    assert (one.name, one.category, one.outcome, one.difficulty) == ("c1-q07", "$course$/Báo chí", "C1.2", 3)
    assert one.body["stem"] == {"vi": "Bằng 5?"}
    assert texts(one.body["options"]) == ["= 2 + 2", "= 2 + 3", "{x}"]
    assert [o.get("weight") for o in one.body["options"]] == [None, "100", "50"]
    assert one.body["options"][0]["why"] == {"vi": "sai"}
    assert one.body["explanation"] == {"vi": "Vì #5"}
    assert one.body["cites"] == [{"source": "NĐ 30", "lines": "Điều 5"}]


@pytest.mark.parametrize(
    ("answer", "value", "tolerance"),
    [("#1822:1", "1822", "1"), ("#3.141..3.142", "3.1415", "0.0005"), ("#9,81", "9.81", "0")],
)
def test_gift_reads_numbers_and_ranges(answer: str, value: str, tolerance: str) -> None:
    [one] = read(f"Mấy? {{{answer}}}", format="gift")
    [found] = one.body["answers"]
    assert (one.kind, found["value"], found["tolerance"]) == ("number", value, tolerance)


def test_gift_several_shares_make_several_answers_and_usual_shares_are_not_kept() -> None:
    [one] = read("Hai?{~%50%a ~%50%b ~%-100%c}", format="gift")
    assert one.kind == "multiple"
    assert [o["correct"] for o in one.body["options"]] == [True, True, False]
    assert "weight" not in one.body["options"][0]


def test_gift_faults_name_the_line_and_stop_nothing() -> None:
    found = read("Một {T}\n\n\n::Hỏng::Hai {#không số}\n\nBa {=x}", format="gift")
    assert [(q.is_sound, q.where) for q in found] == [(True, "1"), (False, "4"), (True, "6")]
    assert found[1].reason is not None
    assert (found[1].reason.code, found[1].source) == ("bad-number", "::Hỏng::Hai {#không số}")


def test_gift_description_and_essay() -> None:
    stimulus, essay = read("Đọc đoạn này.\n\nViết đi {}", format="gift")
    assert (stimulus.kind, stimulus.body["text"]) == ("stimulus", {"vi": "Đọc đoạn này."})
    assert essay.kind == "essay"


# Aiken


def test_aiken_reads_what_is_right_and_says_what_is_not() -> None:
    found = read(
        "Câu?\nA. Một\nB) Hai\nANSWER: B\n\nKhông đáp án?\nA. x\nB. y\n\nSai?\nA. x\nB. y\nANSWER: F\n"
    )
    assert [(q.kind, q.reason.code if q.reason else "") for q in found] == [
        ("single", ""),
        ("", "no-right-answer"),
        ("", "answer-not-there"),
    ]
    assert [o["correct"] for o in found[0].body["options"]] == [False, True]


# Moodle XML


def test_moodle_reads_every_type_or_says_why_not() -> None:
    found = by_name(moodle())
    assert {name: one.kind or (one.reason and one.reason.code) for name, one in found.items()} == {
        "Thủ đô": "single",
        "Nhiều": "multiple",
        "TF": "truefalse",
        "SA": "text",
        "Num": "number",
        "M": "matching",
        "E": "essay",
        "F": "file",
        "C": "cloze",
        "GS": "cloze",
        "DD": "cloze",
        "O": "ordering",
        "DM (Huế)": "hotspot",
        "DM (Vinh)": "hotspot",
        "Đọc": "stimulus",
        "Calc": "calculated",
        "DI": "drag-on-picture",
    }
    assert all(one.category == "$course$/top/Báo chí" for one in found.values())


def test_moodle_markup_becomes_text_and_the_picture_a_picture() -> None:
    one = by_name(moodle())["Thủ đô"]
    assert one.body["stem"] == {"vi": "Thủ đô nước ta? • một • hai"}
    assert (one.body["picture"]["alt"], one.outcome) == ({"vi": "Bản đồ"}, "C1.3")
    assert one.files == {one.body["picture"]["src"]: png()}
    assert [o.get("weight") for o in one.body["options"]] == ["100", "33.33333", None]


def test_moodle_languages_units_and_gaps() -> None:
    found = by_name(moodle())
    assert found["Nhiều"].body["stem"] == {"vi": "Chọn", "en": "Choose"}
    assert found["Num"].body["unit"] == {"vi": "m/s²"}
    assert {note.code for note in found["Num"].notes} == {"unit-left-out", "feedback-left-out"}
    cloze = found["C"].body
    assert cloze["text"] == {"vi": "Thủ đô [[g1]] có [[g2]] và [[g3]]."}
    assert [(g["kind"], g.get("case")) for g in cloze["gaps"]] == [
        ("select", None),
        ("number", None),
        ("text", True),
    ]
    assert [a["text"] for a in cloze["gaps"][2]["answers"]] == ["a}b", "c"]
    assert texts(found["O"].body["options"]) == ["một", "hai"]
    assert found["F"].body["accepts"] == ["pdf"]
    assert found["DM (Huế)"].body["options"][1]["coords"] == [30, 30, 40, 50]


# QTI


def test_qti_3_item_with_rules_written_out() -> None:
    [one] = formats.read((FIXTURES / "qti3-item.xml").read_bytes()).questions
    assert (one.name, one.kind) == ("ITEM-3", "multiple")
    assert one.body["stem"] == {"vi": "Đọc kỹ rồi chọn. Những sông nào chảy qua Việt Nam?"}
    assert [(o["name"], o["correct"]) for o in one.body["options"]] == [
        ("A", True),
        ("B", True),
        ("C", False),
    ]
    assert one.body["options"][0]["why"] == {"vi": "Đúng vậy."}
    assert one.body["explanation"] == {"vi": "Hai con sông."}
    # All or nothing there, a share here: whoever takes it is told.
    assert [note.code for note in one.notes] == ["partial-credit"]


QTI_2 = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" xml:lang="vi">'
    "{declaration}<itemBody>{body}</itemBody>{rules}</assessmentItem>"
)
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}"/>'


def qti(declaration: str, body: str, rules: str = "match_correct") -> ReadQuestion:
    written = rules if rules.startswith("<") else MATCH.format(rules)
    item = QTI_2.format(declaration=declaration, body=body, rules=written)
    [one] = formats.read(item.encode()).questions
    return one


def declared(cardinality: str, base: str, *values: str, mapping: str = "") -> str:
    right = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{right}</correctResponse>{mapping}</responseDeclaration>"
    )


def test_qti_number_with_tolerance() -> None:
    rules = (
        '<responseProcessing><responseCondition><responseIf><equal toleranceMode="relative" '
        'tolerance="10 10"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
        "</responseIf></responseCondition></responseProcessing>"
    )
    body = '<p>Mấy?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    one = qti(declared("single", "float", "50"), body, rules)
    assert (one.kind, one.body["answers"][0]["tolerance"]) == ("number", "5")


def test_qti_mapping_gives_shares_and_folding() -> None:
    mapping = (
        '<mapping><mapEntry mapKey="York" mappedValue="2" caseSensitive="false"/>'
        '<mapEntry mapKey="Jork" mappedValue="1" caseSensitive="false"/></mapping>'
    )
    body = '<p>Ai?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    one = qti(declared("single", "string", "York", mapping=mapping), body, "map_response")
    assert (one.kind, one.body["case"]) == ("text", False)
    assert [(a["text"], a["weight"]) for a in one.body["answers"]] == [("York", "100"), ("Jork", "50")]


def test_qti_associate_becomes_matching() -> None:
    choices = "".join(
        f'<simpleAssociableChoice identifier="{n}" matchMax="1">{n}</simpleAssociableChoice>' for n in "ABCDE"
    )
    asked = f'<associateInteraction responseIdentifier="RESPONSE"><prompt>Đôi?</prompt>{choices}'
    body = f"{asked}</associateInteraction>"
    one = qti(declared("multiple", "pair", "A C", "B D"), body)
    assert one.kind == "matching"
    assert [(p["name"], p["match"]) for p in one.body["prompts"]] == [("A", "C"), ("B", "D")]
    assert [o["name"] for o in one.body["options"]] == ["C", "D", "E"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<drawingInteraction responseIdentifier="RESPONSE"/>', "interaction-not-taken"),
        ("<p>Chỉ đọc.</p>", "asks-nothing"),
        (
            '<choiceInteraction responseIdentifier="RESPONSE"/><choiceInteraction responseIdentifier="R2"/>',
            "several-interactions",
        ),
        ('<choiceInteraction responseIdentifier="nope"/>', "response-not-declared"),
    ],
)
def test_qti_says_what_it_cannot_take(body: str, code: str) -> None:
    one = qti(declared("single", "identifier", "A"), body)
    assert one.reason is not None
    assert one.reason.code == code


def test_qti_package_without_manifest_and_with_a_broken_item() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("items/a.xml", (FIXTURES / "qti3-item.xml").read_bytes())
        archive.writestr("readme.txt", "x")
        archive.writestr("other.xml", "<broken")
    assert [one.name for one in formats.read(out.getvalue()).questions] == ["ITEM-3"]


# Tables


def test_table_says_which_cell_is_wrong() -> None:
    table = (
        "Mã;Loại;Câu hỏi;Phương án A;Phương án B;Đáp án\n"
        "q1;một đáp án;Thủ đô?;Hà Nội;Huế;A\n"
        "q2;một đáp án;Thủ đô?;Hà Nội;Huế;C\n"
        "q3;lạ;Gì?;;;\n"
        "q4;điền vào chỗ trống;Có [[#34 ± 1]] tỉnh, thủ đô [[*Hà Nội|Huế]], sông [[Hồng|%50%Hong]];;;\n"
    )
    found = read(table)
    assert [(q.where, q.reason.code if q.reason else q.kind) for q in found] == [
        ("2", "single"),
        ("3", "answer-not-there"),
        ("4", "type-not-taken"),
        ("5", "cloze"),
    ]
    assert (
        found[1].source
        == "Mã câu hỏi,Loại,Câu hỏi,Phương án A,Phương án B,Đáp án\nq2,một đáp án,Thủ đô?,Hà Nội,Huế,C\n"
    )
    assert found[3].body["text"] == {"vi": "Có [[g1]] tỉnh, thủ đô [[g2]], sông [[g3]]"}


def test_table_without_our_header_is_refused() -> None:
    with pytest.raises(Unreadable, match="no-header"):
        read("a,b\n1,2\n", format="csv")


def test_the_template_reads_without_a_fault() -> None:
    from assessments.exchange.model import Export
    from assessments.exchange.template import template_questions

    questions = template_questions()
    assert [question.reason for question in questions] == [None] * 10
    book = formats.WRITERS["xlsx"](Export(questions)).content
    assert [one.body for one in formats.read(book).questions] == [one.body for one in questions]


# Real files


@pytest.mark.skipif(not question_corpus(), reason=WITHOUT_CORPUS)
@pytest.mark.parametrize("path", question_corpus(), ids=lambda path: path.name)
def test_every_real_file_reads_and_every_question_has_a_kind_or_a_reason(path: object) -> None:
    found = formats.read(path.read_bytes(), name=path.name, language="en")  # type: ignore[attr-defined]
    assert found.questions
    assert all(bool(one.kind) != bool(one.reason) for one in found.questions)
    if found.format == "gift":
        assert all(one.is_sound for one in found.questions)


def test_pictures_keep_their_name_when_they_come_back() -> None:
    assert PICTURE.startswith("/static/map-")
