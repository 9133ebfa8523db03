"""The floor: the same settings, database and server, but no middleware and two bare views."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
django.setup()
# Only now: django-allauth refuses to start without its middleware.
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bench.floor_urls"
application = WSGIHandler()
