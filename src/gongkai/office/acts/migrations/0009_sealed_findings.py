"""What a look for hidden data found is encrypted: it quotes the names and words that were hidden."""

import json
from typing import Any

from django.db import migrations

import gongkai.office.acts.personal.fields


def seal(apps: Any, schema_editor: Any) -> None:
    """One after the other: a row is read in the clear and written sealed."""
    files = apps.get_model("acts", "StoredFile")
    for file in files.objects.filter(findings_clear__isnull=False).iterator(chunk_size=500):
        text = json.dumps(file.findings_clear)
        files.objects.filter(pk=file.pk).update(findings_json=text)


class Migration(migrations.Migration):
    dependencies = [("acts", "0008_work")]

    operations = [
        migrations.RenameField("storedfile", "findings_json", "findings_clear"),
        migrations.AddField(
            model_name="storedfile",
            name="findings_json",
            field=gongkai.office.acts.personal.fields.EncryptedField(
                "table", context="acts.storedfile.findings_json", null=True, verbose_name="隐藏信息"
            ),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("storedfile", "findings_clear"),
    ]
