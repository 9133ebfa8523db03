"""What the kinds of audit events are called on the page. A kind not named here shows its code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "assignment.corrected": _("Duty corrected"),
    "assignment.created": _("Duty assigned"),
    "assignment.ended": _("Duty ended"),
    "attempt.started": _("Quiz started"),
    "attempt.submitted": _("Quiz submitted"),
    "block.saved": _("Block saved"),
    "certificate.file_restored": _("Certificate file restored"),
    "certificate.held": _("Certificate held back"),
    "certificate.issued": _("Certificate issued"),
    "certificate.past_entered": _("Earlier certificate entered"),
    "certificate.revoked": _("Certificate revoked"),
    "enrolment.ended": _("Programme left"),
    "enrolment.started": _("Programme begun"),
    "export.finished": _("Export finished"),
    "export.requested": _("Export requested"),
    "module.completed": _("Module completed"),
    "module.imported": _("Module imported"),
    "module.published": _("Module published"),
    "module.rolled_back": _("Module set back"),
    "organisation.created": _("Organisation added"),
    "organisation.merged": _("Organisations merged"),
    "organisation.renamed": _("Organisation renamed"),
    "organisations.loaded": _("Organisations loaded"),
    "outline.saved": _("Outline saved"),
    "person.account_closed": _("Account closed"),
    "person.account_reopened": _("Account reopened"),
    "person.admin_opened": _("Administration opened to a person"),
    "person.created": _("Person registered"),
    "person.email_set": _("E-mail address set"),
    "person.language_changed": _("Language changed"),
    "person.personal_id_set": _("Personal ID recorded"),
    "person.renamed": _("Name corrected"),
    "person.second_step_reset": _("Two-step sign-in reset"),
    "programmes.loaded": _("Programmes loaded"),
    "quiz.written": _("Quiz written"),
    "review.approved": _("Draft approved"),
    "review.requested": _("Draft sent for review"),
    "review.returned": _("Draft returned"),
    "review.withdrawn": _("Draft taken back"),
    "role.granted": _("Role granted"),
    "role.revoked": _("Role revoked"),
    "roster.signed_off": _("Staff list signed off"),
    "sources.checked": _("Sources checked"),
    "staff.listed": _("Staff list entered"),
    "token.created": _("API key made"),
    "token.revoked": _("API key withdrawn"),
    "top_up.offered": _("Top-up offered"),
    "top_up.read": _("Top-up read"),
}


def kind_label(kind: str) -> str:
    """The kind in the reader's language."""
    return str(KINDS.get(kind, kind))
