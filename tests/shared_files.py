"""Where the real reports are: ``../shared``, beside the repository and never in it.

``SEEDS`` (five reports as text), ``REPORTS`` (two PDFs with their true values) and ``SPEC`` (the expected results) are
paths. A test that needs them carries ``@needs_shared``, or asks for the fixture ``seeds`` or ``reports`` (conftest.py);
to run once a file, ``@pytest.mark.parametrize("path", seed_files(), ids=file_name)`` with ``@needs_shared``.

On a machine without these files such tests are skipped, and say so. Under ``CI`` their absence is a failure: there a
skipped test would pass for a proof.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SEEDS = SHARED / "seeds"
REPORTS = SHARED / "reports"
SPEC = SHARED / "spec"

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
ABSENT = "the real reports are not beside the repository (../shared)"

needs_shared = pytest.mark.skipif(not IN_CI and not (SEEDS.is_dir() and REPORTS.is_dir()), reason=ABSENT)


def seed_files() -> list[Path]:
    """The seeds in order; empty when they are absent outside CI. In CI their absence stops the collection."""
    return _present(SEEDS, "*.txt")


def report_files() -> list[Path]:
    """The PDFs in order; ``<stem>.truth.json`` beside each holds its true values. Absence as in ``seed_files``."""
    return _present(REPORTS, "*.pdf")


def file_name(path: object) -> str:
    """The id of a parametrized test."""
    return Path(str(path)).name


def _present(folder: Path, pattern: str) -> list[Path]:
    files = sorted(folder.glob(pattern))
    if not files and IN_CI:
        raise FileNotFoundError(f"{ABSENT}: {folder}/{pattern}")
    return files
