"""Moodle's question types as kinds of ours. Each function gives the questions that one becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lxml import etree

from assessments.exchange import bodies, cloze
from assessments.exchange.bodies import Choice
from assessments.exchange.model import STIMULUS, Body, Texts, Unfit
from assessments.exchange.zones import area_words, elsewhere
from assessments.kinds.by_hand import FILE_KINDS, MOST_FILES

if TYPE_CHECKING:
    from assessments.exchange.moodle_xml import MoodleQuestion

_SUFFIX = re.compile(r"\.?([a-z0-9]{1,8})")
_GROUPS = {"document": ["pdf", "docx", "odt"], "image": ["png", "jpg"], "web_image": ["png", "jpg"]}


@dataclass(frozen=True)
class Made:
    """A kind and its body; `suffix` tells apart the questions that one became."""

    kind: str
    body: Body
    suffix: str = ""


def _begun(asked: MoodleQuestion) -> Body:
    return bodies.begun(asked.stem(), asked.explanation())


def _share(element: etree._Element) -> Decimal:
    share = bodies.decimal(element.get("fraction", "0"))
    if share is None:
        raise Unfit("bad-share", element.get("fraction", ""))
    return share


def _choices(asked: MoodleQuestion) -> list[Choice]:
    found = [
        Choice(asked.texts(answer), _share(answer), asked.texts(answer.find("feedback")))
        for answer in asked.element.findall("answer")
    ]
    if any(not choice.text for choice in found):
        raise Unfit("option-without-text")
    return found


def _multichoice(asked: MoodleQuestion) -> list[Made]:
    body, choices = _begun(asked), _choices(asked)
    if asked.flag("single") and sum(choice.share >= bodies.FULL for choice in choices) > 1:
        asked.notes.add("several-right")
    kind, options = bodies.choice_kind(choices, several=not asked.flag("single"))
    _overall_feedback(asked)
    return [Made(kind, body | {"options": options})]


def _true_false(asked: MoodleQuestion) -> list[Made]:
    body, right, whys = _begun(asked), "", dict[str, Texts]()
    for answer in asked.element.findall("answer"):
        word = (answer.findtext("text") or "").strip().lower()
        whys[word] = asked.texts(answer.find("feedback"))
        right = word if _share(answer) > 0 else right
    if right not in {"true", "false"}:
        raise Unfit("no-right-answer")
    options = bodies.true_false(right == "true", body["stem"], whys.get("true", {}), whys.get("false", {}))
    return [Made("truefalse", body | {"options": options})]


def _short(asked: MoodleQuestion) -> list[Made]:
    answers = bodies.text_answers(_choices(asked), asked.language)
    return [
        Made("text", _begun(asked) | {"answers": answers, "case": asked.flag("usecase"), "accents": True})
    ]


def _number(asked: MoodleQuestion) -> list[Made]:
    answers = []
    for answer in asked.element.findall("answer"):
        raw, why = (answer.findtext("text") or "").strip(), asked.texts(answer.find("feedback"))
        if raw == "*":
            if why:
                asked.notes.add("feedback-left-out", next(iter(why.values())))
            continue
        value, tolerance = bodies.decimal(raw), bodies.decimal(answer.findtext("tolerance") or "0")
        if value is None or tolerance is None:
            raise Unfit("bad-number", raw)
        answers.append(bodies.number_answer(value, tolerance, _share(answer), why))
    if not any(Decimal(answer["weight"]) >= bodies.FULL for answer in answers):
        raise Unfit("no-right-answer")
    body = _begun(asked) | {"answers": answers}
    return [Made("number", body | _unit(asked))]


def _unit(asked: MoodleQuestion) -> Body:
    """The first unit. Others would count another way, which we do not."""
    units = [(unit.findtext("unit_name") or "").strip() for unit in asked.element.findall("units/unit")]
    units = [unit for unit in units if unit]
    for other in units[1:]:
        asked.notes.add("unit-left-out", other)
    return {"unit": {asked.language: units[0]}} if units else {}


def _matching(asked: MoodleQuestion) -> list[Made]:
    pairs, beside = [], []
    for one in asked.element.findall("subquestion"):
        prompt, answer = asked.texts(one), asked.texts(one.find("answer"))
        if not answer:
            raise Unfit("pair-without-answer", next(iter(prompt.values()), ""))
        if prompt:
            pairs.append((prompt, answer))
        else:
            beside.append(answer)
    prompts, options = bodies.matching(pairs, beside)
    _overall_feedback(asked)
    return [Made("matching", _begun(asked) | {"prompts": prompts, "options": options})]


def _essay(asked: MoodleQuestion) -> list[Made]:
    body = _begun(asked) | {"rubric": []}
    for part in ("graderinfo", "responsetemplate"):
        if (asked.element.findtext(f"{part}/text") or "").strip():
            asked.notes.add(f"{part}-left-out")
    if asked.said("responseformat") == "noinline":
        return [Made("file", body | _accepts(asked))]
    if asked.said("attachments") not in {"", "0"}:
        asked.notes.add("attachments-left-out")
    return [
        Made(
            "essay",
            body
            | {"least_words": _count(asked, "minwordlimit"), "most_words": _count(asked, "maxwordlimit")},
        )
    ]


def _count(asked: MoodleQuestion, path: str) -> int:
    said = asked.said(path)
    return min(int(said), 100_000) if said.isdecimal() and len(said) < 9 else 0


def _accepts(asked: MoodleQuestion) -> Body:
    wanted: list[str] = []
    for word in re.split(r"[\s,;]+", asked.said("filetypeslist").lower()):
        found = _SUFFIX.fullmatch(word)
        known = _GROUPS.get(word) or ([found[1].replace("jpeg", "jpg")] if found else [])
        for suffix in known:
            if suffix not in FILE_KINDS:
                asked.notes.add("file-kind-left-out", suffix)
        wanted += [suffix for suffix in known if suffix in FILE_KINDS]
    most = _count(asked, "attachments")
    return {
        "accepts": list(dict.fromkeys(wanted)) or ["pdf", "docx"],
        "most_files": min(most or MOST_FILES, MOST_FILES),
    }


def _cloze(asked: MoodleQuestion) -> list[Made]:
    found: list[cloze.Found] = []

    def taken_out(source: str) -> str:
        found.append(cloze.read(source, lambda text: asked.words(text), asked.language))
        return found[-1].text

    text = asked.texts(asked.element.find("questiontext"), pictures=True, change=taken_out)
    body = bodies.begun({}, asked.explanation())
    return [Made("cloze", body | {"text": text, "gaps": found[0].gaps})]


def _gap_select(asked: MoodleQuestion) -> list[Made]:
    tag = "dragbox" if asked.type == "ddwtos" else "selectoption"
    choices = [(asked.texts(one), one.findtext("group") or "1") for one in asked.element.findall(tag)]
    stem = asked.stem()
    filled = {code: cloze.numbered(text, choices) for code, text in stem.items()}
    if not filled:
        raise Unfit("no-gaps")
    _overall_feedback(asked)
    gaps = next(iter(filled.values())).gaps
    body = bodies.begun({}, asked.explanation())
    return [Made("cloze", body | {"text": {code: one.text for code, one in filled.items()}, "gaps": gaps})]


def _ordering(asked: MoodleQuestion) -> list[Made]:
    answers = sorted(asked.element.findall("answer"), key=_share)
    options = bodies.in_order([asked.texts(answer) for answer in answers])
    partial = asked.said("gradingtype").upper() not in {"ALL_OR_NOTHING", "-1"}
    _overall_feedback(asked)
    return [Made("ordering", _begun(asked) | {"options": options, "partial": partial})]


def _markers(asked: MoodleQuestion) -> list[Made]:
    """Each marker is asked for by itself: the zones are the choices, those of the marker are right."""
    stem, explanation = asked.stem(), asked.explanation()
    name, content = asked.file()
    if asked.pictures.kept is not None or not asked.pictures.take(name, content):
        raise Unfit("picture-missing", name)
    picture: dict[str, Any] = asked.pictures.kept or {}
    drops = [(drop.findtext("choice") or "", _zone(drop)) for drop in asked.element.findall("drop")]
    labels = bodies.names(len(drops))
    made = []
    for drag in asked.element.findall("drag"):
        number, label = (drag.findtext("no") or "").strip(), " ".join((drag.findtext("text") or "").split())
        right = [choice == number for choice, _zone in drops]
        if not any(right):
            continue  # a marker that belongs nowhere is there to mislead
        options: list[dict[str, Any]] = [
            {"name": one, "correct": is_right, "text": area_words(place, stem), "why": {}, **zone}
            for place, (one, is_right, (_choice, zone)) in enumerate(
                zip(labels, right, drops, strict=True), 1
            )
        ]
        if all(right):
            options.append(elsewhere(picture["width"], picture["height"], stem))
        asks = {code: f"{text}\n{label}" for code, text in stem.items()} or {asked.language: label}
        body = bodies.begun(asks, explanation)
        body |= {"picture": picture, "options": options, "several": sum(right) > 1}
        made.append(Made("hotspot", body, f" ({label})" if label else f" ({number})"))
    if not made:
        raise Unfit("no-right-answer")
    if len(made) > 1:
        asked.notes.add("split", str(len(made)))
    return made


def _zone(drop: etree._Element) -> dict[str, Any]:
    """Moodle's "x,y;r", "x,y;w,h" and "x,y;x,y;…" as the coordinates of an image map."""
    shape, raw = (drop.findtext("shape") or "").strip().lower(), (drop.findtext("coords") or "").strip()
    numbers = [bodies.decimal(part) for part in re.split(r"[,;]", raw)]
    if None in numbers or not numbers:
        raise Unfit("bad-zone", raw)
    coords = [round(number) for number in numbers if number is not None]
    if shape == "circle" and len(coords) == 3:
        return {"shape": "circle", "coords": coords}
    if shape == "rectangle" and len(coords) == 4:
        x, y, width, height = coords
        return {"shape": "rect", "coords": [x, y, x + width, y + height]}
    if shape == "polygon" and len(coords) >= 6 and len(coords) % 2 == 0:
        return {"shape": "poly", "coords": coords}
    raise Unfit("bad-zone", f"{shape} {raw}")


def _dragged_pictures(_asked: MoodleQuestion) -> list[Made]:
    raise Unfit("drag-on-picture")


def _calculated(asked: MoodleQuestion) -> list[Made]:
    raise Unfit("calculated", asked.type)


def _description(asked: MoodleQuestion) -> list[Made]:
    title = {asked.language: asked.name} if asked.name else {}
    return [Made(STIMULUS, {"title": title, "text": asked.stem()})]


def _overall_feedback(asked: MoodleQuestion) -> None:
    """What Moodle says on the whole answer; ours says why at each option."""
    for part in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        if any(asked.texts(asked.element.find(part)).values()):
            asked.notes.add("feedback-left-out", part)


KINDS: dict[str, Callable[[MoodleQuestion], Sequence[Made]]] = {
    "multichoice": _multichoice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _number,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ddwtos": _gap_select,
    "gapselect": _gap_select,
    "ordering": _ordering,
    "ddmarker": _markers,
    "ddimageortext": _dragged_pictures,
    "description": _description,
    **dict.fromkeys(("calculated", "calculatedmulti", "calculatedsimple"), _calculated),
}
