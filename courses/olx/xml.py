"""XML from strangers: no entities, no network, no document types, limited size."""

import re

from lxml import etree

from courses.olx.problems import OlxRefused

MAX_XML_BYTES = 5_000_000
_PROLOG = re.compile(rb"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*")


def parse_xml(content: bytes, path: str, limit: int = MAX_XML_BYTES) -> etree._Element:
    """The root element of `content`, or `OlxRefused` with the reason; `limit` in bytes."""
    if len(content) > limit:
        raise OlxRefused("file-too-large", path, f"more than {limit // 1_000_000} MB of XML")
    content = content.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.match(content)
    if b"\x00" in content or (declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}):
        raise OlxRefused("not-utf-8", path)
    if _has_document_type(content):
        # A document type is where entities are declared: bombs and files of our own server.
        raise OlxRefused("entities", path, "a <!DOCTYPE> is not accepted")
    try:
        return etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OlxRefused("broken-xml", path, str(error)[:300]) from error


def to_text(element: etree._Element) -> str:
    """The element alone as XML; the same tree always gives the same text."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def is_xml_name(name: str) -> bool:
    return _XML_NAME.fullmatch(name) is not None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        strip_cdata=False,  # bodies come back as their author wrote them
        remove_comments=False,
        remove_pis=True,
    )


def _has_document_type(content: bytes) -> bool:
    position = 0
    while skipped := _PROLOG.match(content, position):
        position = skipped.end()
    return content[position : position + 9].upper() == b"<!DOCTYPE"
