"""Questions of every kind, and small files of other systems, for tests of import and export."""

import base64
import os
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from assessments.exchange.images import checked
from assessments.exchange.model import ReadQuestion
from assessments.exchange.own import settled
from tests.conftest import CORPUS

WITHOUT_CORPUS = (
    "no questions here: set LANTOA_QUESTION_CORPUS to a folder of GIFT, Moodle XML or QTI files, "
    "or put the shared corpus beside the repository"
)
ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures" / "questions"
Texts = dict[str, str]


def question_corpus() -> list[Path]:
    """Real files of questions, sorted; none where there is no corpus."""
    given = os.environ.get("LANTOA_QUESTION_CORPUS")
    folders = (
        [Path(given)] if given else [CORPUS / "questions", ROOT.parent.parent / "shared/corpus/questions"]
    )
    found = (sorted(path for path in folder.glob("*") if path.is_file()) for folder in folders)
    return next((paths for paths in found if paths), [])


def png(colour: str = "red", size: tuple[int, int] = (200, 100)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return checked("map.png", file.getvalue())[1]


PICTURE = checked("map.png", png())[0]
FILES = {PICTURE: png()}


def words(vi: str, en: str = "") -> Texts:
    return {"vi": vi, **({"en": en} if en else {})}


def option(name: str, text: str, *, correct: bool = False, weight: str = "", why: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": name,
        "correct": correct,
        "text": words(text),
        "why": words(why) if why else {},
    }
    return made | ({"weight": weight} if weight else {})


def answer(text: str, weight: str = "100", why: str = "") -> dict[str, Any]:
    return {"text": text, "weight": weight, "why": words(why) if why else {}}


def number(value: str, tolerance: str = "0", weight: str = "100") -> dict[str, Any]:
    return {"value": value, "tolerance": tolerance, "weight": weight, "why": {}}


RUBRIC = [
    {
        "name": "c1",
        "title": words("Nội dung"),
        "levels": [
            {"name": "l1", "points": "0", "title": words("Kém")},
            {"name": "l2", "points": "2", "title": words("Tốt")},
        ],
    }
]
BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "single": (
        "single",
        {"options": [option("a", "Một", correct=True, why="đúng"), option("b", "Hai"), option("x-1", "Ba")]},
    ),
    "shared": (
        "single",
        {
            "options": [
                option("a", "Một", correct=True, weight="100"),
                option("b", "Hai", weight="50"),
                option("c", "Ba"),
            ]
        },
    ),
    "multiple": (
        "multiple",
        {
            "options": [
                option("a", "1", correct=True),
                option("b", "2", correct=True),
                option("c", "3"),
                option("d", "4"),
            ]
        },
    ),
    "weighted": (
        "multiple",
        {
            "options": [
                option("a", "1", correct=True, weight="70"),
                option("b", "2", correct=True, weight="30"),
                option("c", "3", weight="-12.5"),
            ]
        },
    ),
    "truefalse": (
        "truefalse",
        {"options": [option("true", "Đúng", why="sai"), option("false", "Sai", correct=True)]},
    ),
    "matching": (
        "matching",
        {
            "prompts": [
                {"name": "p1", "text": words("Việt Nam"), "match": "a"},
                {"name": "p2", "text": words("Lào"), "match": "b"},
            ],
            "options": [
                {"name": "a", "text": words("Hà Nội")},
                {"name": "b", "text": words("Viêng Chăn")},
                {"name": "c", "text": words("Huế")},
            ],
        },
    ),
    "ordering": (
        "ordering",
        {
            "options": [{"name": n, "text": words(t)} for n, t in (("a", "một"), ("b", "hai"), ("c", "ba"))],
            "partial": True,
        },
    ),
    "whole": (
        "ordering",
        {
            "options": [{"name": n, "text": words(t)} for n, t in (("a", "một"), ("b", "hai"), ("c", "ba"))],
            "partial": False,
        },
    ),
    "text": (
        "text",
        {"answers": [answer("Hà Nội", why="đúng"), answer("Hà*", "50")], "case": True, "accents": False},
    ),
    "number": (
        "number",
        {"answers": [number("9.81", "0.01"), number("9.8", "0.1", "50")], "unit": words("m/s²")},
    ),
    "cloze": (
        "cloze",
        {
            "text": words("Thủ đô [[g1]] và [[g2]] năm [[g3]]."),
            "gaps": [
                {
                    "name": "g1",
                    "kind": "select",
                    "weight": "2",
                    "options": [option("a", "Hà Nội", correct=True), option("b", "Huế", why="không")],
                },
                {
                    "name": "g2",
                    "kind": "text",
                    "weight": "1",
                    "answers": [answer("Đà Nẵng")],
                    "case": False,
                    "accents": False,
                },
                {"name": "g3", "kind": "number", "weight": "1", "answers": [number("1945")]},
            ],
        },
    ),
    "essay": ("essay", {"least_words": 50, "most_words": 200, "rubric": RUBRIC}),
    "file": ("file", {"accepts": ["pdf", "docx"], "most_files": 2, "rubric": RUBRIC}),
    "hotspot": (
        "hotspot",
        {
            "picture": {"src": PICTURE, "alt": words("Bản đồ"), "width": 200, "height": 100},
            "several": False,
            "options": [
                {**option("a", "Vùng 1", correct=True), "shape": "circle", "coords": [10, 10, 5]},
                {**option("b", "Vùng 2"), "shape": "rect", "coords": [20, 20, 40, 40]},
                {**option("c", "Vùng 3"), "shape": "poly", "coords": [50, 50, 60, 50, 60, 60]},
            ],
        },
    ),
}


def question(name: str, **more: Any) -> ReadQuestion:
    """The question of that name in `BODIES`, with everything a question can have beside."""
    kind, body = BODIES[name]
    common = {
        "stem": words("Câu hỏi <b> & [x] {y} = ~ # 50%?", "" if more.get("plain") else "A question?"),
        "explanation": words("Vì thế: đúng"),
        "cites": [{"source": "NĐ 30/2020", "lines": "Điều 5"}],
    }
    if not more.get("plain"):
        stimulus = {"name": "s1", "title": words("Tình huống"), "text": words("Một buổi sáng: #1 {a}.")}
        common |= {"stimulus": stimulus}
        if kind == "single":
            common |= {"picture": {"src": PICTURE, "alt": words("Bản đồ"), "width": 200, "height": 100}}
    held = {src: content for src, content in FILES.items() if "picture" in {**common, **body}}
    made = ReadQuestion(
        f"c1-{name}", kind, kind, {**common, **body}, outcome="C1.2", difficulty=3, files=held
    )
    return settled(made)


def moodle() -> bytes:
    """A Moodle XML file with every type, its picture put in."""
    picture = base64.b64encode(png()).decode()
    return (FIXTURES / "moodle.xml").read_text(encoding="utf-8").replace("PICTURE", picture).encode()
