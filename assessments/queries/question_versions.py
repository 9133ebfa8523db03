"""The versions of a question, and what changed between two of them, as whole texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from assessments.models import Question, QuestionKind, QuestionVersion
from assessments.queries.question_key import KeyLine, key_of
from courses.olx.compare import Piece, changed_paragraphs
from lms.shared.languages import LANGUAGE_NAMES, ORDER


@dataclass(frozen=True)
class LanguageChange:
    """What changed in one language; `code` is empty for what is the same in all."""

    code: str
    name: str
    paragraphs: list[list[Piece]]


def versions_of(name: str) -> list[QuestionVersion]:
    """Newest first. One query."""
    return list(QuestionVersion.objects.filter(question__name=name).order_by("-number"))


def current_version_id(name: str) -> int | None:
    """The version learners are asked now, None when there is none."""
    return Question.objects.filter(name=name).values_list("current_id", flat=True).first()


def changes_between(older: QuestionVersion, newer: QuestionVersion) -> list[LanguageChange]:
    """What differs, first what is the same in all languages, then language by language."""
    found = [LanguageChange("", "", _changed(_settings(older), _settings(newer)))]
    found += [
        LanguageChange(code, str(LANGUAGE_NAMES[code]), _changed(_text(older, code), _text(newer, code)))
        for code in ORDER
    ]
    return [change for change in found if change.paragraphs]


def _changed(before: list[str], after: list[str]) -> list[list[Piece]]:
    return changed_paragraphs(_markup(before), _markup(after))


def _markup(lines: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _settings(version: QuestionVersion) -> list[str]:
    """Kind, outcome, difficulty, sources: a line each."""
    cites = [" ".join(filter(None, (c["source"], c["lines"]))) for c in version.body["cites"]]
    return [
        _("Kind: %(kind)s") % {"kind": QuestionKind(version.kind).label},
        _("Outcome: %(outcome)s") % {"outcome": version.outcome or "–"},
        _("Difficulty: %(difficulty)s") % {"difficulty": _difficulty(version.difficulty)},
        *(_("Source: %(source)s") % {"source": cite} for cite in cites),
    ]


def _difficulty(number: int) -> str:
    return {1: _("Easy"), 2: _("Medium"), 3: _("Hard")}.get(number, str(number))


def _text(version: QuestionVersion, code: str) -> list[str]:
    """The question in one language, nothing of others: what is asked, the key, the explanation."""
    body: Mapping[str, Any] = version.body

    def only(texts: Mapping[str, str]) -> str:
        return texts.get(code, "")

    about = body.get("stimulus", {})
    lines = [only(about.get("title", {})), only(about.get("text", {})), only(body["stem"])]
    lines += [_line(line) for line in key_of(version.kind, body, only)]
    return [line for line in [*lines, only(body["explanation"])] if line]


def _line(line: KeyLine) -> str:
    sign = "✓ " if line.is_right else ""
    parts = [
        f"{line.prompt}:" if line.prompt and line.words else "",
        line.words,
        f"({line.share})" if line.share else "",
    ]
    said = " ".join(part for part in parts if part)
    return f"{sign}{said}{f' – {line.why}' if line.why else ''}" if line.words or line.why else ""
