"""Settings of the workbench alone. Nothing of the platform runs here: no people, no modules, no progress."""

import os
import tempfile
from pathlib import Path

from workbench.settings import *  # noqa: F403  the kit's own, changed below
from workbench.settings import INSTALLED_APPS, WORKBENCH  # once more, by name, for what is changed

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("LANTOA_WORKBENCH_DIR") or tempfile.mkdtemp(prefix="lantoa-workbench-"))

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR / "workbench.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
ROOT_URLCONF = "tools.workbench.urls"
LANGUAGE_CODE = "en"  # the kit has no texts of ours; what it shows is what the packages say
TIME_ZONE = "Asia/Ho_Chi_Minh"
SILENCED_SYSTEM_CHECKS = ["models.W042"]
EXCLUDED_XBLOCKS: set[str] = set()
# Open edX questions bring an app of their own, with templates.
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "debug_toolbar"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LANTOA_LOG_LEVEL", "WARNING")},
}
DJFS = {"type": "osfs", "directory_root": str(VAR / "files"), "url_root": "/static/files"}
MEDIA_ROOT, MEDIA_URL = str(VAR / "media"), "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "h5pxblock_storage": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
WORKBENCH = {**WORKBENCH, "reset_state_on_restart": True}
