"""What H5P's core is told about the content it is to play: its global `H5PIntegration`."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.core.files.storage import default_storage

from courses.h5p import host
from courses.h5p.engine.libraries import LibraryFacts
from courses.h5p.engine.sanitise import plain
from courses.h5p.player.addresses import content_base, libraries_base, library_directory
from courses.h5p.player.bundles import Bundle
from courses.h5p.player.words import core_words
from courses.h5p.queries.player import Launch, facts_to_play
from courses.h5p.storage import library_folder

CONTENT_ID = 1  # one content a page
SAVE_EVERY = 7  # seconds; the bridge also saves shortly after each answer
# What h5p.json says about the work, in the core's words: it shows who made it and how it may be used.
METADATA = (
    *("title", "license", "licenseVersion", "licenseExtras", "authors", "authorComments", "source"),
    *("yearFrom", "yearTo", "changes", "defaultLanguage", "a11yTitle"),
)


def integration_of(
    launch: Launch,
    libraries: Sequence[LibraryFacts],
    *,
    states: dict[str, dict[str, str]],
    bundle: Bundle,
    core: Bundle,
) -> dict[str, Any]:
    """The whole of it. The person in it is a pseudonym: content learns nothing about anybody."""
    name = pseudonym(launch)
    return {
        "baseUrl": host.value("PLAYER_URL"),
        "url": content_base(launch.file_key),
        "urlLibraries": libraries_base(),
        "libraryDirectories": {facts.name.folder: library_directory(facts) for facts in libraries},
        "siteUrl": host.value("SITE_URL"),
        "user": {"name": name, "mail": f"{name}@learner.invalid"},
        "saveFreq": SAVE_EVERY,
        "postUserStatistics": True,  # content then tells its score; the bridge takes it, not the network
        "ajax": {"contentUserData": "", "setFinished": ""},
        "crossorigin": "anonymous",  # else pictures could not be drawn on a canvas
        "hubIsEnabled": False,
        "l10n": {"H5P": core_words()},
        "core": {"styles": [core.styles], "scripts": [core.script]},
        "loadedJs": [core.script, bundle.script],
        "loadedCss": [core.styles, bundle.styles],
        "contents": {f"cid-{CONTENT_ID}": _content(launch, states, bundle)},
    }


def activity_of(launch: Launch) -> str:
    """What xAPI statements about this content name as their object: an identifier that opens nothing."""
    return f"{host.value('SITE_URL')}/h5p/content/{launch.file_key}"


def pseudonym(launch: Launch) -> str:
    """The same for a person in the same content at the same place, and nowhere else."""
    place = f"{launch.person.pk}\0{launch.file_key}\0{launch.token.context}"
    return hmac.new(host.key().encode(), f"h5p.person\0{place}".encode(), hashlib.sha256).hexdigest()[:20]


def _content(launch: Launch, states: dict[str, dict[str, str]], bundle: Bundle) -> dict[str, Any]:
    thing = launch.thing
    main = thing.main_library
    manifest = launch.package.manifest if launch.package else {}
    metadata = {key: manifest[key] for key in METADATA if key in manifest}
    return {
        "library": f"{main.machine_name} {main.major}.{main.minor}",
        "jsonContent": json.dumps(thing.params, ensure_ascii=False),
        "fullScreen": "1" if _offers_full_screen(facts_to_play(main)) else "0",
        "url": activity_of(launch),
        "contentUrl": content_base(launch.file_key),
        "title": thing.title,
        # The core reads these as HTML; the title comes as it was written, the rest is escaped already.
        "metadata": {"license": "U", **metadata, "title": plain(thing.title)},
        "displayOptions": {"frame": True, "export": False, "embed": False, "copyright": True, "icon": False},
        "contentUserData": {"0": {}, **states},
        "scripts": [bundle.script],
        "styles": [bundle.styles],
    }


@lru_cache(maxsize=256)
def _full_screen_in(library_json: str) -> bool:
    with default_storage.open(library_json) as file:
        said = json.loads(file.read().decode("utf-8-sig"))
    return bool(int(said.get("fullscreen") or 0))


def _offers_full_screen(main: LibraryFacts) -> bool:
    """Content that was drawn for a whole screen says so in its library.json."""
    return _full_screen_in(f"{library_folder(main)}/library.json")
