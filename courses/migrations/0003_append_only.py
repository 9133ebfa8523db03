from django.db import migrations

from lms.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("courses", "0002_initial")]

    operations = [AppendOnly("courses_blockversion")]
