"""Fixtures of bodies and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from office.bodies.county import County


@pytest.fixture
def county(db: None) -> County:
    """A small county, rolled back after the test."""
    # Not above: pytest reads this file before Django is set up.
    from office.bodies.county import make_county

    return make_county()
