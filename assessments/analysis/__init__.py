"""Item analysis: what the attempts say about the questions. Plain Python.

The formulas are those of Moodle, https://docs.moodle.org/dev/Quiz_statistics_calculations; what the
figures mean: https://docs.moodle.org/dev/Quiz_report_statistics and docs/how-to/read-item-analysis.md.
"""

from assessments.analysis.advice import Advice, advise
from assessments.analysis.figures import FEWEST, Choice, ItemFigures, QuizFigures
from assessments.analysis.gathering import Gathering
from assessments.analysis.guessing import guess_score
from assessments.analysis.times import time_spent

__all__ = [
    "FEWEST",
    "Advice",
    "Choice",
    "Gathering",
    "ItemFigures",
    "QuizFigures",
    "advise",
    "guess_score",
    "time_spent",
]
