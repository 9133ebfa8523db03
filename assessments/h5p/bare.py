"""What contents hold where the library is not installed, so that its semantics cannot say it.

The versions that other systems have today, and the words their players show. H5P's own names and texts.
"""

from collections.abc import Mapping
from typing import Any

from courses.h5p.engine.libraries import LibraryName

VERSIONS = {
    "H5P.MultiChoice": LibraryName("H5P.MultiChoice", 1, 16),
    "H5P.TrueFalse": LibraryName("H5P.TrueFalse", 1, 8),
    "H5P.Blanks": LibraryName("H5P.Blanks", 1, 14),
    "H5P.DragText": LibraryName("H5P.DragText", 1, 10),
    "H5P.SingleChoiceSet": LibraryName("H5P.SingleChoiceSet", 1, 11),
    "H5P.QuestionSet": LibraryName("H5P.QuestionSet", 1, 20),
}
IN_SET = ("H5P.MultiChoice", "H5P.TrueFalse", "H5P.Blanks", "H5P.DragText")  # in these versions of theirs
_CHECKED = "Check the answers. The responses will be marked as correct, incorrect, or unanswered."
_SHOWN = "Show the solution. The task will be marked with its correct solution."
_AGAIN = "Retry the task. Reset all responses and start the task over again."
_POINTS = "You got :num out of :total points"
_FINISH = {
    "header": "Finish ?",
    "body": "Are you sure you wish to finish ?",
    "cancelLabel": "Cancel",
    "confirmLabel": "Finish",
}
_RETRY = {
    "header": "Retry ?",
    "body": "Are you sure you wish to retry ?",
    "cancelLabel": "Cancel",
    "confirmLabel": "Confirm",
}
_A11Y = {"scoreBarLabel": _POINTS, "a11yCheck": _CHECKED, "a11yShowSolution": _SHOWN, "a11yRetry": _AGAIN}
_BUTTONS = {"enableRetry": True, "enableSolutionsButton": True, "enableCheckButton": True}

_BARE: dict[str, dict[str, Any]] = {
    "H5P.MultiChoice": {
        "UI": {
            "checkAnswerButton": "Check",
            "submitAnswerButton": "Submit",
            "showSolutionButton": "Show solution",
            "tryAgainButton": "Retry",
            "tipsLabel": "Show tip",
            "tipAvailable": "Tip available",
            "feedbackAvailable": "Feedback available",
            "readFeedback": "Read feedback",
            "wrongAnswer": "Wrong answer",
            "correctAnswer": "Correct answer",
            "shouldCheck": "Should have been checked",
            "shouldNotCheck": "Should not have been checked",
            "noInput": "Please answer before viewing the solution",
            **_A11Y,
        },
        "behaviour": {
            **_BUTTONS,
            "randomAnswers": True,
            "showSolutionsRequiresInput": True,
            "confirmCheckDialog": False,
            "confirmRetryDialog": False,
            "autoCheck": False,
            "passPercentage": 100,
            "showScorePoints": True,
        },
        "confirmCheck": _FINISH,
        "confirmRetry": _RETRY,
    },
    "H5P.TrueFalse": {
        "l10n": {
            "trueText": "True",
            "falseText": "False",
            "score": "You got @score of @total points",
            "checkAnswer": "Check",
            "submitAnswer": "Submit",
            "showSolutionButton": "Show solution",
            "tryAgain": "Retry",
            "wrongAnswerMessage": "Wrong answer",
            "correctAnswerMessage": "Correct answer",
            **_A11Y,
        },
        "behaviour": {
            **_BUTTONS,
            "confirmCheckDialog": False,
            "confirmRetryDialog": False,
            "autoCheck": False,
        },
        "confirmCheck": _FINISH,
        "confirmRetry": _RETRY,
    },
    "H5P.Blanks": {
        "text": "Fill in the missing words",
        "showSolutions": "Show solution",
        "tryAgain": "Retry",
        "checkAnswer": "Check",
        "submitAnswer": "Submit",
        "notFilledOut": "Please fill in all blanks to view solution",
        "answerIsCorrect": "':ans' is correct",
        "answerIsWrong": "':ans' is wrong",
        "answeredCorrectly": "Answered correctly",
        "answeredIncorrectly": "Answered incorrectly",
        "solutionLabel": "Correct answer:",
        "inputLabel": "Blank input @num of @total",
        "inputHasTipLabel": "Tip available",
        "tipLabel": "Tip",
        "a11yCheckingModeHeader": "Checking mode",
        **_A11Y,
        "behaviour": {**_BUTTONS, "showSolutionsRequiresInput": True, "autoCheck": False},
        "confirmCheck": _FINISH,
        "confirmRetry": _RETRY,
    },
    "H5P.DragText": {
        "taskDescription": "Drag the words into the correct boxes",
        "checkAnswer": "Check",
        "submitAnswer": "Submit",
        "tryAgain": "Retry",
        "showSolution": "Show solution",
        "dropZoneIndex": "Drop Zone @index.",
        "empty": "Drop Zone @index is empty.",
        "contains": "Drop Zone @index contains draggable @draggable.",
        "ariaDraggableIndex": "@index of @count draggables.",
        "tipLabel": "Show tip",
        "correctText": "Correct!",
        "incorrectText": "Incorrect!",
        "resetDropTitle": "Reset drop",
        "resetDropDescription": "Are you sure you want to reset this drop zone?",
        "grabbed": "Draggable is grabbed.",
        "cancelledDragging": "Cancelled dragging.",
        "correctAnswer": "Correct answer:",
        "feedbackHeader": "Feedback",
        **_A11Y,
        "behaviour": {**_BUTTONS, "instantFeedback": False},
    },
    "H5P.SingleChoiceSet": {
        "behaviour": {
            "autoContinue": True,
            "timeoutCorrect": 2000,
            "timeoutWrong": 3000,
            "soundEffectsEnabled": False,
            "enableRetry": True,
            "enableSolutionsButton": True,
        },
        "l10n": {
            "nextButtonLabel": "Next question",
            "showSolutionButtonLabel": "Show solution",
            "retryButtonLabel": "Retry",
            "solutionViewTitle": "Solution list",
            "correctText": "Correct!",
            "incorrectText": "Incorrect!",
            "shouldSelect": "Should have been selected",
            "shouldNotSelect": "Should not have been selected",
            "muteButtonLabel": "Mute feedback sound",
            "closeButtonLabel": "Close",
            "slideOfTotal": "Slide :num of :total",
            "scoreBarLabel": _POINTS,
            "solutionListQuestionNumber": "Question :num",
            "a11yShowSolution": _SHOWN,
            "a11yRetry": _AGAIN,
        },
    },
    "H5P.QuestionSet": {
        "introPage": {"showIntroPage": False, "startButtonText": "Start Quiz"},
        "progressType": "dots",
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "texts": {
            "prevButton": "Previous question",
            "nextButton": "Next question",
            "finishButton": "Finish",
            "submitButton": "Submit",
            "textualProgress": "Question: @current of @total questions",
            "jumpToQuestion": "Question %d of %total",
            "questionLabel": "Question",
            "readSpeakerProgress": "Question @current of @total",
            "unansweredText": "Unanswered",
            "answeredText": "Answered",
            "currentQuestionText": "Current question",
        },
        "endGame": {
            "showResultPage": True,
            "showSolutionButton": True,
            "showRetryButton": True,
            "noResultMessage": "Finished",
            "message": "Your result:",
            "overallFeedback": [{"from": 0, "to": 100}],
            "scoreBarLabel": _POINTS,
            "solutionButtonText": "Show solution",
            "retryButtonText": "Retry",
            "finishButtonText": "Finish",
            "submitButtonText": "Submit",
            "showAnimations": False,
            "skippable": False,
            "skipButtonText": "Skip video",
        },
        "override": {"checkButton": True},
    },
}


def bare_params(machine_name: str, dictionary: Mapping[str, str]) -> dict[str, Any]:
    """What every content of the type holds, with the player's words as the dictionary has them."""
    return {name: _spoken(value, dictionary) for name, value in _BARE[machine_name].items()}


def _spoken(value: Any, dictionary: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _spoken(inner, dictionary) for name, inner in value.items()}
    return dictionary.get(value, value) if isinstance(value, str) else value
