"""Citizens of the small world."""

from __future__ import annotations

import pytest
from office.portal.citizen import Citizen
from office.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def citizen(world: World) -> Citizen:
    return Citizen(world)
