"""The kinds of question as an author chooses among them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.kinds import KINDS
from assessments.models import QuestionKind

Words = str | Promise


@dataclass(frozen=True)
class KindCard:
    """One kind: what it is called, what learners do, and a small example."""

    kind: str
    line: Words
    example: tuple[tuple[str, Words], ...]  # (sign, words)

    @property
    def label(self) -> Words:
        return QuestionKind(self.kind).label

    @property
    def is_marked_by_hand(self) -> bool:
        return KINDS[self.kind].is_marked_by_hand


ON, OFF, TICKED, EMPTY = "●", "○", "☑", "☐"
CARDS = (
    KindCard("single", _("Choose one answer."), ((ON, _("5 a.m.")), (OFF, _("7 a.m.")), (OFF, _("9 a.m.")))),
    KindCard(
        "multiple",
        _("Tick all that are right; each earns a share."),
        ((TICKED, _("Date")), (TICKED, _("Source")), (EMPTY, _("Rumour"))),
    ),
    KindCard(
        "truefalse", _("Judge one statement."), ((ON, _("The statement is true")), (OFF, _("It is false")))
    ),
    KindCard(
        "matching",
        _("Find what belongs together."),
        (("→", _("Loudspeaker: hear")), ("→", _("Poster: see"))),
    ),
    KindCard(
        "ordering",
        _("Put lines in their order."),
        (("1.", _("Collect")), ("2.", _("Check")), ("3.", _("Broadcast"))),
    ),
    KindCard("text", _("Type a word or a short phrase."), (("▁", _("Capital: Hà Nội")),)),
    KindCard("number", _("Type a number; a tolerance may apply."), (("▁", _("9.81 ± 0.01 m/s²")),)),
    KindCard(
        "cloze",
        _("Fill gaps in a text: choose, type, count."),
        (("▁", _("The bulletin lasts [15] minutes and is read [twice].")),),
    ),
    KindCard("hotspot", _("Find a place in a picture."), (("◎", _("Point, or choose it by its words")),)),
    KindCard(
        "essay", _("Write; a person marks by a rubric."), (("¶", _("“Write a bulletin of 200 words.”")),)
    ),
    KindCard("file", _("Hand in a file; a person marks by a rubric."), (("↑", _("PDF, recording, video")),)),
)
