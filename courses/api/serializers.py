"""Shapes of the answers; all read-only."""

from typing import Any

from rest_framework import serializers

from courses.models import Module, Programme, ProgrammeModule


class ModuleSerializer(serializers.ModelSerializer[Module]):
    """A module as a catalogue lists it."""

    is_published = serializers.SerializerMethodField()

    class Meta:
        model = Module
        fields = ["code", "title", "component", "is_published"]
        read_only_fields = fields

    def get_is_published(self, module: Module) -> bool:
        return module.published_id is not None


class PlaceSerializer(serializers.ModelSerializer[ProgrammeModule]):
    """A module's place in a programme."""

    module = ModuleSerializer(read_only=True)

    class Meta:
        model = ProgrammeModule
        fields = ["position", "is_core", "is_required", "module"]
        read_only_fields = fields


class TrackSerializer(serializers.ModelSerializer[Programme]):
    """A track with its open programme."""

    code = serializers.CharField(source="track.code", read_only=True)
    track_title = serializers.JSONField(source="track.title", read_only=True)
    duty = serializers.CharField(source="track.duty", read_only=True)

    class Meta:
        model = Programme
        fields = ["code", "track_title", "duty", "version", "title", "level", "components", "hours"]
        read_only_fields = fields


class TrackDetailSerializer(TrackSerializer):
    """A track with its modules and its exam."""

    modules = PlaceSerializer(source="places", many=True, read_only=True)
    exam = ModuleSerializer(source="exam_module", read_only=True, allow_null=True)

    class Meta(TrackSerializer.Meta):
        fields = [*TrackSerializer.Meta.fields, "modules", "exam"]
        read_only_fields = fields


class ModuleProgressSerializer(serializers.Serializer[Any]):
    """One module of one's own way."""

    code = serializers.CharField()
    title = serializers.JSONField()
    is_core = serializers.BooleanField()
    is_required = serializers.BooleanField()
    is_exam = serializers.BooleanField()
    state = serializers.ChoiceField(["done", "started", "open", "locked", "announced"])
    units_done = serializers.IntegerField()
    number_of_units = serializers.IntegerField()
    minutes_left = serializers.IntegerField()
    completed_at = serializers.DateTimeField(allow_null=True)


class NextStepSerializer(serializers.Serializer[Any]):
    """The one thing to do now."""

    module_code = serializers.CharField()
    unit_key = serializers.CharField()
    unit_title = serializers.JSONField()
    unit_minutes = serializers.IntegerField()
    units_left = serializers.IntegerField()
    minutes_left = serializers.IntegerField()


class ProgressSerializer(serializers.Serializer[Any]):
    """One's own way through one programme."""

    track = serializers.CharField(source="programme.track.code")
    version = serializers.CharField(source="programme.version")
    modules_done = serializers.IntegerField()
    number_of_modules = serializers.IntegerField()
    minutes_left = serializers.IntegerField()
    is_finished = serializers.BooleanField()
    modules = ModuleProgressSerializer(many=True)
    next = NextStepSerializer(allow_null=True)
