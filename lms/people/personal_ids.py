"""The twelve digits of a citizen's identity card (CCCD). Plain Python.

Three digits of the province or country where the birth was registered (codes of the 63 old
provinces, so they say nothing about today's 34), one for century and sex, two for the year of
birth, six random (Decree 137/2015). The digits are checked, hashed and forgotten.
"""

import hashlib
import hmac
import re
from datetime import date

LENGTH = 12
# 0/1 = 20th century male/female, 2/3 = 21st, and so on.
FIRST_CENTURY = 1900


class InvalidPersonalId(ValueError):
    """The digits cannot be a personal ID. `code` names the reason: digits, future, birth-year."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(text: str, *, today: date, born_on: date | None = None) -> str:
    """The twelve digits without spaces or dots, or InvalidPersonalId.

    With `born_on` the year of birth must be the one the digits state.
    """
    digits = re.sub(r"[\s.-]", "", text)
    # [0-9], not \d: other scripts' digits would hash differently from the same number
    if not re.fullmatch(rf"[0-9]{{{LENGTH}}}", digits) or digits.startswith("000"):
        raise InvalidPersonalId("digits")
    year = birth_year(digits)
    if year > today.year:
        raise InvalidPersonalId("future")
    if born_on is not None and born_on.year != year:
        raise InvalidPersonalId("birth-year")
    return digits


def birth_year(digits: str) -> int:
    """The year of birth the digits state."""
    return FIRST_CENTURY + int(digits[3]) // 2 * 100 + int(digits[4:6])


def keyed_hash(digits: str, key: str) -> str:
    """HMAC-SHA256 in hex: without the key nobody can try all numbers against it."""
    return hmac.new(key.encode(), digits.encode(), hashlib.sha256).hexdigest()


def last_four(digits: str) -> str:
    """What a person recognises her own number by."""
    return digits[-4:]
