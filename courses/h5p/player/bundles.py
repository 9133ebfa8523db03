"""One script and one style sheet for a set of libraries, instead of forty files.

A bundle is named by what it is made of, so it is made once, kept for ever and may be deleted at any
time: it is made again when it is missing. Beside each lie its compressed forms.
"""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import brotli
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from courses.h5p.engine.libraries import LibraryFacts
from courses.h5p.player import style_sheets
from courses.h5p.player.addresses import library_base, player_url
from courses.h5p.storage import keep, library_folder

BUNDLES = "h5p/bundles"
RECIPE = 1  # count up when joining changes what is in a bundle
# Encodings by preference, and how a file of each is named.
ENCODINGS = {"br": ".br", "gzip": ".gz"}
BEST_AT_A_BEARABLE_PRICE = 9  # of brotli's 11, which takes ten times as long for 3 % less


@dataclass(frozen=True)
class Bundle:
    """The two addresses a page links to."""

    key: str

    @property
    def script(self) -> str:
        return player_url("h5p_bundle", self.key, "js")

    @property
    def styles(self) -> str:
        return player_url("h5p_bundle", self.key, "css")


def bundle_name(key: str, kind: str, encoding: str = "") -> str:
    """ "h5p/bundles/01/0123….js.br"."""
    return f"{BUNDLES}/{key[:2]}/{key}.{kind}{ENCODINGS.get(encoding, '')}"


def bundle_of(libraries: Iterable[LibraryFacts]) -> Bundle:
    """The bundle of a closure, in load order; made when it is not there yet."""
    parts = list(libraries)
    key = _key([str(RECIPE), *(f"{facts.sha256} {library_base(facts)}" for facts in parts)])
    if not is_there(key):
        keep_bundle(
            key,
            script="".join(_scripts_of(facts) for facts in parts),
            styles="\n".join(_styles_of(facts) for facts in parts),
        )
    return Bundle(key)


def is_there(key: str) -> bool:
    """The last file that is written says that the others have been."""
    return default_storage.exists(bundle_name(key, "css", "gzip"))


def keep_bundle(key: str, *, script: str, styles: str) -> None:
    """Store both files in every encoding."""
    # The `;` in front keeps "use strict" at the head of one script from holding for all others.
    for kind, text in (("js", f";{script}"), ("css", styles)):
        content = text.encode("utf-8", "replace")
        packed = {
            "": content,
            "br": brotli.compress(content, quality=BEST_AT_A_BEARABLE_PRICE, mode=brotli.MODE_TEXT),
            "gzip": gzip.compress(content, mtime=0),
        }
        for encoding, data in packed.items():
            keep(bundle_name(key, kind, encoding), ContentFile(data))


def _key(recipe: list[str]) -> str:
    return sha256("\n".join(recipe).encode()).hexdigest()


def _scripts_of(facts: LibraryFacts) -> str:
    """A script that ends without `;` or in a comment must not swallow the next one."""
    folder = library_folder(facts)
    return "".join(f"{_text(f'{folder}/{path}')}\n;\n" for path in facts.preloaded_js)


def _styles_of(facts: LibraryFacts) -> str:
    folder, base = library_folder(facts), library_base(facts)
    known = {file.path for file in facts.files}

    def read(path: str) -> str | None:
        return _text(f"{folder}/{path}") if path in known else None

    return "\n".join(
        style_sheets.absolute(_text(f"{folder}/{path}"), path=path, base=base, read=read)
        for path in facts.preloaded_css
    )


def _text(name: str) -> str:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content.decode("utf-8", "replace").removeprefix("\ufeff")
