"""H5P's own code is what was taken in, and is served with its licence."""

from hashlib import sha256

from courses.h5p.player import core


def test_every_vendored_file_has_the_hash_it_was_taken_in_with() -> None:
    served = {
        str(path.relative_to(core.CORE))
        for path in core.CORE.rglob("*")
        if path.suffix in {".js", ".css", ".woff2", ".gif", ".woff", ".ttf", ".svg", ".png"}
    }
    assert served == set(core.pinned())
    for path, digest in core.pinned().items():
        assert (path, sha256((core.CORE / path).read_bytes()).hexdigest()) == (path, digest)


def test_the_licences_and_the_source_are_beside_it() -> None:
    assert "GNU GENERAL PUBLIC LICENSE" in (core.CORE / "LICENSE").read_text()
    assert "MIT License" in (core.CORE / "LICENSE.h5p-standalone").read_text()
    source = (core.CORE / "SOURCE.md").read_text()
    assert "3.8.2" in source
    assert "github.com/h5p/h5p-php-library" in source


def test_the_shim_comes_before_the_core_and_the_bridge_after_it() -> None:
    assert [path.name for path in core.SCRIPTS] == ["before.js", "frame.bundle.js", "bridge.js"]


def test_the_core_asks_only_for_words_that_it_gets() -> None:
    import re

    from courses.h5p.player.words import WORDS

    script = (core.CORE / "frame.bundle.js").read_text(encoding="utf-8")
    asked = set(re.findall(r'(?:H5P|\b\w)\.t\("([A-Za-z0-9]+)"', script))
    assert len(asked) > 40
    assert asked - set(WORDS) == set()
