"""Shapes of the answers; all read-only."""

from rest_framework import serializers

from assessments.models import Attempt


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """An attempt. `receipt` is empty while it is open; `score`, `percent` and `passed` also in marking.

    `sign_off`: empty where no supervisor has to confirm it; "waiting" and "refused" do not count yet.
    """

    quiz = serializers.CharField(source="quiz.usage_key", read_only=True)
    title = serializers.DictField(source="version.title", child=serializers.CharField(), read_only=True)
    pass_percent = serializers.IntegerField(source="version.pass_percent", read_only=True)
    state = serializers.CharField(read_only=True)  # "open", "marking" or "submitted"
    score = serializers.DecimalField(max_digits=14, decimal_places=3, read_only=True, allow_null=True)
    sign_off = serializers.CharField(read_only=True)
    percent = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Attempt
        fields = [
            "id",
            "quiz",
            "title",
            "number",
            "state",
            "started_at",
            "deadline_at",
            "submitted_at",
            "submitted_by_clock",
            "number_of_questions",
            "score",
            "out_of",
            "percent",
            "pass_percent",
            "passed",
            "sign_off",
            "receipt",
        ]
        read_only_fields = fields


class QuestionResultSerializer(serializers.Serializer[object]):
    """How one question went; `percent` is null until it is marked, and where it is left out.

    Its right answer is on the result page, by the rule for the key.
    """

    position = serializers.IntegerField(read_only=True)
    outcome = serializers.CharField(read_only=True)
    percent = serializers.IntegerField(read_only=True, allow_null=True)
    is_answered = serializers.BooleanField(read_only=True)


class AttemptResultSerializer(AttemptSerializer):
    """An attempt with its questions; none while it is open."""

    questions = QuestionResultSerializer(many=True, read_only=True)

    class Meta(AttemptSerializer.Meta):
        fields = [*AttemptSerializer.Meta.fields, "questions"]
        read_only_fields = fields
