"""The items of a QTI package: each kind of ours as the interaction that says the same, with its rules."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lxml import etree

from assessments.exchange import bodies
from assessments.exchange.bodies import FULL
from assessments.exchange.qti_item_writer import ItemWriter, WriteBody
from assessments.kinds.cloze import pieces

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain",
}
SAID = {"explanation", "picture", "stimulus"}
_CHOICE = {"why", "weight"}
SAID_BY = {
    "single": _CHOICE,
    "multiple": _CHOICE,
    "truefalse": _CHOICE,
    "hotspot": {"weight"},
    "text": {"case"},
    "number": {"unit"},
    "essay": {"rubric"},
    "file": {"rubric"},
    "cloze": set[str](),
}


def _choice(writer: ItemWriter, held: etree._Element) -> None:
    options, kind = writer.body["options"], writer.question.kind
    several = kind == "multiple"
    names = _names(options)
    shares = dict(zip(names, bodies.shares_of(options, kind), strict=True))
    right = [name for name, option in zip(names, options, strict=True) if option["correct"]]
    writer.has_feedback = any(writer.words(option["why"]) for option in options)
    is_mapped = several or writer.has_feedback or any(o.get("weight") for o in options)
    cardinality = "multiple" if several else "single"
    writer.declare("RESPONSE", cardinality, "identifier", right, shares if is_mapped else None)
    writer.template = "map_response" if is_mapped else "match_correct"
    shuffle = "false" if kind == "truefalse" else "true"
    made = writer.node(
        held,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle=shuffle,
        maxChoices="0" if several else "1",
    )
    _prompt(writer, made)
    for name, option in zip(names, options, strict=True):
        choice = writer.node(made, "simpleChoice", identifier=name)
        choice.text = writer.words(option["text"])
        if why := writer.words(option["why"]):
            feedback = writer.node(
                choice, "feedbackInline", outcomeIdentifier="FEEDBACK", identifier=name, showHide="show"
            )
            feedback.text = why


def _prompt(writer: ItemWriter, interaction: etree._Element) -> None:
    if words := writer.words(writer.body["stem"]):
        writer.node(interaction, "prompt").text = words


def _names(items: Sequence[Mapping[str, Any]]) -> list[str]:
    return bodies.kept_names([item["name"] for item in items])


def _matching(writer: ItemWriter, held: etree._Element) -> None:
    prompts, options = writer.body["prompts"], writer.body["options"]
    # Both sides share one set of identifiers.
    names = bodies.kept_names([*(p["name"] for p in prompts), *(o["name"] for o in options)])
    firsts, seconds = names[: len(prompts)], names[len(prompts) :]
    target = {option["name"]: name for option, name in zip(options, seconds, strict=True)}
    right = [f"{name} {target[prompt['match']]}" for name, prompt in zip(firsts, prompts, strict=True)]
    writer.declare("RESPONSE", "multiple", "directedPair", right, dict.fromkeys(right, FULL / len(right)))
    writer.template = "map_response"
    made = writer.node(
        held,
        "matchInteraction",
        responseIdentifier="RESPONSE",
        shuffle="true",
        maxAssociations=str(len(prompts)),
    )
    _prompt(writer, made)
    for items, ids, most in ((prompts, firsts, "1"), (options, seconds, "0")):
        group = writer.node(made, "simpleMatchSet")
        for item, name in zip(items, ids, strict=True):
            choice = writer.node(group, "simpleAssociableChoice", identifier=name, matchMax=most)
            choice.text = writer.words(item["text"])


def _ordering(writer: ItemWriter, held: etree._Element) -> None:
    names = _names(writer.body["options"])
    writer.declare("RESPONSE", "ordered", "identifier", names)
    writer.template = "match_correct"
    made = writer.node(held, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    _prompt(writer, made)
    # Not in the right order, so that a program that never shuffles gives nothing away.
    for name, option in sorted(
        zip(names, writer.body["options"], strict=True), key=lambda pair: pair[0][::-1]
    ):
        writer.node(made, "simpleChoice", identifier=name).text = writer.words(option["text"])


def _text(writer: ItemWriter, held: etree._Element) -> None:
    writer.stem(held)
    _declare_text(writer, "RESPONSE", writer.body)
    writer.template = "map_response"
    _text_entry(writer, writer.node(held, "p"), "RESPONSE")


def _declare_text(writer: ItemWriter, name: str, body: Mapping[str, Any]) -> None:
    shares = {answer["text"]: Decimal(answer["weight"]) for answer in reversed(body["answers"])}
    shares = dict(reversed(shares.items()))
    if any("*" in text for text in shares):
        writer.left_out.parts(writer.question, ["wildcards"])
    right = next((text for text, share in shares.items() if share == FULL), "")
    writer.declare(name, "single", "string", [right], shares, is_folded=not body["case"])


def _text_entry(writer: ItemWriter, parent: etree._Element, name: str) -> etree._Element:
    return writer.node(parent, "textEntryInteraction", responseIdentifier=name)


def _number(writer: ItemWriter, held: etree._Element) -> None:
    writer.stem(held)
    _declare_number(writer, "RESPONSE", writer.body["answers"])
    writer.rules.append(_number_rule(writer, "RESPONSE", writer.body["answers"], "SCORE"))
    entry = _text_entry(writer, writer.node(held, "p"), "RESPONSE")
    if unit := writer.words(writer.body.get("unit", {})):
        entry.tail = f" {unit}"


def _declare_number(writer: ItemWriter, name: str, answers: Sequence[Mapping[str, Any]]) -> None:
    right = next(answer["value"] for answer in answers if Decimal(answer["weight"]) == FULL)
    writer.declare(name, "single", "float", [right])


def _number_rule(
    writer: ItemWriter, name: str, answers: Sequence[Mapping[str, Any]], outcome: str
) -> etree._Element:
    """The first answer within whose tolerance the number lies gives the mark."""
    made = writer.node(None, "responseCondition")
    for place, answer in enumerate(answers):
        branch = writer.node(made, "responseElseIf" if place else "responseIf")
        tolerance = f"{answer['tolerance']} {answer['tolerance']}"
        equal = writer.node(branch, "equal", toleranceMode="absolute", tolerance=tolerance)
        writer.node(equal, "variable", identifier=name)
        if Decimal(answer["weight"]) == FULL and not any(
            Decimal(before["weight"]) == FULL for before in answers[:place]
        ):
            writer.node(equal, "correct", identifier=name)
        else:
            equal.append(writer.value(answer["value"]))
        share = bodies.number_text(Decimal(answer["weight"]) / FULL)
        branch.append(writer.gives(outcome, writer.value(share)))
    return made


def _cloze(writer: ItemWriter, held: etree._Element) -> None:
    writer.stem(held)
    gaps = {gap["name"]: (f"RESPONSE{place}", gap) for place, gap in enumerate(writer.body["gaps"], start=1)}
    text = writer.node(held, "p")
    last: etree._Element | None = None
    for kind, said in pieces(writer.words(writer.body["text"])):
        if kind == "gap":
            last = _gap(writer, text, *gaps[said])
        elif last is None:
            text.text = said
        else:
            last.tail = said
    _add_up(writer, gaps.values())


def _gap(writer: ItemWriter, text: etree._Element, name: str, gap: Mapping[str, Any]) -> etree._Element:
    if gap["kind"] != "select":
        if gap["kind"] == "number":
            _declare_number(writer, name, gap["answers"])
            writer.rules.append(_number_rule(writer, name, gap["answers"], f"SCORE_{name}"))
        else:
            _declare_text(writer, name, gap)
        return _text_entry(writer, text, name)
    labels = _names(gap["options"])
    shares = dict(zip(labels, bodies.shares_of(gap["options"], "single"), strict=True))
    right = [label for label, option in zip(labels, gap["options"], strict=True) if option["correct"]]
    writer.declare(name, "single", "identifier", right, shares)
    made = writer.node(text, "inlineChoiceInteraction", responseIdentifier=name, shuffle="true")
    for label, option in zip(labels, gap["options"], strict=True):
        writer.node(made, "inlineChoice", identifier=label).text = writer.words(option["text"])
    return made


def _add_up(writer: ItemWriter, gaps: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """The marks of the gaps by their weight, of one point."""
    found = list(gaps)
    total = sum((Decimal(gap["weight"]) for _name, gap in found), Decimal(0))
    together = writer.node(None, "sum")
    for name, gap in found:
        product = writer.node(together, "product")
        product.append(writer.value(bodies.number_text(round(Decimal(gap["weight"]) / total, 7))))
        if gap["kind"] == "number":
            writer.node(product, "variable", identifier=f"SCORE_{name}")
            writer.declared.append(
                writer.node(
                    None,
                    "outcomeDeclaration",
                    identifier=f"SCORE_{name}",
                    cardinality="single",
                    baseType="float",
                )
            )
        else:
            writer.node(product, "mapResponse", identifier=name)
    writer.rules.append(writer.gives("SCORE", together))
    writer.declared.sort(key=lambda element: element.tag != "responseDeclaration")


def _essay(writer: ItemWriter, held: etree._Element) -> None:
    writer.declare("RESPONSE", "single", "string", [])
    made = writer.node(held, "extendedTextInteraction", responseIdentifier="RESPONSE")
    _prompt(writer, made)
    _rubric(writer, held)


def _file(writer: ItemWriter, held: etree._Element) -> None:
    writer.declare("RESPONSE", "single", "file", [])
    made = writer.node(held, "uploadInteraction", responseIdentifier="RESPONSE")
    known = [MIME[kind] for kind in writer.body["accepts"] if kind in MIME]
    if known:
        made.set("type", " ".join(known) if writer.is_three else known[0])
    if len(known) < len(writer.body["accepts"]) or (len(known) > 1 and not writer.is_three):
        writer.left_out.parts(writer.question, ["accepts"])
    if writer.body["most_files"] > 1:
        writer.left_out.parts(writer.question, ["most_files"])
    _prompt(writer, made)
    _rubric(writer, held)


def _rubric(writer: ItemWriter, held: etree._Element) -> None:
    if not writer.body["rubric"]:
        return
    made = writer.node(held, "rubricBlock", view="scorer")
    made = writer.node(made, "contentBody") if writer.is_three else made
    for criterion in writer.body["rubric"]:
        levels = (f"{level['points']}: {writer.words(level['title'])}" for level in criterion["levels"])
        writer.node(made, "p").text = f"{writer.words(criterion['title'])} ({'; '.join(levels)})"


def _hotspot(writer: ItemWriter, held: etree._Element) -> None:
    options, several = writer.body["options"], writer.body["several"]
    names = _names(options)
    right = [name for name, option in zip(names, options, strict=True) if option["correct"]]
    shares = dict(zip(names, bodies.shares_of(options, "multiple" if several else "single"), strict=True))
    is_mapped = several or any(option.get("weight") for option in options)
    cardinality = "multiple" if several else "single"
    writer.declare("RESPONSE", cardinality, "identifier", right, shares if is_mapped else None)
    writer.template = "map_response" if is_mapped else "match_correct"
    made = writer.node(
        held, "hotspotInteraction", responseIdentifier="RESPONSE", maxChoices="0" if several else "1"
    )
    _prompt(writer, made)
    address, picture = writer.picture() or ("", writer.body["picture"])
    size = {side: str(picture[side]) for side in ("width", "height") if picture.get(side)}
    if writer.is_three:
        writer.node(made, "img", src=address, alt=writer.words(picture["alt"]), **size)
    else:
        suffix = picture["src"].rpartition(".")[2].lower()
        type_ = "image/" + {"jpg": "jpeg", "svg": "svg+xml"}.get(suffix, suffix)
        writer.node(made, "object", type=type_, data=address, **size).text = writer.words(picture["alt"])
    for name, option in zip(names, options, strict=True):
        coords = ",".join(map(str, option["coords"]))
        choice = writer.node(made, "hotspotChoice", shape=option["shape"], coords=coords, identifier=name)
        if label := writer.words(option["text"]):
            choice.set("hotspotLabel", label)


BODIES: dict[str, WriteBody] = {
    "single": _choice,
    "multiple": _choice,
    "truefalse": _choice,
    "matching": _matching,
    "ordering": _ordering,
    "text": _text,
    "number": _number,
    "cloze": _cloze,
    "essay": _essay,
    "file": _file,
    "hotspot": _hotspot,
}
