"""Every process that `make run` starts knows the site under the same address."""

from pathlib import Path

import pytest

LINES = (Path(__file__).resolve().parents[2] / "Procfile").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.partition(":")[0])
def test_port_is_the_sites(line: str) -> None:
    """The supervisor adds 100 to PORT for each process but the first, and the player's frames are shown only
    on pages of the address that it makes of PORT."""
    name, _colon, command = line.partition(": ")
    assert (LINES.index(line) == 0) == (name == "pages")
    assert name == "pages" or command.startswith("PORT=$SITE_PORT ")
