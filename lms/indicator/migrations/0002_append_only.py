from django.db import migrations

from lms.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("indicator", "0001_initial")]

    operations = [AppendOnly("indicator_indicatorsnapshot")]
