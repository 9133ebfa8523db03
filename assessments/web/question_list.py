"""The list of questions beside a question. In Python, because forty entries cost a template too much."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessments.queries.questions import ListedQuestion, QuestionList
from lms.shared.addresses import address
from lms.shared.languages import current_language
from lms.shared.templatetags.ui import icon

CURRENT = mark_safe(' aria-current="step"')
PAGE = "{page}"  # stands for where the attempt's questions are; nothing else in an entry has braces


def question_links(listed: QuestionList) -> SafeString:
    """One link per question; its state stands in words in the label."""
    page = address("assessments:question", listed.attempt.pk, 0).removesuffix("0/")
    language = current_language()
    entries = "".join([_entry(question, language) for question in listed.questions])
    return mark_safe(entries.replace(PAGE, page))


@lru_cache(maxsize=2048)
def _entry(question: ListedQuestion, _language: str) -> SafeString:
    """The same for everybody's third question, if answered: put together once per process."""
    return format_html(
        '<li><a class="q {}" href="{}{}/" aria-label="{}"{}>{}{}</a></li>',
        question.css,
        PAGE,
        question.position,
        _label(question),
        CURRENT if question.is_current else "",
        question.position,
        icon("flag") if question.is_flagged else "",
    )


def _label(question: ListedQuestion) -> str:
    states = [_("answered") if question.is_answered else _("not answered")]
    if question.is_flagged:
        states.append(_("marked to look at again"))
    if question.is_current:
        states.append(_("shown now"))
    return ", ".join([_("Question %(number)s") % {"number": question.position}, *states])
