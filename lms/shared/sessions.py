"""Sessions in the database: Django's own store, which reads its row by a kept query."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from lms.shared.kept_queries import KeptQuery

ROW = KeptQuery(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), str, datetime)


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        found = ROW.first(self.session_key or "", timezone.now())
        if found is None:
            self._session_key = None
        return found
