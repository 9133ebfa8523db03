"""What the codes of import problems mean, in plain words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "bad-attribute": _("A value cannot be understood and was left as it is."),
    "bad-name": _("A name (url_name) has signs that a web address cannot hold."),
    "bad-path": _("The archive holds a file whose path is unsafe."),
    "broken-archive": _("This is no archive, or it is damaged. Export the course again."),
    "broken-xml": _("A file is not well-formed XML."),
    "changed-meanwhile": _("Somebody changed the module after the preview was made. Upload the file again."),
    "cycle": _("A part contains itself."),
    "draft": _("An unpublished draft of another platform. It is kept for the export and not shown."),
    "draft-parent": _(
        "A draft names a part to stand in that the course does not have. It is kept, not shown."
    ),
    "draft-place": _("A draft does not say rightly where it stands. It was put at the end."),
    "duplicate": _("The same name stands twice; the second part was left out."),
    "encrypted": _("The archive is protected by a password."),
    "entities": _("A file declares a document type. That is not accepted, because it can hide attacks."),
    "file-too-large": _("A file is too large."),
    "interrupted": _("The work was interrupted. Upload the file again."),
    "link": _("The archive holds a link to another file. That is not accepted."),
    "missing-file": _("A part points to a file that is not there."),
    "missing-static": _("A text names a file that is not in the course."),
    "name-too-long": _("A name is too long."),
    "no-course": _("There is no course in this file: course.xml is missing."),
    "not-a-file": _("The archive holds something that is not a file."),
    "not-allowed": _("You may not import courses any more."),
    "not-utf-8": _("A file is not written in UTF-8. Save it in UTF-8 and export the course again."),
    "other-key": _("The module exists under another course key; learners' progress hangs on that key."),
    "script": _("A problem that runs a program. It is kept for the export and not shown."),
    "too-deep": _("Parts stand in one another too deeply."),
    "too-large": _("The archive unpacks to more than we accept."),
    "too-many-files": _("The archive holds too many files."),
    "unexpected": _("Something went wrong here. Nothing was changed; the office is told."),
    "variant": _("One of several variants of a part. It is kept for the export and not shown."),
    "wrong-element": _("A file holds another kind of part than its name says."),
}

H5P = _("This H5P package was not taken in; its block says so until a package is uploaded that fits.")


def in_words(code: str) -> str:
    """The sentence for a code; an unknown code for itself."""
    return str(H5P if code.startswith("h5p-") else WORDS.get(code, code))


def listed(problems: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Problems of a report with their sentences."""
    return [{**problem, "words": in_words(problem["code"])} for problem in problems]
