"""Count how often a question was asked from an index alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_marking")]

    operations = [
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(fields=["question_version", "attempt"], name="slot_question_and_attempt"),
        ),
        # The new index begins with the version: the one of the foreign key has nothing left to do.
        migrations.AlterField(
            model_name="slot",
            name="question_version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.questionversion",
            ),
        ),
    ]
