"""Questions and their versions, quizzes, attempts, marks."""

from assessments.models.answer_file import AnswerFile
from assessments.models.attempt import Attempt, AttemptState, Marking, Slot, Step, StepKind
from assessments.models.marking import Appeal, HandMark, MarkingClaim, Regrade, RegradeKind
from assessments.models.pace import FlagDecision, TimeFlag, Verdict
from assessments.models.question import Question, QuestionKind, QuestionPlace, QuestionVersion
from assessments.models.quiz import PoolState, Quiz, QuizKind, QuizVersion, ReviewRule
from assessments.models.recap import RecapItem
from assessments.models.sitting import Allowance, SignOff, SignOffState
from assessments.models.upload import QuestionUpload

__all__ = [
    "Allowance",
    "AnswerFile",
    "Appeal",
    "Attempt",
    "AttemptState",
    "FlagDecision",
    "HandMark",
    "Marking",
    "MarkingClaim",
    "PoolState",
    "Question",
    "QuestionKind",
    "QuestionPlace",
    "QuestionUpload",
    "QuestionVersion",
    "Quiz",
    "QuizKind",
    "QuizVersion",
    "RecapItem",
    "Regrade",
    "RegradeKind",
    "ReviewRule",
    "SignOff",
    "SignOffState",
    "Slot",
    "Step",
    "StepKind",
    "TimeFlag",
    "Verdict",
]
