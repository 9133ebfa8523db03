"""The QR code that leads to the verification page."""

import segno
from reportlab.lib.units import mm

LARGEST = 27 * mm
SMALLEST_SQUARE = 0.35 * mm  # smaller ones are lost by office printers and phone cameras
QUIET_ZONE = 4  # squares; the standard asks for this much empty space on every side


class UrlTooLong(ValueError):
    """The address needs a QR code too fine to be read from paper."""


def squares(url: str) -> list[list[bool]]:
    """Rows of dark and light squares, top row first.

    Level Q survives a fold or a stamp over a quarter of the code. A long address falls back to
    level M before its squares become too fine.
    """
    for level in ("q", "m"):
        code = segno.make_qr(url, error=level, boost_error=False)
        rows = [[bool(dark) for dark in row] for row in code.matrix]
        if LARGEST / (len(rows) + 2 * QUIET_ZONE) >= SMALLEST_SQUARE:
            return rows
    raise UrlTooLong(f"{len(url)} characters do not fit a readable QR code")


def drawing(url: str) -> str:
    """PDF operators that fill the code in a box of `LARGEST` points, its quiet zone included.

    Neighbours in a row become one rectangle: fewer bytes, and no hairlines between squares.
    """
    rows = squares(url)
    side = LARGEST / (len(rows) + 2 * QUIET_ZONE)
    operators = []
    for number, row in enumerate(rows):
        bottom = LARGEST - (QUIET_ZONE + number + 1) * side
        for start, length in _runs(row):
            left = (QUIET_ZONE + start) * side
            operators.append(f"{left:.3f} {bottom:.3f} {length * side:.3f} {side:.3f} re")
    return "\n".join([*operators, "f"])


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark squares start, and how many follow one another."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return runs
