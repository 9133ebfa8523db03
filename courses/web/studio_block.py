"""The studio's page of one block: fetch, fill the form, call one action."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions.publish import save_block_draft
from courses.olx.edit import read_text, write_text
from courses.queries.studio import block_in_draft
from courses.web.studio_access import authored, draft_of
from courses.web.studio_forms import OlxForm, TextBlockForm
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Edit one block. A save that lost a race keeps the author's words in the form."""
    module = authored(request, module_code)
    found = block_in_draft(module, usage_key)
    if found is None:
        return render(request, "courses/studio_block_gone.html", {"module": module}, status=404)
    ref, version = found
    outline = draft_of(module)
    form: TextBlockForm | OlxForm
    if ref.type == "text":
        form = TextBlockForm(read_text(version.olx, outline.language), version.pk, request.POST or None)
    else:
        form = OlxForm(request.POST or None, initial={"olx": version.olx, "base_version": version.pk})
    if request.method == "POST" and form.is_valid():
        olx = (
            write_text(version.olx, form.draft(), outline.language)
            if isinstance(form, TextBlockForm)
            else form.cleaned_data["olx"]
        )
        try:
            written = save_block_draft(
                module=module,
                usage_key=usage_key,
                olx=olx,
                by=request.user,
                base_version=form.cleaned_data["base_version"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            said = _("Draft saved.") if written.is_new else _("Nothing has changed.")
            messages.success(request, said)
            return redirect("courses:studio_module", module.code)
    unit = outline.unit_of(usage_key)
    context = {"module": module, "outline": outline, "unit": unit, "edited": ref, "form": form}
    return render(request, "courses/studio_block.html", context, status=400 if form.errors else 200)
