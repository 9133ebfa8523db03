"""What is done to a block's OLX before it is kept."""

from lxml import etree

from courses.olx.html import clean_html
from courses.olx.page_html import clean_page
from courses.olx.xml import parse_xml, to_text


def clean_block(block_type: str, olx: str) -> str:
    """The OLX to keep: bodies of text without anything that could run. Others stay as they are."""
    if block_type != "text":
        return olx
    element = parse_xml(olx.encode(), block_type)
    for body in element.iterchildren("body"):
        html = body_html(body)
        for child in list(body):
            body.remove(child)
        set_html(body, clean_html(html))
    return to_text(element)


def clean_saved(block_type: str, olx: str) -> str:
    """What an author's save keeps. Pages (`html`) come in as they are, and are cleaned when saved here."""
    if block_type != "html":
        return olx
    element = parse_xml(olx.encode(), block_type)
    html = body_html(element)
    for child in list(element):
        element.remove(child)
    set_html(element, clean_page(html))
    return to_text(element)


def body_html(body: etree._Element) -> str:
    """The HTML of a body, written as CDATA or as elements."""
    inside = "".join(etree.tostring(child, encoding="unicode", method="html") for child in body)
    return (body.text or "") + inside


def set_html(body: etree._Element, html: str) -> None:
    try:
        body.text = etree.CDATA(html)
    except ValueError:  # the text holds "]]>" itself
        body.text = html
