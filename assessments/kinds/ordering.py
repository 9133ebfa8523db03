"""Ordering: put items in their right order.

Body: `options` [{"name", "text"}] in the right order, `partial`: a share for each item in its place, or all
or nothing. Response: "a 2": item and the place it was given, from 1; items without a place are left out.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from lxml import etree

from assessments.kinds import xml
from assessments.kinds.base import BadResponse, Body, Fault, Kind, Part, Pick, Texts


class Ordering(Kind):
    """Two items may be given the same place while somebody thinks; at most one of them earns."""

    name = "ordering"

    def read(self, element: xml.Readable) -> Body:
        items = [xml.read_item(found) for found in element.findall("option")]
        return {"options": items, "partial": xml.flag(element, "partial", default=True)}

    def write(self, element: etree._Element, body: Body) -> None:
        if not body["partial"]:
            element.set("partial", "false")
        for option in body["options"]:
            xml.write_option(element, option)

    def faults(self, body: Body) -> list[Fault]:
        names = Counter(option["name"] for option in body["options"])
        faults: list[Fault] = [("duplicate-option", name) for name, times in names.items() if times > 1]
        if "" in names or any(" " in name for name in names):
            faults.append(("option-without-name", ""))
        if len(names) < 2:
            faults.append(("too-few-items", ""))
        return faults

    def texts(self, body: Body) -> list[tuple[str, Texts]]:
        return [(option["name"], option["text"]) for option in body["options"]]

    def names(self, body: Body) -> list[str]:
        return [option["name"] for option in body["options"]]

    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        names, places = self.names(body), dict[str, int]()
        for pair in sent:
            name, _space, place = pair.partition(" ")
            is_place = place.isascii() and place.isdecimal() and 1 <= int(place[:4]) <= len(names)
            if name not in names or name in places or not is_place:
                raise BadResponse("unknown-option")
            places[name] = int(place)
        return tuple(f"{name} {places[name]}" for name in names if name in places)

    def mark(self, body: Body, response: Sequence[str]) -> Fraction:
        names = self.names(body)
        right = set(response) & {f"{name} {place}" for place, name in enumerate(names, start=1)}
        twice = Counter(pair.rpartition(" ")[2] for pair in response)
        earned = sum(twice[pair.rpartition(" ")[2]] == 1 for pair in right)
        if not body["partial"]:
            return Fraction(int(earned == len(names)))
        return Fraction(earned, len(names))

    def right(self, body: Body) -> tuple[str, ...]:
        return tuple(f"{name} {place}" for place, name in enumerate(self.names(body), start=1))

    def parts(self, body: Body, response: Sequence[str], pick: Pick) -> tuple[Part, ...]:
        texts = {option["name"]: pick(option["text"]) for option in body["options"]}
        at: dict[str, list[str]] = {}
        for pair in response:
            name, _space, place = pair.partition(" ")
            at.setdefault(place, []).append(name)
        return tuple(
            Part(
                prompt=str(place),
                given="; ".join(texts[found] for found in at.get(str(place), [])),
                right=(texts[name],),
                earned=Fraction(int(at.get(str(place)) == [name])),
            )
            for place, name in enumerate(self.names(body), start=1)
        )

    def said(self, body: Body, response: Sequence[str], pick: Pick) -> list[str]:
        return [f"{part.prompt}. {part.given}" for part in self.parts(body, response, pick) if part.given]
