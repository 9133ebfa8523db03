"""Issuing certificates: once per person and programme, whatever is clicked twice."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from certificates.actions.register import OpenBook
from certificates.codes import new_code
from certificates.models import Certificate, EntryKind, Evidence
from certificates.pdf import CertificateFacts, unprintable_characters
from certificates.permissions import may_issue_certificates
from certificates.queries.due import (
    exam_percent,
    is_completable,
    modules_left,
    number_of_modules,
    programmes_due,
)
from certificates.queries.facts import day_of, facts_of, last_day
from certificates.queries.holdings import current_certificate, latest_certificate
from certificates.signals import certificate_issued
from courses.models import Component, Programme
from lms.audit.actions import record
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.people.queries import primary_assignment
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.jobs import enqueue_on_commit

NOT_ALLOWED = _("Only the programme office issues certificates.")


@transaction.atomic
def issue_if_due(*, person: Person, by: Actor) -> list[Certificate]:
    """Issue what a person has earned and does not hold yet; returns the new certificates.

    What cannot be issued, such as a name our fonts cannot print, is noted in the audit trail and
    stays due: it never undoes the learning that led here.
    """
    issued = []
    for programme in programmes_due(person):
        try:
            issued.append(issue_certificate(person=person, programme=programme, by=by))
        except Refused as refusal:
            _note_held(person, programme, refusal.code, by)
    return issued


@transaction.atomic
def issue_certificate(*, person: Person, programme: Programme, by: Actor) -> Certificate:
    """Issue a certificate, or refuse with the rule that is not met.

    Safe to repeat: a second call returns the certificate that is there.
    """
    if not may_issue_certificates(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if latest := latest_certificate(person, programme.pk):
        if latest.revoked_at:
            raise Refused(
                "revoked-before",
                _("The certificate of this programme was revoked. Reissue it instead."),
            )
        return latest
    return _issue(person, programme, cycle=1, by=by)


@transaction.atomic
def reissue_certificate(*, certificate: Certificate, by: Actor) -> Certificate:
    """Issue the next one after a revocation or after expiry. Safe to repeat.

    An expired certificate is marked as replaced; a revoked one stays revoked.
    """
    if not may_issue_certificates(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    # One writer per certificate: the second one finds what the first issued.
    latest = Certificate.objects.select_for_update().get(pk=certificate.pk)
    newest = latest_certificate(latest.person, latest.programme_id)
    if newest is not None and newest.cycle > latest.cycle:
        return newest
    now = clock.now()
    status = latest.status_at(now)
    if status == "valid":
        raise Refused("still-valid", _("This certificate is valid. Revoke it first."))
    _check_earned(latest.person, latest.programme)
    if status == "expired":
        latest.superseded_at = now
        latest.save(update_fields=["superseded_at"])
    return _issue(latest.person, latest.programme, cycle=latest.cycle + 1, by=by)


def _issue(person: Person, programme: Programme, *, cycle: int, by: Actor) -> Certificate:
    _check_earned(person, programme)
    try:
        with transaction.atomic():
            return _enter(person, programme, cycle, by)
    except IntegrityError:  # another process was faster, in another year's book
        if held := current_certificate(person, programme.pk):
            return held
        raise


def _check_earned(person: Person, programme: Programme) -> None:
    if not is_completable(programme):
        raise Refused("not-completable", _("This programme has no exam yet, so nobody can complete it."))
    if modules_left(person, programme):
        raise Refused("modules-unfinished", _("Some required modules are not finished yet."))


def _enter(person: Person, programme: Programme, cycle: int, by: Actor) -> Certificate:
    """Take a number and write certificate, register line and audit event together."""
    now = clock.now()
    book = OpenBook(EntryKind.ISSUED, now)
    # Two processes may have come this far; the one that waited for the book finds the other's.
    if held := current_certificate(person, programme.pk):
        return held
    [number] = book.take()
    certificate = _drawn_up(person, programme, serial=book.serial(number))
    certificate.cycle = cycle
    certificate.issued_at = certificate.recorded_at = now
    certificate.save(force_insert=True)
    book.write([(number, certificate, now)], by=by)
    record("certificate.issued", certificate, by=by, person=person.pk, programme=programme.pk)
    certificate_issued.send(sender=Certificate, certificate=certificate)
    enqueue_on_commit("certificates.tasks.render_pdf", certificate.pk)
    return certificate


def _drawn_up(person: Person, programme: Programme, *, serial: str) -> Certificate:
    """The certificate as it will be stored, or the reason why it cannot be printed."""
    now = clock.now()
    exam = programme.exam_module
    percent = exam_percent(person, exam) if exam is not None else None
    if percent is None:
        raise Refused("exam-not-passed", _("There is no passed exam result yet."))
    assignment = primary_assignment(person)
    organisation = assignment.organisation if assignment else None
    expires_on = last_day(day_of(now), programme.valid_months)
    code = new_code()
    facts = facts_of(
        person,
        programme,
        organisation=organisation,
        number_of_modules=number_of_modules(programme),
        result_percent=percent,
        issued_at=now,
        expires_on=expires_on,
        serial=serial,
        code=code,
    )
    _check_printable(facts)
    return Certificate(
        person=person,
        programme=programme,
        serial=serial,
        code=code,
        level=programme.level,
        components=programme.components,
        covers_st=Component.ST in programme.components,
        covers_dc=Component.DC in programme.components,
        evidence=Evidence.PLATFORM,
        identity_level=person.identity_level,
        organisation=organisation,
        facts=facts.to_plain(),
        expires_at=clock.end_of(expires_on) if expires_on else None,
    )


def _check_printable(facts: CertificateFacts) -> None:
    if unknown := unprintable_characters(facts):
        raise Refused(
            "unprintable",
            _("The certificate cannot print these characters: %(characters)s. Ask HR how to write the name.")
            % {"characters": " ".join(unknown)},
        )


def _note_held(person: Person, programme: Programme, reason: str, by: Actor) -> None:
    """Once per reason: the rule is asked again at every step a person takes."""
    noted = AuditEvent.objects.filter(
        kind="certificate.held", thing_type=person._meta.label_lower, thing_id=str(person.pk)
    )
    if not noted.filter(details={"programme": programme.pk, "reason": reason}).exists():
        record("certificate.held", person, by=by, programme=programme.pk, reason=reason)
