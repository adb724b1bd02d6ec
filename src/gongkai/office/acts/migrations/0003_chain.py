"""The act log only grows, and is chained: see ``chain.sql``. There is no way back: a log is not undone."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """Functions and triggers of the log."""

    dependencies = (("acts", "0002_initial"),)
    operations = (
        migrations.RunSQL((Path(__file__).parents[1] / "chain.sql").read_text("utf-8"), migrations.RunSQL.noop),
    )
