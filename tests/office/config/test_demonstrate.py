"""``gongkai office demonstrate``: what it refuses."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from office.world import build_world

from gongkai.office.bodies.models import Body
from gongkai.office.config.demonstration import cases, ensure


@pytest.mark.django_db
def test_a_database_with_other_data_is_left_alone() -> None:
    build_world()
    before = list(Body.objects.values_list("name", flat=True))
    with pytest.raises(CommandError, match="已有机关的数据，没有改动"):
        call_command("demonstrate", scale=1)
    assert ensure() == []
    assert list(Body.objects.values_list("name", flat=True)) == before
    assert not cases.unfinished()


@pytest.mark.parametrize("scale", [0, -3, 5000])
def test_a_scale_out_of_bounds_is_refused(scale: int) -> None:
    with pytest.raises(CommandError, match="规模应在1至1000之间"):
        call_command("demonstrate", scale=scale)
