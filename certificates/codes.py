"""Public certificate codes. Plain Python: no Django.

A code is twelve random characters (60 bits, so nobody can guess or count certificates) and a
check character, printed like 7K4Q-9M2X-TR8D-C. The alphabet is Crockford's base 32: no I, L, O
or U, because people copy codes from paper.
"""

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 12
CODE_LENGTH = RANDOM_CHARACTERS + 1

_LOOK_ALIKES = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\u2010-\u2015\u2212-]+")


def new_code() -> str:
    """A fresh code without separators, as it is stored."""
    payload = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return payload + check_character(payload)


def check_character(payload: str) -> str:
    """The character that makes `payload` a code.

    Crockford's own check needs five more symbols that are awkward in addresses. This one stays in
    the alphabet: each character is weighted by another power of x in GF(32), so any single wrong
    character and any two swapped ones give another check character.
    """
    return ALPHABET[_times_x(_weighted_sum(payload))]


def normalise_code(text: str) -> str | None:
    """Read a code as people type it, or `None` when it cannot be one.

    Lower case, any spaces and dashes, and the look-alikes O, I and L are understood.
    """
    plain = unicodedata.normalize("NFKC", _SEPARATORS.sub("", text))
    if not plain.isascii():
        return None
    code = plain.upper().translate(_LOOK_ALIKES)
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def format_code(code: str) -> str:
    """Group a stored code for people: 7K4Q-9M2X-TR8D-C."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _weighted_sum(payload: str) -> int:
    total = 0
    for character in payload:
        total = _times_x(total) ^ ALPHABET.index(character)
    return total


def _times_x(value: int) -> int:
    """Multiply by x in GF(32), modulo the primitive polynomial x^5 + x^2 + 1."""
    return (value << 1) ^ (0b100101 if value & 0b10000 else 0)
