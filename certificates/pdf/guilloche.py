"""Guilloche curves as PDF path operators. Pure arithmetic, so results can be kept for ever."""

import math
from collections.abc import Callable

Point = tuple[float, float]
Curve = Callable[[float], Point]


def smooth(curve: Curve, start: float, end: float, pieces: int, *, closed: bool = False) -> str:
    """Stroke `curve` as few long Béziers: a tenth of the bytes of a fine polygon, and rounder.

    Each piece has the true position and direction of the curve at both its ends.
    """
    step = (end - start) / pieces
    x, y = curve(start)
    dx, dy = _direction(curve, start, step)
    operators = [f"{x:.2f} {y:.2f} m"]
    for piece in range(1, pieces + 1):
        x1, y1 = curve(start + step * piece)
        dx1, dy1 = _direction(curve, start + step * piece, step)
        operators.append(
            f"{x + dx / 3:.2f} {y + dy / 3:.2f} {x1 - dx1 / 3:.2f} {y1 - dy1 / 3:.2f} {x1:.2f} {y1:.2f} c"
        )
        x, y, dx, dy = x1, y1, dx1, dy1
    return " ".join([*operators, "s" if closed else "S"])


def ring_strand(inner: float, outer: float, petals: int) -> str:
    """One closed wave that swings between two radii around the origin."""
    middle, swing = (outer + inner) / 2, (outer - inner) / 2

    def wave(angle: float) -> Point:
        radius = middle + swing * math.sin(petals * angle)
        return radius * math.cos(angle), radius * math.sin(angle)

    return smooth(wave, 0, 2 * math.pi, petals * 4, closed=True)


def ring(inner: float, outer: float, petals: int, strands: int) -> str:
    """A band of guilloche: the same wave drawn `strands` times, each turned a little further."""
    strand = ring_strand(inner, outer, petals)
    turn = 2 * math.pi / (petals * strands)
    cos, sin = math.cos(turn), math.sin(turn)
    turned = f"{cos:.6f} {sin:.6f} {-sin:.6f} {cos:.6f} 0 0 cm"
    return "\n".join(["q", *[f"{strand} {turned}"] * strands, "Q"])


def ribbon(length: float, height: float, waves: int, strands: int) -> str:
    """A straight band along the x axis; its ends meet those of the next one without a seam."""

    def strand(number: int) -> Curve:
        shift = 2 * math.pi * number / strands

        def wave(x: float) -> Point:
            swell = height / 2 * (0.74 + 0.26 * math.cos(2 * math.pi * x / length))
            return x, swell * math.sin(2 * math.pi * waves * x / length + shift)

        return wave

    return "\n".join(smooth(strand(number), 0, length, waves * 4) for number in range(strands))


def circle(radius: float) -> str:
    """A circle around the origin, to be stroked or filled by the next operator."""
    k = radius * 0.5523
    r = radius
    return (
        f"{r:.2f} 0 m {r:.2f} {k:.2f} {k:.2f} {r:.2f} 0 {r:.2f} c "
        f"{-k:.2f} {r:.2f} {-r:.2f} {k:.2f} {-r:.2f} 0 c "
        f"{-r:.2f} {-k:.2f} {-k:.2f} {-r:.2f} 0 {-r:.2f} c "
        f"{k:.2f} {-r:.2f} {r:.2f} {-k:.2f} {r:.2f} 0 c h"
    )


def _direction(curve: Curve, at: float, step: float) -> Point:
    """How far the curve would go in one step, if it went straight on."""
    near = step * 1e-3
    (x0, y0), (x1, y1) = curve(at - near), curve(at + near)
    return (x1 - x0) / 2e-3, (y1 - y0) / 2e-3
