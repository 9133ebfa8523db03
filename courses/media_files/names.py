"""Names of uploaded files, as people may see them again."""

import re
import unicodedata

LONGEST = 120
SAME = {".jpg": {".jpg", ".jpeg"}, ".ogg": {".ogg", ".oga", ".opus"}}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069<>:\"|?*]+")


def clean_name(name: str) -> str:
    """The last part of a path, NFC, without what file systems or readers trip over; "file" for nothing."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    name = " ".join(_UNSAFE.sub(" ", name).split()).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[: LONGEST - 11] or 'file'}.{suffix}"
    return name[:LONGEST] or "file"


def name_with(name: str, suffix: str) -> str:
    """The clean name, ending as its content says: a picture called "x.exe" becomes "x.exe.png"."""
    clean = clean_name(name)
    own = "." + clean.rpartition(".")[2].lower()
    return clean if own in SAME.get(suffix, {suffix}) else f"{clean[: LONGEST - len(suffix)]}{suffix}"


def static_path(name: str, suffix: str, sha256: str) -> str:
    """A path below /static/ that says what the file is and never collides with another content."""
    stem = clean_name(name).rpartition(".")[0] or clean_name(name)
    bare = unicodedata.normalize("NFD", stem.lower().replace("đ", "d"))
    word = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in bare if not unicodedata.combining(c))).strip("-")
    return f"{word[:60].rstrip('-') or 'file'}-{sha256[:8]}{suffix}"


def language_in(name: str) -> str:
    """ "c1-u1.en.mp3" says English; what says nothing is taken for Vietnamese."""
    parts = name.lower().split(".")
    return parts[-2] if len(parts) > 2 and parts[-2] in {"en", "de", "fr", "zh", "km"} else "vi"
