"""Redis as the cache, through one client per process: making one costs more than what it is asked for."""

from typing import Any

from django.core.cache.backends import redis


class KeptClient(redis.RedisCacheClient):
    """Django makes a client for each call. One may be shared: it takes connections from the same pool."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:  # noqa: ARG002  as Django asks
        usual: Any = self
        pool = usual._get_connection_pool(write)
        client = self._kept.get(id(pool))  # the pools live as long as this object
        if client is None:
            client = self._kept[id(pool)] = usual._client(connection_pool=pool)
        return client


class RedisCache(redis.RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient
