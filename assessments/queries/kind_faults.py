"""What can be wrong with a question of each kind, in sentences. `%(detail)s` is what the engine names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, str | Promise] = {
    "answer-without-text": _("Write the words of every accepted answer."),
    "bad-area": _("This area does not lie on the picture, or numbers are missing: draw it again."),
    "bad-levels": _(
        "A criterion needs two levels or more with points, and the best one has to be worth some."
    ),
    "bad-number": _("This number does not fit: %(detail)s."),
    "bad-weight": _("A weight is a percentage between -100 and 100: %(detail)s."),
    "broken-xml": _("The text of this block is damaged: %(detail)s."),
    "by-hand-in-practice": _("Practice answers at once; what a person marks belongs into a quiz."),
    "gaps-and-text-differ": _("Each gap has to stand once in the text of each language."),
    "no-gaps": _("The text has no gap yet: write the right answer in double brackets where it belongs."),
    "no-picture": _("Choose the picture."),
    "no-rubric": _("Write at least one criterion of the rubric."),
    "not-a-number": _("This is no number: %(detail)s."),
    "option-without-name": _("An answer has no name of its own. Open the question and save it again."),
    "picture-missing": _("The module has no such picture any more: %(detail)s."),
    "picture-without-size": _("The size of the picture could not be read. Choose another file."),
    "question-without-name": _("A question has no name."),
    "too-few-items": _("Give at least two lines."),
    "too-few-prompts": _("Give at least two pairs."),
    "too-long": _("This is too long."),
    "unknown-file-kind": _("Tick at least one kind of file."),
    "unknown-gap-kind": _("A gap is of a kind we do not know: %(detail)s."),
    "unknown-question-type": _("This kind of question is not known here: %(detail)s."),
    "unknown-quiz-kind": _("This kind of quiz is not known here: %(detail)s."),
    "unknown-stimulus": _("The situation it is about is not in this quiz any more: %(detail)s."),
}
# Where a kind asks for something of its own.
OF_A_KIND: dict[tuple[str, str], str | Promise] = {
    ("matching", "no-right-answer"): _("Every left side needs what belongs to it."),
    ("matching", "no-wrong-option"): _("Give at least two different right sides."),
    ("text", "no-right-answer"): _("Give at least one answer the full 100 percent."),
    ("number", "no-right-answer"): _("Give at least one number the full 100 percent."),
    ("cloze", "no-right-answer"): _("Every gap needs a right answer."),
    ("cloze", "no-wrong-option"): _("A gap to choose in needs a wrong choice too."),
    ("cloze", "bad-weight"): _("The weight of a gap is a number above zero."),
    ("hotspot", "no-right-answer"): _("Mark at least one area as right."),
    ("hotspot", "several-right-answers"): _("Only one area may be right, unless several may be chosen."),
    ("hotspot", "no-wrong-option"): _("Draw at least two areas, one of them wrong."),
    ("file", "bad-number"): _("Between one and five files may be asked for."),
    ("essay", "bad-number"): _("The least number of words must not be above the most."),
}
