"""What the engines' findings are called on the page."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from courses.olx.problems import Problem

CAPTION_PROBLEMS = {
    "cue-without-time": _("Line %(line)s: a line with two times is missing above “%(detail)s”."),
    "bad-time": _("Line %(line)s: “%(detail)s” is no pair of times such as 00:01.000 --> 00:04.000."),
    "cue-without-words": _("Line %(line)s: nothing is said here. Write the words or delete the times."),
    "cue-ends-before-start": _("Line %(line)s: the second time must be later than the first."),
    "cue-too-long": _("Line %(line)s: %(detail)s letters are too many to read. Split it in two."),
    "cue-order": _("Caption %(detail)s begins before the one above it. Put them in order."),
    "cue-overlap": _("Caption %(detail)s begins before the one above it has ended."),
    "too-many-cues": _("%(detail)s captions are too many for one recording."),
}
MOST_SHOWN = 10


def caption_errors(problems: Iterable[Problem]) -> list[str]:
    """Each fault as a sentence; the first ten, which are enough to go on with."""
    return [
        str(CAPTION_PROBLEMS[problem.code] % {"line": problem.path, "detail": problem.detail})
        for problem in list(problems)[:MOST_SHOWN]
    ]
