"""One client of Redis for all calls, and one pool of connections for each server."""

from lms.shared.redis_cache import RedisCache


def test_the_client_is_made_once() -> None:
    cache = RedisCache("redis://127.0.0.1:1/0", {})._cache  # made without a connection
    assert cache.get_client() is cache.get_client("key", write=True)


def test_reading_and_writing_may_have_servers_of_their_own() -> None:
    cache = RedisCache("redis://127.0.0.1:1/0,redis://127.0.0.1:2/0", {})._cache
    writing, reading = cache.get_client(write=True), cache.get_client()
    assert writing is cache.get_client(write=True)
    assert reading is cache.get_client()
    ports = [one.connection_pool.connection_kwargs["port"] for one in (writing, reading)]
    assert ports == [1, 2]
