"""Read-only views under api/v1/. A person sees her own attempts; another one's is not found."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments.actions.submit import submit_if_overdue
from assessments.api.serializers import AttemptResultSerializer, AttemptSerializer
from assessments.models import Attempt, AttemptState
from assessments.queries.attempts import attempts_of
from assessments.queries.results import reviewed_questions
from assessments.queries.standing import standing_behind
from lms.people.models import Person
from lms.shared import clock


class OwnAttempts(generics.ListAPIView[Attempt]):
    """The signed-in person's attempts, newest first."""

    queryset = Attempt.objects.none()  # for the schema
    serializer_class = AttemptSerializer

    def get_queryset(self) -> QuerySet[Attempt]:
        # DEFAULT_PERMISSION_CLASSES lets nobody in who is not signed in.
        return _with_titles(cast(Person, self.request.user)).order_by("-started_at", "-pk")


class OwnAttempt(APIView):
    """One of her attempts, and when the quiz's rule opens it how each question went."""

    @extend_schema(responses=AttemptResultSerializer)
    def get(self, request: Request, attempt_id: int, *args: Any, **kwargs: Any) -> Response:
        person = cast(Person, request.user)
        attempt = get_object_or_404(_with_titles(person), pk=attempt_id)
        attempt = submit_if_overdue(attempt=attempt, by=person)
        closed = attempt.state != AttemptState.OPEN
        opened = closed and standing_behind(attempt, person, at=clock.now()).sees_marks
        attempt.questions = reviewed_questions(attempt, sees_key=False) if opened else []  # type: ignore[attr-defined]
        return Response(AttemptResultSerializer(attempt).data)


def _with_titles(person: Person) -> QuerySet[Attempt]:
    return attempts_of(person).select_related("version", "quiz")
