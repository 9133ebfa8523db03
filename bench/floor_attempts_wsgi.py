"""The floor of `bench.attempts`: the transaction of an autosave in bare SQL behind a view without middleware.

Settings, database, server and HTTP are ours. What a request does: read the JSON sent; BEGIN (IMMEDIATE on
SQLite); read the attempt (FOR UPDATE on PostgreSQL); insert the step; write `last_seq` and `answers` of
the attempt; COMMIT; answer with JSON. No session, no person, no CSRF token, no check of what was sent, no
look whether this UUID came before.
"""

import json
import os
from datetime import datetime
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

READ = "SELECT last_seq, answers, person_id FROM assessments_attempt WHERE id = %s"
INSERT = (
    "INSERT INTO assessments_step (attempt_id, seq, slot_id, kind, data, client_uuid, at, actor_id)"
    " VALUES (%s, %s, %s, 'answer', %s, %s, %s, %s)"
)
UPDATE = "UPDATE assessments_attempt SET last_seq = %s, answers = %s WHERE id = %s"


def save(request: HttpRequest) -> HttpResponse:
    sent = json.loads(request.body)
    at = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        seq = _save(cursor, sent, at)
    return HttpResponse(json.dumps({"seq": seq, "saved_at": at.isoformat()}), content_type="application/json")


def _save(cursor: Any, sent: dict[str, Any], at: datetime) -> int:
    is_postgres = connection.vendor == "postgresql"
    cursor.execute(READ + (" FOR UPDATE" if is_postgres else ""), [sent["attempt"]])
    last_seq, answers, person = cursor.fetchone()
    saved = json.loads(answers) if isinstance(answers, str) else answers
    seq = last_seq + 1
    content = {"chosen": sent["answer"]["chosen"], "flagged": False}
    moment = connection.ops.adapt_datetimefield_value(at)
    uuid = sent["uuid"] if is_postgres else sent["uuid"].replace("-", "")
    cursor.execute(INSERT, [sent["attempt"], seq, sent["slot"], json.dumps(content), uuid, moment, person])
    saved[str(sent["position"])] = {**content, "seq": seq, "at": at.isoformat()}
    cursor.execute(UPDATE, [seq, json.dumps(saved), sent["attempt"]])
    return int(seq)


def ready(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("save", save), path("ready", ready)]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
django.setup()
# Only now: django-allauth refuses to start without its middleware.
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bench.floor_attempts_wsgi"
application = WSGIHandler()
