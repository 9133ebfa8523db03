"""SVG in libraries: icons and old fonts. A drawing that runs something is none."""

import re
from collections.abc import Iterable
from xml.parsers import expat

from courses.h5p.engine.limits import Limits
from courses.h5p.engine.problems import refuse

_SCRIPTS = {"script", "handler", "listener", "iframe", "embed", "object"}
_RUNNING = re.compile(r"(?:java|vb)script:|^data:(?:text/(?:html|xml)|image/svg|application/)", re.IGNORECASE)
_ANIMATED = re.compile(r"(?:.*:)?(?:on|href)", re.IGNORECASE)  # an animation may write what a drawing may not


def check_drawing(chunks: Iterable[bytes], path: str, limits: Limits) -> None:
    """Parsed, not searched: what a parser takes for script is script, whatever it looks like."""
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    drawing = _Drawing(path, limits.drawing_depth)
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.EntityDeclHandler = drawing.entity
    parser.ProcessingInstructionHandler = drawing.instruction
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        refuse("drawing-broken", path)


class _Drawing:
    def __init__(self, path: str, deepest: int) -> None:
        self.path, self.deepest = path, deepest
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.deepest:
            refuse("drawing-broken", self.path)
        _check_element(tag, attributes, self.path)

    def end(self, _tag: str) -> None:
        self.depth -= 1

    def entity(self, name: str, is_parameter: int, value: str | None, *_elsewhere: object) -> None:
        """Drawing programs shorten addresses so. The parser puts them in before anything is checked here."""
        if value is None or is_parameter or "&" in value:
            refuse("drawing-script", self.path, f"<!ENTITY {name}>")

    def instruction(self, target: str, _text: str) -> None:
        if target.lower() == "xml-stylesheet":
            refuse("drawing-script", self.path, f"<?{target}?>")


def _check_element(tag: str, attributes: dict[str, str], path: str) -> None:
    if tag.rpartition(":")[2].lower() in _SCRIPTS:
        refuse("drawing-script", path, f"<{tag}>")
    for name, value in attributes.items():
        local = name.rpartition(":")[2].lower()
        if local.startswith("on"):
            refuse("drawing-script", path, name)
        if ":" in value and _RUNNING.search("".join(value.split())):
            refuse("drawing-script", path, f"{name}={value}")
        if local == "attributename" and _ANIMATED.match(value.strip()):
            refuse("drawing-script", path, f"{name}={value}")
