"""Which module an author may work on."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from courses.models import Module
from courses.olx.outline import Outline
from courses.permissions import may_author
from courses.queries.outline import draft_outline
from courses.queries.studio import authored_modules
from lms.people.http import SignedInRequest


def authored(request: SignedInRequest, module_code: str) -> Module:
    """The module, for people who may write; 403 says so to everybody else."""
    if not may_author(request.user):
        raise PermissionDenied
    return get_object_or_404(authored_modules(), code=module_code)


def draft_of(module: Module) -> Outline:
    outline = draft_outline(module)
    if outline is None:
        raise Http404
    return outline
