"""From the controls of a form to a response."""

from collections.abc import Mapping, Sequence

MOST_PARTS = 100  # of one answer: choices, pairs, gaps


def response_from(sent: Mapping[str, Sequence[str]], field: str) -> tuple[str, ...]:
    """What the controls of one question say: `slot-3` as it stands, `slot-3.g1` with the name of its gap.

    `sent` maps each name of a form to its values. Empty values are left out: a menu nobody touched.
    """
    parts = [part for part in sent.get(field, ()) if part]
    inside = f"{field}."
    for name, values in sent.items():
        if name.startswith(inside) and values and values[-1].strip():
            parts.append(f"{name.removeprefix(inside)} {values[-1].strip()}")
    return tuple(parts[:MOST_PARTS])
