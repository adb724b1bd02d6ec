"""The world of the rights, a log with a few acts, and somebody who looks at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from office.world import World


@pytest.fixture
def world(db: None) -> World:
    from office.world import build_world

    return build_world()


@pytest.fixture
def as_role(world: World) -> Callable[[str], Client]:
    """A browser in which the person of this role is signed in."""

    def sign_in(role: str) -> Client:
        client = Client()
        world.sign_in(client, role)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _heads_of_this_test_alone(settings: Any, tmp_path: Path) -> None:
    """The file of known heads outlives the database of a test."""
    settings.DATA = tmp_path
