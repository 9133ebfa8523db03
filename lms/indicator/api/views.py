"""The public aggregate as JSON."""

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.indicator.formula import Figure, Reading, rows_to_hide
from lms.indicator.queries.report import IndicatorReport, indicator_at
from lms.shared import clock


class DatesSerializer(serializers.Serializer[Any]):
    """Which figure is asked for."""

    as_of = serializers.DateField(required=False)
    known = serializers.DateField(required=False)

    def validate_as_of(self, day: date) -> date:
        if day > clock.today():
            raise serializers.ValidationError("This day is still to come.", code="future")
        return day


class FigureSerializer(serializers.Serializer[Any]):
    """D, N and what follows from them. All null where a cell is too small to publish."""

    concerned = serializers.IntegerField(allow_null=True)
    trained = serializers.IntegerField(allow_null=True)
    percent = serializers.FloatField(allow_null=True, help_text="One decimal, rounded down.")
    missing = serializers.IntegerField(allow_null=True)
    met = serializers.BooleanField(allow_null=True)


class BodySerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    nso_code = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField()
    signed_on = serializers.DateField(allow_null=True)
    vi = FigureSerializer()
    strict = FigureSerializer()


class IndicatorSerializer(serializers.Serializer[Any]):
    """B70 under both readings, with its companions, nationally and by body."""

    as_of = serializers.DateField()
    known_on = serializers.DateField()
    definition = serializers.CharField()
    provisional = serializers.BooleanField()
    bodies_signed = serializers.IntegerField()
    bodies_total = serializers.IntegerField()
    vi = FigureSerializer()
    strict = FigureSerializer()
    with_propagandists = FigureSerializer()
    a70 = FigureSerializer(help_text="Another target; never to be merged with B70.")
    ever_trained = serializers.IntegerField()
    external = serializers.IntegerField()
    new_in_duty = serializers.IntegerField()
    bodies = BodySerializer(many=True)


class IndicatorView(APIView):
    """The indicator of a day. Public: cells with fewer than five people are null."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[OpenApiParameter("as_of", date), OpenApiParameter("known", date)],
        responses=IndicatorSerializer,
    )
    def get(self, request: Request) -> Response:
        asked = DatesSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        as_of = asked.validated_data.get("as_of") or clock.today()
        known = asked.validated_data.get("known")
        known_on = known if known and known < clock.today() else None
        report = indicator_at(as_of, known_on)
        return Response(IndicatorSerializer(_content(report, as_of, known_on)).data)


def _content(report: IndicatorReport, as_of: date, known_on: date | None) -> dict[str, Any]:
    counts = report.counts
    return {
        "as_of": as_of,
        "known_on": known_on or clock.today(),
        "definition": report.definition_version,
        "provisional": report.is_provisional,
        "bodies_signed": len(report.rows) - len(report.unsigned),
        "bodies_total": len(report.rows),
        "vi": _figure(report.figure()),
        "strict": _figure(report.figure(Reading.STRICT)),
        "with_propagandists": _figure(counts.with_propagandists),
        "a70": _figure(counts.a70),
        "ever_trained": counts.ever_trained,
        "external": counts.external,
        "new_in_duty": counts.new,
        "bodies": _bodies(report),
    }


def _bodies(report: IndicatorReport) -> list[dict[str, Any]]:
    figures = {reading: [row.counts.figure(reading) for row in report.rows] for reading in Reading}
    hidden = {r: rows_to_hide([f.number_concerned for f in found]) for r, found in figures.items()}
    return [
        {
            "code": row.code,
            "nso_code": row.nso_code,
            "kind": row.kind,
            "name": row.name,
            "signed_on": row.signed_on,
        }
        | {r.value: _figure(None if i in hidden[r] else figures[r][i]) for r in Reading}
        for i, row in enumerate(report.rows)
    ]


def _figure(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return dict.fromkeys(("concerned", "trained", "percent", "missing", "met"))
    return {
        "concerned": figure.number_concerned,
        "trained": figure.number_trained,
        "percent": figure.percent,
        "missing": figure.number_missing,
        "met": None if figure.is_empty else figure.is_met,
    }
