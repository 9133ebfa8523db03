"""Pages and API of assessments."""

from django.urls import path

from assessments.api.views import OwnAttempt, OwnAttempts
from assessments.web import (
    attempt,
    convert,
    h5p_export,
    question_bank,
    question_editor,
    question_page,
    quiz,
    quiz_editor,
    situations,
)

app_name = "assessments"
urlpatterns = [
    path("quiz/<str:usage_key>/", quiz.quiz, name="quiz"),
    path("quiz/<str:usage_key>/start/", quiz.start, name="start"),
    path("attempts/<int:attempt_id>/<int:position>/", attempt.question, name="question"),
    path("attempts/<int:attempt_id>/save/", attempt.save, name="save"),
    path("attempts/<int:attempt_id>/review/", attempt.review, name="review"),
    path("attempts/<int:attempt_id>/submit/", attempt.submit, name="submit"),
    path("attempts/<int:attempt_id>/result/", attempt.result, name="result"),
    # The studio's editor of quizzes and question banks
    path("studio/<str:module_code>/quizzes/<str:usage_key>/", quiz_editor.quiz, name="quiz_editor"),
    path(
        "studio/<str:module_code>/quizzes/<str:usage_key>/question/",
        question_editor.question,
        name="question_editor",
    ),
    path(
        "studio/<str:module_code>/quizzes/<str:usage_key>/arrange/", quiz_editor.arrange, name="quiz_arrange"
    ),
    path("studio/<str:module_code>/quizzes/<str:usage_key>/h5p/", h5p_export.h5p_export, name="h5p_export"),
    path(
        "studio/<str:module_code>/quizzes/<str:usage_key>/situation/", situations.situation, name="situation"
    ),
    # The bank over all modules: this name is no module code
    path("studio/questions/", question_bank.questions, name="question_bank"),
    path("studio/questions/change/", question_bank.change, name="question_change"),
    path("studio/questions/<str:name>/", question_page.question, name="question_page"),
    # Open edX problems into our own questions
    path("studio/<str:module_code>/questions/convert/", convert.convert, name="convert"),
    path("api/v1/attempts/", OwnAttempts.as_view(), name="api_attempts"),
    path("api/v1/attempts/<int:attempt_id>/", OwnAttempt.as_view(), name="api_attempt"),
]
