"""What an item declares as right, and how its rules give marks: the standard templates, also written out."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from lxml import etree

from assessments.exchange import bodies
from assessments.exchange.bodies import FULL
from assessments.exchange.model import Unfit
from assessments.exchange.plain import local
from assessments.exchange.zones import zone

How = Literal["match", "map", "point", "own", "none"]
_TEMPLATES: dict[str, How] = {"match_correct": "match", "map_response": "map", "map_response_point": "point"}


@dataclass(frozen=True)
class Declaration:
    """One `responseDeclaration`."""

    identifier: str
    cardinality: str
    base: str
    correct: tuple[str, ...] = ()
    mapping: dict[str, Decimal] = field(default_factory=dict)
    default: Decimal = Decimal(0)
    upper: Decimal | None = None
    is_folded: bool = False  # upper and lower case are the same
    areas: tuple[tuple[dict[str, Any], Decimal], ...] = ()

    def full(self) -> Decimal:
        """What a wholly right response earns by the mapping."""
        gained = [value for value in self.mapping.values() if value > 0]
        most = max(gained, default=Decimal(0)) if self.cardinality == "single" else sum(gained, Decimal(0))
        return min(most, self.upper) if self.upper is not None and self.upper > 0 else most

    def share(self, key: str) -> Decimal:
        """The share of one key in percent."""
        full = self.full()
        return self.mapping.get(key, self.default) / full * FULL if full else Decimal(0)


def declarations(root: etree._Element) -> dict[str, Declaration]:
    return {found.identifier: found for found in map(_declaration, root.findall("responseDeclaration"))}


def _declaration(element: etree._Element) -> Declaration:
    mapping = element.find("mapping")
    entries = mapping.findall("mapEntry") if mapping is not None else []
    folded = [entry.get("caseSensitive", "true").lower() == "false" for entry in entries]
    return Declaration(
        identifier=element.get("identifier", ""),
        cardinality=element.get("cardinality", "single"),
        base=element.get("baseType", ""),
        correct=tuple(_words(value) for value in element.findall("correctResponse/value")),
        mapping={
            " ".join(entry.get("mapKey", "").split()): _value(entry.get("mappedValue")) for entry in entries
        },
        default=_value(mapping.get("defaultValue", "0")) if mapping is not None else Decimal(0),
        upper=_value(mapping.get("upperBound"))
        if mapping is not None and mapping.get("upperBound")
        else None,
        is_folded=bool(folded) and all(folded),
        areas=tuple(
            (zone(entry.get("shape", ""), entry.get("coords", "")), _value(entry.get("mappedValue")))
            for entry in element.findall("areaMapping/areaMapEntry")
        ),
    )


def _words(value: etree._Element) -> str:
    return " ".join("".join(map(str, value.itertext())).split())


def _value(said: str | None) -> Decimal:
    value = bodies.decimal(said or "0")
    if value is None:
        raise Unfit("bad-number", said or "")
    return value


class Rules:
    """The `responseProcessing` of an item."""

    def __init__(self, root: etree._Element) -> None:
        self.element = root.find("responseProcessing")
        self.is_one_of_several = len(root.findall("responseDeclaration")) > 1

    def how(self, declared: Declaration) -> How:
        """By which of the standard ways the response is marked; "own" when the item says its own."""
        if self.element is None:
            return "none"
        template = self.element.get("template") or self.element.get("templateLocation") or ""
        if template:
            name = template.rstrip("/").rpartition("/")[2].removesuffix(".xml")
            return _TEMPLATES.get(name, "own")
        return self._written_out(declared)

    def _written_out(self, declared: Declaration) -> How:
        """The templates copied into the item, as many programs do it."""
        if self._uses("mapResponsePoint", declared):
            return "point"
        if self._uses("mapResponse", declared):
            return "map"
        return "match" if self._matches(declared) else "own"

    def is_simple(self, declared: Declaration) -> bool:
        """Does nothing but the standard way decide? Own rules may give a share for other responses."""
        if self.element is None or self.element.get("template") or self.element.get("templateLocation"):
            return True
        if self.is_one_of_several:
            return True  # the marks of several responses are added up
        gives = [
            outcome
            for outcome in self.element.iter("setOutcomeValue")
            if "SCORE" in outcome.get("identifier", "")
        ]
        positive = [outcome for outcome in gives if _words(outcome) not in {"0", "0.0", "0.00"}]
        return len(positive) <= (2 if self.how(declared) in {"map", "point"} else 1)

    def tolerance(self, declared: Declaration) -> tuple[str, Decimal]:
        """("absolute" or "relative", how much): what `equal` allows beside the right number."""
        for equal in self.element.iter("equal") if self.element is not None else ():
            if any(v.get("identifier") == declared.identifier for v in equal.iter("variable")):
                allowed = (equal.get("tolerance") or "0").split()
                mode = equal.get("toleranceMode", "exact")
                return mode, _value(allowed[0]) if allowed and mode != "exact" else Decimal(0)
        return "exact", Decimal(0)

    def own_right(self, declared: Declaration) -> tuple[str, ...]:
        """The response that the item's own rules name first; for items that declare none."""
        for match in self.element.iter("match") if self.element is not None else ():
            if any(v.get("identifier") == declared.identifier for v in match.iter("variable")):
                found = tuple(_words(value) for value in match.iter("baseValue"))
                if found:
                    return found
        return ()

    def _uses(self, tag: str, declared: Declaration) -> bool:
        assert self.element is not None
        return any(one.get("identifier") == declared.identifier for one in self.element.iter(tag))

    def _matches(self, declared: Declaration) -> bool:
        assert self.element is not None
        return any(
            {local(part) for part in match.iterchildren(etree.Element)} == {"variable", "correct"}
            and all(
                part.get("identifier") == declared.identifier for part in match.iterchildren(etree.Element)
            )
            for match in self.element.iter("match", "equal")
        )
