"""A block of a type we do not have: says so, keeps everything."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Scope, String


class UnsupportedBlock(XBlock):  # type: ignore[misc]
    """Holds the raw OLX, so that an export gives back what came in."""

    raw = String(scope=Scope.content, default="")
    has_state = False

    @classmethod
    def parse_xml(cls, node: etree._Element, runtime: Any, keys: Any) -> Any:
        block = runtime.construct_xblock_from_class(cls, keys)
        block.raw = etree.tostring(node, encoding="unicode", with_tail=False)
        return block

    def add_xml_to_node(self, node: etree._Element) -> None:
        kept = etree.fromstring(self.raw)
        node.tag = kept.tag
        node.attrib.update(kept.attrib)
        node.text = kept.text
        node.extend(list(kept))

    def student_view(self, context: dict[str, Any]) -> Fragment:
        text = _("This part (%(type)s) cannot be shown on this platform yet. You can go on without it.")
        return Fragment(
            format_html('<div class="note inf-n"><p>{}</p></div>', text % {"type": self.scope_ids.block_type})
        )
