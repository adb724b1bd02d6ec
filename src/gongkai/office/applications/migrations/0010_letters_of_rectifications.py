"""The letters of 更正: their numbers, and whether a person or an organisation is addressed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_service_and_delay")]

    operations = [
        migrations.AddField("rectification", "numbers", models.JSONField(default=dict, verbose_name="文号")),
        migrations.AddField(
            "rectification", "organisation", models.BooleanField(default=False, verbose_name="申请人是单位")
        ),
    ]
