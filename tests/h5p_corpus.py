"""Where real H5P packages are, for tests that want some: LANTOA_H5P_CORPUS, or shared/corpus/h5p nearby."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADVICE = "no H5P packages here: set LANTOA_H5P_CORPUS to a folder of .h5p files from any H5P site"


def corpus() -> list[Path]:
    """The packages, sorted; none where there is no corpus."""
    given = os.environ.get("LANTOA_H5P_CORPUS")
    folders = (
        [Path(given)]
        if given
        else [up / "shared" / "corpus" / "h5p" for up in (ROOT.parent, ROOT.parent.parent)]
    )
    return next((found for folder in folders if (found := sorted(folder.glob("*.h5p")))), [])
