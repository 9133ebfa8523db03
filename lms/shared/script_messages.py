"""What the scripts say, by area. The English text is the key, there and here."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Mapping[str, Promise | str]] = {
    "main": {
        "You are offline. You can keep reading; what you do is sent later.": _(
            "You are offline. You can keep reading; what you do is sent later."
        ),
        "You are online again.": _("You are online again."),
        "Cancel": _("Cancel"),
    },
    "author": {
        "Formatting": _("Formatting"),
        "Paragraph": _("Paragraph"),
        "Heading": _("Heading"),
        "Bold": _("Bold"),
        "List": _("List"),
        "Numbered list": _("Numbered list"),
        "Undo": _("Undo"),
        "Show the HTML": _("Show the HTML"),
    },
    "learn": {
        "Saved %(time)s": _("Saved %(time)s"),
        "Back 15 seconds": _("Back 15 seconds"),
        "Speed": _("Speed"),
        "This unit is finished.": _("This unit is finished."),
    },
    "quiz": {
        "Saving…": _("Saving…"),
        "Saved %(time)s": _("Saved %(time)s"),
        "No connection. Your answers are kept on this device and sent when you are online.": _(
            "No connection. Your answers are kept on this device and sent when you are online."
        ),
        "Your sign-in has ended. Your answers are kept on this device.": _(
            "Your sign-in has ended. Your answers are kept on this device."
        ),
        "Sign in again in a new tab": _("Sign in again in a new tab"),
        "Send again": _("Send again"),
        "This question has a newer answer, saved elsewhere.": _(
            "This question has a newer answer, saved elsewhere."
        ),
        "Question %(number)s has a newer answer, saved elsewhere. Open it to choose.": _(
            "Question %(number)s has a newer answer, saved elsewhere. Open it to choose."
        ),
        "Your answer here: %(answer)s": _("Your answer here: %(answer)s"),
        "Saved answer: %(answer)s": _("Saved answer: %(answer)s"),
        "Keep mine": _("Keep mine"),
        "Use the saved one": _("Use the saved one"),
        "No answer": _("No answer"),
        "%(time)s left": _("%(time)s left"),
        "%(minutes)s minutes left.": _("%(minutes)s minutes left."),
        "1 minute left.": _("1 minute left."),
        "Time is up. Your answers are being handed in.": _("Time is up. Your answers are being handed in."),
        "This answer could not be saved: %(reason)s": _("This answer could not be saved: %(reason)s"),
        "Some answers are not sent yet. Wait for the connection, then hand in again.": _(
            "Some answers are not sent yet. Wait for the connection, then hand in again."
        ),
    },
}
