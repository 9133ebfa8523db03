"""Beginning a module in the studio."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.publish import NOT_ALLOWED
from courses.actions.versions import write_version
from courses.models import Component, Module
from courses.olx.outline import Outline, Section
from courses.permissions import may_author
from courses.queries.studio_drafts import locked_module
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.titles import clean_title

CODE = re.compile(r"[A-Z][A-Z0-9\-]{0,15}")
FIRST_SECTION = {"vi": "Học", "en": "Learn", "de": "Lernen"}


@transaction.atomic
def create_module(*, code: str, title: Mapping[str, str], by: Actor, component: str = Component.ST) -> Module:
    """Begin a module with one empty section; one that was only announced gets its content now."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    code, texts = code.strip().upper(), clean_title(title)
    if not CODE.fullmatch(code):
        raise Refused("bad-code", _("A code is a letter, then letters, digits or hyphens: G5, DC-2."))
    if component not in Component.values:
        raise Refused("unknown-component", _("Choose what the module trains."))
    facts = {
        "course_key": f"course-v1:LanToa+{code}+{clock.today().year}",
        "title": texts,
        "component": component,
    }
    module, is_new = Module.objects.get_or_create(code=code, defaults=facts)
    if not is_new and locked_module(module).versions.exists():
        raise Refused("code-taken", _("There is a module with this code already. Choose another code."))
    stem = code.lower()
    section = Section(f"{stem}-s-1", FIRST_SECTION, (), f"{stem}-ch-1", FIRST_SECTION)
    outline = Outline(module.course_key, texts, (section,), component=component)
    version = write_version(module=module, outline=outline, bodies={}, by=by).version
    module.refresh_from_db()
    record("module.created", module, by=by, version=version.number)
    return module
