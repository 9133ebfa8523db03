"""A template loader that does once what Django's templates do again at every rendering.

`extends` and plain `include` are resolved when a template is first asked for, and what depends only
on the language (translations without variables, icons, addresses without parameters) becomes one
string per language together with the text around it. What a page says stays the same, to the letter;
tests/shared/test_flat_templates.py compares the two. What cannot be resolved beforehand (a parent
named by a variable, `block.super`) is left to Django, as is everything while templates are debugged.
"""

import html
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
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
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, LoadNode, URLNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.urls import get_urlconf
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

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
            branches = [(condition, self._flat(nodes)) for condition, nodes in node.conditions_nodelists]
            return [_with_place(IfNode(branches), node)]
        faster = FASTER.get(type(node))
        if faster is not None:
            return [faster(node)]
        return [self._container(node)]

    def _container(self, node: Node) -> Node:
        """A `for`, `with` or tag of ours around something; any other node as it is."""
        replaced = copy(node)
        for name in node.child_nodelists:
            inner = node.__dict__.get(name)
            if isinstance(inner, NodeList):
                setattr(replaced, name, self._flat(inner))
        if replaced.get_nodes_by_type(BlockNode):
            raise CannotFlatten
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


# What stands in the flat list -----------------------------------------------------------------


class Scope(Node):
    """Nodes that set variables, which must end with the block or the include they stood in."""

    def __init__(self, nodelist: NodeList, values: Mapping[str, FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        with context.push(**values):
            return self.nodelist.render(context)


class Folded(Node):
    """Nodes that say the same to everybody who reads the language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = NodeList(nodes)
        self.kept: dict[Any, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        reader = context.__dict__.get("fold_reader")
        if reader is None:  # once per rendering: no `language` tag stands in a flat template
            # Tests change the address list and the build; a server has one of each.
            reader = (get_language(), get_urlconf(), settings.VITE_MANIFEST_PATH)
            context.__dict__["fold_reader"] = reader
        key = (reader, context.autoescape)
        text = self.kept.get(key)
        if text is None:
            text = self.kept[key] = self.nodes.render(context)
        return text


class FastVariable(VariableNode):
    """Most variables are strings, which need neither a time zone nor a number format."""

    def render(self, context: Context) -> SafeString | str:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        kind = type(value)
        if kind is SafeString or (kind is str and not context.autoescape):
            return str(value)
        if kind is str:
            return SafeString(html.escape(value))
        return _shown(value, context)


class FastBlockTranslate(BlockTranslateNode):
    """`blocktranslate` whose message is put together once and not at every rendering."""

    def __init__(self, node: BlockTranslateNode) -> None:
        self.__dict__.update(node.__dict__)
        self.one, one_names = node.render_token_list(node.singular)
        self.many, many_names = node.render_token_list(node.plural) if node.plural else ("", [])
        self.names = list(dict.fromkeys([*one_names, *many_names]))

    def render(self, context: Context, nested: bool = False) -> str:
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.plural and self.countervar and self.counter:
            count = self.counter.resolve(context)
            if not isinstance(count, int):
                return str(super().render(context, nested))
            values[self.countervar] = count
            text = ngettext(self.one, self.many, count)
        else:
            text = gettext(self.one)
        words = {
            name: _shown(values[name] if name in values else context.get(name, ""), context)
            for name in self.names
        }
        try:
            text = text % words
        except (KeyError, ValueError):  # a translation that does not fit: Django knows what to do
            return str(super().render(context, nested))
        if self.asvar:
            context[self.asvar] = SafeString(text)
            return ""
        return text


def _shown(value: Any, context: Context) -> str:
    """What `{{ value }}` prints. Whole numbers are looked up: a page has many, and the same ones."""
    if type(value) is int and context.use_l10n is None:
        return _whole_number(value, get_language())
    return render_value_in_context(value, context)


@lru_cache(maxsize=4096)
def _whole_number(value: int, _language: str | None) -> SafeString:
    return SafeString(localize(value))


def _fast_translation(node: BlockTranslateNode) -> Node:
    return node if node.message_context else FastBlockTranslate(node)


def _with_place(new: Node, old: Node) -> Node:
    """Where the node stands in the sources, which Django notes on each."""
    new.token, new.origin = old.token, old.origin
    return new


def _fast_variable(node: VariableNode) -> Node:
    return _with_place(FastVariable(node.filter_expression), node)


FASTER: dict[type[Node], Callable[[Any], Node]] = {
    VariableNode: _fast_variable,
    BlockTranslateNode: _fast_translation,
}


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
