"""Which role opens which page: told to people who stand before a closed one."""

from lms.people.models import Role

# The beginning of a URL name, and the roles that open it. Permissions decide; this only explains.
AREAS: list[tuple[str, tuple[Role, ...]]] = [
    ("courses:studio_sources", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("courses:studio_languages", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("courses:source_checked", (Role.TRAINER,)),
    ("courses:draft_", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("courses:studio", (Role.TRAINER,)),
    ("courses:preview", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("courses:submit", (Role.TRAINER,)),
    ("courses:review", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("courses:published_versions", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("courses:restore", (Role.OFFICE,)),
    ("courses:h5p_librar", (Role.TRAINER, Role.LIBRARY_MANAGER)),
    ("courses:h5p_download", (Role.TRAINER,)),
    ("courses:h5p_add", (Role.LIBRARY_MANAGER,)),
    ("courses:h5p_offer", (Role.LIBRARY_MANAGER,)),
    ("courses:h5p_decline", (Role.LIBRARY_MANAGER,)),
    ("courses:h5p_withdraw", (Role.LIBRARY_MANAGER,)),
    ("courses:h5p_bring_back", (Role.LIBRARY_MANAGER,)),
    ("courses:media_withdraw", (Role.OFFICE,)),
    ("courses:media_bring_back", (Role.OFFICE,)),
    ("courses:media_new", (Role.TRAINER,)),
    ("courses:media_edit", (Role.TRAINER,)),
    ("courses:media_replace", (Role.TRAINER,)),
    ("courses:media_p", (Role.TRAINER,)),
    ("courses:media", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("assessments:mark", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("assessments:appeal", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("assessments:regrade", (Role.TRAINER, Role.REVIEWER, Role.OFFICE)),
    ("assessments:sitting", (Role.TRAINER, Role.OFFICE)),
    ("assessments:sign_off", (Role.TRAINER, Role.OFFICE)),
    ("assessments:pace", (Role.TRAINER, Role.OFFICE)),
    ("certificates:revoke", (Role.OFFICE,)),
    ("certificates:reissue", (Role.OFFICE,)),
    ("indicator:", (Role.OFFICE, Role.AUDITOR)),
    ("hr:", (Role.HR,)),
    ("home:audit", (Role.AUDITOR, Role.ADMINISTRATOR)),
    ("admin:", (Role.ADMINISTRATOR,)),
]


def roles_for(view_name: str) -> tuple[Role, ...]:
    """The roles that open a page; empty when it is not a matter of roles."""
    return next((roles for name, roles in AREAS if view_name.startswith(name)), ())
