"""The libraries of real packages, as an export of questions asks for them. For tests."""

import io
import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import BinaryIO

from courses.h5p.engine.examine import MemoryInstalled, libraries_in
from courses.h5p.engine.libraries import LibraryFacts, LibraryName
from courses.h5p.engine.wording import Wording, wording
from courses.h5p.queries.wordings import dictionary
from tests.conftest import CORPUS

H5P_CORPUS = Path(os.environ.get("LANTOA_H5P_CORPUS") or CORPUS / "h5p")
WITHOUT_H5P = (
    "no H5P packages here: set LANTOA_H5P_CORPUS to a folder with packages of h5p.org, "
    "or put the shared corpus beside the repository"
)
ALL = ("blanks-1.14", "dragtext-1.10", "multichoice-1.16", "questionset-1.17", "truefalse-1.8")


def corpus_package(name: str) -> Path:
    return H5P_CORPUS / f"{name}.h5p"


class PackageShelf:
    """What would be installed after these packages came in."""

    def __init__(self, *names: str) -> None:
        self._archives: dict[tuple[LibraryName, int], zipfile.ZipFile] = {}
        self._facts: list[LibraryFacts] = []
        for name in names:
            content = corpus_package(name).read_bytes()
            for facts in libraries_in(io.BytesIO(content)):
                self._archives.setdefault((facts.name, facts.patch), zipfile.ZipFile(io.BytesIO(content)))
                self._facts.append(facts)
        self._installed = MemoryInstalled(self._facts)

    def best(self, name: LibraryName) -> LibraryFacts | None:
        return self._installed.best(name)

    def versions(self, machine_name: str) -> Sequence[LibraryFacts]:
        names = sorted({f.name for f in self._facts if f.name.machine_name == machine_name}, reverse=True)
        return [facts for name in names if (facts := self.best(name)) is not None]

    def wording(self, facts: LibraryFacts, language: str) -> Wording:
        path = f"language/{language}.json"
        has_it = any(file.path == path for file in facts.files)
        said = json.loads(self.open(facts, path).read()) if has_it else None
        return wording(said, self.dictionary(language))

    def dictionary(self, language: str) -> Mapping[str, str]:
        return dictionary(language)

    def open(self, facts: LibraryFacts, path: str) -> BinaryIO:
        return io.BytesIO(self._archives[facts.name, facts.patch].read(f"{facts.name.folder}/{path}"))


@cache
def real_shelf() -> PackageShelf:
    """With the libraries of all packages, read once per process."""
    return PackageShelf(*ALL)
