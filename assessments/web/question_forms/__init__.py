"""The form of each kind of question. Adding a kind is adding a file here and a line below."""

from assessments.models import QuestionKind
from assessments.web.question_forms.answers import NumberForm, TextForm
from assessments.web.question_forms.base import QuestionForm
from assessments.web.question_forms.by_hand import EssayForm, FileForm
from assessments.web.question_forms.choice import ChoiceForm
from assessments.web.question_forms.cloze import ClozeForm
from assessments.web.question_forms.hotspot import HotspotForm
from assessments.web.question_forms.matching import MatchingForm
from assessments.web.question_forms.ordering import OrderingForm

FORMS: dict[str, type[QuestionForm]] = {
    QuestionKind(kind).value: form
    for form in (
        *(ChoiceForm, MatchingForm, OrderingForm, TextForm, NumberForm, ClozeForm),
        *(HotspotForm, EssayForm, FileForm),
    )
    for kind in form.kinds
}

__all__ = ["FORMS", "QuestionForm"]
