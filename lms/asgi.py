"""Sockets: one ASGI process. Pages are served by WSGI workers (docs/adr/0004)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
application = get_asgi_application()
