"""The services blocks may ask the runtime for. What a block must not have, refuses."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.utils import translation

from lms.people.models import Person


class I18nService:
    """Django's translations under the names blocks use."""

    gettext = ugettext = staticmethod(translation.gettext)
    ngettext = ungettext = staticmethod(translation.ngettext)
    pgettext = staticmethod(translation.pgettext)

    def to_locale(self, language: str) -> str:
        return translation.to_locale(language)


class PersonService:
    """Who is reading. No e-mail, no personal ID: a block needs neither."""

    def __init__(self, person: Person | None) -> None:
        self._person = person

    def get_current_user(self) -> Any:
        # Its package brings a file system for Amazon's cloud, 20 MB that page workers need not hold.
        from xblock.reference.user_service import XBlockUser  # noqa: PLC0415

        user = XBlockUser(is_current_user=True)
        person = self._person
        if person is not None:
            user.full_name = person.full_name
            user.opt_attrs = {
                "edx-platform.is_authenticated": True,
                "edx-platform.user_id": person.pk,
                "edx-platform.username": str(person.pk),
                "edx-platform.anonymous_user_id": str(person.pk),
                "edx-platform.deprecated_anonymous_user_id": str(person.pk),
                "edx-platform.user_is_staff": False,
                "edx-platform.user_role": "student",
                "edx-platform.request_country_code": "VN",
            }
        return user


class SettingsService:
    """Installation settings of a block type; none are set here."""

    def get_settings_bucket(self, block: Any, default: Any = None) -> Any:
        return {} if default is None else default


class CompletionService:
    """Tells blocks that completion is kept, and by what they say themselves."""

    def completion_tracking_enabled(self) -> bool:
        return True

    def get_complete_on_view_delay_ms(self) -> int:
        return 0

    def blocks_to_mark_complete_on_view(self, blocks: Any) -> set[Any]:
        return set()


class CacheService:
    """Django's cache."""

    def get_cache(self, name: str) -> Any:
        return caches["default"]


class ReplaceUrlsService:
    """Puts the addresses of files into HTML of blocks that ask for it."""

    def __init__(self, replace: Callable[[str], str]) -> None:
        self._replace = replace

    def replace_urls(self, text: str, static_replace_only: bool = False) -> str:
        return self._replace(text)


class SandboxService:
    """Code of authors is not run."""

    def can_execute_unsafe_code(self) -> bool:
        return False

    def get_python_lib_zip(self) -> None:
        return None
