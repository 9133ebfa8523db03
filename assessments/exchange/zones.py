"""Zones of a picture: the shapes of other systems as those of an HTML image map."""

from collections.abc import Iterable
from math import cos, pi, sin
from typing import Any

from assessments.exchange.model import Texts, Unfit

ELSEWHERE: Texts = {"vi": "Chỗ khác", "en": "Somewhere else", "de": "Eine andere Stelle"}
# What a zone is called for those who do not see the picture: its number, which gives nothing away.
AREA: Texts = {"vi": "Vùng {}", "en": "Area {}", "de": "Bereich {}"}
CORNERS = 16  # of the polygon that stands for an ellipse


def elsewhere(width: int, height: int, languages: Iterable[str]) -> dict[str, Any]:
    """The rest of the picture as a wrong answer. It stands last: the first zone that fits counts."""
    spoken = set(languages)
    return {
        "name": "elsewhere",
        "shape": "rect",
        "coords": [0, 0, width, height],
        "correct": False,
        "text": {code: text for code, text in ELSEWHERE.items() if code in spoken},
        "why": {},
    }


def area_words(number: int, languages: Iterable[str]) -> Texts:
    """ "Area 3" in the languages of the question."""
    return {code: AREA[code].format(number) for code in languages if code in AREA}


def zone(shape: str, coords: str) -> dict[str, Any]:
    """Shape and coordinates as QTI and HTML write them: "circle", "77,115,8". `Unfit` for others."""
    parts = coords.replace(" ", "").split(",")
    try:
        numbers = [round(float(part.rstrip("%"))) for part in parts]
    except (ValueError, OverflowError) as error:
        raise Unfit("bad-zone", coords) from error
    if any("%" in part for part in parts) or any(abs(number) > 100_000 for number in numbers):
        raise Unfit("bad-zone", coords)
    if shape == "ellipse" and len(numbers) == 4:
        return {"shape": "poly", "coords": _around(*numbers)}
    fits = {
        "circle": len(numbers) == 3,
        "rect": len(numbers) == 4,
        "poly": len(numbers) >= 6 and len(numbers) % 2 == 0,
    }
    if not fits.get(shape):
        raise Unfit("bad-zone", f"{shape} {coords}")
    return {"shape": shape, "coords": numbers}


def _around(x: int, y: int, wide: int, high: int) -> list[int]:
    found: list[int] = []
    for corner in range(CORNERS):
        turn = 2 * pi * corner / CORNERS
        found += [round(x + wide * cos(turn)), round(y + high * sin(turn))]
    return found
