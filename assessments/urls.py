"""Pages and API of assessments."""

from django.urls import path

from assessments.api.views import OwnAttempt, OwnAttempts
from assessments.web import attempt, convert, h5p_export, question_editor, quiz, quiz_editor

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
    # Open edX problems into our own questions
    path("studio/<str:module_code>/questions/convert/", convert.convert, name="convert"),
    path("api/v1/attempts/", OwnAttempts.as_view(), name="api_attempts"),
    path("api/v1/attempts/<int:attempt_id>/", OwnAttempt.as_view(), name="api_attempt"),
]
