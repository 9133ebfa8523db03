"""The services blocks may ask the runtime for. What a block must not have, refuses."""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime
from gettext import NullTranslations
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from courses.xblocks.texts import translations_of
from lms.people.models import Person

STATIC = re.compile(r"/static/([^\"'\\\s<>)?#&]+)")
JUMP = re.compile(r"/jump_to_id/([\w.:-]+)")


class I18nService:
    """Texts of one block type in the language of the request, under the names blocks use."""

    def __init__(self, block_type: str = "") -> None:
        self._block_type = block_type

    def _texts(self) -> NullTranslations:
        return translations_of(self._block_type, translation.get_language() or settings.LANGUAGE_CODE)

    def gettext(self, text: str) -> str:
        return self._texts().gettext(text) if text else ""

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self._texts().ngettext(one, many, number)

    def pgettext(self, context: str, text: str) -> str:
        return self._texts().pgettext(context, text)

    ugettext, ungettext = gettext, ngettext

    def to_locale(self, language: str) -> str:
        return translation.to_locale(language)

    def strftime(self, moment: datetime, form: str) -> str:
        """A date as readers write it: blocks name the form."""
        forms = {"SHORT_DATE": "SHORT_DATE_FORMAT", "LONG_DATE": "DATE_FORMAT", "TIME": "TIME_FORMAT"}
        return date_format(localtime(moment), forms.get(form, "SHORT_DATETIME_FORMAT"))


class PersonService:
    """Who is reading: a name, and a number that means nothing outside this module.

    No e-mail, no personal ID, no key of ours: a block needs none of them.
    """

    def __init__(self, person: Person | None, course_key: str = "") -> None:
        self._person = person
        self._course_key = course_key

    def get_current_user(self) -> Any:
        # Its package brings a file system for Amazon's cloud, 20 MB that page workers need not hold.
        from xblock.reference.user_service import XBlockUser  # noqa: PLC0415

        user = XBlockUser(is_current_user=True)
        person = self._person
        if person is not None:
            number = anonymous_id(person.pk, self._course_key)
            user.full_name = person.full_name
            user.emails = [""]  # some blocks take the first without asking whether there is one
            user.opt_attrs = {
                "edx-platform.is_authenticated": True,
                "edx-platform.user_id": number,
                "edx-platform.username": number,
                "edx-platform.anonymous_user_id": number,
                "edx-platform.deprecated_anonymous_user_id": number,
                "edx-platform.user_is_staff": False,
                "edx-platform.user_role": "student",
                "edx-platform.request_country_code": "VN",
            }
        return user

    def get_anonymous_user_id(self, username: str = "", course_id: Any = None) -> str:
        """The reader's own number; a block cannot ask for anybody else's."""
        return anonymous_id(self._person.pk, self._course_key) if self._person else ""

    def get_user_by_anonymous_id(self, number: str | None = None) -> None:
        """Nobody: a number does not lead back to a person."""


def anonymous_id(person_id: int, course_key: str) -> str:
    """The same person in the same module, without saying who. It outlives keys that may be changed."""
    words = f"anonymous:{course_key}:{person_id}"
    return hmac.new(settings.PERSONAL_ID_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()[:32]


class SettingsService:
    """Installation settings of a block type."""

    BUCKETS = {"scorm": {"STORAGE_FUNC": "courses.xblocks.package_files.storage_of"}}

    def get_settings_bucket(self, block: Any, default: Any = None) -> Any:
        bucket = self.BUCKETS.get(str(block.scope_ids.block_type), {})
        return bucket or ({} if default is None else default)


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
    """Puts addresses into the HTML of blocks: files of the module, and pages of the same module."""

    def __init__(self, files: Callable[[str], str], pages: Callable[[str], str]) -> None:
        self._files, self._pages = files, pages

    def replace_urls(self, text: str, static_replace_only: bool = False) -> str:
        replaced = STATIC.sub(lambda match: self._files(match[1]) or match[0], text)
        if static_replace_only:
            return replaced
        return JUMP.sub(lambda match: self._pages(match[1]) or match[0], replaced)


class SandboxService:
    """Code of authors is not run."""

    def can_execute_unsafe_code(self) -> bool:
        return False

    def get_python_lib_zip(self) -> None:
        return None


class NoQueueService:
    """Nothing of ours is marked by a server elsewhere."""

    interface = None
    waittime = 0

    def __bool__(self) -> bool:
        return False


class MakoService:
    """Templates in Mako run any Python; blocks have no business to have any drawn by us."""

    def render_template(self, *args: Any, **kwargs: Any) -> str:
        raise NotImplementedError("Mako templates are not drawn here.")

    render_lms_template = render_cms_template = render_template


class RebindUserService:
    """Only blocks of the older host's random groups ask for another reader; there are none."""

    def rebind_noauth_module_to_user(self, block: Any, user: Any) -> None:
        raise NotImplementedError("A block has one reader.")


class EnrolmentsService:
    """Tells no block who else is enrolled."""

    def get_active_enrollments_by_course(self, course_id: Any = None) -> list[Any]:
        return []

    def get_active_enrollments_by_course_and_user(self, course_id: Any = None, user: Any = None) -> None:
        return None


class TeamsService:
    """There are no teams."""

    def get_team(self, user: Any = None, *args: Any) -> None:
        return None

    def get_team_by_team_id(self, team_id: Any = None) -> None:
        return None

    def get_team_detail_url(self, team: Any = None) -> str:
        return ""


class TeamsConfigurationService:
    """There are no sets of teams."""

    def get_teams_configuration(self, course_id: Any = None) -> None:
        return None


class UserStateService:
    """No block reads another's state."""

    def get_state_as_dict(self, username: str = "", location: Any = None) -> dict[str, Any]:
        return {}
