"""Blocks of imported courses that are kept whole and say why they show nothing."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from courses.xblocks.blocks.base import Fragment
from courses.xblocks.blocks.unsupported import UnsupportedBlock


class DiscussionBlock(UnsupportedBlock):
    """A forum's place in a unit."""

    def student_view(self, context: dict[str, Any]) -> Fragment:
        text = _("Discussions are not on this platform yet.")
        return Fragment(format_html('<p class="sm mute">{}</p>', text))


class ScriptProblemBlock(UnsupportedBlock):
    """A problem whose answer is checked by a program of its author."""

    def student_view(self, context: dict[str, Any]) -> Fragment:
        text = _("This task runs a program, which is not done here. You can go on without it.")
        return Fragment(format_html('<div class="note inf-n"><p>{}</p></div>', text))
