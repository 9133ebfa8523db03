"""The list of questions beside a question. In Python, because forty entries cost a template too much."""

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessments.queries.questions import ListedQuestion, QuestionList
from lms.shared.templatetags.ui import icon

CURRENT = mark_safe(' aria-current="step"')


def question_links(listed: QuestionList) -> SafeString:
    """One link per question; its state stands in words in the label."""
    page = reverse("assessments:question", args=[listed.attempt.pk, 0]).removesuffix("0/")
    flag = icon("flag")
    return format_html_join(
        "",
        '<li><a class="q {}" href="{}{}/" aria-label="{}"{}>{}{}</a></li>',
        (
            (
                question.css,
                page,
                question.position,
                _label(question),
                CURRENT if question.is_current else "",
                question.position,
                flag if question.is_flagged else "",
            )
            for question in listed.questions
        ),
    )


def _label(question: ListedQuestion) -> str:
    states = [_("answered") if question.is_answered else _("not answered")]
    if question.is_flagged:
        states.append(_("marked to look at again"))
    if question.is_current:
        states.append(_("shown now"))
    return ", ".join([_("Question %(number)s") % {"number": question.position}, *states])
