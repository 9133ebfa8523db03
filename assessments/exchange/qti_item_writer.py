"""One item of a QTI package while it is written: its declarations, rules, pictures and feedback."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from lxml import etree

from assessments.exchange import bodies
from assessments.exchange.bodies import FULL, NAME
from assessments.exchange.left_out import LeftOut, spoken
from assessments.exchange.model import Asked, Export

RULES_2 = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/"
RULES_3 = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"


class ItemWriter:
    """One item with the names of QTI 2.x. `files` are the pictures it names: path in the package → bytes."""

    def __init__(self, question: Asked, export: Export, left_out: LeftOut, *, is_three: bool) -> None:
        self.question, self.body, self.export, self.left_out = question, question.body, export, left_out
        self.is_three = is_three
        self.language = spoken(question.body, export.language)
        self.files: dict[str, bytes] = {}
        self.root = etree.Element(
            "assessmentItem",
            identifier=identifier(question.name),
            title=question.name,
            adaptive="false",
            timeDependent="false",
        )
        self.declared: list[etree._Element] = []
        self.rules: list[etree._Element] = []
        self.template = ""
        self.has_feedback = False

    def item(self, write_body: "WriteBody") -> etree._Element:
        """The whole item; `write_body` adds what is asked."""
        held = etree.Element("itemBody")
        self._before(held)
        write_body(self, held)
        self.root.extend(self.declared)
        self._outcomes()
        self.root.append(held)
        self._processing()
        if explanation := self.words(self.body["explanation"]):
            modal = self.node(
                self.root,
                "modalFeedback",
                outcomeIdentifier="EXPLANATION",
                identifier="NEVER",
                showHide="hide",
            )
            modal = self.node(modal, "contentBody") if self.is_three else modal
            self.node(modal, "p").text = explanation
        return self.root

    def words(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language) or ""

    def node(self, parent: etree._Element | None, tag: str, **attributes: str) -> etree._Element:
        return etree.Element(tag, attributes) if parent is None else etree.SubElement(parent, tag, attributes)

    def declare(
        self,
        name: str,
        cardinality: str,
        base: str,
        right: Iterable[str],
        shares: Mapping[str, Decimal] | None = None,
        *,
        is_folded: bool = False,
    ) -> None:
        """A response, what is right, and what each part earns of one point."""
        made = self.node(None, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base)
        correct = list(right)
        if correct:
            holder = self.node(made, "correctResponse")
            for value in correct:
                self.node(holder, "value").text = value
        if shares is not None:
            mapping = self.node(made, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
            for key, share in shares.items():
                entry = self.node(
                    mapping, "mapEntry", mapKey=key, mappedValue=bodies.number_text(share / FULL)
                )
                if is_folded:
                    entry.set("caseSensitive", "false")
        self.declared.append(made)

    def stem(self, held: etree._Element) -> None:
        if words := self.words(self.body["stem"]):
            self.node(held, "p").text = words

    def picture(self) -> tuple[str, Mapping[str, Any]] | None:
        """The address of the picture from the item, and what is known of it."""
        picture = self.body.get("picture")
        if not picture:
            return None
        content = self.export.files.get(picture["src"])
        if content is None:
            self.left_out.parts(self.question, ["picture-file"])
            return None
        path = "images/" + picture["src"].rpartition("/")[2]
        self.files[path] = content
        return f"../{path}", picture

    def _before(self, held: etree._Element) -> None:
        """The stimulus and the picture, above what is asked."""
        if stimulus := self.body.get("stimulus"):
            box = self.node(held, "div")
            for part in ("title", "text"):
                if words := self.words(stimulus[part]):
                    self.node(box, "p").text = words
        if self.question.kind != "hotspot" and (found := self.picture()):
            self.node(self.node(held, "p"), "img", src=found[0], alt=self.words(found[1]["alt"]))

    def _outcomes(self) -> None:
        self.node(self.root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
        if self.has_feedback:
            cardinality = "multiple" if self.question.kind == "multiple" else "single"
            self.node(
                self.root,
                "outcomeDeclaration",
                identifier="FEEDBACK",
                cardinality=cardinality,
                baseType="identifier",
            )
        if self.words(self.body["explanation"]):
            self.node(
                self.root,
                "outcomeDeclaration",
                identifier="EXPLANATION",
                cardinality="single",
                baseType="identifier",
            )

    def _processing(self) -> None:
        if not self.template and not self.rules:
            return
        if self.template and not self.has_feedback:
            address = (
                (RULES_3 if self.is_three else RULES_2) + self.template + (".xml" if self.is_three else "")
            )
            self.node(self.root, "responseProcessing", template=address)
            return
        made = self.node(self.root, "responseProcessing")
        if self.template:
            made.append(self.gives("SCORE", self._standard()))
        made.extend(self.rules)
        if self.has_feedback:
            made.append(self.gives("FEEDBACK", self.node(None, "variable", identifier="RESPONSE")))

    def _standard(self) -> etree._Element:
        """The template written out; a right answer of one choice earns what the mapping says as well."""
        return self.node(None, "mapResponse", identifier="RESPONSE")

    def gives(self, outcome: str, value: etree._Element) -> etree._Element:
        made = self.node(None, "setOutcomeValue", identifier=outcome)
        made.append(value)
        return made

    def value(self, said: str) -> etree._Element:
        made = self.node(None, "baseValue", baseType="float")
        made.text = said
        return made


def identifier(name: str) -> str:
    """The name as an identifier; one that is none already gets a letter before it."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "_-.") else "_" for c in name)[:60]
    return plain if NAME.fullmatch(plain) else f"q_{plain}"


WriteBody = Callable[[ItemWriter, etree._Element], None]
