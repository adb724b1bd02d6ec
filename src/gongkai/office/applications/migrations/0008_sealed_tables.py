"""Uploaded registers are sealed with their headings, by a field that is sealed anew at rotation.

What waits between upload and import does not outlive this step: the page asks for the file once more.
"""

from django.db import migrations

import gongkai.office.acts.personal.fields


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_open_index")]

    operations = [
        migrations.RemoveField(model_name="registerimport", name="heads"),
        migrations.RemoveField(model_name="registerimport", name="sealed_rows"),
        migrations.AddField(
            model_name="registerimport",
            name="table",
            field=gongkai.office.acts.personal.fields.EncryptedField(
                "table", context="applications.registerimport.table", null=True, verbose_name="内容"
            ),
        ),
    ]
