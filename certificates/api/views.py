"""JSON for the holder and for outside verifiers."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from certificates.api.serializers import (
    CertificateSerializer,
    NotVerifiedSerializer,
    VerificationSerializer,
)
from certificates.http import address_of
from certificates.models import Certificate
from certificates.queries.holdings import certificates_of
from certificates.queries.verification import verification
from lms.people.models import Person
from lms.shared import clock
from lms.shared.limits import WINDOW, count


class OwnCertificates(ListAPIView[Certificate]):
    """The certificates of whoever asks, the newest first."""

    serializer_class = CertificateSerializer
    queryset = Certificate.objects.none()  # tells the schema what it lists

    def get_queryset(self) -> QuerySet[Certificate]:
        person = self.request.user
        return certificates_of(person) if isinstance(person, Person) else self.queryset


class VerifyThrottle(BaseThrottle):
    """60 a minute for each address, shared with nobody who makes up a forwarding header."""

    per_minute = 60

    def allow_request(self, request: Request, view: APIView) -> bool:
        return count("verify-api", address_of(request._request)) <= self.per_minute

    def wait(self) -> float:
        return WINDOW


class Verify(APIView):
    """Check a certificate by its public code."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [VerifyThrottle]

    @extend_schema(responses={200: VerificationSerializer, 404: NotVerifiedSerializer})
    def get(self, request: Request, code: str) -> Response:
        result = verification(code, at=clock.now())
        headers = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
        if result.certificate is None:
            return Response(NotVerifiedSerializer(result).data, status=404, headers=headers)
        return Response(VerificationSerializer(result).data, headers=headers)
