"""Pages: any WSGI server, as many processes as there are cores."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  once Django is there

from courses.xblocks.registry import load_all  # noqa: E402

if settings.IS_PLAYER:
    load_all()
# What is loaded now stays for ever; the collector need not look at it again at every request.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
