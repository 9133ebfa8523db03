"""The floor: the same database and server, no middleware, nothing but one view."""

from lms.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []  # type: ignore[no-redef]
ROOT_URLCONF = "bench.floor_urls"
