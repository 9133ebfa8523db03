import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from lms.shared.append_only import AppendOnly, StillAppendOnly


def to_append_only(model, name, value):
    """Add a column to a table whose rows never change."""
    table = f"assessments_{model}"
    field = models.BooleanField(db_default=value, default=value)
    return [StillAppendOnly(table), migrations.AddField(model, name, field), StillAppendOnly(table)]


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0004_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('media_type', models.CharField(max_length=100)),
                ('file', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('deleted_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('opened_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('is_upheld', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='HandMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('levels', models.JSONField()),
                ('points', models.DecimalField(decimal_places=3, max_digits=7)),
                ('out_of', models.DecimalField(decimal_places=3, max_digits=7)),
                ('comment', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='MarkingClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PoolState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('candidates', models.JSONField()),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Regrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rekey', 'Mark by the key of a newer version'), ('full', 'Full marks for everybody'), ('leave-out', 'Leave the question out')], max_length=16)),
                ('upto', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('last_attempt', models.BigIntegerField(default=0)),
                ('done_at', models.DateTimeField(null=True)),
                ('looked_at', models.PositiveIntegerField(default=0)),
                ('raised', models.PositiveIntegerField(default=0)),
                ('kept', models.PositiveIntegerField(default=0)),
                ('newly_passed', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='attempt',
            name='attempt_one_open_per_person_and_quiz',
        ),
        migrations.RemoveConstraint(
            model_name='attempt',
            name='attempt_submitted_has_time_score_and_receipt',
        ),
        *to_append_only('marking', 'counts', True),
        *to_append_only('quizversion', 'double_marking', False),
        migrations.AlterField(
            model_name='attempt',
            name='state',
            field=models.CharField(choices=[('open', 'Under way'), ('marking', 'Awaiting marking'), ('submitted', 'Submitted')], default='open', max_length=16),
        ),
        migrations.AddField(
            model_name='answerfile',
            name='attempt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='assessments.attempt'),
        ),
        migrations.AddField(
            model_name='answerfile',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='assessments.slot'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appeal',
            name='slot',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='assessments.slot'),
        ),
        migrations.AddField(
            model_name='handmark',
            name='marker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handmark',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_marks', to='assessments.slot'),
        ),
        migrations.AddField(
            model_name='markingclaim',
            name='marker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='markingclaim',
            name='slot',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='claim', to='assessments.slot'),
        ),
        migrations.AddField(
            model_name='attempt',
            name='pool_state',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.poolstate'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'marking'])), fields=('quiz', 'person'), name='attempt_one_open_per_person_and_quiz'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passed', None), ('receipt', ''), ('score', None), ('state', 'open'), ('submitted_at', None)), models.Q(('state', 'marking'), ('passed', None), ('score', None), ('submitted_at__isnull', False), models.Q(('receipt', ''), _negated=True)), models.Q(('passed__isnull', False), ('score__isnull', False), ('state', 'submitted'), ('submitted_at__isnull', False), models.Q(('receipt', ''), _negated=True)), _connector='OR'), name='attempt_submitted_has_time_score_and_receipt'),
        ),
        migrations.AddField(
            model_name='regrade',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='regrade',
            name='key',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.questionversion'),
        ),
        migrations.AddField(
            model_name='regrade',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regrades', to='assessments.question'),
        ),
        migrations.AddConstraint(
            model_name='answerfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deleted_at', None), models.Q(('file', ''), _negated=True)), models.Q(('deleted_at__isnull', False), ('file', '')), _connector='OR'), name='answer_file_has_bytes_until_deleted'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided_at', None), ('decided_by', None), ('is_upheld', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_upheld__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='appeal_decided_by_somebody_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='handmark',
            constraint=models.UniqueConstraint(fields=('slot', 'marker'), name='hand_mark_once_per_marker'),
        ),
        migrations.AddConstraint(
            model_name='handmark',
            constraint=models.CheckConstraint(condition=models.Q(('out_of__gt', 0), ('points__gte', 0), ('points__lte', models.F('out_of'))), name='hand_mark_within_its_full_mark'),
        ),
        migrations.AddConstraint(
            model_name='regrade',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key__isnull', False), ('kind', 'rekey')), models.Q(models.Q(('kind', 'rekey'), _negated=True), ('key', None)), _connector='OR'), name='regrade_key_when_rekeyed'),
        ),
        migrations.AddConstraint(
            model_name='regrade',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='regrade_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='regrade',
            constraint=models.UniqueConstraint(fields=('question', 'kind', 'upto'), name='regrade_decided_once'),
        ),
        AppendOnly("assessments_handmark"),
        AppendOnly("assessments_poolstate"),
    ]
