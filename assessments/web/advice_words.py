"""Advice on a question in words an author understands; the engine names it by codes and figures."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.analysis import Advice


@dataclass(frozen=True)
class Remark:
    """Advice as it is shown: a few words, and sentences that say why and what to do."""

    tone: str
    title: str | Promise
    text: str

    @property
    def icon(self) -> str:
        return ICONS[self.tone]

    @property
    def css(self) -> str:
        return CSS[self.tone]


ICONS = {"err": "alert", "gold": "info", "ok": "circle-check"}
CSS = {"err": "bad-t", "gold": "gold-t", "ok": "ok"}
TITLES = {
    "negative": gettext_lazy("The key may be wrong"),
    "negative-by-chance": gettext_lazy("Tells nothing yet"),
    "weak": gettext_lazy("Hardly tells good from weak"),
    "wrong-answer-leads": gettext_lazy("A wrong answer is chosen most"),
    "better-choose-wrong": gettext_lazy("Better learners choose a wrong answer"),
    "like-guessing": gettext_lazy("No better than guessing"),
    "too-hard": gettext_lazy("Too hard"),
    "too-easy": gettext_lazy("Too easy"),
    "idle-answers": gettext_lazy("A wrong answer nobody chooses"),
    "left-open": gettext_lazy("Often left without an answer"),
    "slow": gettext_lazy("Takes long"),
    "nothing-stands-out": gettext_lazy("Nothing stands out"),
}
SENTENCES = {
    "negative": gettext_lazy(
        "Those who did well in the rest of the quiz did worse here (discrimination %(discrimination)s from "
        "%(number)s attempts). Check first that the answer marked as right is right, then whether the "
        "question can be misread."
    ),
    "negative-by-chance": gettext_lazy(
        "The discrimination is slightly negative (%(discrimination)s from %(number)s attempts). With so few "
        "attempts that may be chance. Look again when there are more."
    ),
    "weak": gettext_lazy(
        "Learners who know the rest well do hardly better here than the others (discrimination "
        "%(discrimination)s; 30 and more is adequate). Look for ambiguous words, or for something that is "
        "not taught in the module."
    ),
    "wrong-answer-leads": gettext_lazy(
        "“%(answers)s” was chosen in %(share)s%% of the attempts, the right answer in %(right_share)s%%. "
        "Either the key is wrong, or the module teaches it otherwise, or many share the same mistake."
    ),
    "better-choose-wrong": gettext_lazy(
        "Those who chose “%(answers)s” earned %(rest)s%% in the rest of the quiz on average, those with the "
        "right answer %(right_rest)s%%. Check whether this answer is right as well, or can be read so."
    ),
    "like-guessing": gettext_lazy(
        "On average %(facility)s%% of the mark was earned; guessing earns %(guess)s%%. Learners do not know "
        "it, or do not understand the question. Check whether a unit teaches it."
    ),
    "too-hard": gettext_lazy(
        "On average only %(facility)s%% of the mark was earned. Check whether a unit teaches it and whether "
        "the words are clear."
    ),
    "too-easy": gettext_lazy(
        "On average %(facility)s%% of the mark was earned in %(number)s attempts: the question separates "
        "nobody. Keep it if everybody must know this; otherwise make the wrong answers more plausible."
    ),
    "left-open": gettext_lazy(
        "%(unanswered)s%% of the attempts gave no answer. Perhaps the time is short, or the task unclear."
    ),
    "slow": gettext_lazy(
        "Half of the learners needed more than %(seconds)s seconds, with the quiz's other questions "
        "%(usual)s seconds. Perhaps there is too much to read."
    ),
    "nothing-stands-out": gettext_lazy("The figures show nothing to act on."),
}
WHOLE = {"number", "seconds", "usual"}


def remark(advice: Advice, label: Callable[[str], str]) -> Remark:
    """`label` gives the words of an answer by its name."""
    figures: dict[str, str] = {
        name: number_format(value, 0 if name in WHOLE else 1) for name, value in advice.figures.items()
    }
    figures["answers"] = _("”, “").join(label(name) for name in advice.choices)
    if advice.code == "idle-answers":
        return Remark(advice.tone, TITLES[advice.code], _idle(figures, len(advice.choices)))
    return Remark(advice.tone, TITLES[advice.code], str(SENTENCES[advice.code]) % figures)


def _idle(figures: dict[str, str], number: int) -> str:
    words = ngettext(
        "Fewer than %(most)s%% chose “%(answers)s”. Write a wrong answer that those who do not know it "
        "would take for right, or leave it out.",
        "Fewer than %(most)s%% each chose “%(answers)s”. Write wrong answers that those who do not know it "
        "would take for right, or leave them out.",
        number,
    )
    return words % figures
