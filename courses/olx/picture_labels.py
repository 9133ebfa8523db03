"""A line below a picture that says what a machine had to do with it."""

from lxml.html import HtmlElement
from lxml.html.builder import E


def no_label(_path: str) -> str:
    """For texts whose pictures need none."""
    return ""


def add_label(image: HtmlElement, words: str) -> None:
    """Put `words` into the caption of the picture's figure, or behind a picture that stands alone."""
    if not words:
        return
    line = E.small({"class": "ai-label"}, words)
    figure = next(image.iterancestors("figure"), None)
    if figure is None:
        line.tail, image.tail = image.tail, None  # words behind the picture stay behind the line
        image.addnext(line)
        return
    caption = figure.find("figcaption")
    if caption is None:
        figure.append(E.figcaption(line))
    else:
        caption.append(line)
