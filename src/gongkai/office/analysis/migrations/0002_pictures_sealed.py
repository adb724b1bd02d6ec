"""Pictures of pages are kept sealed, in another folder. Those in the clear do not outlive this step; they are made again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations


def remove(apps: Any, schema_editor: Any) -> None:
    shutil.rmtree(Path(settings.DATA) / "pictures", ignore_errors=True)


class Migration(migrations.Migration):
    dependencies = [("analysis", "0001_initial")]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
