"""Large files that came in parts, and how far they are on their way into the library."""

from django.db.models import QuerySet

from courses.models import MediaUpload, UploadState
from lms.people.models import Person


def handed_in_by(person: Person) -> QuerySet[MediaUpload]:
    """Those of which their owner said what they are."""
    return MediaUpload.objects.filter(person=person).exclude(state=UploadState.SENT).select_related("item")


def filings_of(person: Person) -> QuerySet[MediaUpload]:
    """Those that are being checked or were not taken, newest first."""
    return handed_in_by(person).exclude(state=UploadState.DONE).order_by("-touched_at")
