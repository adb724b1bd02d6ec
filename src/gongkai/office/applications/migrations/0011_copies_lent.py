"""Copies to be converted are lent by the store. What was left in the folder they once had does not outlive this step."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations


def remove(apps: Any, schema_editor: Any) -> None:
    shutil.rmtree(Path(settings.DATA) / "converting", ignore_errors=True)


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_letters_of_rectifications")]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
