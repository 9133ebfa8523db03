"""MathML as one line of text: a/b, x², √(x). Enough to read a school formula, not to calculate with it."""

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
    if tag == "mfrac" and len(parts) == 2:
        return f"{_held(parts[0])}/{_held(parts[1])}"
    if tag == "msup" and len(parts) == 2:
        return f"{_held(parts[0])}{parts[1].translate(_POWERS) if parts[1].isdecimal() else f'^{_held(parts[1])}'}"
    if tag == "msub" and len(parts) == 2:
        return f"{_held(parts[0])}_{_held(parts[1])}"
    if tag == "msqrt":
        return f"√({''.join(parts)})"
    if tag == "mroot" and len(parts) == 2:
        return f"{parts[1]}√({parts[0]})"
    if tag == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    return "".join(parts) if tag in _ROWS else " ".join(part for part in parts if part)


def _held(part: str) -> str:
    return part if len(part) <= 1 or part.isalnum() else f"({part})"
