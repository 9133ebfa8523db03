"""Questions and their versions, quizzes, attempts, marks."""

from assessments.models.answer_file import AnswerFile
from assessments.models.attempt import Attempt, AttemptState, Marking, Slot, Step, StepKind
from assessments.models.marking import Appeal, HandMark, MarkingClaim, Regrade, RegradeKind
from assessments.models.question import Question, QuestionKind, QuestionPlace, QuestionVersion
from assessments.models.quiz import PoolState, Quiz, QuizKind, QuizVersion

__all__ = [
    "AnswerFile",
    "Appeal",
    "Attempt",
    "AttemptState",
    "HandMark",
    "Marking",
    "MarkingClaim",
    "PoolState",
    "Question",
    "QuestionKind",
    "QuestionPlace",
    "QuestionVersion",
    "Quiz",
    "QuizKind",
    "QuizVersion",
    "Regrade",
    "RegradeKind",
    "Slot",
    "Step",
    "StepKind",
]
