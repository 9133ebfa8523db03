"""What the API says about certificates."""

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from certificates.models import Certificate
from certificates.queries.facts import verify_url
from certificates.queries.verification import Verification
from lms.shared import clock

STATUSES = ["valid", "expired", "revoked", "superseded"]


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    """One of the caller's own certificates."""

    track = serializers.CharField(source="programme.track.code", read_only=True)
    programme_version = serializers.CharField(source="programme.version", read_only=True)
    title = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()
    verify_url = serializers.SerializerMethodField()
    pdf_url = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields = [
            "serial",
            "code",
            "track",
            "programme_version",
            "title",
            "level",
            "components",
            "status",
            "issued_at",
            "expires_at",
            "verify_url",
            "pdf_url",
            "pdf_sha256",
        ]
        read_only_fields = fields

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_title(self, certificate: Certificate) -> dict[str, str]:
        return titles(certificate.facts)

    @extend_schema_field({"type": "string", "enum": STATUSES})
    def get_status(self, certificate: Certificate) -> str:
        return certificate.status_at(clock.now())

    @extend_schema_field(OpenApiTypes.URI)
    def get_verify_url(self, certificate: Certificate) -> str:
        return verify_url(certificate.code)

    @extend_schema_field(OpenApiTypes.URI_REF)
    def get_pdf_url(self, certificate: Certificate) -> str:
        return reverse("certificates:pdf", args=[certificate.serial])


class VerificationSerializer(serializers.Serializer[Verification]):
    """What an outside verifier may know. Anybody with the code can fetch this."""

    code = serializers.CharField(source="typed")
    status = serializers.CharField(source="outcome")
    checked_at = serializers.DateTimeField(source="at")
    serial = serializers.CharField(source="facts.serial")
    holder = serializers.CharField(source="masked_name")
    title = serializers.SerializerMethodField()
    track = serializers.CharField(source="certificate.programme.track.code")
    level = serializers.CharField(source="certificate.level")
    components = serializers.ListField(child=serializers.CharField(), source="certificate.components")
    evidence = serializers.CharField(source="certificate.evidence")
    identity_level = serializers.CharField(source="certificate.identity_level")
    issuer = serializers.CharField(source="facts.issuer_vi")
    issued_on = serializers.DateField(source="facts.issued_on")
    expires_on = serializers.DateField(source="facts.expires_on", allow_null=True)
    revoked_at = serializers.DateTimeField(source="certificate.revoked_at", allow_null=True)
    revocation_reason = serializers.CharField(source="certificate.revocation_reason", allow_blank=True)
    is_synthetic = serializers.BooleanField(source="facts.is_synthetic")
    pdf_sha256 = serializers.CharField(source="certificate.pdf_sha256", allow_blank=True)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_title(self, result: Verification) -> dict[str, str]:
        return titles(result.certificate.facts if result.certificate else {})


class NotVerifiedSerializer(serializers.Serializer[Verification]):
    """A code that stands for nothing: `unknown`, or `mistyped` when its check character is wrong."""

    code = serializers.CharField(source="typed")
    status = serializers.CharField(source="outcome")
    checked_at = serializers.DateTimeField(source="at")


def titles(facts: dict[str, Any]) -> dict[str, str]:
    """The programme's titles as printed."""
    return {"vi": facts.get("track_title_vi", ""), "en": facts.get("track_title_en", "")}
