"""QTI's interactions as kinds of ours; what has no place here is refused by name."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from lxml import etree

from assessments.exchange import bodies
from assessments.exchange.bodies import FULL, Choice
from assessments.exchange.model import Body, Texts, Unfit
from assessments.exchange.qti_item import INLINE, Item, named
from assessments.exchange.qti_scores import Declaration
from assessments.exchange.zones import area_words, elsewhere, zone

Made = tuple[str, Body]
MIME = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/plain": "txt",
}


def question_of(item: Item) -> Made:
    """The kind and body of an item, or `Unfit`."""
    item.check()
    asking = item.interactions()
    if not asking:
        raise Unfit("asks-nothing")
    apart = [one for one in asking if str(one.tag) not in INLINE]
    for one in asking:
        if str(one.tag) not in INLINE and str(one.tag) not in APART:
            raise Unfit("interaction-not-taken", named(asking))
    if len(apart) > 1 or (apart and len(apart) != len(asking)):
        raise Unfit("several-interactions", named(asking))
    kind, body = APART[str(apart[0].tag)](item, apart[0]) if apart else _inline(item)
    return kind, item.common(body)


def _choice(item: Item, asked: etree._Element) -> Made:
    return _chosen(item, asked, asked.findall("simpleChoice"), item.stem(item.prompt(asked)))


def _hottext(item: Item, asked: etree._Element) -> Made:
    return _chosen(item, asked, list(asked.iter("hottext")), item.stem(item.prompt(asked)))


def _chosen(item: Item, asked: etree._Element, found: Sequence[etree._Element], stem: Texts) -> Made:
    declared = item.declaration(asked)
    names = [one.get("identifier", "") for one in found]
    several = declared.cardinality != "single"
    shares = _shares(item, declared, names)
    whys, explanation = item.whys(names)
    body = bodies.begun(stem, explanation)
    choices = [
        Choice(item.texts(item.words(one)), shares[name], _why(item, one) or whys.get(name, {}), name)
        for one, name in zip(found, names, strict=True)
    ]
    if any(not choice.text for choice in choices):
        raise Unfit("option-without-text")
    kind, options = bodies.choice_kind(choices, several)
    if {option["name"] for option in options} == {"true", "false"} and kind == "single":
        kind = "truefalse"
    return kind, body | {"options": options}


def _why(item: Item, choice: etree._Element) -> Texts:
    said = [
        item.words(feedback) for tag in ("feedbackInline", "feedbackBlock") for feedback in choice.iter(tag)
    ]
    return item.texts("\n".join(filter(None, said)))


def _shares(item: Item, declared: Declaration, names: Sequence[str]) -> dict[str, Decimal]:
    """What each option earns, in percent."""
    right, how = item.right(declared)
    if how == "map" and declared.full() > 0:
        return {name: declared.share(name) for name in names}
    count = sum(name in right for name in names)
    if not count:
        raise Unfit("no-right-answer")
    if declared.cardinality == "single":
        return {name: FULL if name == right[0] else Decimal(0) for name in names}
    # All or nothing there; here each right one counts.
    item.notes.add("partial-credit")
    wrong = len(names) - count
    return {name: FULL / count if name in right else (-FULL / wrong) for name in names}


def _order(item: Item, asked: etree._Element) -> Made:
    declared = item.declaration(asked)
    right, _how = item.right(declared)
    found = {one.get("identifier", ""): one for one in asked.findall("simpleChoice")}
    if set(right) != set(found) or len(right) != len(found):
        raise Unfit("order-of-some")
    texts = [item.texts(item.words(found[name])) for name in right]
    body = bodies.begun(item.stem(item.prompt(asked)), item.whys(())[1])
    return "ordering", body | {"options": bodies.in_order(texts, list(right)), "partial": False}


def _match(item: Item, asked: etree._Element) -> Made:
    declared = item.declaration(asked)
    right, _how = item.right(declared)
    sets = asked.findall("simpleMatchSet")
    if len(sets) != 2:
        raise Unfit("pair-without-answer", "simpleMatchSet")
    first, second = (
        {c.get("identifier", ""): c for c in one.findall("simpleAssociableChoice")} for one in sets
    )
    pairs = _pairs(right)
    if len({one for one, _other in pairs}) != len(pairs):
        # One thing on the left may have several on the right: turned round, each has one.
        if len({other for _one, other in pairs}) != len(pairs):
            raise Unfit("several-matches")
        first, second, pairs = second, first, [(other, one) for one, other in pairs]
    return _matched(item, asked, declared, first, second, pairs)


def _associate(item: Item, asked: etree._Element) -> Made:
    declared = item.declaration(asked)
    right, _how = item.right(declared)
    found = {one.get("identifier", ""): one for one in asked.findall("simpleAssociableChoice")}
    pairs = _pairs(right)
    firsts = [one for one, _other in pairs]
    if len(set(firsts)) != len(firsts) or set(firsts) & {other for _one, other in pairs}:
        raise Unfit("several-matches")
    rest = {name: choice for name, choice in found.items() if name not in firsts}
    return _matched(
        item, asked, declared, {name: found[name] for name in firsts if name in found}, rest, pairs
    )


def _matched(
    item: Item,
    asked: etree._Element,
    declared: Declaration,
    first: dict[str, etree._Element],
    second: dict[str, etree._Element],
    pairs: Sequence[tuple[str, str]],
) -> Made:
    """A matching question; what is on the left and has no partner is left out, with a word about it."""
    if any(one not in first or other not in second for one, other in pairs) or len(pairs) < 2:
        raise Unfit("pair-without-answer")
    _note_uneven(item, declared)
    partner = dict(pairs)
    for name, choice in first.items():
        if name not in partner:
            item.notes.add("prompt-left-out", item.words(choice))
    options = [{"name": n, "text": item.texts(item.words(c))} for n, c in second.items()]
    labels = bodies.kept_names(list(second))
    renamed = dict(zip(second, labels, strict=True))
    kept = [name for name in first if name in partner]
    prompts = [
        {"name": label, "text": item.texts(item.words(first[name])), "match": renamed[partner[name]]}
        for label, name in zip(bodies.kept_names(kept), kept, strict=True)
    ]
    options = [{**option, "name": renamed[str(option["name"])]} for option in options]
    body = bodies.begun(item.stem(item.prompt(asked)), item.whys(())[1])
    return "matching", body | {"prompts": prompts, "options": options}


def _pairs(right: Sequence[str]) -> list[tuple[str, str]]:
    found = [tuple(pair.split()) for pair in right]
    if any(len(pair) != 2 for pair in found):
        raise Unfit("pair-without-answer")
    return [(pair[0], pair[1]) for pair in found]


def _note_uneven(item: Item, declared: Declaration) -> None:
    """Our pairs all count the same."""
    if item.rules.how(declared) == "map" and len({v for v in declared.mapping.values() if v > 0}) > 1:
        item.notes.add("shares-left-out")


def _inline(item: Item) -> Made:
    """Gaps in a text; a single place to write that stands by itself is a text or number question."""
    blocks = item.blocks()
    asked = list(item.gaps)
    if (
        len(asked) == 1
        and str(asked[0].tag) == "textEntryInteraction"
        and any(b.words == "[[g1]]" for b in blocks)
    ):
        stem = item.texts("\n".join(block.words for block in blocks if block.words != "[[g1]]"))
        return _typed(item, asked[0], bodies.begun(stem, item.whys(())[1]))
    before = next((place for place, block in enumerate(blocks) if block.has_gap), len(blocks))
    task = "\n".join(block.words for block in blocks[:before])
    text = "\n".join(block.words for block in blocks[before:])
    return _cloze(item, task, text, [_gap(item, one) for one in asked])


def _typed(item: Item, asked: etree._Element, body: Body) -> Made:
    answer = _typed_answers(item, asked)
    kind = answer.pop("kind")
    return kind, body | answer


def _cloze(item: Item, stem: str, text: str, gaps: Sequence[dict[str, Any]]) -> Made:
    body = bodies.begun(item.texts(stem), item.whys(())[1])
    named_gaps = [
        {"name": name, "weight": "1", **gap}
        for name, gap in zip(bodies.names(len(gaps), "g"), gaps, strict=True)
    ]
    return "cloze", body | {"text": item.texts(text), "gaps": named_gaps}


def _gap(item: Item, asked: etree._Element) -> dict[str, Any]:
    if str(asked.tag) == "textEntryInteraction":
        return _typed_answers(item, asked)
    declared = item.declaration(asked)
    choices = asked.findall("inlineChoice")
    names = [one.get("identifier", "") for one in choices]
    shares = _shares(item, declared, names)
    found = [
        Choice(item.texts(item.words(one)), shares[name], {}, name)
        for one, name in zip(choices, names, strict=True)
    ]
    return {"kind": "select", "options": bodies.choice_kind(found, several=False)[1]}


def _typed_answers(item: Item, asked: etree._Element) -> dict[str, Any]:
    declared = item.declaration(asked)
    right, how = item.right(declared)
    if declared.base in {"float", "integer"}:
        return {"kind": "number", "answers": _numbers(item, declared, right, how)}
    if how == "map" and declared.full() > 0:
        choices = [Choice(item.texts(key), declared.share(key)) for key in declared.mapping]
    else:
        choices = [Choice(item.texts(value), FULL) for value in right]
    case = not declared.is_folded
    return {
        "kind": "text",
        "answers": bodies.text_answers(choices, item.language),
        "case": case,
        "accents": True,
    }


def _numbers(item: Item, declared: Declaration, right: Sequence[str], how: str) -> list[dict[str, Any]]:
    mode, allowed = item.rules.tolerance(declared)
    shares = (
        {key: declared.share(key) for key in declared.mapping} if how == "map" else dict.fromkeys(right, FULL)
    )
    found = []
    for key, share in shares.items():
        value = bodies.decimal(key)
        if value is None:
            raise Unfit("bad-number", key)
        tolerance = abs(value) * allowed / 100 if mode == "relative" else allowed
        found.append(bodies.number_answer(value, tolerance, share, {}))
    return found


def _gap_match(item: Item, asked: etree._Element) -> Made:
    declared = item.declaration(asked)
    right, _how = item.right(declared)
    partner = {gap: word for word, gap in _pairs(right)}
    if len(partner) != len(right):
        raise Unfit("gap-with-several-answers")
    choices = {one.get("identifier", ""): item.texts(item.words(one)) for one in asked.findall("gapText")}
    if any(not text for text in choices.values()):
        raise Unfit("option-without-text")
    blocks = item.blocks()
    labels = bodies.kept_names(list(choices))
    gaps = []
    for gap in item.gaps:
        word = partner.get(gap.get("identifier", ""))
        if word is None:
            raise Unfit("gap-without-answer", gap.get("identifier", ""))
        options = [
            {"name": label, "correct": name == word, "text": text, "why": {}}
            for label, (name, text) in zip(labels, choices.items(), strict=True)
        ]
        weight = declared.mapping.get(f"{word} {gap.get('identifier', '')}", Decimal(1))
        gaps.append(
            {"kind": "select", "options": options, "weight": bodies.percent(weight) if weight > 0 else "1"}
        )
    before = "\n".join([*(b.words for b in blocks if not b.has_gap), *filter(None, [item.prompt(asked)])])
    return _cloze(item, before, "\n".join(block.words for block in blocks if block.has_gap), gaps)


def _ground(item: Item, asked: etree._Element) -> dict[str, Any]:
    """The picture that is pointed at."""
    found = next((one for tag in ("object", "img") for one in asked.findall(tag)), None)
    address = "" if found is None else found.get("data") or found.get("src") or ""
    alt = "" if found is None else found.get("alt") or item.words(found)
    item.pictures.kept = None  # the ground comes before any picture of the text
    if not item.pictures.take(address.rpartition("/")[2], item.file(address), alt):
        raise Unfit("picture-missing", address)
    return item.pictures.kept or {}


def _hotspot(item: Item, asked: etree._Element) -> Made:
    declared = item.declaration(asked)
    stem = item.stem(item.prompt(asked))
    picture = _ground(item, asked)
    found = asked.findall("hotspotChoice")
    names = [one.get("identifier", "") for one in found]
    shares = _shares(item, declared, names)
    whys, explanation = item.whys(names)
    labels = bodies.kept_names(names)
    options = [
        {
            "name": label,
            "correct": shares[name] > 0,
            "text": item.texts(one.get("hotspotLabel", "")) or area_words(place, stem),
            "why": whys.get(name, {}),
            **zone(one.get("shape", ""), one.get("coords", "")),
        }
        for place, (label, name, one) in enumerate(zip(labels, names, found, strict=True), start=1)
    ]
    body = bodies.begun(stem, explanation)
    return "hotspot", body | {
        "picture": picture,
        "options": options,
        "several": declared.cardinality != "single",
    }


def _point(item: Item, asked: etree._Element) -> Made:
    """A free point on a picture: its areas become zones, and the rest of the picture is a wrong one."""
    declared = item.declaration(asked)
    if not any(value > 0 for _area, value in declared.areas):
        raise Unfit("no-right-answer")
    stem = item.stem(item.prompt(asked))
    picture = _ground(item, asked)
    labels = bodies.names(len(declared.areas))
    options = [
        {"name": label, "correct": value > 0, "text": area_words(place, stem), "why": {}, **area}
        for place, (label, (area, value)) in enumerate(zip(labels, declared.areas, strict=True), start=1)
    ]
    options.append(elsewhere(picture["width"], picture["height"], stem))
    body = bodies.begun(stem, item.whys(())[1])
    return "hotspot", body | {
        "picture": picture,
        "options": options,
        "several": declared.cardinality != "single",
    }


def _slider(item: Item, asked: etree._Element) -> Made:
    declared = item.declaration(asked)
    right, how = item.right(declared)
    item.notes.add("slider-as-number", f"{asked.get('lowerBound', '')}–{asked.get('upperBound', '')}")
    body = bodies.begun(item.stem(item.prompt(asked)), item.whys(())[1])
    return "number", body | {"answers": _numbers(item, declared, right, how)}


def _essay(item: Item, asked: etree._Element) -> Made:
    if item.declared.get(asked.get("responseIdentifier", "")) and item.declaration(asked).correct:
        item.notes.add("model-answer-left-out")
    body = bodies.begun(item.stem(item.prompt(asked)), item.whys(())[1])
    return "essay", body | {"least_words": 0, "most_words": 0, "rubric": []}


def _upload(item: Item, asked: etree._Element) -> Made:
    wanted = [MIME[one] for one in (asked.get("type") or "").split() if one in MIME]
    body = bodies.begun(item.stem(item.prompt(asked)), item.whys(())[1])
    return "file", body | {"accepts": wanted or ["pdf", "docx", "xlsx"], "most_files": 1, "rubric": []}


APART: dict[str, Callable[[Item, etree._Element], Made]] = {
    "choiceInteraction": _choice,
    "hottextInteraction": _hottext,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "associateInteraction": _associate,
    "gapMatchInteraction": _gap_match,
    "hotspotInteraction": _hotspot,
    "selectPointInteraction": _point,
    "sliderInteraction": _slider,
    "extendedTextInteraction": _essay,
    "uploadInteraction": _upload,
}
