"""One sound body of every kind of question."""

from typing import Any


def words(text: str) -> dict[str, str]:
    return {"vi": text}


def option(name: str, *, right: bool = False) -> dict[str, Any]:
    return {"name": name, "correct": right, "text": words(f"Ô {name}"), "why": words(f"Vì {name}")}


def item(name: str) -> dict[str, Any]:
    return {"name": name, "text": words(f"Dòng {name}")}


def answer(**said: str) -> dict[str, Any]:
    return {**said, "why": {}}


RUBRIC = [
    {
        "name": "clear",
        "title": words("Rõ ràng"),
        "levels": [
            {"name": "no", "points": "0", "title": words("Chưa rõ")},
            {"name": "yes", "points": "3", "title": words("Rõ")},
        ],
    }
]
BODIES: dict[str, dict[str, Any]] = {
    "single": {"options": [option("a", right=True), option("b"), option("c")]},
    "multiple": {"options": [option("a", right=True), option("b", right=True), option("c"), option("d")]},
    "truefalse": {"options": [option("true", right=True), option("false")]},
    "matching": {
        "prompts": [{**item("p1"), "match": "a"}, {**item("p2"), "match": "b"}],
        "options": [item("a"), item("b"), item("c")],
    },
    "ordering": {"options": [item("a"), item("b"), item("c")], "partial": True},
    "text": {
        "answers": [answer(text="*Hà Nội", weight="100"), answer(text="Thăng Long", weight="50")],
        "case": False,
        "accents": True,
    },
    "number": {
        "answers": [
            answer(value="9.81", tolerance="0.01", weight="100"),
            answer(value="9.81", tolerance="0.1", weight="50"),
        ],
        "unit": words("m/s²"),
    },
    "cloze": {
        "text": words("Loa phát [[g1]] lúc [[g2]] và [[g3]] giờ."),
        "gaps": [
            {
                "name": "g1",
                "kind": "select",
                "weight": "2",
                "options": [option("a", right=True), option("b")],
            },
            {
                **{"name": "g2", "kind": "text", "weight": "1", "case": False, "accents": True},
                "answers": [answer(text="sáng", weight="100")],
            },
            {
                **{"name": "g3", "kind": "number", "weight": "1"},
                "answers": [answer(value="3.5", tolerance="0", weight="100")],
            },
        ],
    },
    "hotspot": {
        "options": [
            {**option("west", right=True), "shape": "rect", "coords": [0, 0, 50, 100]},
            {**option("east"), "shape": "circle", "coords": [75, 50, 20]},
            {**option("south"), "shape": "poly", "coords": [60, 90, 70, 70, 80, 90]},
        ],
        "several": False,
        "picture": {"src": "/static/map.png", "alt": words("Bản đồ"), "width": 100, "height": 100},
    },
    "essay": {"least_words": 5, "most_words": 200, "rubric": RUBRIC},
    "file": {"accepts": ["pdf", "docx"], "most_files": 2, "rubric": RUBRIC},
}
