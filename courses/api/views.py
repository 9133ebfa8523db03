"""Read-only views under api/v1/."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.api.serializers import ProgressSerializer, TrackDetailSerializer, TrackSerializer
from courses.models import Programme, ProgrammeModule
from courses.queries.enrolment import current_enrolments
from courses.queries.outline import open_programmes
from courses.queries.progress import programme_progress
from lms.people.models import Person


class Tracks(generics.ListAPIView[Programme]):
    """The tracks and their open programmes. Open to everybody: it is the catalogue."""

    permission_classes = [AllowAny]
    serializer_class = TrackSerializer

    def get_queryset(self) -> QuerySet[Programme]:
        return open_programmes()


class TrackDetail(generics.RetrieveAPIView[Programme]):
    """One track with its modules."""

    permission_classes = [AllowAny]
    serializer_class = TrackDetailSerializer
    lookup_field = "track__code"
    lookup_url_kwarg = "code"

    def get_queryset(self) -> QuerySet[Programme]:
        places = ProgrammeModule.objects.select_related("module").order_by("position")
        return open_programmes().prefetch_related(Prefetch("places", places))


class OwnProgress(APIView):
    """How far the signed-in person is in each of her programmes; nobody else's."""

    @extend_schema(responses=ProgressSerializer(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        person = cast(Person, request.user)  # DEFAULT_PERMISSION_CLASSES lets nobody else in
        ways = [programme_progress(person, row.programme) for row in current_enrolments(person)]
        return Response(ProgressSerializer(ways, many=True).data)
