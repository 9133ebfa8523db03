"""The runtime of one framed block, on the player host."""

from typing import Any

from django.conf import settings
from web_fragments.fragment import Fragment

from courses.actions.publish import save_block_draft
from courses.models import Module
from courses.olx.outline import Outline
from courses.xblocks.frames import player_url
from courses.xblocks.mode import Mode
from courses.xblocks.package_files import PackageStorage
from courses.xblocks.registry import package_version
from courses.xblocks.runtime import PlatformRuntime, authored_to_olx, wrapped
from courses.xblocks.services import STATIC
from courses.xblocks.tokens import STUDENT_VIEW, FrameToken
from lms.people.models import Person


class FrameRuntime(PlatformRuntime):
    """Every address it gives out is on the player host and carries the frame's own token."""

    def __init__(
        self, token_text: str, token: FrameToken, *, person: Person, module: Module, is_handling: bool = False
    ) -> None:
        super().__init__(person=person, module=module, mode=token.mode, is_handling=is_handling)
        self.token = token
        self._token_text = token_text

    def wrap_xblock(self, block: Any, view: str, frag: Fragment, context: Any) -> Fragment:
        """The classes and data attributes that scripts and style sheets of blocks look for."""
        usage_key, block_type = str(block.scope_ids.usage_id), block.scope_ids.block_type
        made_by = getattr(block, "unmixed_class", type(block)).__name__  # Open edX names its styles after it
        attributes = {
            "class": f"xblock xblock-{view} xblock-{view}-{block_type} xmodule_display xmodule_{made_by}",
            "data-usage": usage_key,
            "data-usage-id": usage_key,
            "data-block-type": block_type,
            "data-course-id": str(block.scope_ids.usage_id.course_key),
        }
        if frag.js_init_fn:
            attributes |= {"data-init": frag.js_init_fn, "data-runtime-version": str(frag.js_init_version)}
        whole = wrapped(frag, attributes)
        if view != STUDENT_VIEW:  # an editor must show what the author wrote
            return whole
        shown = Fragment(self._replace_static(whole.content))
        shown.add_fragment_resources(whole)
        return shown

    def handler_url(
        self, block: Any, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        if thirdparty:
            raise NotImplementedError("No handler of ours is open to people who are not signed in.")
        if (block.scope_ids.block_type, handler_name) == ("scorm", "assets_proxy") and not suffix:
            # Written into content and kept there: it must not carry a token that ends.
            return PackageStorage().url(block.extract_folder_path)
        parts = (self._token_text, handler_name) + ((suffix.lstrip("/"),) if suffix else ())
        url = player_url("frame_handler", *parts)
        return f"{url}?{query.lstrip('?')}" if query else url

    def handlers_url(self) -> str:
        """What stands before the name of a handler."""
        return player_url("frame_handler", self._token_text, "x").removesuffix("x")

    def local_resource_url(self, block: Any, uri: str) -> str:
        block_type = block.scope_ids.block_type
        return player_url("block_file", block_type, package_version(block_type), uri)

    def asset_url(self, path: str) -> str:
        asset = self.outline.assets.get(path)
        return player_url("frame_asset", asset.sha256, path) if asset else ""

    def _replace_static(self, html: str) -> str:
        return STATIC.sub(lambda match: self.asset_url(match[1]) or match[0], html)

    def page_url(self, key: str) -> str:
        path = super().page_url(key)
        return f"{settings.SITE_URL}{path}" if path else ""

    def save_draft(self, *, base_version: int) -> int | None:
        """Keep what the editor changed as a new draft: the block version it became; None for no change."""
        usage_key = self.token.usage_key
        if self.mode != Mode.DRAFT or not self._authored.changes.get(usage_key):
            return None
        olx = authored_to_olx(usage_key, self._authored.values(usage_key))
        written = save_block_draft(
            module=self.module, usage_key=usage_key, olx=olx, by=self.person, base_version=base_version
        )
        return Outline.from_json(written.version.outline).blocks[usage_key].version
