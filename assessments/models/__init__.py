"""Questions and their versions, quizzes, attempts, marks."""

from assessments.models.attempt import Attempt, AttemptState, Marking, Slot, Step, StepKind
from assessments.models.question import Question, QuestionKind, QuestionPlace, QuestionVersion
from assessments.models.quiz import Quiz, QuizKind, QuizVersion
from assessments.models.upload import QuestionUpload

__all__ = [
    "Attempt",
    "AttemptState",
    "Marking",
    "Question",
    "QuestionKind",
    "QuestionPlace",
    "QuestionUpload",
    "QuestionVersion",
    "Quiz",
    "QuizKind",
    "QuizVersion",
    "Slot",
    "Step",
    "StepKind",
]
