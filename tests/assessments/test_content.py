"""The questions of the repository's own modules are sound."""

from pathlib import Path

import pytest
from lxml import etree

from assessments.olx import Problem, parse

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"
FILES = sorted([*CONTENT.glob("*/vertical/*.xml"), *CONTENT.glob("*/question_bank/*.xml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_questions_of_the_content_have_no_problems(path: Path) -> None:
    root = etree.parse(str(path)).getroot()
    found = [root] if root.tag == "question_bank" else list(root.iter("quiz"))
    problems: list[Problem] = []
    for element in found:
        problems += parse(etree.tostring(element, encoding="unicode", with_tail=False)).problems
    assert problems == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_questions_of_the_content_are_in_vietnamese_and_english(path: Path) -> None:
    for question in etree.parse(str(path)).iter("question"):
        assert {stem.get("lang") for stem in question.iterchildren("stem")} >= {"vi", "en"}, question.get(
            "name"
        )


def test_question_names_stand_once_in_all_modules() -> None:
    names = [q.get("name") for path in FILES for q in etree.parse(str(path)).iter("question")]
    assert len(names) == len(set(names))
