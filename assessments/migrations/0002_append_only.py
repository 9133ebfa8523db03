from django.db import migrations

from lms.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        AppendOnly("assessments_step"),
        AppendOnly("assessments_marking"),
        AppendOnly("assessments_questionversion"),
        AppendOnly("assessments_quizversion"),
    ]
