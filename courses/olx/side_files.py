"""Files that a block keeps beside its element, carried inside it.

Some blocks write their text into a file next to the OLX (`<markdown filename="x"/>` and
`markdown/x.md`). We keep one text per block version, so such files travel as `<olx-file path="…">`
children: folded in when a course is read, unfolded when a block is parsed or a course is written.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

from lxml import etree

TAG = "olx-file"


def fold(element: etree._Element, files: Mapping[str, str]) -> None:
    """Put files into the element, in the order of their names."""
    for path in sorted(files):
        child = etree.SubElement(element, TAG, path=path)
        child.text = files[path]


def unfold(element: etree._Element) -> dict[str, str]:
    """Take the files out of the element; paths that leave their folder are dropped."""
    found: dict[str, str] = {}
    for child in element.findall(TAG):
        element.remove(child)
        path = child.get("path", "")
        if is_inside(path):
            found[path] = child.text or ""
    return found


def wanted(element: etree._Element) -> str:
    """The file this element points to and cannot do without; "" for the many that have none."""
    name = element.get("filename", "")
    if element.tag != "markdown" or not name or element.find(TAG) is not None:
        return ""
    path = f"markdown/{name}.md"
    return path if is_inside(path) else ""


def is_inside(path: str) -> bool:
    """Is this a plain relative path?"""
    parts = PurePosixPath(path)
    return bool(path) and not parts.is_absolute() and ".." not in parts.parts and "\\" not in path
