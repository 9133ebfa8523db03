"""One pass over the attempts, and what is kept of it: rest scores by question version, mark and answer."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from assessments.analysis.figures import UNREAD, ItemFigures, QuizFigures, item_figures, quiz_figures

# An answer as it is stored: one name as itself, several as a tuple, none as "".
Response = str | tuple[str, ...]
# (fraction of the full mark, answer) -> what each of those attempts earned in the rest of the quiz, percent
Groups = dict[tuple[float, Response], list[float]]
# attempt, position, question version, full mark, fraction; None: a regrade left the question out
MarkRow = tuple[int, int, int, float, float | None]
# attempt, score, out of, answers by position: {"1": {"chosen": ["a"], …}}
AttemptRow = tuple[int, float, float, Mapping[str, Any]]


BEFORE: AttemptRow = (-1, 0.0, 1.0, {})
AFTER: AttemptRow = (sys.maxsize, 0.0, 1.0, {})


class Gathering:
    """Figures of the quiz, of question versions, of questions (several versions).

    An item is analysed wherever it stood: a question drawn at random counts as itself, not as its place.
    Marks are compared with the *rest* of the attempt in percent of what the rest was worth, so attempts
    at quizzes of different length go together.
    """

    def __init__(self) -> None:
        self.totals: list[float] = []  # percent
        self._versions: defaultdict[int, Groups] = defaultdict(lambda: defaultdict(list))
        self._marks: defaultdict[int, list[float]] = defaultdict(list)  # by number of questions, in a row
        self._seconds: defaultdict[int, list[float]] = defaultdict(list)  # by version

    def read(
        self,
        attempts: Iterable[AttemptRow],
        marks: Iterable[MarkRow],
        chosen: Collection[int],
        closed: Collection[int] = (),
    ) -> None:
        """Both ordered by attempt; of several marks of one position the first counts.

        Only attempts in `chosen` are analysed; of answers to versions in `closed`, essays and files, only
        that there was one. A million marks come through here, so it is one loop.
        """
        coming = iter(attempts)
        row: AttemptRow = BEFORE
        versions, current, last = self._versions, -1, -1
        saved: Mapping[str, Any] = {}
        score = out_of = 0.0
        earned: list[float] = []
        is_chosen = False
        for attempt, position, version, weight, fraction in marks:
            if attempt != current:
                self._end(earned)
                earned, current, last = [], attempt, -1
                while row[0] < attempt:
                    row = next(coming, AFTER)
                # Two reads: an attempt that is marked anew meanwhile may be missing in one of them.
                # And where a regrade left everything out nothing counts.
                is_chosen = row[0] == attempt and attempt in chosen and row[2] > 0
                if is_chosen:
                    _attempt, score, out_of, saved = row
                    self.totals.append(100 * score / out_of)
            if not is_chosen or position == last:
                continue
            last = position
            if fraction is None:
                continue
            mark = weight * fraction
            earned.append(mark)
            others = out_of - weight
            answer = saved.get(PLACES[position])
            picked: Sequence[str] = answer["chosen"] if answer else ()
            response: Response = picked[0] if len(picked) == 1 else tuple(sorted(picked)) if picked else ""
            if version in closed and response:
                response = UNREAD
            versions[version][fraction, response].append(100 * (score - mark) / others if others else 0.0)
        self._end(earned)

    def _end(self, marks: list[float]) -> None:
        if marks:
            self._marks[len(marks)] += marks

    def took(self, version: int, seconds: float) -> None:
        """An attempt spent so long on this question."""
        self._seconds[version].append(seconds)

    @property
    def versions(self) -> list[int]:
        """The question versions that were asked."""
        return list(self._versions)

    def quiz(self) -> QuizFigures:
        """The figures of the whole quiz."""
        length = max(self._marks, key=lambda number: len(self._marks[number]) // number, default=0)
        return quiz_figures(self.totals, self._marks.get(length, []), length)

    def item(self, versions: Iterable[int]) -> ItemFigures:
        """The figures of a question: of one version, or of several together."""
        together: Groups = {}
        seconds: list[float] = []
        for version in versions:
            seconds += self._seconds.get(version, [])
            for key, rests in self._versions.get(version, {}).items():
                together[key] = together[key] + rests if key in together else rests
        return item_figures(together, seconds)


class _Places(dict[int, str]):
    """Positions as JSON writes them."""

    def __missing__(self, position: int) -> str:
        return self.setdefault(position, str(position))


PLACES = _Places()
