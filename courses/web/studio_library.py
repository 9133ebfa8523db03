"""The library of blocks: what may be put into a unit, by what it is good for."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions.outline import add_block
from courses.olx.tree import Place
from courses.web.outline_forms import AddBlockForm
from courses.web.outline_page import anchor
from courses.web.studio_access import authored, draft_of
from courses.web.studio_outline import again, row_url
from courses.xblocks.catalogue import BLOCK_TYPES, BlockType
from courses.xblocks.registry import is_installed
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@dataclass(frozen=True)
class Shelf:
    name: str
    types: list[BlockType]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def library(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Choose a type: the new block stands at the end of the unit and opens in its editor."""
    module = authored(request, module_code)
    outline = draft_of(module)
    if request.method == "POST":
        form = AddBlockForm(request.POST)
        chosen = BLOCK_TYPES.get(request.POST.get("type", ""))
        if not form.is_valid() or chosen is None or not is_offered(chosen):
            raise Http404
        unit_key, base = form.cleaned_data["unit"], form.cleaned_data["base"]
        try:
            key = add_block(module=module, place=Place(unit_key), olx=chosen.new, by=request.user, base=base)
        except Refused as refusal:
            return again(request, module, unit_key, str(refusal.message))
        return redirect("courses:studio_block", module.code, key)
    unit = outline.unit(request.GET.get("unit", ""))
    if unit is None:
        raise Http404
    context = {
        "module": module,
        "unit": unit,
        "base": module.draft.number if module.draft else 0,
        "shelves": shelves(),
        "back": row_url(module, outline, "unit", unit.key),
        "anchor": anchor("unit", unit.key),
    }
    return render(request, "courses/studio_library.html", context)


def is_offered(entry: BlockType) -> bool:
    """Installed, switched on, and something that can begin empty."""
    return bool(entry.new) and is_installed(entry.tag)


def shelves() -> list[Shelf]:
    """The groups in which authors think, without empty ones."""
    names = {
        "read": _("To read, watch and hear"),
        "practise": _("To practise"),
        "ask": _("To ask and discuss"),
        "show": _("To show"),
        "package": _("Ready-made packages"),
    }
    offered = [entry for entry in BLOCK_TYPES.values() if is_offered(entry)]
    found = [Shelf(name, [e for e in offered if e.group == group]) for group, name in names.items()]
    return [shelf for shelf in found if shelf.types]
