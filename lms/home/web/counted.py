""" "Why am I not counted?": the indicator's rules for one person, each with its answer and what to do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.home.queries.learner import LearnerHome
from lms.home.web.amounts import day_of
from lms.home.web.reason import small
from lms.indicator.formula import IDENTITY_CHECKED, Rule
from lms.people.models import Assignment
from lms.people.queries import organisation_line
from lms.shared.languages import localised

LABELS: dict[Rule, Promise] = {
    Rule.ORGANISATION: gettext_lazy("Your organisation belongs to the target group"),
    Rule.IN_SERVICE: gettext_lazy("You are in service"),
    Rule.DUTY: gettext_lazy("Your duty belongs to the target group"),
    Rule.VALID: gettext_lazy("A certificate in force"),
    Rule.IDENTITY: gettext_lazy("Your identity is confirmed"),
    Rule.LEVEL: gettext_lazy("In-depth level"),
    Rule.EVIDENCE: gettext_lazy("Evidence of the platform, or attested"),
    Rule.TRACK: gettext_lazy("The programme fits your duty"),
    Rule.SKILLS: gettext_lazy("Digital communication skills"),
    Rule.SCIENCE: gettext_lazy("Science and technology content"),
}


@dataclass(frozen=True)
class Answer:
    """A row: met, not met, or (None) not asked yet."""

    is_met: bool | None
    label: str
    detail: str


@dataclass(frozen=True)
class Counted:
    is_counted: bool
    is_concerned: bool
    heading: str
    summary: str
    strictly: str  # what the strict reading says, when it says something else
    answers: tuple[Answer, ...]


def counted(home: LearnerHome) -> Counted:
    """The section of the page: a summary, then rule by rule."""
    explanation = home.counted
    answers = tuple(_answers(home))
    if explanation.is_trained:
        heading, summary = _("You are counted"), _("You meet all conditions of the 70% indicator.")
    else:
        heading = _("Why am I not counted?")
        summary = _("You meet %(met)s of %(all)s conditions of the 70%% indicator.") % {
            "met": sum(answer.is_met is True for answer in answers),
            "all": len(explanation.rules),
        }
    return Counted(
        is_counted=explanation.is_trained,
        is_concerned=explanation.is_concerned,
        heading=heading,
        summary=summary,
        strictly=_strictly(home),
        answers=answers,
    )


def _strictly(home: LearnerHome) -> str:
    if home.counted.is_concerned and not home.counted_strictly.is_concerned:
        return _("Under the strict reading only dedicated staff belong to the target group; you would not.")
    return ""


def _answers(home: LearnerHome) -> list[Answer]:
    """A row per rule that has an answer; those that wait for a certificate share one row."""
    rows, waiting = [], []
    for rule, answer in home.counted.rules:
        if answer is None and rule is Rule.IDENTITY:
            rows.append(_identity_so_far(home))
        elif answer is None:
            waiting.append(str(LABELS[rule]))
        else:
            rows.append(Answer(answer, str(LABELS[rule]), DETAILS[rule](home, answer)))
    if waiting:
        names = ", ".join([waiting[0], *map(small, waiting[1:])])
        rows.append(Answer(None, _("Checked when what stands above is met"), names))
    return rows


def _identity_so_far(home: LearnerHome) -> Answer:
    """A certificate states how identity was checked when it was issued, so this matters before."""
    is_checked = home.person.identity_level in IDENTITY_CHECKED
    return Answer(is_checked or None, str(LABELS[Rule.IDENTITY]), _identity(home, is_checked))


def _organisation(home: LearnerHome, is_met: bool) -> str:
    duty = home.duties[0] if home.duties else None
    if duty is None:
        return _("No staff list names you today. Ask your organisation's HR officer to add you.")
    place = organisation_line(duty.organisation)
    if not is_met:
        return _("%(place)s is outside the indicator's scope.") % {"place": place}
    return f"{place}. {_list_signed(duty)}"


def _list_signed(duty: Assignment) -> str:
    signed_on = getattr(duty, "list_signed_on", None)
    if signed_on is None:
        return _("The staff list is not signed off yet.")
    return _("Staff list signed off on %(day)s.") % {"day": date_format(signed_on, "SHORT_DATE_FORMAT")}


def _in_service(home: LearnerHome, is_met: bool) -> str:
    if is_met:
        return _("Your duty is recorded as held today.")
    return _("The staff list says that you have left. If that is wrong, tell your HR officer.")


def _duty(home: LearnerHome, is_met: bool) -> str:
    duty = home.duties[0] if home.duties else None
    words = f"{duty.get_duty_display()}, {small(duty.get_duty_type_display())}" if duty else ""
    if is_met:
        return words
    not_counted = _("%(duty)s: not in the target group. You may learn and be certified all the same.")
    return not_counted % {"duty": words}


def _valid(home: LearnerHome, is_met: bool) -> str:
    newest = home.certificates[0] if home.certificates else None
    if is_met and newest:
        return _("Certificate %(serial)s of %(day)s") % {
            "serial": newest.serial,
            "day": day_of(newest.issued_at),
        }
    if newest is not None:
        return _("Certificate %(serial)s is no longer in force.") % {"serial": newest.serial}
    return _left(home)


def _left(home: LearnerHome) -> str:
    """What is left before the certificate."""
    if home.progress is None:
        return _("Begin the programme of your duty.")
    codes = ", ".join(m.code for m in home.progress.required if not m.is_finished)
    exam = home.progress.exam
    if codes and exam:
        return _("Finish %(codes)s and pass the final exam.") % {"codes": codes}
    if codes:
        return _("Finish %(codes)s. The exam of this programme is still being written.") % {"codes": codes}
    if exam and not exam.is_finished:
        return _("Pass the final exam.")
    return _("Ask for the certificate: everything is done.")


def _identity(home: LearnerHome, is_met: bool) -> str:
    if is_met:
        return str(home.person.get_identity_level_display())
    return _("Ask your HR officer to confirm it before the final exam; the certificate states it.")


def _level(home: LearnerHome, is_met: bool) -> str:
    return _("Your certificate states it.") if is_met else _("Your certificate is of the basic level.")


def _evidence(home: LearnerHome, is_met: bool) -> str:
    if is_met:
        return _("Your certificate states it.")
    return _("Ask the programme office to check the document.")


def _track(home: LearnerHome, is_met: bool) -> str:
    if is_met:
        return localised(home.certificates[0].programme.title) if home.certificates else ""
    return _("Your certificate is for another duty. Take the programme of your present one.")


def _component(home: LearnerHome, is_met: bool) -> str:
    return _("Your certificate covers it.") if is_met else _("Your certificate does not cover it yet.")


DETAILS: dict[Rule, Callable[[LearnerHome, bool], str]] = {
    Rule.ORGANISATION: _organisation,
    Rule.IN_SERVICE: _in_service,
    Rule.DUTY: _duty,
    Rule.VALID: _valid,
    Rule.IDENTITY: _identity,
    Rule.LEVEL: _level,
    Rule.EVIDENCE: _evidence,
    Rule.TRACK: _track,
    Rule.SKILLS: _component,
    Rule.SCIENCE: _component,
}
