"""What is wrong with a package, in the person's language, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.h5p.engine.problems import Language, Problem
from lms.shared.languages import current_language

EXPORT_AGAIN = _("Save the content as an .h5p file once more in the tool you made it with, and upload that.")
MEND = _("Open the content in the tool you made it with, mend this place and save it again.")
ASK = _("Ask a library manager to bring this library in, then upload your package again.")
SMALLER = _("Make pictures and recordings smaller, or split the content into several packages.")
OTHER_FILE = _("Take this file out of the content, or put it in as a type that is taken.")
MANAGER = _("Only the maker of the library can mend this. Get its official version.")
NOT_HERE = _("Make the content with another type, or ask a library manager why the library is out of use.")
ADVICE: Mapping[str, Promise] = (
    dict.fromkeys(("package-too-large", "too-many-files", "file-too-large", "total-too-large"), SMALLER)
    | dict.fromkeys(("file-type", "other-type", "broken-picture", "too-many-pixels"), OTHER_FILE)
    | dict.fromkeys(("missing-library", "library-not-trusted"), ASK)
    | dict.fromkeys(("title", "title-long", "language", "missing-file", "file-address"), MEND)
    | dict.fromkeys(("required", "wrong-type", "too-long", "too-small", "too-great", "too-few"), MEND)
    | dict.fromkeys(("too-many", "not-an-option", "pattern", "library-not-allowed", "no-vietnamese"), MEND)
    | dict.fromkeys(("no-library-json", "library-json", "library-folder", "library-path"), MANAGER)
    | dict.fromkeys(("library-file", "core-api", "semantics", "drawing-broken", "drawing-script"), MANAGER)
    | {
        "library-withdrawn": NOT_HERE,
        "no-touch": _("Many learners have only a phone: try it on one before you publish."),
        "remote-media": _("Put the film or sound into the package itself."),
        "html-cleaned": _("Look at the place in the preview: it may look different now."),
    }
)
NEEDS_MANAGER = {"missing-library", "library-not-trusted", "library-withdrawn"}
# Said of our own choice between libraries: nothing to do.
NOTHING_TO_DO = {"library-differs", "newer-patch"}


@dataclass(frozen=True)
class ProblemLine:
    """One problem on a page."""

    code: str
    text: str
    advice: str | Promise
    library: str  # "H5P.MultiChoice" where a library manager can help


def problem_lines(problems: Iterable[Problem]) -> list[ProblemLine]:
    """Each problem once, with what to do."""
    language: Language = "vi" if current_language() == "vi" else "en"
    return [
        ProblemLine(
            code=problem.code,
            text=problem.message(language),
            advice="" if problem.code in NOTHING_TO_DO else ADVICE.get(problem.code, EXPORT_AGAIN),
            library=problem.path.partition(" ")[0] if problem.code in NEEDS_MANAGER else "",
        )
        for problem in dict.fromkeys(problems)
    ]


def warnings_of(kept: Iterable[dict[str, str]]) -> list[ProblemLine]:
    """The warnings that a package was taken in with."""
    return problem_lines(Problem(row["code"], row["path"], row["detail"]) for row in kept)
