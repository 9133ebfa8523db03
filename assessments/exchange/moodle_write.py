"""Write Moodle XML. Texts in several languages become Moodle's multilang spans, pictures stand inside."""

import base64
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lxml import etree

from assessments.exchange import bodies, cloze, kept
from assessments.exchange.left_out import LeftOut, languages_of, parts_of, spoken
from assessments.exchange.model import LANGUAGES, Asked, Export, Texts, Written
from assessments.exchange.plain import as_html
from assessments.exchange.tags import tags_of
from assessments.kinds.cloze import pieces

TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "truefalse": "truefalse",
    "matching": "matching",
    "ordering": "ordering",
    "text": "shortanswer",
    "number": "numerical",
    "cloze": "cloze",
    "essay": "essay",
    "file": "essay",
    "hotspot": "ddmarker",
}
OURS = "lantoa"
# Parts that Moodle has a place for, whatever the kind.
SAID = {"outcome", "difficulty", "cites", "explanation", "why", "weight", "languages", "picture", "stimulus"}
SAID_BY = {
    "text": {"case"},
    "number": {"unit"},
    "ordering": {"partial"},
    "essay": {"rubric", "least_words", "most_words"},
    "file": {"rubric"},
}


def write(export: Export) -> Written:
    """All questions. What Moodle has no place for is reported; our own import finds it in `<lantoa>`."""
    root = etree.Element("quiz")
    left_out = LeftOut()
    if export.category:
        category = _node(root, "question", type="category")
        _texted(category, "category", f"$course$/top/{export.category}")
    for question in export.questions:
        if question.kind not in TYPES:
            left_out.not_written(question)
            continue
        element = _Writer(question, export, left_out).element()
        root.append(element)
        _node(element, OURS, sha256=kept.checksum_of(element, OURS)).text = kept.olx_of(question)
    etree.indent(root)
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Written(content, ".xml", "application/xml", left_out.problems)


class _Writer:
    def __init__(self, question: Asked, export: Export, left_out: LeftOut) -> None:
        self.question, self.body, self.export, self.left_out = question, question.body, export, left_out
        self.language = spoken(question.body, export.language)
        self.made = etree.Element("question", type=TYPES[question.kind])

    def element(self) -> etree._Element:
        question = self.question
        _texted(self.made, "name", question.name)
        self._question_text()
        self.say(self.made, "generalfeedback", self.body["explanation"])
        _node(self.made, "idnumber").text = question.name
        _node(self.made, "defaultgrade").text = "1"
        _KINDS[question.kind](self)
        tags = _node(self.made, "tags")
        for tag in tags_of(question):
            _texted(tags, "tag", tag)
        said = SAID | SAID_BY.get(question.kind, set())
        self.left_out.parts(question, sorted(parts_of(question, self.language) - said))
        return self.made

    def say(self, parent: etree._Element, tag: str, texts: Texts) -> etree._Element:
        """A text in all its languages."""
        made = _node(parent, tag, format="html")
        _node(made, "text").text = self.html(texts)
        return made

    def html(self, texts: Mapping[str, str]) -> str:
        said = [(code, texts[code]) for code in LANGUAGES if texts.get(code)]
        if len(said) < 2:
            return as_html(said[0][1]) if said else ""
        return "".join(f'<span lang="{code}" class="multilang">{as_html(text)}</span>' for code, text in said)

    def plain(self, texts: Mapping[str, str]) -> str:
        """A text for a place that takes no markup."""
        return texts.get(self.language) or next((text for text in texts.values() if text), "")

    def _question_text(self) -> None:
        asked = self._asked()
        stimulus = self.body.get("stimulus")
        before = (
            "".join(f"<p>{self.html(stimulus[part])}</p>" for part in ("title", "text")) if stimulus else ""
        )
        picture = self.body.get("picture")
        is_ground = self.question.kind == "hotspot"
        made = _node(self.made, "questiontext", format="html")
        shown = "" if is_ground or not picture else self._picture(picture, made)
        text = etree.Element("text")
        text.text = before + (f"<p>{asked}</p>" if before or shown else asked) + shown
        made.insert(0, text)

    def _asked(self) -> str:
        if self.question.kind != "cloze":
            return self.html(self.body["stem"])
        stem = self.html(self.body["stem"])
        gaps = {gap["name"]: cloze.written(gap, self.plain) for gap in self.body["gaps"]}
        texts = {
            code: "".join(
                gaps[said] if kind == "gap" else as_html(said)
                for kind, said in pieces(self.body["text"][code])
            )
            for code in languages_of(self.body)
        }
        if len(texts) > 1:  # Moodle would ask every gap once in each language
            self.left_out.parts(self.question, ["languages"])
        if any(Decimal(gap["weight"]) != int(Decimal(gap["weight"])) for gap in self.body["gaps"]):
            self.left_out.parts(self.question, ["weight"])
        text = texts.get(self.language, "")
        return f"<p>{stem}</p><p>{text}</p>" if stem else text

    def _picture(self, picture: Mapping[str, Any], parent: etree._Element) -> str:
        name = picture["src"].rpartition("/")[2]
        if not self.file(picture, parent, path="/"):
            return ""
        alt = as_html(self.plain(picture["alt"])).replace('"', "&quot;")
        size = "".join(f' {side}="{picture[side]}"' for side in ("width", "height") if picture.get(side))
        return f'<p><img src="@@PLUGINFILE@@/{name}" alt="{alt}"{size}></p>'

    def file(self, picture: Mapping[str, Any], parent: etree._Element, **more: str) -> bool:
        content = self.export.files.get(picture["src"])
        if content is None:
            self.left_out.parts(self.question, ["picture-file"])
            return False
        name = picture["src"].rpartition("/")[2]
        made = _node(parent, "file", name=name, encoding="base64", **more)
        made.text = base64.b64encode(content).decode()
        return True

    def answer(self, share: Decimal, texts: Texts, why: Texts, **more: str) -> etree._Element:
        made = _node(self.made, "answer", fraction=bodies.percent(share), **more)
        _node(made, "text").text = self.html(texts) if more else self.plain(texts)
        self.say(made, "feedback", why)
        return made

    def setting(self, tag: str, said: object) -> None:
        _node(self.made, tag).text = str(said)


def _choice(writer: _Writer) -> None:
    kind, options = writer.question.kind, writer.body["options"]
    writer.setting("single", str(kind == "single").lower())
    writer.setting("shuffleanswers", "true")
    writer.setting("answernumbering", "abc")
    for option, share in zip(options, bodies.shares_of(options, kind), strict=True):
        writer.answer(share, option["text"], option["why"], format="html")


def _true_false(writer: _Writer) -> None:
    for option in writer.body["options"]:
        share = bodies.FULL if option["correct"] else Decimal(0)
        writer.answer(share, {writer.language: option["name"]}, option["why"], format="moodle_auto_format")


def _matching(writer: _Writer) -> None:
    writer.setting("shuffleanswers", "true")
    texts = {option["name"]: option["text"] for option in writer.body["options"]}
    used = {prompt["match"] for prompt in writer.body["prompts"]}
    pairs = [(prompt["text"], texts[prompt["match"]]) for prompt in writer.body["prompts"]]
    for prompt, match in [*pairs, *(({}, text) for name, text in texts.items() if name not in used)]:
        made = writer.say(writer.made, "subquestion", prompt)
        _texted(made, "answer", writer.html(match))


def _ordering(writer: _Writer) -> None:
    writer.setting("layouttype", "VERTICAL")
    writer.setting("selecttype", "ALL")
    writer.setting("gradingtype", "ABSOLUTE_POSITION" if writer.body["partial"] else "ALL_OR_NOTHING")
    for place, option in enumerate(writer.body["options"], start=1):
        writer.answer(Decimal(place), option["text"], {}, format="html")


def _text(writer: _Writer) -> None:
    writer.setting("usecase", int(writer.body["case"]))
    for answer in writer.body["answers"]:
        share = Decimal(answer["weight"])
        writer.answer(share, {writer.language: answer["text"]}, answer["why"])


def _number(writer: _Writer) -> None:
    for answer in writer.body["answers"]:
        made = writer.answer(Decimal(answer["weight"]), {writer.language: answer["value"]}, answer["why"])
        _node(made, "tolerance").text = answer["tolerance"]
    if unit := writer.body.get("unit"):
        made = _node(_node(writer.made, "units"), "unit")
        _node(made, "multiplier").text = "1"
        _node(made, "unit_name").text = writer.plain(unit)
        if len(unit) > 1:
            writer.left_out.parts(writer.question, ["unit"])
    writer.setting("unitgradingtype", 0)


def _cloze(writer: _Writer) -> None:
    if any(gap.get("accents") is False for gap in writer.body["gaps"]):
        writer.left_out.parts(writer.question, ["accents"])


def _essay(writer: _Writer) -> None:
    writer.setting("responseformat", "editor")
    writer.setting("attachments", 0)
    for tag, name in (("minwordlimit", "least_words"), ("maxwordlimit", "most_words")):
        writer.setting(tag, writer.body[name] or "")
    _grader_info(writer)


def _file(writer: _Writer) -> None:
    writer.setting("responseformat", "noinline")
    writer.setting("responserequired", 0)
    writer.setting("attachments", writer.body["most_files"])
    writer.setting("attachmentsrequired", 1)
    writer.setting("filetypeslist", ",".join(f".{kind}" for kind in writer.body["accepts"]))
    _grader_info(writer)


def _grader_info(writer: _Writer) -> None:
    """The rubric as a text for whoever marks."""
    lines = []
    for criterion in writer.body["rubric"]:
        levels = (f"{level['points']}: {writer.plain(level['title'])}" for level in criterion["levels"])
        lines.append(f"{writer.plain(criterion['title'])} ({'; '.join(levels)})")
    writer.say(writer.made, "graderinfo", {writer.language: "\n".join(lines)})


def _hotspot(writer: _Writer) -> None:
    """Moodle drags a marker to a place; areas that are wrong need no mention there."""
    writer.file(writer.body["picture"], writer.made)
    right = [option for option in writer.body["options"] if option["correct"]]
    drag = _node(writer.made, "drag")
    for tag, said in (("no", "1"), ("text", "✓"), ("noofdrags", str(len(right)))):
        _node(drag, tag).text = said
    for place, option in enumerate(right, start=1):
        drop = _node(writer.made, "drop")
        shape, coords = _marker_zone(option)
        for tag, said in (("no", str(place)), ("shape", shape), ("coords", coords), ("choice", "1")):
            _node(drop, tag).text = said
    writer.left_out.parts(writer.question, ["wrong-areas"])


def _marker_zone(option: Mapping[str, Any]) -> tuple[str, str]:
    numbers = option["coords"]
    if option["shape"] == "circle":
        return "circle", f"{numbers[0]},{numbers[1]};{numbers[2]}"
    if option["shape"] == "rect":
        return "rectangle", f"{numbers[0]},{numbers[1]};{numbers[2] - numbers[0]},{numbers[3] - numbers[1]}"
    points = zip(numbers[::2], numbers[1::2], strict=True)
    return "polygon", ";".join(f"{x},{y}" for x, y in points)


def _node(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, tag, attributes)


def _texted(parent: etree._Element, tag: str, text: str) -> etree._Element:
    made = _node(parent, tag)
    _node(made, "text").text = text
    return made


_KINDS: dict[str, Callable[[_Writer], None]] = {
    "single": _choice,
    "multiple": _choice,
    "truefalse": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "text": _text,
    "number": _number,
    "cloze": _cloze,
    "essay": _essay,
    "file": _file,
    "hotspot": _hotspot,
}
