"""Interactive content made with H5P: its frame, or why there is none."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.h5p.player.frame import player_frame
from courses.permissions import may_author
from courses.queries.h5p import Playable, playable
from courses.xblocks.blocks.base import Fragment, Scope, String, TitledBlock
from courses.xblocks.mode import Mode
from lms.shared.languages import current_language, localised


class H5PBlock(TitledBlock):
    """Keeps nothing here: what learners do is kept by the H5P app, under this block's key."""

    package = String(scope=Scope.content, default="")  # "/static/ten-goi.h5p", a file of the module
    # The same content in another language, where there is one; results count for the block all the same.
    package_vi = String(scope=Scope.content, default="")
    package_en = String(scope=Scope.content, default="")
    package_de = String(scope=Scope.content, default="")
    completion = String(scope=Scope.settings, default="")  # viewed, answered, score
    threshold = String(scope=Scope.settings, default="")  # percent, for score
    ATTRIBUTES = (*TitledBlock.ATTRIBUTES, "package", "completion", "threshold")
    ATTRIBUTES += ("package_vi", "package_en", "package_de")

    def student_view(self, context: dict[str, Any]) -> Fragment:
        runtime, found = self.runtime, self.playable
        names = [runtime.module.code, str(self.scope_ids.usage_id)]
        query = "" if runtime.mode == Mode.PUBLISHED else f"?mode={runtime.mode}"
        facts: dict[str, Any] = {
            "title": localised(runtime.reference(self).title),
            "key": runtime.reference(self).key,
            "frame": self.frame(found) if found else "",
            "alone_url": reverse("courses:frame", args=names) + query,
            "edit_url": reverse("courses:studio_block", args=names) if may_author(runtime.person) else "",
            "is_named": bool(self.package),
        }
        return Fragment(render_to_string("courses/blocks/h5p.html", facts))

    @property
    def playable(self) -> Playable | None:
        """The package in this version of the module, if it ever came in: the reader's language first."""
        own = getattr(self, f"package_{current_language()}", "")
        assets = (
            self.runtime.outline.assets.get(name.removeprefix("/static/")) for name in (own, self.package)
        )
        return next((found for asset in assets if (found := playable(asset)) is not None), None)

    def frame(self, found: Playable) -> SafeString:
        """The content in its frame. What authors do in it is not recorded."""
        runtime = self.runtime
        return player_frame(
            runtime.person,
            found.pk,
            context=str(self.scope_ids.usage_id),
            mode="learn" if runtime.mode == Mode.PUBLISHED else "look",
            language=current_language(),
            title=localised(runtime.reference(self).title) or found.title or _("Interactive content"),
        )
