"""What anybody with a code may know."""

from dataclasses import dataclass
from datetime import datetime

from certificates.codes import format_code, normalise_code
from certificates.models import Certificate
from certificates.pdf import CertificateFacts
from lms.shared.fields import clean_line

TYPED_LENGTH = 40


@dataclass(frozen=True)
class Verification:
    """The answer to a code. `masked_name` is all that is said about the holder.

    `outcome` is valid, expired, revoked, superseded, unknown, or mistyped when the check
    character does not fit.
    """

    outcome: str
    typed: str
    at: datetime
    code: str = ""
    certificate: Certificate | None = None
    facts: CertificateFacts | None = None

    @property
    def masked_name(self) -> str:
        return masked(self.facts.holder_name) if self.facts else ""


def verification(text: str, *, at: datetime) -> Verification:
    """Look a code up. A wrong code costs the same query as a right one."""
    code = normalise_code(text)
    row = Certificate.objects.select_related("programme__track").filter(code=code or "-").first()
    typed = format_code(code) if code else text[:TYPED_LENGTH]
    if row is None:
        return Verification("unknown" if code else "mistyped", typed, at, code or "")
    facts = CertificateFacts.from_plain(row.facts)
    return Verification(row.status_at(at), typed, at, row.code, row, facts)


def masked(full_name: str) -> str:
    """The family name and initials: "Nguyễn T. M. K…". One word alone shows its initial only."""
    *before, given = clean_line(full_name).split() or [""]
    family, middle = before[:1], [f"{_initial(word)}." for word in before[1:]]
    return " ".join([*family, *middle, f"{_initial(given)}…"])


def is_name_of(facts: CertificateFacts, typed: str) -> bool:
    """Does the visitor know the holder's name? Accents count, capitals and spaces do not."""
    return _comparable(typed) == _comparable(facts.holder_name)


def _comparable(name: str) -> str:
    return clean_line(clean_line(name).casefold())


def _initial(word: str) -> str:
    """The first letter with the accents it cannot do without."""
    end = 1
    while end < len(word) and "\u0300" <= word[end] <= "\u036f":
        end += 1
    return word[:end]
