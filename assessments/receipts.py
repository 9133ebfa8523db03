"""Receipt codes a person can read out on the telephone. Plain Python."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O, 1 I L, U
LENGTH = 8
SPACE = len(ALPHABET) ** LENGTH
# Odd, not a multiple of 3 or 5, so it shares no factor with SPACE: no two numbers give one code.
STRIDE = 387_420_489_137
OFFSET = 123_456_789_011


def receipt_code(number: int) -> str:
    """ "R-5H2K-77QD": another code for every attempt, near ones far apart. A name, not a secret."""
    rest = (number * STRIDE + OFFSET) % SPACE
    letters = ""
    for _ in range(LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        letters += ALPHABET[place]
    return f"R-{letters[:4]}-{letters[4:]}"
