"""One runtime per request and reader; it holds the blocks of a page."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from lxml import etree
from opaque_keys.edx.locator import BlockUsageLocator
from web_fragments.fragment import Fragment
from xblock.exceptions import NoSuchUsage
from xblock.fields import ScopeIds
from xblock.runtime import Runtime

from courses.actions.progress import record_completion, record_score
from courses.models import Module
from courses.olx.outline import BlockRef, Outline, Unit
from courses.olx.xml import parse_xml
from courses.queries.blocks import block_texts
from courses.queries.outline import outline_of
from courses.xblocks import services
from courses.xblocks.compat import LegacyAttributes, LegacyRuntime
from courses.xblocks.fields import (
    Authored,
    AuthoredFieldData,
    EphemeralStore,
    LearnerStore,
    ParsedFieldData,
    authored_cache,
    field_data,
)
from courses.xblocks.foreign import read_block, write_block
from courses.xblocks.frames import frame_fragment
from courses.xblocks.keys import KeyReader, OneKey, scope_ids
from courses.xblocks.mode import Mode as Mode
from courses.xblocks.registry import block_class, is_framed
from lms.people.models import Person

log = logging.getLogger(__name__)
KEYS = KeyReader()
SHARED_SERVICES: dict[str, Any] = {
    "i18n": services.I18nService(),
    "settings": services.SettingsService(),
    "completion": services.CompletionService(),
    "cache": services.CacheService(),
    "sandbox": services.SandboxService(),
    "xqueue": services.NoQueueService(),
    "mako": services.MakoService(),
    "rebind_user": services.RebindUserService(),
    "enrollments": services.EnrolmentsService(),
    "teams": services.TeamsService(),
    "teams_configuration": services.TeamsConfigurationService(),
    "user_state": services.UserStateService(),
}


class PlatformRuntime(LegacyRuntime, Runtime):  # type: ignore[misc]
    """Blocks of one module version for one person in one request."""

    def __init__(
        self,
        *,
        person: Person,
        module: Module,
        mode: Mode = Mode.PUBLISHED,
        unit: Unit | None = None,
        is_handling: bool = False,
    ) -> None:
        version_id = module.published_id if mode == Mode.PUBLISHED else module.draft_id
        if version_id is None:
            raise NoSuchUsage(f"{module.code} has no {mode} version")
        self.person = person
        self.module = module
        self.mode = mode
        self.version_id: int = version_id
        self.outline: Outline = outline_of(version_id)
        self._in_unit = [block.usage_key for block in unit.blocks] if unit else []
        self._blocks: dict[str, Any] = {}
        self._relayed = ""
        self._authored = AuthoredFieldData(self.authored_fields, writable=mode == Mode.DRAFT)
        self.learner_store: LearnerStore | EphemeralStore = (
            LearnerStore(person, self._in_unit, is_locking=is_handling)
            if mode == Mode.PUBLISHED
            else EphemeralStore(person)
        )
        own = {
            "field-data": field_data(self._authored, self.learner_store),
            "user": services.PersonService(person, module.course_key),
            "replace_urls": services.ReplaceUrlsService(self.asset_url, self.page_url),
        }
        super().__init__(
            id_reader=KEYS, id_generator=KEYS, mixins=(LegacyAttributes,), services=SHARED_SERVICES | own
        )

    @cached_property
    def anonymous_student_id(self) -> str:
        """The reader, as blocks know her: another number in each module."""
        return services.anonymous_id(self.person.pk, self.module.course_key)

    # Finding blocks

    def get_block(self, usage_id: BlockUsageLocator | str, for_parent: Any = None) -> Any:
        """The block, once per request; NoSuchUsage when this version does not have it."""
        usage_key = str(usage_id)
        if usage_key not in self._blocks:
            if usage_key not in self.outline.blocks:
                raise NoSuchUsage(usage_key)
            keys = scope_ids(self.anonymous_student_id, usage_key)
            cls = self.load_block_type(keys.block_type)
            self._blocks[usage_key] = self.construct_xblock_from_class(cls, keys, for_parent=for_parent)
        return self._blocks[usage_key]

    def load_block_type(self, block_type: str) -> type[Any]:
        return block_class(block_type)

    def service(self, block: Any, service_name: str) -> Any:
        """Texts are each block type's own; everything else is shared."""
        found = super().service(block, service_name)
        return services.I18nService(block.scope_ids.block_type) if service_name == "i18n" else found

    def reference(self, block: Any) -> BlockRef:
        """The block's place in the outline: its title, kind and version."""
        return self.outline.blocks[str(block.scope_ids.usage_id)]

    def block_version_id(self, block: Any) -> int:
        return self.reference(block).version

    def authored_fields(self, usage_key: str) -> Authored:
        """Field values of content and settings, parsed once per version and process."""
        reference = self.outline.blocks[usage_key]
        kept = authored_cache.get(reference.version)
        if kept is None:
            kept = authored_cache.keep(reference.version, self._parse(usage_key))
        return kept

    def olx(self, usage_key: str) -> str:
        """The block's text as its author wrote it; the whole unit is read at once."""
        wanted = {self.outline.blocks[key].version for key in {usage_key, *self._in_unit}}
        return block_texts(wanted)[self.outline.blocks[usage_key].version].olx

    def _parse(self, usage_key: str) -> Authored:
        return parse_block(self.olx(usage_key), scope_ids(None, usage_key))

    def save_block(self, block: Any) -> None:
        self.learner_store.flush()

    # Showing blocks

    def applicable_aside_types(self, block: Any) -> list[str]:
        return []

    def render_safely(self, reference: BlockRef, context: dict[str, Any]) -> Fragment:
        """A block's student view; one that breaks says so in its place and leaves the page alone.

        Blocks of other people are not even loaded here: they get a frame.
        """
        if is_framed(reference.type):
            return frame_fragment(self.person, self.module, reference, mode=self.mode)
        try:
            return self.render(self.get_block(reference.usage_key), "student_view", context)
        except Exception:
            log.exception("Block %s cannot be shown", reference.usage_key)
            text = _("This part cannot be shown at the moment. The rest of the unit works.")
            return Fragment(
                f'<div class="note err-n" id="{escape(reference.key)}"><p>{escape(text)}</p></div>'
            )

    def wrap_xblock(self, block: Any, view: str, frag: Fragment, context: Any) -> Fragment:
        """Frame a block for scripts and links; unlike the default, everything is escaped."""
        usage_key = str(block.scope_ids.usage_id)
        attributes = {
            "id": self.reference(block).key,
            "class": f"block block-{block.scope_ids.block_type}",
            "data-usage-key": usage_key,
        }
        if frag.js_init_fn:
            attributes |= {"data-init": frag.js_init_fn, "data-runtime-version": str(frag.js_init_version)}
        if isinstance(self.learner_store, LearnerStore) and getattr(block, "has_state", False):
            attributes["data-revision"] = str(self.learner_store.revision(usage_key))
        return wrapped(frag, attributes)

    # Addresses

    def handler_url(
        self, block: Any, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        if thirdparty:
            raise NotImplementedError("No handler of ours is open to people who are not signed in.")
        parts = {"usage_key": str(block.scope_ids.usage_id), "handler": handler_name}
        url = reverse("courses:handler", kwargs=parts | ({"suffix": suffix} if suffix else {}))
        if self.mode != Mode.PUBLISHED:
            query = f"mode={self.mode}&{query}".rstrip("&")
        return f"{url}?{query}" if query else url

    def local_resource_url(self, block: Any, uri: str) -> str:
        return reverse("courses:resource", args=[block.scope_ids.block_type, uri])

    def resource_url(self, resource: str) -> str:
        raise NotImplementedError("Blocks bring their own files: local_resource_url.")

    def asset_url(self, path: str) -> str:
        """Where a file of this version is served; "" for a file it does not have."""
        asset = self.outline.assets.get(path)
        if asset is None:
            return ""
        return reverse("courses:asset", args=[self.module.code, asset.sha256[:16], path])

    def page_url(self, key: str) -> str:
        """The page of a unit, or of the unit with a block, by url_name; "" when this version has neither."""
        for unit in self.outline.units:
            if key == unit.key:
                return reverse("courses:unit", args=[self.module.code, key], urlconf="lms.urls")
            if any(key == block.key for block in unit.blocks):
                return f"{self.page_url(unit.key)}#{key}"
        return ""

    # Events

    def handle(self, block: Any, handler_name: str, request: Any, suffix: str = "") -> Any:
        """Blocks let their scripts publish any event by `publish_event`, marks too: that is not believed.

        What the block itself concludes from the event (a picture's points seen so far) is.
        """
        self._relayed = _event_asked_for(request) if handler_name == "publish_event" else ""
        try:
            return super().handle(block, handler_name, request, suffix)
        finally:
            self._relayed = ""

    def publish(self, block: Any, event_type: str, event_data: dict[str, Any]) -> None:
        """Turn what a block reports into progress. Previews report to nobody."""
        if self.mode != Mode.PUBLISHED or event_type == self._relayed:
            return
        if event_type == "grade":
            self._grade(block, event_data)
        elif event_type == "completion":
            self._complete(block, float(event_data.get("completion", 1.0)))
        elif event_type == "progress" and (
            not getattr(block, "has_score", False) or _has_no_attempt_left(block)
        ):
            # How older blocks say that they are done. Those with marks say it after every step, so
            # there the marks decide.
            self._complete(block, 1.0)

    # Each by itself within what the request writes: a block may catch what goes wrong here.

    @transaction.atomic
    def _complete(self, block: Any, completion: float) -> None:
        usage_key = str(block.scope_ids.usage_id)
        record_completion(person=self.person, usage_key=usage_key, completion=completion, by=self.person)

    @transaction.atomic
    def _grade(self, block: Any, event: dict[str, Any]) -> None:
        value, possible = event.get("value"), event.get("max_value")
        if value is None or not possible:
            return
        score = record_score(
            person=self.person,
            usage_key=str(block.scope_ids.usage_id),
            earned=value,
            possible=possible,
            passed=bool(event.get("passed", value >= possible)),
            by=self.person,
        )
        if score is not None and not score.passed and _has_no_attempt_left(block):
            self._complete(block, 1.0)  # or nobody who failed could ever finish the unit


class ParsingRuntime(LegacyRuntime, Runtime):  # type: ignore[misc]
    """Lets one block read its own OLX, without a reader and without a database."""

    def __init__(self, keys: ScopeIds) -> None:
        self.parsed = ParsedFieldData()
        super().__init__(
            id_reader=KEYS,
            id_generator=OneKey(keys.usage_id),
            mixins=(LegacyAttributes,),
            services=SHARED_SERVICES | {"field-data": self.parsed},
        )

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("A block is only being read.")

    handler_url = local_resource_url = resource_url = publish = _refuse

    def load_block_type(self, block_type: str) -> type[Any]:
        return block_class(block_type)

    def add_node_as_child(self, block: Any, node: Any) -> None:
        """Children inside a leaf are the leaf's own business."""


def parse_block(olx: str, keys: ScopeIds) -> dict[str, Any]:
    """The authored field values in a block's OLX."""
    runtime = ParsingRuntime(keys)
    node = parse_xml(olx.encode(), str(keys.usage_id))
    node.attrib.pop("url_name", "")
    cls = runtime.load_block_type(keys.block_type)
    block = read_block(runtime.mixologist.mix(cls), node, runtime, keys)
    block.save()
    return runtime.parsed.values


def block_to_olx(block: Any) -> str:
    """A block's authored fields back as OLX, for the studio."""
    node = write_block(block)
    node.attrib.pop("xblock-family", "")
    node.set("url_name", block.scope_ids.usage_id.block_id)
    return etree.tostring(node, encoding="unicode")


def authored_to_olx(usage_key: str, values: Authored) -> str:
    """OLX of authored field values alone: what the author tried out as a learner stays out of it."""
    keys = scope_ids(None, usage_key)
    runtime = ParsingRuntime(keys)
    runtime.parsed.values = dict(values)
    block = runtime.construct_xblock_from_class(runtime.load_block_type(keys.block_type), keys)
    return block_to_olx(block)


def _event_asked_for(request: Any) -> str:
    """The type of event a script wants its block to publish."""
    try:
        return str(json.loads(request.body)["event_type"])
    except (ValueError, KeyError, TypeError):
        return ""


def _has_no_attempt_left(block: Any) -> bool:
    """Do the block's own rules allow no further answer? Blocks name the number of attempts in two ways."""
    allowed = int(getattr(block, "max_attempts", None) or 0)
    used = int(getattr(block, "attempts", None) or getattr(block, "count_attempts", None) or 0)
    return 0 < allowed <= used


def fragments_html(fragments: Iterable[Fragment]) -> str:
    """Bodies in order."""
    return "".join(fragment.body_html() for fragment in fragments)


def wrapped(frag: Fragment, attributes: Mapping[str, str]) -> Fragment:
    """A fragment in a `<div>`, the arguments of its script first: blocks may close one element too many."""
    inside = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    whole = Fragment(f"<div{inside}>{_json_args(frag)}{frag.body_html()}</div>")
    whole.add_fragment_resources(frag)
    return whole


def _json_args(frag: Fragment) -> str:
    arguments = getattr(frag, "json_init_args", None)
    if arguments is None:
        return ""
    escaped = json.dumps(arguments).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/json" class="xblock_json_init_args">{escaped}</script>'
