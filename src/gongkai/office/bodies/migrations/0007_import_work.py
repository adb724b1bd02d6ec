"""Trial and import of long tables are work in the background (``acts.Work``), which knows how far it is."""

from typing import Any

from django.db import migrations, models


def settle(apps: Any, schema_editor: Any) -> None:
    """What was in hand when the office was stopped for this step is asked for once more by its person."""
    imports = apps.get_model("bodies", "Import")
    imports.objects.filter(state="trying").update(state="uploaded")
    imports.objects.filter(state="importing").update(state="tried")


class Migration(migrations.Migration):
    dependencies = [("bodies", "0006_body_order")]

    operations = [
        migrations.DeleteModel(name="ImportProgress"),
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[("uploaded", "待试算"), ("tried", "已试算"), ("imported", "已导入")],
                default="uploaded",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
