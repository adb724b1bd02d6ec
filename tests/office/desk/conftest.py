"""The world of the rights, and browsers in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

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
