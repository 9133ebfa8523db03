"""What stands in a flat template in place of Django's nodes: the same output for less work.

Each takes over the usual cases and hands every other one to the node of Django's that it replaces, so
that mistakes in templates show as they always do. tests/shared/test_flat_templates.py compares the two.
"""

import html
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode, ForNode, IfNode, TemplateLiteral, URLNode, WithNode
from django.templatetags.i18n import BlockTranslateNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from lms.shared.addresses import address, are_numbers, number_form


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
        self.kept: dict[tuple[int, bool], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (reader(context), context.autoescape)
        text = self.kept.get(key)
        if text is None:
            text = self.kept[key] = self.nodes.render(context)
        return text

    render_annotated = render  # Django's adds what only debugging shows, and templates are flat only without


def reader(context: Context) -> int:
    """A number for all readers to whom constant parts say the same; looked up once per rendering.

    Tests change the address list and the build; a server has one of each. No `language` tag stands in a
    flat template.
    """
    number: int | None = context.__dict__.get("reader")
    if number is None:
        number = _reader(get_language(), get_urlconf(), get_script_prefix(), settings.VITE_MANIFEST_PATH)
        context.__dict__["reader"] = number
    return number


_readers: dict[tuple[Any, ...], int] = {}


def _reader(*facts: Any) -> int:
    return _readers.setdefault(facts, len(_readers))


# Variables --------------------------------------------------------------------------------------


class FastExpression(FilterExpression):
    """A variable without filters: keys of dictionaries and plain attributes are found at once."""

    __slots__ = ("first", "rest")
    first: str
    rest: tuple[str, ...]

    @classmethod
    def of(cls, usual: FilterExpression) -> FilterExpression:
        """The same expression, faster where it can be."""
        variable = usual.var
        if not isinstance(variable, Variable) or usual.filters or not variable.lookups or variable.translate:
            return usual
        fast = cls.__new__(cls)
        fast.token, fast.filters, fast.var, fast.is_var = usual.token, [], variable, True
        fast.first, *rest = variable.lookups
        fast.rest = tuple(rest)
        return fast

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        name = self.first
        for values in reversed(context.dicts):
            if name in values:
                found = values[name]
                break
        else:
            return super().resolve(context, ignore_failures)
        for name in self.rest:
            kind = type(found)
            try:
                if kind is dict:
                    found = found[name]
                elif hasattr(kind, "__getitem__") or callable(found):
                    return super().resolve(context, ignore_failures)
                else:
                    found = getattr(found, name)
            except Exception:  # Django knows which ones are silent
                return super().resolve(context, ignore_failures)
        return super().resolve(context, ignore_failures) if callable(found) else found


class FastVariable(VariableNode):
    """Most variables are strings, which need neither a time zone nor a number format."""

    def render(self, context: Context) -> SafeString | str:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        return _shown(value, context)

    render_annotated = render


def _shown(value: Any, context: Context) -> str:
    """What `{{ value }}` prints. Whole numbers are looked up: a page has many, and the same ones."""
    kind = type(value)
    if kind is SafeString or (kind is str and not context.autoescape):
        return str(value)
    if kind is str:
        return SafeString(html.escape(value))
    if kind is int and context.use_l10n is None:
        return _whole_number(value, reader(context))
    return render_value_in_context(value, context)


@lru_cache(maxsize=4096)
def _whole_number(value: int, _reader: int) -> SafeString:
    return SafeString(localize(value))


class FastCsrfToken(CsrfTokenNode):
    """The hidden field, which several forms of a page share."""

    def render(self, context: Context) -> str:
        field: str | None = context.__dict__.get("csrf_field")
        if field is None:
            field = context.__dict__["csrf_field"] = super().render(context)
        return field

    render_annotated = render


# Conditions -------------------------------------------------------------------------------------


class FastIf(IfNode):
    """`if` whose variables are looked up the fast way."""

    render_annotated = IfNode.render


class FastLiteral(TemplateLiteral):
    """A variable in a condition."""

    def eval(self, context: Any) -> Any:
        expression: Any = self.value
        return expression.resolve(context, True)


def fast_condition(token: Any) -> Any:
    """The same condition, its variables looked up the fast way."""
    if isinstance(token, TemplateLiteral):
        value: Any = token.value
        return FastLiteral(FastExpression.of(value), token.text)
    if token is None:
        return None
    fast = copy(token)
    fast.first, fast.second = fast_condition(token.first), fast_condition(token.second)
    return fast


# Sentences and addresses ------------------------------------------------------------------------


class FastBlockTranslate(BlockTranslateNode):
    """`blocktranslate` whose message is put together and translated once and not at every rendering."""

    def __init__(self, node: BlockTranslateNode) -> None:
        self.__dict__.update(node.__dict__)
        self.one, one_names = node.render_token_list(node.singular)
        self.many, many_names = node.render_token_list(node.plural) if node.plural else ("", [])
        self.names = list(dict.fromkeys([*one_names, *many_names]))
        self.extra_context = {k: FastExpression.of(v) for k, v in node.extra_context.items()}
        self.kept: dict[int, str] = {}

    def render(self, context: Context, nested: bool = False) -> str:
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.plural and self.countervar and self.counter:
            count = self.counter.resolve(context)
            if not isinstance(count, int):
                return str(super().render(context, nested))
            values[self.countervar] = count
            text = ngettext(self.one, self.many, count)
        else:
            text = self._singular(reader(context))
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

    render_annotated = render

    def _singular(self, of: int) -> str:
        text = self.kept.get(of)
        if text is None:
            text = self.kept[of] = gettext(self.one)
        return text


class FastUrl(URLNode):
    """`url` with a name that is known and values by position, mostly numbers to fill into one form."""

    def __init__(self, node: URLNode) -> None:
        values: list[Any] = node.args
        super().__init__(node.view_name, [FastExpression.of(value) for value in values], {}, None)
        self.forms: dict[int, str] = {}

    def render(self, context: Context) -> str:
        values = tuple([value.resolve(context) for value in self.args])
        form = self.forms.get(reader(context))
        if form is None:
            form = self.forms[reader(context)] = number_form(self.view_name.var, len(values))
        try:
            filled = form and are_numbers(values)
            found = form % values if filled else address(self.view_name.var, *values)
        except NoReverseMatch:
            return str(super().render(context))
        return html.escape(found) if context.autoescape else found

    render_annotated = render


# What replaces what -----------------------------------------------------------------------------


def _variable(node: VariableNode) -> Node:
    return FastVariable(FastExpression.of(node.filter_expression))


def _translation(node: BlockTranslateNode) -> Node:
    return node if node.message_context else FastBlockTranslate(node)


def _url(node: URLNode) -> Node:
    name = node.view_name
    one_site = isinstance(name.var, str) and not name.filters and not name.var.startswith("admin:")
    if not one_site or node.kwargs or node.asvar:
        return node
    return FastUrl(node)


FASTER: dict[type[Node], Callable[[Any], Node]] = {
    VariableNode: _variable,
    BlockTranslateNode: _translation,
    URLNode: _url,
    CsrfTokenNode: lambda _node: FastCsrfToken(),
}


def faster(node: Node) -> Node | None:
    """The node that does the same faster, None where there is none."""
    make = FASTER.get(type(node))
    return make and in_place_of(node, make(node))


def faster_container(node: Node) -> None:
    """Change a copy of a `for` or a `with` to look its variables up the fast way."""
    if isinstance(node, ForNode):
        sequence: Any = node.sequence
        node.sequence = FastExpression.of(sequence)
    elif isinstance(node, WithNode):
        node.extra_context = {name: FastExpression.of(value) for name, value in node.extra_context.items()}


def faster_if(node: IfNode, branches: Iterable[tuple[Any, NodeList]]) -> Node:
    """The `if` with these branches in place of its own."""
    return in_place_of(node, FastIf([(fast_condition(condition), nodes) for condition, nodes in branches]))


def in_place_of(old: Node, new: Node) -> Node:
    """The new node knows where the old one stands in the sources, as Django notes on each."""
    new.token, new.origin = old.token, old.origin
    return new
