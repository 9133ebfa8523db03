"""MathML as one line of text: a/b, x², √(x). Enough to read a school formula, not to calculate with it."""

from collections.abc import Callable

from lxml import etree

_ROWS = {"math", "mrow", "mstyle", "mpadded", "semantics", "mtd"}
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DEEPEST = 60


def linear(element: etree._Element, depth: int = 0) -> str:
    """The formula in one line."""
    tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if not tag or tag == "annotation" or tag == "annotation-xml" or depth > DEEPEST:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    parts = [linear(child, depth + 1) for child in element]
    if len(parts) == 2 and tag in _PAIRS:
        return _PAIRS[tag](*parts)
    if tag == "msqrt":
        return f"√({''.join(parts)})"
    if tag == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    return "".join(parts) if tag in _ROWS else " ".join(part for part in parts if part)


def _held(part: str) -> str:
    return part if len(part) <= 1 or part.isalnum() else f"({part})"


def _power(base: str, exponent: str) -> str:
    raised = exponent.translate(_POWERS) if exponent.isdecimal() else f"^{_held(exponent)}"
    return f"{_held(base)}{raised}"


_PAIRS: dict[str, Callable[[str, str], str]] = {
    "mfrac": lambda above, below: f"{_held(above)}/{_held(below)}",
    "msup": _power,
    "msub": lambda base, index: f"{_held(base)}_{_held(index)}",
    "mroot": lambda inner, degree: f"{degree}√({inner})",
}
