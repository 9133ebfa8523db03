"""Who the caller is."""

from typing import cast

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.people.models import Assignment, Person
from lms.people.queries import assignments_of, person_line


class DutySerializer(serializers.ModelSerializer[Assignment]):
    """One duty the person holds today."""

    organisation = serializers.CharField(source="organisation.name")
    organisation_code = serializers.CharField(source="organisation.code")

    class Meta:
        model = Assignment
        fields = [
            "organisation",
            "organisation_code",
            "duty",
            "duty_type",
            "is_primary",
            "title",
            "valid_from",
            "valid_to",
        ]
        read_only_fields = fields


class MeSerializer(serializers.ModelSerializer[Person]):
    """The signed-in person. No personal ID, not even its last digits."""

    line = serializers.SerializerMethodField()
    organisation = serializers.SerializerMethodField()
    duties = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = ["username", "full_name", "line", "language", "organisation", "duties", "is_synthetic"]
        read_only_fields = fields

    def get_line(self, person: Person) -> str:
        """What the person is and where: "Học viên · xã Mẫu, tỉnh Sơn La"."""
        return person_line(person)

    def get_organisation(self, person: Person) -> str | None:
        """The organisation of the main duty."""
        duties = self._duties(person)
        return duties[0].organisation.name if duties else None

    @extend_schema_field(DutySerializer(many=True))
    def get_duties(self, person: Person) -> list[dict[str, object]]:
        """What the person does today, the main duty first."""
        return [dict(row) for row in DutySerializer(self._duties(person), many=True).data]

    def _duties(self, person: Person) -> list[Assignment]:
        if not hasattr(self, "_fetched"):
            self._fetched = list(assignments_of(person))
        return self._fetched


class Me(APIView):
    @extend_schema(responses=MeSerializer, operation_id="me")
    def get(self, request: Request) -> Response:
        """The person whose session or key made this request."""
        return Response(MeSerializer(cast(Person, request.user)).data)
