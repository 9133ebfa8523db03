"""What the figures of a question suggest to its author: codes with the figures that led to them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt

from assessments.analysis.figures import Choice, ItemFigures

# Limits in percent. Facility and discrimination are read as in Moodle's
# https://docs.moodle.org/dev/Quiz_report_statistics: 95 and more is extremely easy, below 35 difficult;
# a discrimination below 20 is very weak, a negative one means that the question is probably invalid.
EASY, HARD, WEAK = 95, 35, 20
NEAR_GUESSING = 5  # above the random guess score
UNUSED = 2  # share of a wrong answer nobody needs
OPEN = 10  # share of attempts without an answer
SLOW, LEAST_SLOW = 3, 60  # times the usual question; seconds
FEWEST_CHOOSERS, LEAST_SHARE = 5, 5  # before those who chose an answer are compared


@dataclass(frozen=True)
class Advice:
    """One remark; `figures` are what its sentence names, `choices` the answers it is about."""

    code: str
    tone: str = "gold"  # err: act on it; gold: look at it; ok: leave it
    figures: Mapping[str, float] = field(default_factory=dict)
    choices: tuple[str, ...] = ()


def advise(
    item: ItemFigures,
    *,
    guess: float | None = None,
    right: Collection[str] = (),
    wrong: Collection[str] = (),
    usual_seconds: float | None = None,
) -> list[Advice]:
    """Remarks on an item, the gravest first; nothing with too few attempts.

    `guess`: percent that guessing earns. `right`, `wrong`: names of the answers of a question that offers
    answers to choose from. `usual_seconds`: the median of the quiz's questions.
    """
    if not item.is_shown or item.facility is None:
        return []
    found = [
        *_discrimination(item),
        *_key(item, right, wrong),
        *_facility(item, item.facility, guess),
        *_distractors(item, wrong),
        *_answering(item, usual_seconds),
    ]
    return found or [Advice("nothing-stands-out", "ok", {"facility": item.facility})]


def _discrimination(item: ItemFigures) -> Iterator[Advice]:
    index, facility = item.discrimination, item.facility or 0
    if index is None:
        return
    figures = {"discrimination": index, "number": item.number}
    if index < 0:
        # A correlation within two standard errors of nothing may be chance.
        certain = abs(index) / 100 > 2 / sqrt(item.number)
        yield Advice("negative", "err", figures) if certain else Advice("negative-by-chance", "gold", figures)
    elif index < WEAK and HARD <= facility < EASY:
        yield Advice("weak", "gold", figures)


def _key(item: ItemFigures, right: Collection[str], wrong: Collection[str]) -> Iterator[Advice]:
    """Wrong answers that draw more people, or better ones, than the right answer."""
    if len(right) != 1:
        return
    keyed = next((choice for choice in item.choices if choice.name in right), None)
    others = [choice for choice in item.choices if choice.name in wrong and _is_compared(choice)]
    if others and (keyed is None or others[0].number > keyed.number):
        figures = {"share": others[0].share, "right_share": keyed.share if keyed else 0.0}
        yield Advice("wrong-answer-leads", "err", figures, (others[0].name,))
    for choice in others:
        if keyed is not None and choice.rest > keyed.rest:
            figures = {"rest": choice.rest, "right_rest": keyed.rest, "share": choice.share}
            yield Advice("better-choose-wrong", "err", figures, (choice.name,))


def _is_compared(choice: Choice) -> bool:
    return choice.number >= FEWEST_CHOOSERS and choice.share >= LEAST_SHARE


def _facility(item: ItemFigures, facility: float, guess: float | None) -> Iterator[Advice]:
    if guess is not None and facility <= guess + NEAR_GUESSING and facility < EASY:
        yield Advice("like-guessing", "err", {"facility": facility, "guess": guess})
    elif facility < HARD:
        yield Advice("too-hard", "gold", {"facility": facility})
    elif facility >= EASY:
        yield Advice("too-easy", "gold", {"facility": facility, "number": item.number})


def _distractors(item: ItemFigures, wrong: Collection[str]) -> Iterator[Advice]:
    """Of two wrong answers or more: those that hardly anybody takes. With an easy question all are."""
    if len(wrong) < 2 or (item.facility or 0) >= EASY:
        return
    shares = {choice.name: choice.share for choice in item.choices}
    idle = tuple(name for name in wrong if shares.get(name, 0.0) < UNUSED)
    if idle:
        yield Advice("idle-answers", "gold", {"most": UNUSED}, idle)


def _answering(item: ItemFigures, usual_seconds: float | None) -> Iterator[Advice]:
    if item.unanswered is not None and item.unanswered >= OPEN:
        yield Advice("left-open", "gold", {"unanswered": item.unanswered})
    if item.seconds is None or usual_seconds is None:
        return
    if item.seconds >= max(LEAST_SLOW, SLOW * usual_seconds):
        yield Advice("slow", "gold", {"seconds": item.seconds, "usual": usual_seconds})
