"""What the rules and columns are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.indicator.formula import Reading, Rule

Text = str | Promise

READINGS: dict[Reading, Text] = {
    Reading.VI: _("Reading of the Vietnamese text"),
    Reading.STRICT: _("Strict reading"),
}

# rule -> what it asks of a person, what she can do when the answer is no
RULES: dict[Rule, tuple[Text, Text]] = {
    Rule.ORGANISATION: (
        _("Your duty is in a ministry, agency, province or commune that counts on this day."),
        _("Ask HR of your organisation whether your duty is in the staff list."),
    ),
    Rule.IN_SERVICE: (
        _("You are in service: not retired or dismissed."),
        _("Ask HR to correct your staff record if you are still in service."),
    ),
    Rule.DUTY: (
        _("Your kind of duty belongs to the target group under this reading."),
        _("Nothing to do: you may learn, but you are not part of this count."),
    ),
    Rule.VALID: (
        _("You hold a certificate that is valid on this day."),
        _("Finish your programme and its exam."),
    ),
    Rule.IDENTITY: (
        _("Your identity was checked when the certificate was issued."),
        _("Ask HR to confirm who you are, then ask the programme office for a new certificate."),
    ),
    Rule.LEVEL: (_("The certificate is of the level “in depth”."), _("Take the programme in depth.")),
    Rule.EVIDENCE: (
        _("It was earned by an exam on the platform, or HR attested it with a document."),
        _("Ask HR to attest the training with its document."),
    ),
    Rule.TRACK: (
        _("Its programme matches a duty you hold."),
        _("Take the programme for your present duty; the core modules count already."),
    ),
    Rule.SKILLS: (
        _("It covers digital communication skills."),
        _("Finish the modules on digital communication skills."),
    ),
    Rule.SCIENCE: (
        _("It covers science and technology content."),
        _("Finish the modules on science and technology content."),
    ),
}

# the same rules about somebody else, short, for lists
FAILURES: dict[Rule, Text] = {
    Rule.ORGANISATION: _("no duty in an organisation that counts"),
    Rule.IN_SERVICE: _("no longer in service"),
    Rule.DUTY: _("kind of duty outside this reading"),
    Rule.VALID: _("no valid certificate"),
    Rule.IDENTITY: _("identity not checked"),
    Rule.LEVEL: _("certificate not in depth"),
    Rule.EVIDENCE: _("evidence not accepted"),
    Rule.TRACK: _("programme does not match the duty"),
    Rule.SKILLS: _("digital skills missing"),
    Rule.SCIENCE: _("science and technology content missing"),
}
