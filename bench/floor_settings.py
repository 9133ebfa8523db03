"""The floor: the same database and server, no middleware, nothing but one view."""

from lms.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []  # type: ignore[no-redef]
ROOT_URLCONF = "bench.floor_urls"
# django-allauth refuses to start without its middleware
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("allauth")]  # noqa: F405
