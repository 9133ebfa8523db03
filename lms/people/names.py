"""Vietnamese names as text. Plain Python.

Order follows the lexicography rule of the brief, section 4.3: letters a ă â b c d đ e ê … decide
first, then tones ngang, huyền, hỏi, ngã, sắc, nặng.
"""

import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Only digits and lower-case letters: SQLite and every PostgreSQL locale order these alike.
CODES = dict(zip(LETTERS, "23456789abcdefghijklmnopqrstuvwxy", strict=True))
OTHER, SYLLABLE, TONES = "z", "0", "1"
TONE_MARKS = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
LEVEL_TONE = "1"


def given_name(full_name: str) -> str:
    """The last syllable, by which people are addressed and lists are sorted."""
    return full_name.split()[-1] if full_name.split() else ""


def search_key(text: str) -> str:
    """Lower case without accents; đ becomes d, as people type it."""
    lowered = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    bare = "".join(c for c in lowered if not unicodedata.combining(c))
    return " ".join(bare.split())


def sort_key(full_name: str) -> str:
    """A key whose plain byte order is the Vietnamese order by given name, then the rest."""
    syllables = full_name.split()
    ordered = syllables[-1:] + syllables[:-1]
    coded = [_syllable(s) for s in ordered]
    return SYLLABLE.join(c[0] for c in coded) + SYLLABLE + TONES + "".join(c[1] for c in coded)


def _syllable(text: str) -> tuple[str, str]:
    """The letters and the tone of one syllable, each as sortable characters."""
    letters: list[str] = []
    tone = LEVEL_TONE
    for mark in unicodedata.normalize("NFD", text.lower()):
        if mark in TONE_MARKS:
            tone = TONE_MARKS[mark]
        elif unicodedata.combining(mark) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + mark)
        else:
            letters.append(mark)
    return "".join(CODES.get(letter, OTHER) for letter in letters), tone
