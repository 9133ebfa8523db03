"""QTI 2.1, 2.2 and 3.0 as one tree: the names of 2.x without namespaces, whatever the file says.

QTI 3 writes `qti-choice-interaction` and `response-identifier` where 2.x writes `choiceInteraction` and
`responseIdentifier`; the structure is the same.
"""

import re

from lxml import etree

from assessments.exchange.opening import xml_of

QTI_3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_KEPT = ("data-", "aria-", "xml:")


def item_tree(content: bytes, path: str = "") -> etree._Element:
    """The root of an item, test, stimulus or manifest, its names made plain."""
    root = xml_of(content, path)
    for element in root.iter(etree.Element):
        _make_plain(element)
    return root


def language_of(element: etree._Element) -> str:
    """ "vi" for xml:lang="vi-VN"; "" where nothing is said."""
    return (element.get(_LANG) or element.get("lang") or "")[:2].lower()


def _make_plain(element: etree._Element) -> None:
    name = etree.QName(element)
    local = name.localname
    is_three = local.startswith("qti-")
    element.tag = _camel(local.removeprefix("qti-")) if is_three else local
    if is_three:
        for key, value in list(element.attrib.items()):
            if "-" in str(key) and not str(key).startswith(_KEPT):
                del element.attrib[key]
                element.set(_camel(str(key)), str(value))


def _camel(name: str) -> str:
    return re.sub(r"-([a-z0-9])", lambda found: found[1].upper(), name)
