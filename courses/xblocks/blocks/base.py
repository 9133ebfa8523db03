"""What our own blocks share."""

from typing import Any

from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Scope, String

from lms.shared.languages import ORDER


class TitledBlock(XBlock):  # type: ignore[misc]
    """A block with a title in three languages, written as attributes: `display_name_en`."""

    display_name = String(scope=Scope.settings, default="")
    display_name_en = String(scope=Scope.settings, default="")
    display_name_de = String(scope=Scope.settings, default="")
    required = String(scope=Scope.settings, default="")  # "true", "false" or left to the rule
    ATTRIBUTES: tuple[str, ...] = ("display_name", "display_name_en", "display_name_de", "required")

    @classmethod
    def parse_xml(cls, node: etree._Element, runtime: Any, keys: Any) -> Any:
        block = runtime.construct_xblock_from_class(cls, keys)
        for name in cls.ATTRIBUTES:
            if node.get(name):
                setattr(block, name, node.get(name))
        block.read_children(node)
        return block

    def read_children(self, node: etree._Element) -> None:
        """Take what stands inside the element."""

    def add_xml_to_node(self, node: etree._Element) -> None:
        node.tag = self.scope_ids.block_type
        for name in self.ATTRIBUTES:
            if getattr(self, name):
                node.set(name, getattr(self, name))

    @property
    def has_state(self) -> bool:
        """Does the block keep anything per learner? Saves reading its state when it does not."""
        return any(field.scope == Scope.user_state for field in self.fields.values())

    def in_language(self, prefix: str, language: str) -> tuple[str, str]:
        """The first filled field of `prefix_language`, Vietnamese, others; and its language."""
        for code in (language, *ORDER):
            if text := getattr(self, f"{prefix}_{code}"):
                return text, code
        return "", language


__all__ = ["Fragment", "Scope", "String", "TitledBlock", "XBlock"]
