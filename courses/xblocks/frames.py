"""The frame of a block of other people: its address on the player host and its place in our page."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment

from courses.models import Module
from courses.olx.outline import BlockRef
from courses.xblocks.catalogue import BLOCK_TYPES
from courses.xblocks.mode import Mode
from courses.xblocks.tokens import STUDENT_VIEW, STUDIO_VIEW, new_token
from lms.people.models import Person
from lms.shared.languages import localised

# No allow-same-origin: the block runs in an origin of its own that can read nothing, not even of the
# player host. No allow-top-navigation: it cannot lead the page away.
SANDBOX = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox"


def sandbox_of(block_type: str, view: str) -> str:
    """What the frame of a block may do."""
    entry = BLOCK_TYPES.get(block_type)
    allowed = SANDBOX
    is_editor = view == STUDIO_VIEW
    if is_editor:
        allowed += " allow-modals"  # editors ask before they delete
    if entry is not None and (entry.needs_origin or (is_editor and entry.editor_needs_origin)):
        allowed += " allow-same-origin"
    return allowed


def player_url(name: str, *args: Any) -> str:
    """An address on the player host."""
    return settings.PLAYER_URL + reverse(name, urlconf=settings.PLAYER_URLCONF, args=args)


def frame_address(person: Person, reference: BlockRef, *, mode: Mode, view: str = STUDENT_VIEW) -> str:
    """The signed address under which this person sees this block for the next twelve hours."""
    language = get_language() or settings.LANGUAGE_CODE
    token = new_token(
        person, reference.usage_key, mode=mode, view=view, language=language, version=reference.version
    )
    return player_url("frame", token)


def frame_fragment(
    person: Person, module: Module, reference: BlockRef, *, mode: Mode, view: str = STUDENT_VIEW
) -> Fragment:
    """The frame among the blocks of a unit. Without script it keeps its first height and scrolls."""
    alone = reverse("courses:frame", args=[module.code, reference.usage_key])
    if mode != Mode.PUBLISHED:
        alone += f"?mode={mode}"
    return Fragment(
        format_html(
            '<div id="{}" class="block block-{} block-framed" data-usage-key="{}">{}'
            '<p class="sm"><a href="{}">{}</a></p></div>',
            reference.key,
            reference.type,
            reference.usage_key,
            frame_html(person, reference, mode=mode, view=view),
            alone,
            _("Open this part alone"),
        )
    )


def frame_html(
    person: Person, reference: BlockRef, *, mode: Mode, view: str = STUDENT_VIEW, after: str = ""
) -> SafeString:
    """`<block-frame>` with the iframe in it. `after`: where an editor goes when it has saved or given up."""
    return format_html(
        '<block-frame data-view="{}" data-after="{}"><iframe src="{}" title="{}" sandbox="{}" loading="lazy"'
        ' referrerpolicy="no-referrer" allow="fullscreen"></iframe></block-frame>',
        view,
        after,
        frame_address(person, reference, mode=mode, view=view),
        localised(reference.title) or str(BLOCK_TYPES[reference.type].label),
        sandbox_of(reference.type, view),
    )
