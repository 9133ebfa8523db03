from django.db import migrations

from lms.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    """The H5P app knows nothing of our triggers, so they are put on its table from here."""

    dependencies = [("courses", "0008_media"), ("h5p", "0001_initial")]

    operations = [AppendOnly("h5p_statement")]
