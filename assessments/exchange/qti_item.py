"""One QTI item: what stands in its body, which interactions it has, and the question it becomes."""

import posixpath
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from assessments.exchange.images import Pictures, from_data_address
from assessments.exchange.model import LANGUAGES, Body, Notes, Texts, Unfit, Unreadable
from assessments.exchange.plain import BREAK, element_words, html_words, tidy
from assessments.exchange.qti_scores import Declaration, How, Rules, declarations
from assessments.exchange.qti_tree import item_tree, language_of

INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}
# What an item may have and we pass over, with a word about it.
PASSED = {"endAttemptInteraction": "hint-left-out", "mediaInteraction": "media-left-out"}
FEEDBACK = {"feedbackBlock", "feedbackInline", "modalFeedback"}
OpenFile = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Block:
    """A child of the body as text; `has_gap` where a learner writes or chooses inside it."""

    words: str
    has_gap: bool


class Item:
    """An `assessmentItem`. `open_file` gives the bytes of what lies in its package, by path from its root."""

    def __init__(self, root: etree._Element, language: str, path: str, open_file: OpenFile) -> None:
        said = language_of(root)
        self.root, self.path, self.open_file = root, path, open_file
        self.language = said if said in LANGUAGES else language
        self.notes = Notes()
        self.pictures = Pictures(self.notes, self.language)
        self.declared = declarations(root)
        self.rules = Rules(root)
        self.stimulus: dict[str, Any] | None = None
        self.gaps: list[etree._Element] = []  # inline interactions and gaps, in the order of the text

    @property
    def body(self) -> etree._Element:
        body = self.root.find("itemBody")
        if body is None:
            raise Unfit("no-item-body")
        return body

    def check(self) -> None:
        """Refuse items whose text or rules are computed while they are asked."""
        if self.root.tag != "assessmentItem":
            raise Unfit("not-an-item", str(self.root.tag)[:80])
        if (
            self.root.find("templateDeclaration") is not None
            or self.root.find("templateProcessing") is not None
        ):
            raise Unfit("template-item")
        if self.root.get("adaptive", "false").lower() == "true":
            if len(self.interactions()) != 1:
                raise Unfit("adaptive-item")
            self.notes.add("adaptive-as-plain")

    def interactions(self) -> list[etree._Element]:
        """All that ask for something, in order."""
        found = [e for e in self.body.iter(etree.Element) if str(e.tag).endswith("Interaction")]
        for element in found:
            if str(element.tag) in PASSED:
                self.notes.add(PASSED[str(element.tag)], str(element.tag))
        return [element for element in found if str(element.tag) not in PASSED]

    def texts(self, words: str) -> Texts:
        return {self.language: words} if words else {}

    def words(self, element: etree._Element | None) -> str:
        """The text of an answer or a prompt; pictures in it are told by their alternative text."""
        if element is None:
            return ""
        return element_words(element, self.notes, self._answer_special)

    def prompt(self, interaction: etree._Element) -> str:
        prompt = interaction.find("prompt")
        return "" if prompt is None else element_words(prompt, self.notes, self._special)

    def blocks(self) -> list[Block]:
        """The body block by block, gaps as `[[g1]]`, interactions that stand apart left out."""
        found = []
        body = self.body
        pieces = [(body.text or "", None), *((child.tail or "", child) for child in body)]
        for tail, child in pieces:
            before = len(self.gaps)
            if child is not None and isinstance(child.tag, str):
                holder = etree.Element("div")
                holder.append(_copy(child))
                found.append(Block(element_words(holder, self.notes, self._special), len(self.gaps) > before))
            if words := tidy(tail):
                found.append(Block(words, False))
        return [block for block in found if block.words]

    def stem(self, *more: str) -> Texts:
        """All words of the body, and what follows them."""
        return self.texts("\n".join(filter(None, [*(block.words for block in self.blocks()), *more])))

    def gap(self, element: etree._Element) -> str:
        self.gaps.append(element)
        return f"[[g{len(self.gaps)}]]"

    def declaration(self, interaction: etree._Element) -> Declaration:
        identifier = interaction.get("responseIdentifier", "")
        if identifier not in self.declared:
            raise Unfit("response-not-declared", identifier)
        return self.declared[identifier]

    def right(self, declared: Declaration) -> tuple[tuple[str, ...], How]:
        """The right response and how it is marked; says so where the item's own rules say more."""
        how = self.rules.how(declared)
        right = declared.correct
        if not right and how == "map":
            right = tuple(key for key, value in declared.mapping.items() if value > 0)
        if not right and how == "own":
            right = self.rules.own_right(declared)
        if not right:
            raise Unfit("no-right-answer")
        if how == "own" or not self.rules.is_simple(declared):
            self.notes.add("own-scoring")
        return right, how

    def whys(self, names: Sequence[str]) -> tuple[dict[str, Texts], Texts]:
        """Feedback of the whole item: (by option name, to everybody)."""
        by_name: dict[str, Texts] = {}
        everybody: list[str] = []
        for feedback in self.root.findall("modalFeedback"):
            identifier, words = feedback.get("identifier", ""), self.words(feedback)
            if feedback.get("showHide") == "hide":
                everybody.append(words)
            elif identifier in names:
                by_name[identifier] = self.texts(words)
            elif words:
                self.notes.add("feedback-left-out", words)
        return by_name, self.texts("\n".join(filter(None, everybody)))

    def file(self, address: str) -> bytes | None:
        """What an address in the item names; None for what is missing or outside of the package."""
        if address.startswith("data:"):
            return from_data_address(address)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(address)))
        return None if ":" in address or path.startswith(("..", "/")) else self.open_file(path)

    def _special(self, element: etree._Element, tag: str) -> str | None:
        if tag in INLINE or tag == "gap":
            return self.gap(element)
        if tag == "gapMatchInteraction":
            return self._gap_match(element)
        if tag == "hottextInteraction":
            return None
        if tag.endswith("Interaction") or tag == "positionObjectStage":
            return BREAK
        if tag == "img":
            self._take(element.get("src", ""), element.get("alt", ""))
            return ""
        if tag in {"object", "picture", "figure"}:
            return self._object(element) if tag == "object" else None
        return self._aside(element, tag)

    def _aside(self, element: etree._Element, tag: str) -> str | None:
        """What speaks to others than the learner, or only after the answer."""
        if tag == "rubricBlock" and "candidate" not in element.get("view", "candidate"):
            self.notes.add("rubric-left-out")
            return ""
        if tag in FEEDBACK or tag in {"templateBlock", "templateInline"}:
            self.notes.add("feedback-left-out", " ".join("".join(map(str, element.itertext())).split())[:120])
            return ""
        return (
            "" if tag in {"stylesheet", "catalogInfo", "qtiCatalogInfo", "companionMaterialsInfo"} else None
        )

    def _gap_match(self, element: etree._Element) -> str:
        if element.find("gapImg") is not None:
            raise Unfit("picture-in-option", "gapImg")
        rest = _copy(element)
        for part in [*rest.findall("gapText"), *rest.findall("prompt")]:
            part.tail = None
            rest.remove(part)
        said = element_words(rest, self.notes, self._special)
        return BREAK + said.replace("\n", BREAK) + BREAK

    def _answer_special(self, element: etree._Element, tag: str) -> str | None:
        if tag in FEEDBACK:
            return ""
        if tag in {"img", "object"}:
            alt = element.get("alt", "") or " ".join("".join(map(str, element.itertext())).split())
            self.notes.add("picture-left-out", alt or element.get("src", "") or element.get("data", ""))
            return alt
        return None

    def _take(self, address: str, alt: str) -> bool:
        name = address.rpartition("/")[2] if not address.startswith("data:") else "picture"
        return self.pictures.take(name, self.file(address), alt)

    def _object(self, element: etree._Element) -> str:
        """A picture, or a text the question stands on; what cannot be shown gives way to what is inside."""
        address, type_ = element.get("data", ""), element.get("type", "")
        alt = element_words(element, Notes())
        if type_.startswith("text/html") or address.endswith((".html", ".htm")):
            self.read_stimulus(address)
            return ""
        if type_.startswith("image/") and element.find("object") is None:
            self._take(address, alt)
            return ""
        if element.find("object") is not None:
            return "".join(self._object(one) for one in element.findall("object"))
        self.notes.add("media-left-out", type_)
        return BREAK

    def read_stimulus(self, address: str) -> None:
        """The text at an address of the package becomes what the question stands on."""
        content = self.file(address)
        if content is None or self.stimulus is not None:
            self.notes.add("stimulus-left-out", address)
            return
        self.stimulus = self._stimulus(address, content)

    def _stimulus(self, address: str, content: bytes) -> dict[str, Any]:
        name = posixpath.splitext(address.rpartition("/")[2])[0]
        if address.endswith((".html", ".htm")):
            words, title = html_words(content.decode(errors="replace"), self.notes), ""
        else:
            try:
                root = item_tree(content, address)
            except Unreadable as unreadable:
                raise Unfit("stimulus-broken", address) from unreadable
            title, name = root.get("title", ""), root.get("identifier", name)
            inside = root.find("stimulusBody")
            words = self.words(inside if inside is not None else root)
        return {"name": name, "title": self.texts(title), "text": self.texts(words)}

    def common(self, body: Body) -> Body:
        """The body with its picture and stimulus."""
        for reference in self.root.findall("assessmentStimulusRef"):
            self.read_stimulus(reference.get("href", ""))
        more: Mapping[str, Any] = (
            {"picture": self.pictures.kept} if self.pictures.kept and "picture" not in body else {}
        )
        if self.stimulus:
            more = {**more, "stimulus": self.stimulus}
        return body | dict(more)


def named(interactions: Sequence[etree._Element]) -> str:
    """ "choiceInteraction ×2, gapMatchInteraction": for the report."""
    counted = Counter(str(element.tag) for element in interactions)
    return ", ".join(f"{tag} ×{times}" if times > 1 else tag for tag, times in counted.items())


def _copy(element: etree._Element) -> etree._Element:
    copied = deepcopy(element)
    copied.tail = None
    return copied
