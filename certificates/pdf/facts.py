"""Everything a certificate states, frozen when it is issued."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """The printed facts of one certificate, and nothing that has to be looked up.

    Text is kept in Unicode form NFC with single spaces, because the fonts hold whole Vietnamese
    letters and would print loose accents beside them.
    """

    holder_name: str
    organisation: str  # may be empty
    track_title_vi: str
    track_title_en: str  # may be empty
    programme_version: str
    hours: Decimal
    number_of_modules: int
    result_percent: Decimal  # printed as it is, never rounded
    issued_on: date
    expires_on: date | None
    serial: str
    code: str  # already grouped for reading, see `certificates.codes.format_code`
    verify_url: str  # goes into the QR code unchanged; upper case makes its squares larger
    place: str
    issuer_vi: str
    issuer_en: str  # may be empty
    signer_title_vi: str
    signer_title_en: str  # may be empty
    signer_name: str  # empty while nobody is set to sign
    is_synthetic: bool

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                tidy = " ".join(unicodedata.normalize("NFC", value).split())
                object.__setattr__(self, field.name, tidy)

    def to_plain(self) -> dict[str, Any]:
        """For a JSON column; `from_plain` gives equal facts back."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        expires_on = plain["expires_on"]
        return cls(
            **{
                **plain,
                "hours": Decimal(plain["hours"]),
                "result_percent": Decimal(plain["result_percent"]),
                "issued_on": date.fromisoformat(plain["issued_on"]),
                "expires_on": expires_on and date.fromisoformat(expires_on),
            }
        )

    def to_json(self) -> str:
        """For a file beside the certificate; `from_json` gives equal facts back."""
        return json.dumps(self.to_plain(), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls.from_plain(json.loads(text))


def _plain(value: object) -> object:
    """Decimals become text: a JSON number would lose 92.50's last zero."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
