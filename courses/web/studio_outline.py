"""The outline's doors: fetch, read the form, call one action, go back to where the author was."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.actions import outline as actions
from courses.actions.draft_change import GONE
from courses.models import Module
from courses.olx import tree
from courses.olx.outline import Outline
from courses.olx.tree import Kind, NotThere
from courses.web.move_choices import move_choices
from courses.web.outline_forms import AddUnitForm, ChangeForm, ItemForm, MoveForm, TitledForm
from courses.web.outline_page import MODULE, Typed, anchor
from courses.web.review_forms import SubmitForm
from courses.web.studio import module_page
from courses.web.studio_access import authored, draft_of
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused
from lms.shared.languages import localised

NEW_SECTION, NEW_UNIT = "+section", "+unit:"


@login_required
@require_POST
def add_section(request: SignedInRequest, module_code: str) -> HttpResponse:
    """A new section at the end."""
    module, form = authored(request, module_code), TitledForm(request.POST)
    if not form.is_valid():
        return again(request, module, NEW_SECTION, _first_error(form))

    def save() -> tuple[Kind, str]:
        base = form.cleaned_data["base"]
        key = actions.add_section(module=module, title=form.title(), by=request.user, base=base)
        return "section", key

    return _saved(request, module, NEW_SECTION, save)


@login_required
@require_POST
def add_unit(request: SignedInRequest, module_code: str) -> HttpResponse:
    """A new unit at the end of a section."""
    module, form = authored(request, module_code), AddUnitForm(request.POST)
    where = NEW_UNIT + request.POST.get("section", "")
    if not form.is_valid():
        return again(request, module, where, _first_error(form))

    def save() -> tuple[Kind, str]:
        typed = form.cleaned_data
        key = actions.add_unit(
            module=module, section=typed["section"], title=form.title(), by=request.user, base=typed["base"]
        )
        return "unit", key

    return _saved(request, module, where, save)


@login_required
@require_POST
def change(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Titles, minutes, review date, required: what the row's form holds."""
    module, form = authored(request, module_code), ChangeForm(request.POST)
    key = request.POST.get("key", "")
    if not form.is_valid():
        return again(request, module, key, _first_error(form))
    typed = form.cleaned_data
    common: dict[str, Any] = {
        "module": module, "title": form.title(), "by": request.user, "base": typed["base"]
    }  # fmt: skip

    def save() -> tuple[Kind, str]:
        kind: Kind = typed["kind"]
        if kind == "section":
            actions.change_section(key=key, **common)
        elif kind == "unit":
            facts = {"minutes": typed["minutes"] or 0, "review_by": typed["review_by"]}
            actions.change_unit(key=key, **facts, **common)
        else:
            actions.change_block(usage_key=key, is_required=typed["is_required"], **common)
        return kind, key

    return _saved(request, module, key, save)


@login_required
@require_POST
def change_module(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Another title for the module."""
    module, form = authored(request, module_code), TitledForm(request.POST)
    if not form.is_valid():
        return again(request, module, MODULE, _first_error(form))
    base = form.cleaned_data["base"]
    try:
        actions.change_module(module=module, title=form.title(), by=request.user, base=base)
    except Refused as refusal:
        return again(request, module, MODULE, str(refusal.message))
    return redirect(_page(module))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: SignedInRequest, module_code: str) -> HttpResponse:
    """GET: every place it may go to. POST: put it there, or a step up or down."""
    module = authored(request, module_code)
    outline = draft_of(module)
    form = MoveForm(request.POST if request.method == "POST" else {"base": 1, **request.GET.dict()})
    if not form.is_valid():
        raise Http404
    kind, key = form.cleaned_data["kind"], form.cleaned_data["key"]
    try:
        if request.method != "POST":
            return _choose_place(request, module, outline, kind, key)
        step = form.cleaned_data["step"]
        place = tree.neighbour_place(outline, kind, key, step) if step else form.target()
    except NotThere:
        return again(request, module, key, str(GONE[kind]))
    if place is None:
        return _back(module, outline, kind, key)

    def save() -> tuple[Kind, str]:
        base = form.cleaned_data["base"]
        actions.move_item(module=module, kind=kind, key=key, place=place, by=request.user, base=base)
        return kind, key

    return _saved(request, module, key, save)


@login_required
@require_POST
def remove(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Take it out of the draft; the message has a button that brings it back."""
    module, form = authored(request, module_code), ItemForm(request.POST)
    if not form.is_valid():
        raise Http404
    outline = draft_of(module)
    kind, key = form.cleaned_data["kind"], form.cleaned_data["key"]
    name, unit = _name(outline, kind, key), outline.unit_of(key)
    try:
        actions.remove_item(
            module=module, kind=kind, key=key, by=request.user, base=form.cleaned_data["base"]
        )
    except Refused as refusal:
        return again(request, module, key, str(refusal.message))
    said = _("“%(title)s” is removed.") % {"title": name}
    # The page it goes to has the form of that id, with its token and the number of the draft.
    button = '{} <button type="submit" form="undo-form" class="as-link">{}</button>'
    messages.success(request, format_html(button, said, _("Undo")))
    return _back(module, outline, "unit", unit.key) if unit else redirect(_page(module))


@login_required
@require_POST
def duplicate(request: SignedInRequest, module_code: str) -> HttpResponse:
    """A copy of a unit, right after it."""
    module, form = authored(request, module_code), ItemForm(request.POST)
    if not form.is_valid():
        raise Http404
    key = form.cleaned_data["key"]

    def save() -> tuple[Kind, str]:
        base = form.cleaned_data["base"]
        copy = actions.duplicate_unit(module=module, key=key, by=request.user, base=base)
        messages.success(request, _("A copy of the unit stands after it."))
        return "unit", copy

    return _saved(request, module, key, save)


def again(request: SignedInRequest, module: Module, key: str, error: str) -> HttpResponse:
    """The page once more, as the draft is now, with what the person typed and why it was not saved."""
    module.refresh_from_db()
    typed = Typed(key, request.POST.dict(), error)
    return module_page(request, module, SubmitForm(), status=409, typed=typed, refusal=error)


def row_url(module: Module, outline: Outline, kind: str, key: str) -> str:
    """The page at the row of an item; in a long module its unit is the one that is open."""
    unit = outline.unit_of(key) if kind == "block" else None
    opened = unit.key if unit else key if kind == "unit" else ""
    query = f"?unit={quote(opened)}" if opened else ""
    return f"{_page(module)}{query}#{quote(anchor(kind, key))}"


def _saved(
    request: SignedInRequest, module: Module, key: str, save: Callable[[], tuple[Kind, str]]
) -> HttpResponse:
    try:
        kind, found = save()
    except Refused as refusal:
        return again(request, module, key, str(refusal.message))
    module.refresh_from_db()
    return _back(module, draft_of(module), kind, found)


def _back(module: Module, outline: Outline, kind: str, key: str) -> HttpResponse:
    return redirect(row_url(module, outline, kind, key))


def _page(module: Module) -> str:
    return reverse("courses:studio_module", args=[module.code])


def _choose_place(
    request: SignedInRequest, module: Module, outline: Outline, kind: Kind, key: str
) -> HttpResponse:
    context = {
        "module": module,
        "base": module.draft.number if module.draft else 0,
        "kind": kind,
        "key": key,
        "title": _name(outline, kind, key),
        "groups": move_choices(outline, kind, key),
        "back": row_url(module, outline, kind, key),
    }
    return render(request, "courses/studio_move.html", context)


def _name(outline: Outline, kind: Kind, key: str) -> str:
    try:
        if kind == "section":
            return localised(tree.section_of(outline, key).title)
        if kind == "unit":
            return localised(tree.unit_of(outline, key).title)
        block = tree.block_of(outline, key)
    except NotThere:
        return key
    return localised(block.title) or block.key


def _first_error(form: Any) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")
