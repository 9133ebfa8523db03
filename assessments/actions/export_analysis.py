"""Item analysis as a file."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.analysis import ItemFigures
from assessments.models import QuestionVersion
from assessments.queries.analysis import AnalysedQuiz, Analysis, QuestionFigures, Which, analysis
from assessments.queries.analysis_items import Item, answer_lines, items_of
from assessments.queries.fixed import question_versions
from courses.permissions import may_author
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused
from lms.shared.languages import localised
from lms.shared.spreadsheet import Column, Source, Value, write_csv, write_xlsx

WRITERS = {"xlsx": write_xlsx, "csv": write_csv}
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Row = Sequence[Value]


def export_analysis(
    *, analysed: AnalysedQuiz, which: Which, of_answers: bool, format: str, by: Person
) -> IO[bytes]:
    """The figures of the questions, or of their answers (`of_answers`), as an open file at its beginning.

    `format`: "xlsx" or "csv". Figures that pages suppress are empty here, too. Nobody is named.
    """
    if not may_author(by):
        raise Refused("not-allowed", gettext_lazy("Only trainers read item analyses."))
    found = analysis(analysed.quiz, which)
    columns, rows = (
        (_answer_columns(), _answer_rows(found)) if of_answers else (_item_columns(), _item_rows(found))
    )
    file = TemporaryFile()  # noqa: SIM115 — the caller sends it and closes it
    number = WRITERS[format](file, columns, rows, _source(analysed, which, found))
    file.seek(0)
    with transaction.atomic():
        record(
            "analysis.exported",
            analysed.quiz,
            by=by,
            attempts=which.value,
            answers=of_answers,
            format=format,
            number_of_rows=number,
        )
    return file


def _source(analysed: AnalysedQuiz, which: Which, found: Analysis) -> Source:
    at = found.at.astimezone(clock.HO_CHI_MINH)
    lines = [
        (_("Quiz"), f"{analysed.quiz.module.code}: {localised(analysed.version.title)}"),
        (_("Attempts analysed"), f"{found.quiz.number} ({which.label})"),
        (_("As of"), f"{at:%d/%m/%Y %H:%M}"),
        (_("Formulas"), "https://docs.moodle.org/dev/Quiz_statistics_calculations"),
    ]
    return Source(_("Item analysis"), lines)


def _item_columns() -> list[Column]:
    return [
        Column(_("Question"), 14),
        Column(_("Version"), 10),
        Column(_("Words of the question"), 60),
        Column(_("Outcome"), 10),
        *(Column(_("Attempts"), 10), Column(_("Facility, %"), 12), Column(_("Standard deviation, %"), 12)),
        *(Column(_("Random guess score, %"), 12), Column(_("Discrimination index"), 14)),
        *(Column(_("Discriminative efficiency, %"), 14), Column(_("Without an answer, %"), 12)),
        *(Column(_("Median time, seconds"), 12), Column(_("Advice"), 30)),
    ]


def _item_rows(found: Analysis) -> Iterator[Row]:
    """Each question with all its versions, then its versions where there are several."""
    items = {item.name: item for item in items_of(found)}
    for question in found.questions:
        item = items[question.name]
        codes = ", ".join(advice.code for advice in item.advice)
        yield [*_named(item, ""), *_figures(question.figures, item.guess), codes]
        if len(question.versions) > 1:
            for one in question.versions:
                yield [*_named(item, str(one.number)), *_figures(one.figures, item.guess), ""]


def _named(item: Item, version: str) -> list[Value]:
    return [item.name, version, item.stem, item.outcome]


def _figures(figures: ItemFigures, guess: float | None) -> list[Value]:
    return [
        figures.number,
        *map(_value, (figures.facility, figures.deviation)),
        _value(guess if figures.is_shown else None),
        *map(_value, (figures.discrimination, figures.efficiency, figures.unanswered, figures.seconds)),
    ]


def _answer_columns() -> list[Column]:
    return [
        *(Column(_("Question"), 14), Column(_("Version"), 10), Column(_("Answer"), 60)),
        *(Column(_("Right"), 8), Column(_("Attempts"), 10), Column(_("Share, %"), 10)),
        Column(_("Mean score in the rest, %"), 14),
    ]


def _answer_rows(found: Analysis) -> Iterator[Row]:
    shown = [one.pk for question in found.questions for one in question.versions if one.figures.is_shown]
    versions = question_versions(shown)
    for question in found.questions:
        yield from _answers_of(question, versions)


def _answers_of(question: QuestionFigures, versions: Mapping[int, QuestionVersion]) -> Iterator[Row]:
    words = {True: _("yes"), False: _("no"), None: ""}
    for one in question.versions:
        if one.pk not in versions:
            continue
        for line in answer_lines(versions[one.pk], one.figures):
            yield [
                *(question.name, str(one.number), line.label, words[line.is_right], line.number),
                *(_value(line.share), _value(line.rest)),
            ]


def _value(figure: float | None) -> Decimal | None:
    return None if figure is None else Decimal(f"{figure:.2f}")
