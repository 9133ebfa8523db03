"""H5P's own client code: vendored, pinned by hash, and joined with our script around it.

In one script for all content: a store for what frames may not keep, H5P's core, and the bridge to the
page around. In one style sheet: the core's, without fonts that are not here, and the page's own.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

from courses.h5p.player import style_sheets
from courses.h5p.player.addresses import ANY_FILE, player_path
from courses.h5p.player.bundles import Bundle, is_there, keep_bundle

STATIC = Path(__file__).resolve().parent.parent / "static" / "h5p"
CORE = STATIC / "core"
SCRIPTS = (STATIC / "before.js", CORE / "frame.bundle.js", STATIC / "bridge.js")
STYLES = "styles/h5p.css"
OWN_STYLES = STATIC / "page.css"
SERVED = {".css": "text/css", ".woff2": "font/woff2", ".gif": "image/gif"}


@cache
def pinned() -> dict[str, str]:
    """Path → SHA-256 of each vendored file, as it was taken in."""
    lines = (CORE / "HASHES").read_text(encoding="ascii").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


@cache
def version() -> str:
    """Names the vendored files in their addresses."""
    return sha256((CORE / "HASHES").read_bytes()).hexdigest()[:12]


def core_bundle() -> Bundle:
    """The script and the style sheet every page begins with."""
    script, styles, key = _joined()
    if not is_there(key):
        keep_bundle(key, script=script, styles=styles)
    return Bundle(key)


@cache
def _joined() -> tuple[str, str, str]:
    script = "".join(f"{path.read_text(encoding='utf-8')}\n;\n" for path in SCRIPTS)
    core = style_sheets.without_fonts(_read(STYLES) or "", _is_here)
    moved = style_sheets.absolute(core, path=STYLES, base=_base(), read=_read)
    styles = f"{moved}\n{OWN_STYLES.read_text(encoding='utf-8')}"
    return script, styles, sha256(f"core\0{script}\0{styles}".encode()).hexdigest()


def _base() -> str:
    return player_path("h5p_core_file", version(), ANY_FILE).removesuffix(f"/{ANY_FILE}")


def _read(path: str) -> str | None:
    return (CORE / path).read_text(encoding="utf-8") if path in pinned() else None


def _is_here(source: str) -> bool:
    return source.startswith("data:") or source.removeprefix("../").partition("?")[0] in pinned()
