"""The platform: settings, shared code and every app but the three that stand beside it."""

import warnings

# The runtime of XBlocks needs PyFilesystem 2 (`fs`), which declares its namespace by pkg_resources and has
# no newer release. requirements.in holds setuptools where that still works; who runs the site can do
# nothing about it. This one sentence of this one package is silent, every other warning is told.
warnings.filterwarnings(
    "ignore", message="pkg_resources is deprecated as an API", category=UserWarning, module=r"fs(\.|$)"
)
