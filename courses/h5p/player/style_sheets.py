"""Style sheets of libraries, joined to one: what they point at must still be found from there."""

import posixpath
import re
from collections.abc import Callable

URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)""", re.IGNORECASE)
IMPORT = re.compile(
    r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?([^;]*);""",
    re.IGNORECASE,
)
CHARSET = re.compile(r"""@charset\s+["'][^"']*["']\s*;""", re.IGNORECASE)
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/|#)", re.IGNORECASE)
DEEPEST = 5  # style sheets that import style sheets

Read = Callable[[str], str | None]


def absolute(css: str, *, path: str, base: str, read: Read, depth: int = 0) -> str:
    """The style sheet with addresses that hold anywhere on the host, and its imports in place.

    `path` is where it lies in its library, `base` the address of the library's folder. `read` gives
    another file of the library. Imports from elsewhere are dropped: the page may not fetch them.
    """
    folder = posixpath.dirname(path)

    def moved(match: re.Match[str]) -> str:
        target = next(group for group in match.groups() if group is not None).strip()
        if not target or ELSEWHERE.match(target):
            return match[0]
        place, rest = _parts(target)
        inside = _inside(folder, place)
        return f'url("{base}/{_quoted(inside)}{rest}")' if inside else 'url("data:,")'

    def imported(match: re.Match[str]) -> str:
        target, condition = match[1], match[2].strip()
        inside = None if ELSEWHERE.match(target) else _inside(folder, _parts(target)[0])
        text = read(inside) if inside and depth < DEEPEST else None
        if text is None or inside is None:
            return ""
        whole = absolute(text, path=inside, base=base, read=read, depth=depth + 1)
        return f"@media {condition} {{\n{whole}\n}}" if condition else whole

    plain = CHARSET.sub("", css.removeprefix("\ufeff"))
    # Imports first: what they bring has been moved already and starts with a slash.
    return URL.sub(moved, IMPORT.sub(imported, plain))


def without_fonts(css: str, is_there: Callable[[str], bool]) -> str:
    """Drop the rules for fonts whose file is not there."""

    def kept(match: re.Match[str]) -> str:
        sources = [next(g for g in found.groups() if g is not None) for found in URL.finditer(match[0])]
        return match[0] if all(is_there(source) for source in sources) else ""

    return FONT_FACE.sub(kept, css)


def _parts(target: str) -> tuple[str, str]:
    """ "fonts/a.eot?#iefix": the file, and what follows it."""
    end = next((place for place, letter in enumerate(target) if letter in "?#"), len(target))
    return target[:end], target[end:]


def _inside(folder: str, place: str) -> str | None:
    """The path within the library; None for one that leads out of it."""
    path = posixpath.normpath(posixpath.join(folder, place))
    return None if path.startswith("..") or path.startswith("/") else path


def _quoted(path: str) -> str:
    return path.replace("\\", "%5C").replace('"', "%22").replace("\n", "")
