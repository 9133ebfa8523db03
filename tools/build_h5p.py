"""H5P packages from their sources in content/h5p: `python -m tools.build_h5p` writes, `--check` compares.

    content/h5p/libraries/<name>-<version>/   our own content types, as they lie in a package
    content/h5p/<content>/<language>/         h5p.json and content.json of a content
    content/h5p/trusted.json                  the allow-list of our libraries, by hash; written here
    content/<module>/static/<content>.<language>.h5p   what the modules play; written here

The same sources always give the same bytes, so the packages can be committed and tests can compare.
"""

import json
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from courses.h5p.engine.examine import MemoryInstalled, examine, libraries_in
from courses.h5p.engine.libraries import LibraryFacts, LibraryName, closure
from courses.h5p.engine.policy import Policy, allow_list
from courses.h5p.engine.write import write_package

CONTENT = Path(__file__).resolve().parent.parent / "content"
SOURCES = CONTENT / "h5p"
TRUSTED = SOURCES / "trusted.json"
MODULE_OF = {"tin-that-tin-gia": "c2"}  # whose unit shows which content
Opener = Callable[[str], BinaryIO]


def libraries() -> dict[LibraryName, tuple[LibraryFacts, Opener]]:
    """Our content types, each with a function that opens its files."""
    found: dict[LibraryName, tuple[LibraryFacts, Opener]] = {}
    for folder in sorted((SOURCES / "libraries").iterdir()):
        (facts,) = libraries_in(_zipped(folder))
        found[facts.name] = (facts, partial(_open, folder))
    return found


def hashes() -> list[dict[str, str]]:
    """The allow-list: the form of `courses.h5p --hashes`."""
    return [
        {"name": name.machine_name, "version": facts.version, "sha256": facts.sha256}
        for name, (facts, _opener) in sorted(libraries().items(), key=lambda item: item[0])
    ]


def packages() -> dict[Path, bytes]:
    """Where each package lies and what is in it."""
    return {
        CONTENT / MODULE_OF[folder.parent.name] / "static" / f"{folder.parent.name}.{folder.name}.h5p": build(
            folder
        )
        for folder in sorted(path.parent for path in SOURCES.glob("*/*/h5p.json"))
    }


def build(folder: Path) -> bytes:
    """One package with all its libraries; refused by the same examination that uploads pass."""
    manifest, params = (
        json.loads((folder / name).read_text("utf-8")) for name in ("h5p.json", "content.json")
    )
    shelf = libraries()
    wanted = [
        LibraryName(one["machineName"], one["majorVersion"], one["minorVersion"])
        for one in manifest["preloadedDependencies"]
    ]
    needed, missing = closure(wanted, lambda name: shelf[name][0] if name in shelf else None)
    if missing:
        raise SystemExit(f"{folder}: no library {missing[0]}")
    out = BytesIO()
    write_package(out, manifest=manifest, params=params, libraries=[shelf[facts.name] for facts in needed])
    examine(out, installed=MemoryInstalled(), policy=Policy(allow=allow_list(hashes())))
    return out.getvalue()


def _zipped(folder: Path) -> BytesIO:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.writestr(f"{folder.name}/{path.relative_to(folder).as_posix()}", path.read_bytes())
    return out


def _open(folder: Path, path: str) -> BinaryIO:
    return (folder / path).open("rb")


def stale() -> list[Path]:
    """Built files that do not say what their sources say."""
    wanted = {path: _parts(content) for path, content in packages().items()}
    found = {path: _parts(path.read_bytes()) if path.exists() else [] for path in wanted}
    lists = [TRUSTED] if not TRUSTED.exists() or TRUSTED.read_bytes() != _as_json(hashes()) else []
    return lists + [path for path, parts in wanted.items() if found[path] != parts]


def _parts(package: bytes) -> list[tuple[str, object, bytes]]:
    """Everything of a package but how it is squeezed, which differs between versions of zlib."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return [(one.filename, one.date_time, archive.read(one)) for one in archive.infolist()]


def _as_json(value: object) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()


def main() -> int:
    if "--check" in sys.argv[1:]:
        for path in stale():
            print(f"{path}: not what its sources say; run python -m tools.build_h5p")
        return bool(stale())
    TRUSTED.write_bytes(_as_json(hashes()))
    for path, content in packages().items():
        path.write_bytes(content)
        print(f"{path}: {len(content)} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
