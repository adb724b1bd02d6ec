"""The table of Django's cache (``CACHES``): limits and used codes are counted for all processes together."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(apps: object, schema_editor: Any) -> None:
    # The command looks for itself whether the table is there; it makes those of all caches in the database.
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("sign_in", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
