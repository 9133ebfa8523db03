"""Questions of a quiz, out as H5P."""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.h5p import Content, Wish, make
from assessments.queries.h5p import InstalledShelf, is_exam_only
from courses.actions.publish import NOT_ALLOWED
from courses.h5p.engine.libraries import LibraryFacts, LibraryName
from courses.h5p.engine.write import LONG_AGO, write_package
from courses.h5p.storage import library_folder
from courses.permissions import may_author
from courses.queries.editing import EditedBlock
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused

IN_MEMORY = 5_000_000  # bytes; more goes to a file
EXAM_ONLY = _("These questions are for exams only. They never leave the platform with their answers.")


@dataclass(frozen=True)
class Export:
    """A file ready to be sent; the caller closes `file`."""

    name: str
    media_type: str
    file: BinaryIO


class LibrariesMissing(Refused):
    """The package would lack libraries; `missing` names them."""

    def __init__(self, missing: Iterable[LibraryName]) -> None:
        self.missing = list(dict.fromkeys(missing))
        names = ", ".join(map(str, self.missing))
        words = _("The package cannot be complete: these libraries are not installed: %(names)s.")
        super().__init__("missing-libraries", words % {"names": names})


def export_h5p(*, edited: EditedBlock, wish: Wish, with_libraries: bool, by: Actor) -> Export:
    """The questions of the draft with their right answers, as one package or a zip of packages.

    Raises `Refused`, and `CannotExport` for a question that the form cannot take. Exam-only questions
    stay here: a bank, a final exam, and what the published module still keeps in a bank.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    source = olx.parse(edited.olx)
    if is_exam_only(source):
        raise Refused("exam-only", EXAM_ONLY)
    contents = make(source.questions, wish, InstalledShelf())
    if with_libraries and (missing := [name for content in contents for name in content.missing]):
        raise LibrariesMissing(missing)
    export = _as_file(contents, wish, with_libraries)
    record(
        "quiz.exported_h5p",
        edited.module,
        by=by,
        block=edited.ref.usage_key,
        questions=[question.name for question in source.questions],
        form=wish.form,
        language=wish.language,
        with_libraries=with_libraries,
    )
    return export


def _as_file(contents: list[Content], wish: Wish, with_libraries: bool) -> Export:
    out = cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
    rest = f"{wish.language}{'' if with_libraries else '.content-only'}"
    if wish.form == "singles":
        with zipfile.ZipFile(out, "w") as archive:
            for content in contents:
                one = BytesIO()
                _write(one, content, with_libraries)
                archive.writestr(zipfile.ZipInfo(f"{content.name}.{rest}.h5p", LONG_AGO), one.getvalue())
        export = Export(f"{wish.name}.{rest}.zip", "application/zip", out)
    else:
        _write(out, contents[0], with_libraries)
        export = Export(f"{wish.name}.{rest}.h5p", "application/zip", out)
    out.seek(0)
    return export


def _write(out: BinaryIO, content: Content, with_libraries: bool) -> None:
    libraries = content.libraries if with_libraries else ()
    write_package(
        out,
        manifest=content.manifest,
        params=content.params,
        libraries=[(facts, _opener(facts)) for facts in libraries],
    )


def _opener(facts: LibraryFacts) -> Callable[[str], BinaryIO]:
    return partial(_open, library_folder(facts))


def _open(folder: str, path: str) -> BinaryIO:
    return cast(BinaryIO, default_storage.open(f"{folder}/{path}"))
