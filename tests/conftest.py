"""Fixtures for all tests. Where the real reports are and when they may be absent: see ``shared_files``."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared_files import ABSENT, IN_CI, REPORTS, SEEDS


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
