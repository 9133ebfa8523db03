"""The H5P content of a block, for H5P tools and other platforms."""

from tempfile import SpooledTemporaryFile

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from courses.h5p.queries.exports import write_full
from courses.h5p.queries.packages import package_of
from courses.olx.edit_h5p import read_h5p
from courses.queries.editing import edited_block
from courses.web.studio_access import authored
from lms.people.http import SignedInRequest

IN_MEMORY = 10_000_000  # bytes; larger packages go through a file


@login_required
@require_safe
def download(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponseBase:
    """The draft's package with every library in it, so that any H5P tool opens it."""
    edited = edited_block(authored(request, module_code), usage_key)
    path = read_h5p(edited.olx).path if edited and edited.ref.type == "h5p" else ""
    asset = edited.outline.assets.get(path) if edited else None
    package = package_of(asset.sha256) if asset else None
    if package is None:
        raise Http404(usage_key)
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 – the response closes it
    write_full(package, out)
    out.seek(0)
    name = path.rpartition("/")[2]
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/zip")
