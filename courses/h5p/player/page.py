"""The page that plays one package: what is in its template, and under which policy it is shown."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from courses.h5p import host
from courses.h5p.player.bundles import bundle_of
from courses.h5p.player.core import core_bundle
from courses.h5p.player.integration import CONTENT_ID, integration_of
from courses.h5p.player.policy import page_policy
from courses.h5p.queries.player import Launch, libraries_of
from courses.h5p.queries.state import states_of


@dataclass(frozen=True)
class Page:
    """HTML and the policy it needs."""

    html: str
    policy: str


def page_of(launch: Launch) -> Page:
    """The page, in the language that is active. What was saved is in it: H5P resumes at once or never."""
    libraries = libraries_of(launch)
    bundle, core = bundle_of(libraries), core_bundle()
    is_kept = launch.package is not None and launch.token.mode == "learn"
    states = (
        states_of(launch.person, launch.package, launch.token.context) if is_kept and launch.package else {}
    )
    context: dict[str, Any] = {
        "language": launch.token.language,
        "title": launch.thing.title,
        "content_id": CONTENT_ID,
        "styles": [core.styles, bundle.styles],
        "scripts": [core.script, bundle.script],
        "facts": {
            "site": host.value("SITE_URL"),
            "integration": integration_of(launch, libraries, states=states, bundle=bundle, core=core),
        },
    }
    return Page(
        render_to_string("h5p/play.html", context),
        page_policy(facts.name.machine_name for facts in libraries),
    )
