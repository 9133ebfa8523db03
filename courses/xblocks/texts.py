"""What blocks of other people say in our languages.

Three places are asked in turn: our own catalogue for blocks (`courses/xblocks/locale`), the block's
package, and the platform's catalogue. None of them ever changes while the process runs.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils import translation

from courses.xblocks.catalogue import BLOCK_TYPES
from courses.xblocks.tokens import STUDENT_VIEW

OURS = Path(__file__).parent / "locale"
PACKAGE_FOLDERS = ("conf/locale", "locale", "translations")
DOMAINS = ("text", "django", "djangojs", "textjs")
OUR_DOMAINS = ("django", "djangojs")  # the first is also among LOCALE_PATHS, for texts that go by Django


@lru_cache(maxsize=64)
def translations_of(block_type: str, language: str) -> NullTranslations:
    """The texts of a block type; what is missing there is asked of the platform's own catalogue."""
    found = _Platform()
    for catalogue in [*_package_catalogues(block_type, language), *_catalogues(OURS, language, OUR_DOMAINS)]:
        catalogue.add_fallback(found)
        found = catalogue  # type: ignore[assignment]
    return found


@lru_cache(maxsize=64)
def script_texts(block_type: str, language: str) -> dict[str, Any]:
    """English text → translation (or its plural forms) for `gettext` in a block's scripts."""
    texts: dict[str, Any] = {}
    for catalogue in [*_package_catalogues(block_type, language), *_catalogues(OURS, language, OUR_DOMAINS)]:
        texts |= _plain(catalogue)
    return texts


@lru_cache(maxsize=16)
def fixed_words(language: str, view: str = STUDENT_VIEW) -> dict[str, str]:
    """Texts that blocks write into the page without asking for a translation, on one line each.

    Editors say ten times as much as learners read, so only frames of editors carry that.
    """
    domains = ("fixed",) if view == STUDENT_VIEW else ("fixed", "editors")
    texts: dict[str, str] = {}
    for catalogue in _catalogues(OURS, language, domains):
        texts |= {" ".join(english.split()): text for english, text in _plain(catalogue).items()}
    return texts


def _plain(catalogue: GNUTranslations) -> dict[str, Any]:
    """A catalogue as JSON has it: plural forms in a list."""
    texts: dict[str, Any] = {}
    entries: dict[Any, str] = catalogue._catalog  # type: ignore[attr-defined]
    for english, text in entries.items():
        if isinstance(english, tuple):
            texts.setdefault(english[0], []).append(text)
        elif english:
            texts[english] = text
    return texts


def _package_catalogues(block_type: str, language: str) -> list[GNUTranslations]:
    entry = BLOCK_TYPES.get(block_type)
    spec = find_spec(entry.path.partition(".")[0]) if entry and not entry.is_ours else None
    if spec is None or not spec.origin:
        return []
    folder = Path(spec.origin).parent
    return [c for name in PACKAGE_FOLDERS for c in _catalogues(folder / name, language, DOMAINS)]


def _catalogues(folder: Path, language: str, domains: tuple[str, ...]) -> list[GNUTranslations]:
    """Compiled catalogues of a language: "de", else a form of it such as "de_DE"."""
    if not folder.is_dir():
        return []
    found = []
    for place in sorted(folder.glob(f"{language}*/LC_MESSAGES")):
        if place.parent.name.partition("_")[0] != language:
            continue
        for file in (place / f"{domain}.mo" for domain in domains):
            if file.exists():
                with file.open("rb") as opened:
                    found.append(GNUTranslations(opened))
    return found


class _Platform(NullTranslations):
    """The platform's catalogue in the language of the request."""

    def gettext(self, message: str) -> str:
        return translation.gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return translation.ngettext(one, many, number)

    def pgettext(self, context: str, message: str) -> str:
        return translation.pgettext(context, message)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        return translation.npgettext(context, one, many, number)
