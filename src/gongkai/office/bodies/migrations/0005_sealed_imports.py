"""The rows of uploaded tables are an encrypted field like any other, and so sealed anew at rotation."""

import gongkai.office.acts.personal.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0004_imports"),
    ]

    operations = [
        migrations.AlterField(
            model_name="import",
            name="sealed_rows",
            field=gongkai.office.acts.personal.fields.EncryptedField(
                "table", context="bodies.import.sealed_rows", null=True, verbose_name="内容"
            ),
        ),
    ]
