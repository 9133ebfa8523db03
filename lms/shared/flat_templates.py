"""A template loader that does once what Django's templates do again at every rendering.

`extends` and plain `include` are resolved when a template is first asked for, and what depends only
on the language (translations without variables, icons, addresses without parameters) becomes one
string per language together with the text around it. What a page says stays the same, to the letter;
tests/shared/test_flat_templates.py compares the two. What cannot be resolved beforehand (a parent
named by a variable, `block.super`) is left to Django, as is everything while templates are debugged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from typing import Any, TypeVar

from django.template import TemplateDoesNotExist
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Origin,
    Template,
    TextNode,
    Variable,
    VariableNode,
)
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, LoadNode, URLNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.utils.safestring import SafeString

from lms.shared.fast_nodes import FastBlockTranslate, Folded, Scope, faster, faster_container, faster_if

F = TypeVar("F", bound=Callable[..., Any])


def same_for_everybody(tag: F) -> F:
    """Mark a simple tag whose output follows from its arguments, the language and the settings."""
    tag.same_for_everybody = True  # type: ignore[attr-defined]
    return tag


class CannotFlatten(Exception):
    """Some part of the template is known only when it is rendered."""


class Loader(cached.Loader):
    """The cached loader, whose templates are flat. `skip` is how `extends` asks: it gets Django's own."""

    def __init__(self, engine: Any, loaders: Any) -> None:
        super().__init__(engine, loaders)
        self.flat: dict[str, Template] = {}

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        if skip or self.engine.debug:
            return self.as_written(template_name, skip)
        kept = self.flat.get(template_name)
        if kept is None:
            kept = self.flat[template_name] = self._flatten(self.as_written(template_name))
        return kept

    def as_written(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        return super().get_template(template_name, skip)

    def reset(self) -> None:
        super().reset()
        self.flat.clear()

    def _flatten(self, template: Template) -> Template:
        try:
            nodelist = Flattening(self.as_written, template).nodelist()
        except CannotFlatten:
            return template
        flat = copy(template)
        flat.nodelist = nodelist
        return flat


class Flattening:
    """One template with the parents it extends, on its way to one list of nodes."""

    def __init__(
        self, load: Callable[[str], Template], template: Template, above: tuple[str, ...] = ()
    ) -> None:
        self.load = load
        self.lineage = list(_lineage(load, template))
        self.names = (*above, template.name or "")
        self.blocks: dict[str, BlockNode] = {}
        for one in self.lineage:
            if "block.super" in one.source:
                raise CannotFlatten
            found: list[Any] = one.nodelist.get_nodes_by_type(BlockNode)
            for block in found:
                self.blocks.setdefault(block.name, block)

    def nodelist(self) -> NodeList:
        return self._flat(self.lineage[-1].nodelist)

    def _flat(self, nodes: Iterable[Node]) -> NodeList:
        found: list[Node] = []
        for node in nodes:
            found.extend(self._one(node))
        return _folded(found)

    def _one(self, node: Node) -> list[Node]:
        if isinstance(node, CommentNode | LoadNode):
            return []
        if isinstance(node, BlockNode):
            return _scoped(self._flat(self.blocks[node.name].nodelist))
        if isinstance(node, LanguageNode):
            raise CannotFlatten
        if isinstance(node, IncludeNode):
            return self._included(node)
        if isinstance(node, IfNode):
            return [faster_if(node, [(when, self._flat(nodes)) for when, nodes in node.conditions_nodelists])]
        return [faster(node) or self._container(node)]

    def _container(self, node: Node) -> Node:
        """A `for`, `with` or tag of ours around something; any other node as it is."""
        replaced = copy(node)
        for name in node.child_nodelists:
            inner = node.__dict__.get(name)
            if isinstance(inner, NodeList):
                setattr(replaced, name, self._flat(inner))
        if replaced.get_nodes_by_type(BlockNode):
            raise CannotFlatten
        faster_container(replaced)
        return replaced

    def _included(self, node: IncludeNode) -> list[Node]:
        wanted = node.template
        name = wanted.var
        if not isinstance(name, str) or wanted.filters or node.isolated_context:
            return [node]
        if name.startswith("./") or name.startswith("../") or name in self.names:
            return [node]
        try:
            inner = Flattening(self.load, self.load(name), self.names).nodelist()
        except (CannotFlatten, TemplateDoesNotExist):
            return [node]
        return _scoped(inner, node.extra_context)


def _lineage(load: Callable[[str], Template], template: Template) -> Iterator[Template]:
    """The template and what it extends, the root last."""
    origins = []
    while True:
        yield template
        origins.append(template.origin)
        first = next((node for node in template.nodelist if not isinstance(node, TextNode)), None)
        if not isinstance(first, ExtendsNode):
            return
        parent: Any = first.parent_name
        name = parent.var
        if not isinstance(name, str) or parent.filters:
            raise CannotFlatten
        template = load(name)
        if template.origin in origins:  # extends another one of its own name: Django knows which
            raise CannotFlatten


# Which nodes are what --------------------------------------------------------------------------


def _folded(nodes: list[Node]) -> NodeList:
    """The same nodes with runs of constant ones made one."""
    result, run = NodeList(), list[Node]()
    for node in nodes:
        if _is_constant(node):
            run += node.nodes if isinstance(node, Folded) else [node]
            continue
        result.extend(_one_of(run))
        run = []
        result.append(node)
    result.extend(_one_of(run))
    return result


def _one_of(run: list[Node]) -> list[Node]:
    if not run:
        return []
    texts = [node.s for node in run if isinstance(node, TextNode)]
    if len(texts) == len(run):
        return [TextNode(SafeString("".join(texts)))]
    return [Folded(run)]


def _is_constant(node: Node) -> bool:
    if isinstance(node, TextNode | Folded):
        return True
    if isinstance(node, TranslateNode):
        text: Any = node.filter_expression.var
        plain = isinstance(text, Variable) and text.lookups is None and text.literal is not None
        return plain and not (node.asvar or node.message_context or node.filter_expression.filters)
    if isinstance(node, FastBlockTranslate):
        return not (node.names or node.plural or node.asvar or node.extra_context)
    if isinstance(node, URLNode):
        return not (node.args or node.kwargs or node.asvar) and _is_literal(node.view_name)
    if type(node) is SimpleNode and getattr(node.func, "same_for_everybody", False):
        arguments = [*node.args, *node.kwargs.values()]
        return not node.takes_context and not node.target_var and all(map(_is_literal, arguments))
    return False


def _is_literal(expression: FilterExpression) -> bool:
    variable = expression.var
    number = isinstance(variable, Variable) and variable.lookups is None and not variable.translate
    return not expression.filters and (isinstance(variable, str) or number)


def _scoped(nodes: NodeList, values: Mapping[str, FilterExpression] | None = None) -> list[Node]:
    """The nodes themselves where nothing would leak out of them, else a scope around them."""
    if not values and all(map(_sets_nothing, nodes)):
        return list(nodes)
    return [Scope(nodes, values or {})]


def _sets_nothing(node: Node) -> bool:
    if isinstance(node, IfNode):
        return all(_sets_nothing(inner) for _condition, nodes in node.conditions_nodelists for inner in nodes)
    if isinstance(node, TranslateNode | BlockTranslateNode | URLNode):
        return not node.asvar
    if isinstance(node, SimpleNode):
        return not (node.target_var or node.takes_context)
    return isinstance(
        node, TextNode | VariableNode | Folded | Scope | ForNode | CsrfTokenNode | InclusionNode | IncludeNode
    )
