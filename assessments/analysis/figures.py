"""The figures and their formulas.

As in Moodle (https://docs.moodle.org/dev/Quiz_statistics_calculations), in its letters: S attempts, T the
total of an attempt, x the mark of a question, X the rest of the attempt (T - x), V variance and C
covariance, both divided by S - 1.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import median

# Below it figures say more about chance, and about single people, than about the question.
FEWEST = 20
UNREAD = "\0"  # stands for an answer that is nobody's business here
MOST_CHOICES = 200  # of one question; typed answers may all differ
NOTHING = 1e-9  # percent: what floating point leaves where there is no difference


@dataclass(frozen=True)
class Choice:
    """How often something was chosen; `rest` is the mean score of those attempts in the rest of the quiz.

    `name` "" stands for all that came less often than the 200 most frequent.
    """

    name: str
    number: int
    share: float  # percent of the attempts
    rest: float  # percent


@dataclass(frozen=True)
class ItemFigures:
    """A question, or one version of it. All figures are None with fewer than 20 attempts."""

    number: int
    facility: float | None = None  # percent
    deviation: float | None = None  # percent
    discrimination: float | None = None  # -100 to 100; None too when all marks are the same
    efficiency: float | None = None  # percent of the best discrimination these marks could have
    unanswered: float | None = None  # percent
    seconds: float | None = None  # median
    choices: tuple[Choice, ...] = ()  # the most frequent first

    @property
    def is_shown(self) -> bool:
        return self.number >= FEWEST


@dataclass(frozen=True)
class QuizFigures:
    """A quiz as a whole, scores in percent. All figures are None with fewer than 20 attempts."""

    number: int
    mean: float | None = None
    median: float | None = None
    deviation: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    alpha: float | None = None  # coefficient of internal consistency, percent
    error_ratio: float | None = None  # percent
    standard_error: float | None = None  # percent points
    number_for_alpha: int = 0  # attempts of the usual length

    @property
    def is_shown(self) -> bool:
        return self.number >= FEWEST


def quiz_figures(totals: Sequence[float], marks: Sequence[float], length: int) -> QuizFigures:
    """`totals` in percent; `marks` of all attempts with `length` questions, one attempt after the other.

    Moodle, "Test statistics": k2 = V(T), k3 and k4 are the unbiased estimates; skewness k3 / k2^1.5,
    kurtosis k4 / k2²; error ratio 100·√(1 - alpha / 100); standard error = error ratio / 100 · √V(T).
    """
    number = len(totals)
    if number < FEWEST:
        return QuizFigures(number)
    mean = fsum(totals) / number
    m2, m3, m4 = _moments([total - mean for total in totals])
    k2 = m2 * number / (number - 1)
    k3 = m3 * number**2 / ((number - 1) * (number - 2))
    k4 = (
        number**2
        * ((number + 1) * m4 - 3 * (number - 1) * m2**2)
        / ((number - 1) * (number - 2) * (number - 3))
    )
    alpha = _alpha(marks, length)
    ratio = None if alpha is None else 100 * sqrt(max(0.0, 1 - alpha / 100))
    return QuizFigures(
        number=number,
        mean=mean,
        median=median(totals),
        deviation=sqrt(k2),
        skewness=k3 / k2**1.5 if k2 > 0 else None,
        kurtosis=k4 / k2**2 if k2 > 0 else None,
        alpha=alpha,
        error_ratio=ratio,
        standard_error=None if ratio is None else ratio / 100 * sqrt(k2),
        number_for_alpha=len(marks) // length if length else 0,
    )


def _moments(deviations: Sequence[float]) -> tuple[float, float, float]:
    squares = [one * one for one in deviations]
    number = len(deviations)
    cubes = fsum(square * one for square, one in zip(squares, deviations, strict=True))
    return fsum(squares) / number, cubes / number, fsum(one * one for one in squares) / number


def _alpha(marks: Sequence[float], length: int) -> float | None:
    """Cronbach's alpha in percent: 100 · P/(P - 1) · (1 - ΣV(x) / V(T)), P places in the quiz."""
    if length < 2 or len(marks) < FEWEST * length:
        return None
    places = [marks[place::length] for place in range(length)]
    totals = [sum(row) for row in zip(*places, strict=True)]
    of_totals = _variance(totals)
    if not of_totals:
        return None
    return 100 * length / (length - 1) * (1 - sum(map(_variance, places)) / of_totals)


def _variance(values: Sequence[float]) -> float:
    """Exactly 0 when all values are the same."""
    counted = Counter(values)
    if len(counted) < 2:
        return 0.0
    number = len(values)
    mean = fsum(value * count for value, count in counted.items()) / number
    return fsum((value - mean) ** 2 * count for value, count in counted.items()) / (number - 1)


def item_figures(
    groups: Mapping[tuple[float, str | tuple[str, ...]], Sequence[float]], seconds: Sequence[float]
) -> ItemFigures:
    """`groups`: (part of the full mark, answer) -> rest scores X in percent; `seconds` spent on it.

    Moodle, "Question statistics": facility 100·mean(x)/max(x); discrimination index
    100·C(x, X)/√(V(x)·V(X)); discriminative efficiency 100·C(x, X)/Cmax, where Cmax pairs the lowest x
    with the lowest X and so on.
    """
    # Rest scores have few values: counted first, a hundred thousand cost no more than a few dozen.
    counted = {key: Counter(rests) for key, rests in groups.items()}
    by_mark: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for (mark, _response), rests in counted.items():
        by_mark[mark].update(rests)
    sizes = {mark: rests.total() for mark, rests in by_mark.items()}
    number = sum(sizes.values())
    if number < FEWEST:
        return ItemFigures(number)
    mean = fsum(mark * size for mark, size in sizes.items()) / number
    of_marks = fsum((mark - mean) ** 2 * size for mark, size in sizes.items())
    discrimination, efficiency = _discrimination(by_mark, mean, of_marks)
    empty = sum(rests.total() for (_mark, response), rests in counted.items() if not response)
    return ItemFigures(
        number=number,
        facility=100 * mean,
        deviation=100 * sqrt(of_marks / (number - 1)),
        discrimination=discrimination,
        efficiency=efficiency,
        unanswered=100 * empty / number,
        seconds=median(seconds) if len(seconds) >= FEWEST else None,
        choices=_choices(counted, number),
    )


def _discrimination(
    by_mark: Mapping[float, Counter[float]], mean: float, of_marks: float
) -> tuple[float | None, float | None]:
    """Index and efficiency; nothing to say when x or X is the same everywhere.

    Sums instead of covariances: S - 1 cancels.
    """
    rests: Counter[float] = sum(by_mark.values(), Counter())
    if len(by_mark) < 2 or max(rests) - min(rests) < NOTHING:
        return None, None
    middle = _sum(rests) / rests.total()
    together = fsum((mark - mean) * (_sum(found) - middle * found.total()) for mark, found in by_mark.items())
    most = fsum(
        (mark - mean) * (rest - middle) * count
        for mark, rest, count in _paired({mark: found.total() for mark, found in by_mark.items()}, rests)
    )
    of_rests = fsum((rest - middle) ** 2 * count for rest, count in rests.items())
    return 100 * together / sqrt(of_marks * of_rests), 100 * together / most if most > 0 else None


def _paired(marks: Mapping[float, int], rests: Mapping[float, int]) -> Iterator[tuple[float, float, int]]:
    """The lowest mark with the lowest rest and so on: (mark, rest, how often)."""
    coming = iter(sorted(rests))
    rest, left = 0.0, 0
    for mark in sorted(marks):
        wanted = marks[mark]
        while wanted:
            if not left:
                rest = next(coming)
                left = rests[rest]
            taken = min(wanted, left)
            yield mark, rest, taken
            wanted, left = wanted - taken, left - taken


def _sum(values: Mapping[float, int]) -> float:
    return fsum(value * count for value, count in values.items())


def _choices(
    groups: Mapping[tuple[float, str | tuple[str, ...]], Counter[float]], number: int
) -> tuple[Choice, ...]:
    """Each thing chosen, also where several were chosen together."""
    counts: Counter[str] = Counter()
    sums: defaultdict[str, float] = defaultdict(float)
    for (_mark, response), rests in groups.items():
        for name in (response,) if isinstance(response, str) else response:
            if name and name != UNREAD:
                counts[name] += rests.total()
                sums[name] += _sum(rests)
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    frequent = [
        Choice(name, counts[name], 100 * counts[name] / number, sums[name] / counts[name])
        for name in ordered[:MOST_CHOICES]
    ]
    rare = ordered[MOST_CHOICES:]
    if rare:
        count = sum(counts[name] for name in rare)
        frequent.append(Choice("", count, 100 * count / number, sum(sums[name] for name in rare) / count))
    return tuple(frequent)
