"""The table of the sample app, in the real database, for the time of one test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.db import connection


@pytest.fixture
def records(db: None) -> Iterator[Any]:
    """The model ``Record`` of the sample app, installed and with its table.

    Installed by hand: changing INSTALLED_APPS would make every app ready once more, and not all can stand that.
    """
    sample = AppConfig.create("office.acts.personal.sample")
    sample.apps = apps
    apps.app_configs[sample.label] = sample
    sample.import_models()
    apps.clear_cache()
    record = sample.get_model("Record")
    with connection.schema_editor() as editor:
        editor.create_model(record)
    yield record
    del apps.app_configs[sample.label]
    apps.clear_cache()


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> list[bytes]:
    """Three keys; the settings hold the first until a test says otherwise. Files rotate too: those of the test."""
    settings.DATA = tmp_path
    made = [bytes([number]) * 32 for number in (1, 2, 3)]
    settings.DATA_KEYS = (made[0],)
    return made
