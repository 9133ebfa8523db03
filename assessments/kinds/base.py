"""What every kind of question can do."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, ClassVar

from lxml import etree

from assessments.kinds import xml

Body = dict[str, Any]
Texts = Mapping[str, str]
Pick = Callable[[Texts], str]  # the text in the reader's language
Fault = tuple[str, str]  # (code, detail)
HUNDRED = Fraction(100)
LONGEST_WORDS = 500  # characters of a short answer


class BadResponse(Exception):
    """What was sent is no answer to this question. `code` says why; nothing of it is stored."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Part:
    """One part of a marked answer: a gap, a pair, a place. `right` may hold several right answers."""

    prompt: str
    given: str
    right: tuple[str, ...]
    earned: Fraction  # of this part: 0 to 1
    why: str = ""


class Kind(ABC):
    """A kind of question. Stateless: everything stands in the body and in the response.

    `body` below is always a body without faults, but for `faults` itself.
    """

    name: ClassVar[str]
    is_marked_by_hand: ClassVar[bool] = False

    @abstractmethod
    def read(self, element: xml.Readable) -> Body:
        """The kind's part of the body from a `<question>`. Never fails: `faults` tells what is wrong."""

    @abstractmethod
    def write(self, element: etree._Element, body: Body) -> None:
        """Add the kind's part to a `<question>`; `read` gives back the same."""

    @abstractmethod
    def faults(self, body: Body) -> list[Fault]:
        """(code, detail) of what the author must put right."""

    @abstractmethod
    def clean(self, body: Body, sent: Sequence[str]) -> tuple[str, ...]:
        """The response as it is stored: one spelling for one meaning. Raises `BadResponse`."""

    @abstractmethod
    def mark(self, body: Body, response: Sequence[str]) -> Fraction | None:
        """The part of the full mark this response earns, 0 to 1; None where a person marks."""

    def texts(self, body: Body) -> list[tuple[str, Texts]]:
        """(where, text in each language) of what a translator has to write."""
        return []

    def names(self, body: Body) -> list[str]:
        """What is shown in an order drawn for each attempt. Empty: nothing is shuffled."""
        return []

    def right(self, body: Body) -> tuple[str, ...]:
        """A response that earns the full mark; empty where a person marks."""
        return ()

    def parts(self, body: Body, response: Sequence[str], pick: Pick) -> tuple[Part, ...]:
        """How each part of the response went, for the page after marking."""
        return ()

    def said(self, body: Body, response: Sequence[str], pick: Pick) -> list[str]:
        """The response in words, for a table."""
        return [part.given for part in self.parts(body, response, pick) if part.given]


def one_line(sent: Sequence[str], longest: int = LONGEST_WORDS) -> tuple[str, ...]:
    """One typed line: NFC, spaces trimmed; nothing when it is empty. Raises `BadResponse`."""
    if len(sent) > 1:
        raise BadResponse("one-answer-only")
    words = xml.line(sent[0]) if sent else ""
    if len(words) > longest:
        raise BadResponse("too-long")
    return (words,) if words else ()


def percent(weight: str | None) -> Fraction | None:
    """ "33.3333" as a part of one; None when there is none or it is no number."""
    if not weight:
        return None
    number = decimal(weight)
    return None if number is None else Fraction(number) / HUNDRED


def decimal(text: str) -> Decimal | None:
    """A plain decimal number, None for anything else (also for NaN and infinity)."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 100 else None


def weight_faults(options: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Weights are percentages from -100 to 100."""
    faults = []
    for option in options:
        if "weight" in option:
            share = percent(option["weight"])
            if share is None or abs(share) > 1:
                faults.append(("bad-weight", option["weight"]))
    return faults
