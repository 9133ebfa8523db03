"""Questions and their versions, quizzes, attempts, marks."""

from assessments.models.attempt import Attempt, AttemptState, Marking, Slot, Step, StepKind
from assessments.models.pace import FlagDecision, TimeFlag, Verdict
from assessments.models.question import Question, QuestionKind, QuestionPlace, QuestionVersion
from assessments.models.quiz import Quiz, QuizKind, QuizVersion, ReviewRule
from assessments.models.recap import RecapItem
from assessments.models.sitting import Allowance, SignOff, SignOffState

__all__ = [
    "Allowance",
    "Attempt",
    "AttemptState",
    "FlagDecision",
    "Marking",
    "Question",
    "QuestionKind",
    "QuestionPlace",
    "QuestionVersion",
    "Quiz",
    "QuizKind",
    "QuizVersion",
    "RecapItem",
    "ReviewRule",
    "SignOff",
    "SignOffState",
    "Slot",
    "Step",
    "StepKind",
    "TimeFlag",
    "Verdict",
]
