"""A rubric to start from. Content, not interface: it goes into the question, in its languages."""

from typing import Any

LEVELS = (
    ("low", "0", {"vi": "Chưa đạt", "en": "Not met", "de": "Nicht erfüllt"}),
    ("part", "1", {"vi": "Đạt một phần", "en": "Partly met", "de": "Teilweise erfüllt"}),
    ("full", "2", {"vi": "Đạt đầy đủ", "en": "Fully met", "de": "Voll erfüllt"}),
)
CRITERIA = (
    (
        "content",
        {
            "vi": "Nội dung đúng và đủ, có căn cứ",
            "en": "The content is right, complete and founded",
            "de": "Der Inhalt ist richtig, vollständig und begründet",
        },
    ),
    (
        "audience",
        {
            "vi": "Phù hợp với người nghe, người đọc ở địa phương",
            "en": "It suits the people it is meant for",
            "de": "Es passt zu den Menschen, an die es sich richtet",
        },
    ),
    (
        "language",
        {
            "vi": "Diễn đạt rõ ràng, dễ hiểu, đúng chính tả",
            "en": "The language is clear, plain and correct",
            "de": "Die Sprache ist klar, einfach und richtig",
        },
    ),
)
READY: tuple[dict[str, Any], ...] = tuple(
    {
        "name": name,
        "title": title,
        "levels": [
            {"name": level, "points": points, "title": dict(words)} for level, points, words in LEVELS
        ],
    }
    for name, title in CRITERIA
)
