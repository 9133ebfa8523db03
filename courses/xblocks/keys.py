"""Usage keys. One key names a block's usage and its definition: we never share definitions."""

from functools import lru_cache
from typing import Any

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey
from opaque_keys.edx.locator import BlockUsageLocator
from xblock.fields import ScopeIds
from xblock.runtime import IdGenerator, IdReader

__all__ = ["InvalidKeyError", "KeyReader", "parse_key", "scope_ids"]


@lru_cache(maxsize=4096)
def parse_key(text: str) -> BlockUsageLocator:
    """The key object of "block-v1:LanToa+C1+2026+type@text+block@c1-u1-text", or InvalidKeyError."""
    key = UsageKey.from_string(text)
    if not isinstance(key, BlockUsageLocator):
        raise InvalidKeyError(UsageKey, text)  # type: ignore[no-untyped-call]
    return key


def scope_ids(reader: str | None, usage_key: str) -> ScopeIds:
    """What a block is told about itself and its reader."""
    key = parse_key(usage_key)
    return ScopeIds(reader, key.block_type, key, key)


class KeyReader(IdReader, IdGenerator):  # type: ignore[misc]
    """Reads block types out of keys; asides do not exist here and nothing makes new keys."""

    def get_definition_id(self, usage_id: Any) -> Any:
        return usage_id

    def get_block_type(self, def_id: Any) -> str:
        return str(def_id.block_type)

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Asides and new keys do not exist in this runtime.")

    get_usage_id_from_aside = get_definition_id_from_aside = _refuse
    get_aside_type_from_usage = get_aside_type_from_definition = _refuse
    create_aside = create_definition = create_usage = _refuse


class OneKey(KeyReader):
    """Names the one block that is being read, whatever it asks for."""

    def __init__(self, usage_id: Any) -> None:
        super().__init__()
        self._usage_id = usage_id

    def create_definition(self, block_type: str, slug: str | None = None) -> Any:
        return self._usage_id

    def create_usage(self, def_id: Any) -> Any:
        return self._usage_id
