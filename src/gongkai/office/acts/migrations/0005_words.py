"""Search in the log by words: see ``words.sql``."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """The function and the index."""

    dependencies = (("acts", "0004_mail"),)
    operations = (
        migrations.RunSQL(
            (Path(__file__).parents[1] / "words.sql").read_text("utf-8"),
            "DROP INDEX act_words; DROP FUNCTION acts_pairs(text)",
        ),
    )
