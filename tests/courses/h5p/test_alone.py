"""The app in a project that has nothing but Django: a process of its own, a database file of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.make_h5p import make_h5p

SETTINGS = """
from pathlib import Path
HERE = Path(__file__).parent
SECRET_KEY = "bare"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "courses.h5p"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "bare.sqlite3",
    "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}}}
MEDIA_ROOT = HERE / "media"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""
PROGRAM = """
import os, sys
from threading import Barrier, Thread
os.environ["DJANGO_SETTINGS_MODULE"] = "bare_settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)

from django.contrib.auth.models import Permission, User
from courses.h5p.actions.packages import import_package
from courses.h5p.engine.problems import Rejected
from courses.h5p.errors import Refused
from courses.h5p.models import Library, Package
from courses.h5p.queries.packages import package_of

content = open(sys.argv[1], "rb").read()
hoa = User.objects.create_user("hoa")
try:
    import_package(file=open(sys.argv[1], "rb"), by=hoa)
except Refused as refusal:
    print("without a permission:", refusal.code)
hoa.user_permissions.set(Permission.objects.filter(codename__in=["add_package", "add_library"]))
hoa = User.objects.get(pk=hoa.pk)

together, found = Barrier(4), []
def run():
    from django.db import connection
    together.wait()
    found.append(import_package(file=open(sys.argv[1], "rb"), by=hoa).pk)
    connection.close()
threads = [Thread(target=run) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print("four at once:", len(found), len(set(found)), Package.objects.count(), Library.objects.count())

package = package_of(Package.objects.get().sha256)
print("read back:", package.title, "|", package.main_library, "|", package.params["question"])
call_command("import_h5p", sys.argv[1], "--by", "hoa")
print("of the platform:", sorted(name for name in sys.modules if name == "lms" or name.startswith(
    ("lms.", "assessments", "certificates", "courses.models", "courses.actions", "courses.web"))))
"""


def test_the_app_needs_nothing_of_the_platform(tmp_path: Path) -> None:
    (tmp_path / "bare_settings.py").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "hai.h5p").write_bytes(make_h5p())
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "program.py", "hai.h5p"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{tmp_path}:{root}", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    refused, at_once, read_back, command, loaded = done.stdout.splitlines()
    assert refused == "without a permission: not-allowed"
    assert at_once == "four at once: 4 1 1 3"
    assert read_back == (
        "read back: Hai cộng hai | LanToa.Card 1.2.3 | <p>Hai cộng hai là <strong>mấy</strong>?</p>"
    )
    assert '"accepted": true' in command
    assert loaded == "of the platform: []"
