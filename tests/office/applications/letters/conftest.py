"""Fonts may be absent on a person's machine, never in CI."""

from __future__ import annotations

import pytest
from shared_files import IN_CI

from gongkai.rendering import RenderingError
from gongkai.rendering.fonts import families


@pytest.fixture(scope="session")
def pdf_fonts() -> dict[str, list[str]]:
    """The fonts for PDF; skips where there are none."""
    try:
        return families()
    except RenderingError as error:
        if IN_CI:
            raise
        pytest.skip(str(error))
