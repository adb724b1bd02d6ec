"""按件计收: what one applicant brought to one body in one calendar month, counted by the day of receipt."""

from __future__ import annotations

import pytest
from office.applications.casework import day, done, registered
from office.applications.pages import at, page, text
from office.world import World, build_world

from gongkai.office.acts.policy import SYSTEM
from gongkai.office.applications.selectors.applicants import count_in_month
from gongkai.office.applications.services.registering import register


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def test_a_month_counts_by_receipt_and_the_body(world: World) -> None:
    """条例 第三十一条: an e-mail of 31 January that is confirmed on 1 February was received in February."""
    january = registered(world, "2024-01-31")
    late = registered(world, "2024-01-31", channel="email")
    late = done(late, "confirmed", "2024-02-01")
    february = registered(world, "2024-02-02")
    registered(world, "2024-02-02", identity_number="110105194912310048", phone="13900139000", applicant_name="别人")
    fields = {"applicant_kind": "natural_person", "applicant_name": "申请人甲", "identity_kind": "identity_card"}
    fields |= {"identity_number": "110105194912310021", "description": "另一机关的信息"}
    register(SYSTEM, world.other, channel="counter", arrived_on=day("2024-02-01"), fields=fields)
    assert [count_in_month(case) for case in (january, late, february)] == [1, 2, 2]
    assert [count_in_month(case, before=True) for case in (january, late, february)] == [0, 0, 1]


def test_pages_are_not_charged_for_consulting(world: World) -> None:
    case = registered(world, "2024-01-31", form="consult", way="collect")
    typed = {"version": case.version, "basis": "page", "count": 100}
    answer = at(world, "handler").post(page("event", case.pk, "fee_notice"), typed)
    assert "以“查阅、抄录”提供的，不能按量计收（国办函〔2020〕109号 第五条）" in text(answer)
