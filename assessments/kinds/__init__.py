"""Kinds of question: how each is written, answered and marked. Plain Python, no Django.

A question's `body` is JSON: `stem`, `explanation` {language: text}, `cites` [{"source", "lines"}], what its
kind adds (see the modules here) and, where there is one, `picture` and `stimulus`. A response is a list
of strings in the lexical forms of QTI: "a" for a choice, "p1 a" for a pair, "9,81" for a number.
"""

from assessments.kinds.base import BadResponse, Kind, Part
from assessments.kinds.by_hand import Essay, File
from assessments.kinds.choice import Hotspot, Multiple, Single, TrueFalse
from assessments.kinds.cloze import Cloze
from assessments.kinds.matching import Matching
from assessments.kinds.number import Number
from assessments.kinds.ordering import Ordering
from assessments.kinds.text import Text

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *(Single(), Multiple(), TrueFalse(), Matching(), Ordering(), Text(), Number(), Cloze()),
        *(Hotspot(), Essay(), File()),
    )
}

__all__ = ["KINDS", "BadResponse", "Kind", "Part"]
