"""The most memory this process has held."""

import resource
from contextlib import suppress
from pathlib import Path

_MEGABYTE = 1 << 20


def forget_peak() -> None:
    """Let the next peak count from now; only Linux can."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    """Since the start, or since `forget_peak`."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) * 1024 / _MEGABYTE, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MEGABYTE, 1)
