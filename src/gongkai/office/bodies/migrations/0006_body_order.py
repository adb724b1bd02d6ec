"""People are listed in the order of their bodies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0005_sealed_imports"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="body",
            index=models.Index(fields=["order", "id"], name="body_order"),
        ),
    ]
