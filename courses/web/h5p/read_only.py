"""The page of a content that our form cannot write: what it is, what it says, how to change it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from courses.h5p.engine.leaves import leaves, words_of
from courses.h5p.models import Library, Package
from courses.h5p.player.frame import player_frame
from courses.h5p.queries.authoring import Descriptions
from courses.queries.editing import EditedBlock
from courses.web.h5p.content_form import library_of
from courses.xblocks.labels import block_name
from lms.people.http import SignedInRequest
from lms.shared.languages import current_language

MOST = 400  # texts on the page


@dataclass(frozen=True)
class Said:
    """A text of the content under its name."""

    label: str
    words: str


def read_only_page(
    request: SignedInRequest, edited: EditedBlock, package: Package, descriptions: Descriptions
) -> HttpResponse:
    """Everything one can know of the package without writing it."""
    library = library_of(package)
    context = {
        "module": edited.module,
        "unit": edited.unit,
        "edited": edited.ref,
        "block_name": block_name(edited.ref),
        "package": package,
        "type_title": descriptions.title(library),
        "texts": texts_of(package, descriptions)[:MOST],
        "libraries": Library.objects.filter(packages=package).defer("facts", "semantics").order_by("title"),
        "frame": player_frame(
            request.user,
            package.pk,
            context=edited.ref.usage_key,
            mode="look",
            language=current_language(),
            title=package.title,
        ),
    }
    return render(request, "courses/h5p/author_read_only.html", context)


def texts_of(package: Package, descriptions: Descriptions) -> list[Said]:
    """The words of the content in their order; none when its library has no description."""
    fields = descriptions.fields(library_of(package))
    return [
        Said(" › ".join(leaf.trail), words)
        for leaf in leaves(fields, package.params, descriptions.fields)
        if leaf.is_words and (words := words_of(leaf.value))
    ]
