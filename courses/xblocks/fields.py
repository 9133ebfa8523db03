"""Where the fields of blocks live: authored content read-only, learner state batched per unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any, Protocol

from django.core.cache import cache
from django.db import IntegrityError, transaction
from xblock.exceptions import InvalidScopeError
from xblock.field_data import FieldData, SplitFieldData
from xblock.fields import BlockScope, Scope, UserScope
from xblock.runtime import KeyValueStore, KvsFieldData

from courses.models import BlockState, SharedBlockState, UserPreference
from courses.queries.version_cache import VersionCache
from lms.people.models import Person
from lms.shared import clock
from lms.shared.kept_queries import KeptQuery

PREVIEW_SECONDS = 2 * 60 * 60
Authored = Mapping[str, Any]
GONE = object()  # a field that the studio set back to its default

authored_cache: VersionCache[int, Authored] = VersionCache(500)


class ReadOnlyContent(InvalidScopeError):  # type: ignore[misc]
    """A learner's request tried to change what the author wrote."""

    def __init__(self, name: str) -> None:
        Exception.__init__(self, f"{name} is authored content")


class StateConflict(Exception):
    """Another tab saved this block's state since this one read it."""


class AuthoredFieldData(FieldData):  # type: ignore[misc]
    """Content and settings, as the block version holds them.

    Only the studio may write, and then only into memory: the runtime's owner turns the block back
    into OLX and saves a new version.
    """

    def __init__(self, read: Callable[[str], Authored], *, writable: bool = False) -> None:
        self._read = read
        self._writable = writable
        self.changes: dict[str, dict[str, Any]] = {}

    def get(self, block: Any, name: str) -> Any:
        usage_key = str(block.scope_ids.usage_id)
        changed = self.changes.get(usage_key, {})
        value = changed[name] if name in changed else self._read(usage_key)[name]
        if value is GONE:
            raise KeyError(name)
        # What was parsed is kept for every reader; blocks change lists and dicts in their hands.
        return deepcopy(value) if isinstance(value, list | dict | set) else value

    def values(self, usage_key: str) -> dict[str, Any]:
        """All fields as they are now."""
        merged = {**self._read(usage_key), **self.changes.get(usage_key, {})}
        return {name: value for name, value in merged.items() if value is not GONE}

    def set(self, block: Any, name: str, value: Any) -> None:
        if not self._writable:
            raise ReadOnlyContent(name)
        self.changes.setdefault(str(block.scope_ids.usage_id), {})[name] = value

    def delete(self, block: Any, name: str) -> None:
        self.set(block, name, GONE)


class ParsedFieldData(FieldData):  # type: ignore[misc]
    """Takes what a block's `parse_xml` sets, one block at a time."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def get(self, block: Any, name: str) -> Any:
        return self.values[name]

    def set(self, block: Any, name: str, value: Any) -> None:
        self.values[name] = value

    def delete(self, block: Any, name: str) -> None:
        self.values.pop(name, None)


class Flushing(Protocol):
    """What the runtime asks of a store of learner state."""

    def flush(self) -> None: ...


class EphemeralStore(KeyValueStore):  # type: ignore[misc]
    """State of an author's preview: in the cache for two hours, never among learners' rows."""

    def __init__(self, person: Person) -> None:
        # `forget_preview` moves on to another round; what the last one left falls out of the cache.
        self._prefix = f"preview-state:{person.pk}:{cache.get(_round_of(person), 0)}"

    def _name(self, key: Any) -> str:
        return f"{self._prefix}:{key.scope.name}:{key.block_scope_id}:{key.field_name}"

    def get(self, key: Any) -> Any:
        missing = object()
        value = cache.get(self._name(key), missing)
        if value is missing:
            raise KeyError(key.field_name)
        return value

    def set(self, key: Any, value: Any) -> None:
        cache.set(self._name(key), value, PREVIEW_SECONDS)

    def delete(self, key: Any) -> None:
        cache.delete(self._name(key))

    def has(self, key: Any) -> bool:
        return cache.get(self._name(key), KeyError) is not KeyError

    def flush(self) -> None:
        """Written already."""


@lru_cache(maxsize=64)
def _states(number: int) -> KeptQuery[BlockState]:
    """The query for the states of so many blocks."""
    return KeptQuery(
        lambda person, *keys: BlockState.objects.filter(person=person, usage_key__in=keys),
        int,
        *[str] * number,
    )


def forget_preview(person: Person) -> None:
    """Let a person's previews begin anew."""
    name = _round_of(person)
    cache.set(name, cache.get(name, 0) + 1, 2 * PREVIEW_SECONDS)


def _round_of(person: Person) -> str:
    return f"preview-round:{person.pk}"


class LearnerStore(KeyValueStore):  # type: ignore[misc]
    """State of one person in one unit: read by one query, written one row per changed block."""

    def __init__(self, person: Person, usage_keys: Iterable[str], *, is_locking: bool = False) -> None:
        self._person = person
        self._usage_keys = list(usage_keys)
        self._is_locking = is_locking  # in a handler: what everybody shares must not race
        self._rows: dict[str, BlockState] = {}
        self._shared: dict[str, SharedBlockState] = {}
        self._preferences: dict[str, UserPreference] | None = None
        self._dirty: set[tuple[str, str]] = set()
        self.expected_revisions: dict[str, int] = {}

    def get(self, key: Any) -> Any:
        return self._state(key)[key.field_name]

    def has(self, key: Any) -> bool:
        return key.field_name in self._state(key)

    def set(self, key: Any, value: Any) -> None:
        self._state(key)[key.field_name] = storable(value)
        self._dirty.add(_row_of(key))

    def set_many(self, update_dict: Mapping[Any, Any]) -> None:
        for key, value in update_dict.items():
            self.set(key, value)

    def delete(self, key: Any) -> None:
        if self._state(key).pop(key.field_name, None) is not None:
            self._dirty.add(_row_of(key))

    def revision(self, usage_key: str) -> int:
        """How often the block's state was saved; 0 before the first time."""
        return self._block_row(usage_key).revision

    def flush(self) -> None:
        """Write what changed since the last flush."""
        dirty, self._dirty = self._dirty, set()
        for kind, name in sorted(dirty):
            if kind == "block":
                self._save_block(name)
            elif kind == "shared":
                self._shared_row(name).save()
            else:
                self._save_preference(name)

    def _state(self, key: Any) -> dict[str, Any]:
        kind, name = _row_of(key)
        if kind == "block":
            return self._block_row(name).state  # type: ignore[no-any-return]
        if kind == "shared":
            return self._shared_row(name).state  # type: ignore[no-any-return]
        return self._preference(name).state  # type: ignore[no-any-return]

    def _block_row(self, usage_key: str) -> BlockState:
        """The unit's rows come together; a block outside it is read by itself."""
        if usage_key not in self._rows:
            wanted = {usage_key, *self._usage_keys} - self._rows.keys()
            for key in wanted:
                self._rows[key] = BlockState(person=self._person, usage_key=key, state={}, revision=0)
            for row in _states(len(wanted)).all(self._person.pk, *wanted):
                self._rows[row.usage_key] = row
        return self._rows[usage_key]

    def _save_block(self, usage_key: str) -> None:
        row = self._block_row(usage_key)
        if self.expected_revisions.get(usage_key, row.revision) != row.revision:
            raise StateConflict(usage_key)
        is_new, before = row.revision == 0, row.revision
        row.revision, row.updated_at = row.revision + 1, clock.now()
        if is_new:
            try:
                with transaction.atomic():
                    row.save()
            except IntegrityError as error:
                raise StateConflict(usage_key) from error
            return
        unmoved = BlockState.objects.filter(pk=row.pk, revision=before)
        if not unmoved.update(state=row.state, revision=row.revision, updated_at=row.updated_at):
            raise StateConflict(usage_key)

    def _shared_row(self, usage_key: str) -> SharedBlockState:
        if usage_key not in self._shared:
            rows = SharedBlockState.objects.all()
            if self._is_locking:
                SharedBlockState.objects.get_or_create(usage_key=usage_key)
                rows = rows.select_for_update()
            row = rows.filter(usage_key=usage_key).first()
            self._shared[usage_key] = row or SharedBlockState(usage_key=usage_key, state={})
        return self._shared[usage_key]

    def _preference(self, block_type: str) -> UserPreference:
        if self._preferences is None:
            rows = UserPreference.objects.filter(person=self._person)
            self._preferences = {row.block_type: row for row in rows}
        if block_type not in self._preferences:
            self._preferences[block_type] = UserPreference(
                person=self._person, block_type=block_type, state={}
            )
        return self._preferences[block_type]

    def _save_preference(self, block_type: str) -> None:
        row = self._preference(block_type)
        UserPreference.objects.update_or_create(
            person=self._person, block_type=block_type, defaults={"state": row.state}
        )


def storable(value: Any) -> Any:
    """The value as JSON gives it back to its block: named tuples (scores) are read by their names."""
    if hasattr(value, "_asdict"):
        return value._asdict()
    return [storable(part) for part in value] if isinstance(value, list) else value


def _row_of(key: Any) -> tuple[str, str]:
    """The kind of row a field is kept in, and its name."""
    scope = key.scope
    if scope.user == UserScope.ONE:
        if scope.block == BlockScope.USAGE:
            return "block", str(key.block_scope_id)
        return "preference", str(key.block_scope_id or "")
    if scope.user == UserScope.ALL and scope.block == BlockScope.USAGE:
        return "shared", str(key.block_scope_id)
    raise InvalidScopeError(scope)


def field_data(authored: AuthoredFieldData, learner: KeyValueStore) -> SplitFieldData:
    """Each scope to its place."""
    of_learner = KvsFieldData(learner)
    return SplitFieldData(
        {
            Scope.content: authored,
            Scope.settings: authored,
            Scope.children: authored,
            Scope.parent: authored,
            Scope.user_state: of_learner,
            Scope.user_state_summary: of_learner,
            Scope.preferences: of_learner,
            Scope.user_info: of_learner,
        }
    )
