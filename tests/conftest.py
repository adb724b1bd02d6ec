"""Fixtures for all tests. Where the real reports are and when they may be absent: see ``shared_files``."""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path

import django
import pytest
from shared_files import ABSENT, IN_CI, REPORTS, SEEDS

# The office's environment, before any test module imports a model: a data folder of this process's own, plain HTTP.
_data = tempfile.TemporaryDirectory(prefix="gongkai-test-", ignore_cleanup_errors=True)
atexit.register(_data.cleanup)
os.environ.update(
    GONGKAI_DATA=_data.name, GONGKAI_PLAIN_HTTP="1", DJANGO_SETTINGS_MODULE="gongkai.office.config.settings"
)
os.environ.pop("DATABASE_URL", None)
django.setup()
# The processes that pytest-xdist starts inherit this environment. With the variable in it pytest-django would set them
# up before this file does, and all would share one data folder, and one server that the first to end stops.
del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five real reports as text."""
    return _folder(SEEDS)


@pytest.fixture(scope="session")
def reports() -> Path:
    """The folder of the two real PDFs and their true values."""
    return _folder(REPORTS)


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        (pytest.fail if IN_CI else pytest.skip)(f"{ABSENT}: {folder}")
    return folder
