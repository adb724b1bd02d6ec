"""When letters were served, later dates of replies, and the weighing of interests as a record of its own."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_HARM = ("harm", "interest", "result")


def weigh_apart(apps: Any, schema_editor: Any) -> None:
    """The weighing lay within the record of the consultation; the law asks for both."""
    for decision in apps.get_model("applications", "Decision").objects.iterator():
        kept = decision.records.get("consultation")
        if isinstance(kept, dict):
            decision.records["consultation"] = kept.get("record", "")
            if harm := {key: kept[key] for key in _HARM if kept.get(key)}:
                decision.records["harm_test"] = harm
            decision.save(update_fields=["records"])


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_sealed_tables")]

    operations = [
        migrations.AddField("caseevent", "until", models.DateField(null=True, verbose_name="延迟答复的期限")),
        migrations.AddField(
            "letter",
            "event",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="applications.caseevent",
                verbose_name="所属事项",
            ),
        ),
        migrations.RunPython(weigh_apart, migrations.RunPython.noop),
    ]
