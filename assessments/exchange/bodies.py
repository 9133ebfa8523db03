"""Bodies of our questions from what readers found: options with shares, answers, pairs, gaps."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from string import ascii_lowercase
from typing import Any

from assessments.exchange.model import Body, Texts, Unfit

FULL = Decimal(100)
CLOSE = Decimal("0.01")  # 33.33333 is a third
TRUE_FALSE: dict[str, Texts] = {
    "true": {"vi": "Đúng", "en": "True", "de": "Richtig"},
    "false": {"vi": "Sai", "en": "False", "de": "Falsch"},
}
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?")
MOST_OPTIONS = 200


@dataclass(frozen=True)
class Choice:
    """An answer to choose or to type, and the share of the mark it earns, in percent."""

    text: Texts
    share: Decimal = Decimal(0)
    why: Texts = field(default_factory=dict)
    name: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def begun(stem: Texts, explanation: Texts | None = None) -> Body:
    """What all kinds have."""
    return {"stem": stem, "explanation": explanation or {}, "cites": []}


def names(count: int, first: str = "") -> list[str]:
    """a, b, …, z, a2, …; with `first` "g": g1, g2, …"""
    if count > MOST_OPTIONS:
        raise Unfit("too-many-options", str(count))
    if first:
        return [f"{first}{number}" for number in range(1, count + 1)]
    return [
        ascii_lowercase[place % 26] + (str(place // 26 + 1) if place >= 26 else "") for place in range(count)
    ]


def kept_names(given: Sequence[str]) -> list[str]:
    """The names other systems gave, where each is a name and no two are the same; else a, b, c."""
    fit = len(set(given)) == len(given) and all(NAME.fullmatch(name) for name in given)
    return list(given) if fit else names(len(given))


def percent(share: Decimal) -> str:
    """ "33.33333", "-50", never "1E+2"."""
    text = f"{share.quantize(Decimal('0.00001')).normalize():f}"
    return "0" if text == "-0" else text


def decimal(text: str) -> Decimal | None:
    """A number as people write it: 9.81 or 9,81; None for what is none."""
    text = text.strip().replace("−", "-").replace(" ", "").replace("\xa0", "")
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def number_text(value: Decimal) -> str:
    """The number without exponent and without zeros nobody wrote."""
    if value and not -60 < value.adjusted() < 60:
        raise Unfit("bad-number", str(value))
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def choice_kind(choices: Sequence[Choice], several: bool) -> tuple[str, list[dict[str, Any]]]:
    """("single" or "multiple", options): shares are kept only where they are not what we give anyway."""
    given = [choice.name for choice in choices]
    labels = kept_names(given) if any(given) else names(len(choices))
    options = [
        {"name": label, "correct": False, "text": choice.text, "why": choice.why, **choice.more}
        for label, choice in zip(labels, choices, strict=True)
    ]
    if several:
        _several(options, choices)
        return "multiple", options
    best = max((choice.share for choice in choices), default=Decimal(0))
    if best < FULL - CLOSE:
        raise Unfit("no-right-answer")
    right = next(place for place, choice in enumerate(choices) if choice.share == best)
    is_shared = any(choice.share for place, choice in enumerate(choices) if place != right)
    for place, (option, choice) in enumerate(zip(options, choices, strict=True)):
        option["correct"] = place == right
        if is_shared and choice.share:  # once one option has a share, only shares count
            option["weight"] = percent(choice.share)
    return "single", options


def _several(options: list[dict[str, Any]], choices: Sequence[Choice]) -> None:
    right = sum(choice.share > 0 for choice in choices)
    if not right:
        raise Unfit("no-right-answer")
    usual = _usual_shares(right, len(choices) - right)
    is_usual = all(abs(choice.share - usual[choice.share > 0]) < CLOSE for choice in choices)
    for option, choice in zip(options, choices, strict=True):
        option["correct"] = choice.share > 0
        if not is_usual:
            option["weight"] = percent(choice.share)


def _usual_shares(right: int, wrong: int) -> dict[bool, Decimal]:
    """What an option earns where no share is given: right ones together all, wrong ones minus all."""
    return {True: FULL / right, False: -FULL / wrong if wrong else Decimal(0)}


def shares_of(options: Sequence[Mapping[str, Any]], kind: str) -> list[Decimal]:
    """The share in percent of each option, also where the body does not give it."""
    right = sum(bool(option["correct"]) for option in options)
    usual = _usual_shares(max(right, 1), len(options) - right)
    if kind != "multiple":
        usual = {True: FULL, False: Decimal(0)}
    return [
        Decimal(str(option["weight"])) if option.get("weight") else usual[bool(option["correct"])]
        for option in options
    ]


def true_false(
    is_true: bool, languages: Iterable[str], why_true: Texts, why_false: Texts
) -> list[dict[str, Any]]:
    """The options of a true-or-false question in our own words, in the languages of its stem."""
    spoken = set(languages)
    whys = {"true": why_true, "false": why_false}
    return [
        {
            "name": name,
            "correct": (name == "true") is is_true,
            "text": {code: text for code, text in texts.items() if code in spoken},
            "why": whys[name],
        }
        for name, texts in TRUE_FALSE.items()
    ]


def text_answers(choices: Iterable[Choice], language: str) -> list[dict[str, Any]]:
    """The `answers` of a text question; those that earn nothing only say why."""
    found: list[dict[str, Any]] = [
        {
            "text": choice.text.get(language) or next(iter(choice.text.values()), ""),
            "weight": percent(choice.share),
            "why": choice.why,
        }
        for choice in choices
    ]
    if not any(Decimal(answer["weight"]) >= FULL - CLOSE for answer in found):
        raise Unfit("no-right-answer")
    return found


def number_answer(value: Decimal, tolerance: Decimal, share: Decimal, why: Texts) -> dict[str, Any]:
    """One of the `answers` of a number question."""
    return {
        "value": number_text(value),
        "tolerance": number_text(abs(tolerance)),
        "weight": percent(share),
        "why": why,
    }


def range_answer(low: Decimal, high: Decimal, share: Decimal, why: Texts) -> dict[str, Any]:
    """The same for a range: the middle, and half of its width as tolerance."""
    return number_answer((low + high) / 2, (high - low) / 2, share, why)


def matching(
    pairs: Sequence[tuple[Texts, Texts]], beside: Sequence[Texts] = ()
) -> tuple[list[Any], list[Any]]:
    """(prompts, options): answers that say the same are one option; `beside` are those that match nothing."""
    if len(pairs) < 2:
        raise Unfit("too-few-pairs")
    texts: list[Texts] = []
    for text in [*(answer for _prompt, answer in pairs), *beside]:
        if text not in texts:
            texts.append(text)
    labels = names(len(texts))
    prompts = [
        {"name": name, "text": prompt, "match": labels[texts.index(answer)]}
        for name, (prompt, answer) in zip(names(len(pairs), "p"), pairs, strict=True)
    ]
    return prompts, [{"name": name, "text": text} for name, text in zip(labels, texts, strict=True)]


def in_order(texts: Sequence[Texts], given: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The items of an ordering question, the right order."""
    if len(texts) < 2:
        raise Unfit("too-few-items")
    labels = kept_names(given) if given else names(len(texts))
    return [{"name": name, "text": text} for name, text in zip(labels, texts, strict=True)]
