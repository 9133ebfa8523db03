"""Collect the strings people read into lms/locale/*/LC_MESSAGES/django.po.

`--check` changes nothing and fails when a catalogue lacks a string or holds an empty or fuzzy one.
Babel reads the Python; Django's own `templatize` turns templates into something a pattern can read,
so no machine needs GNU gettext.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("vi", "en", "de")
PACKAGES = ("lms", "courses", "assessments", "certificates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = [
    (re.compile(rf"\bngettext\({STRING}, {STRING},"), "plural"),
    (re.compile(rf"\bnpgettext\({STRING}, {STRING}, {STRING},"), "context-plural"),
    (re.compile(rf"(?<![np])\bgettext\({STRING}\)"), "plain"),
    (re.compile(rf"\b_\({STRING}\)"), "plain"),
    (re.compile(rf"(?<!n)\bpgettext\({STRING}, {STRING}\)"), "context"),
]

Found = tuple[str | tuple[str, ...], str | None, str]  # msgid (or singular, plural), context, where


def in_python() -> Iterator[Found]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            where = str(path.relative_to(ROOT))
            for _line, message, _comments, context in extract_from_file(
                "python", str(path), keywords=KEYWORDS
            ):
                yield message, context, where


def in_templates() -> Iterator[Found]:
    from django.utils.translation.template import templatize  # noqa: PLC0415  after setup

    for path in sorted((ROOT / "frontend" / "templates").rglob("*.html")):
        where = str(path.relative_to(ROOT))
        text = templatize(path.read_text(encoding="utf-8"), origin=where)
        for pattern, kind in IN_TEMPLATE:
            for match in pattern.finditer(text):
                words = [ast.literal_eval(group) for group in match.groups()]
                if kind == "plain":
                    yield words[0], None, where
                elif kind == "plural":
                    yield (words[0], words[1]), None, where
                elif kind == "context":
                    yield words[1], words[0], where
                else:
                    yield (words[1], words[2]), words[0], where


def wanted() -> Catalog:
    catalog = Catalog(charset="utf-8")
    for message, context, where in (*in_python(), *in_templates()):
        first = message[0] if isinstance(message, tuple) else message
        if first:
            catalog.add(message, locations=[(where, 1)], context=context)
    return catalog


def path_of(language: str) -> Path:
    return ROOT / "lms" / "locale" / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", project="Lan Tỏa")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str, template: Catalog) -> list[str]:
    """What a reader of `language` would see untranslated. English is its own source."""
    catalog, lacking = load(language), []
    for message in template:
        if not message.id:
            continue
        known = catalog.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        texts = [] if known is None else _texts(known.string)
        complete = bool(texts) and all(texts) and not (known is not None and known.fuzzy)
        if (not complete and language != "en") or known is None:
            lacking.append(f"{language}: {message.id!r} ({message.locations[0][0]})")
    return lacking


def _texts(string: object) -> list[str]:
    """A translation's forms: one, or as many as the language has plurals."""
    return [string] if isinstance(string, str) else [str(form) for form in string or ()]  # type: ignore[attr-defined]


def write(language: str, template: Catalog) -> None:
    catalog = load(language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    if language == "en":
        for message in catalog:
            if message.id and not message.string:
                message.string = message.id
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    for message in catalog:  # line numbers would change the file with every edit
        message.locations = sorted({(name, 1) for name, _line in message.locations})
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, width=110, omit_header=False, include_lineno=False)


def main() -> int:
    settings.configure(USE_I18N=True, TEMPLATES=[])
    django.setup()
    if "--check" in sys.argv:
        lacking = [line for language in LANGUAGES for line in missing(language, wanted())]
        print("\n".join(lacking))
        return 1 if lacking else 0
    for language in LANGUAGES:
        write(language, wanted())  # Babel's update shares message objects: each language its own
        print(language, len(missing(language, wanted())), "left to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
