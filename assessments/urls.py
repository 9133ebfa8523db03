"""Pages and API of assessments."""

from django.urls import path

from assessments.api.views import OwnAttempt, OwnAttempts
from assessments.web import (
    analysis,
    answer_files,
    appeals,
    attempt,
    convert,
    exchange,
    h5p_export,
    marking,
    pace,
    practise,
    question_bank,
    question_editor,
    question_page,
    quiz,
    quiz_editor,
    regrades,
    sittings,
    situations,
)

app_name = "assessments"
urlpatterns = [
    path("quiz/<str:usage_key>/", quiz.quiz, name="quiz"),
    path("quiz/<str:usage_key>/practice/", practise.practice, name="practice"),
    path("recap/", practise.recap, name="recap"),
    path("quiz/<str:usage_key>/start/", quiz.start, name="start"),
    path("attempts/<int:attempt_id>/<int:position>/", attempt.question, name="question"),
    path("attempts/<int:attempt_id>/save/", attempt.save, name="save"),
    path("attempts/<int:attempt_id>/review/", attempt.review, name="review"),
    path("attempts/<int:attempt_id>/submit/", attempt.submit, name="submit"),
    path("attempts/<int:attempt_id>/result/", attempt.result, name="result"),
    # Files as answers
    path("attempts/<int:attempt_id>/<int:position>/files/", answer_files.upload, name="upload"),
    path("answer-files/<uuid:key>/", answer_files.file, name="file"),
    path("answer-files/<uuid:key>/delete/", answer_files.delete, name="file_delete"),
    # Marking by people, appeals, regrades
    path("marking/", marking.queue, name="marking"),
    path("marking/<int:slot_id>/", marking.mark, name="mark"),
    path("marking/<int:slot_id>/claim/", marking.claim, name="marking_claim"),
    path("marking/<int:slot_id>/release/", marking.release, name="marking_release"),
    path("marking/<int:slot_id>/reveal/", marking.reveal, name="marking_reveal"),
    path("marking/appeals/", appeals.appeals, name="appeals"),
    path("marking/appeals/<int:appeal_id>/", appeals.appeal, name="appeal"),
    path("appeals/new/<int:slot_id>/", appeals.new, name="appeal_new"),
    path("marking/again/", regrades.listed, name="regrades"),
    path("marking/again/<int:pk>/resume/", regrades.resume, name="regrade_resume"),
    path("marking/again/question/<str:name>/", regrades.regrade, name="regrade"),
    path("marking/again/question/<str:name>/reveal/", regrades.reveal, name="regrade_reveal"),
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
    # Questions of other systems, in and out
    path("studio/<str:module_code>/questions/import/", exchange.upload, name="questions_import"),
    path("studio/<str:module_code>/questions/import/template/", exchange.template, name="questions_template"),
    path("studio/<str:module_code>/questions/import/<int:pk>/", exchange.look, name="questions_look"),
    path(
        "studio/<str:module_code>/questions/import/<int:pk>/<int:place>/", exchange.fix, name="questions_fix"
    ),
    path("studio/<str:module_code>/questions/export/", exchange.export, name="questions_export"),
    # Item analysis
    path("studio/<str:module_code>/analysis/", analysis.quizzes, name="analyses"),
    path("studio/<str:module_code>/analysis/<str:usage_key>/", analysis.quiz, name="analysis"),
    path("studio/<str:module_code>/analysis/<str:usage_key>/file/", analysis.export, name="analysis_export"),
    path(
        "studio/<str:module_code>/analysis/<str:usage_key>/questions/<str:name>/",
        analysis.item,
        name="analysis_item",
    ),
    # Those who run sittings
    path("sittings/", sittings.sittings, name="sittings"),
    path("sittings/sign-off/", sittings.sign_off, name="sign_off"),
    path("sittings/pace/", pace.pace, name="pace"),
    path("sittings/pace/<int:flag_id>/", pace.decide, name="pace_decide"),
    path("studio/<str:module_code>/quizzes/<str:usage_key>/sitting/", sittings.sitting, name="sitting"),
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
