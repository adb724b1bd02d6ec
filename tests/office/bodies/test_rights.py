"""Roles are given and end: by whom, to whom, from when to when."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from office.bodies.county import County, acting

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM, Refused
from gongkai.office.bodies.models import RoleHolding
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.bodies.services.reorganisation import abolish_body
from gongkai.office.bodies.services.rights import end_role, grant_role

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def test_the_security_administrator_gives_a_role_with_its_ground(county: County) -> None:
    holding = grant_role(
        acting(county.security), county.clerk, Role.REVIEWER, county.bureau, valid_from=TODAY, ground="青财〔2024〕3号"
    )
    assert {s.role for s in standings(acting(county.clerk).person)} == {Role.HANDLER, Role.REVIEWER}
    assert holding.ground == "青财〔2024〕3号"
    act = Act.objects.filter(verb="bodies.grant_role").first()
    assert (act.actor_name, act.role, act.ground) == ("安全平", "安全保密管理员", "青财〔2024〕3号")
    assert act.thing_name == "张敏：青禾县财政局审核人"
    assert act.detail["自"] == TODAY.isoformat()


@pytest.mark.parametrize("who", ["system", "auditor", "clerk"])
def test_nobody_else_gives_roles(county: County, who: str) -> None:
    with pytest.raises(Refused, match="这项操作由安全保密管理员进行"):
        grant_role(acting(getattr(county, who)), county.clerk, Role.REVIEWER, county.bureau, valid_from=TODAY)


def test_nobody_gives_roles_to_oneself(county: County) -> None:
    with pytest.raises(Refused, match="不能给自己授权"):
        grant_role(acting(county.security), county.security, Role.REVIEWER, county.office, valid_from=TODAY)


@pytest.mark.parametrize(
    ("held", "wanted", "said"),
    [
        ((0, None), (0, None), "须由三个人分别担任"),
        ((0, 10), (10, None), "须由三个人分别担任"),  # the last day belongs to the term
        ((10, None), (0, None), "须由三个人分别担任"),  # a role that begins later
        ((10, None), (0, 10), "须由三个人分别担任"),
        ((0, 10), (11, None), ""),
        ((10, None), (0, 9), ""),
    ],
)
def test_three_administrators_are_three_people_on_every_day(
    county: County, held: tuple[int, int | None], wanted: tuple[int, int | None], said: str
) -> None:
    def term(days: tuple[int, int | None]) -> dict[str, datetime.date | None]:
        first, last = days
        return {"valid_from": TODAY + first * DAY, "valid_to": None if last is None else TODAY + last * DAY}

    person = county.person("lin", county.office)
    grant_role(acting(county.security), person, Role.AUDITOR, county.office, **term(held))
    if said:
        with pytest.raises(ValidationError, match=said):
            grant_role(acting(county.security), person, Role.SYSTEM_ADMINISTRATOR, county.government, **term(wanted))
    else:
        grant_role(acting(county.security), person, Role.SYSTEM_ADMINISTRATOR, county.government, **term(wanted))
    # And so says the database to whoever passes the services by.
    row = RoleHolding(person=person, role=Role.SECURITY_ADMINISTRATOR, body=county.township, valid_from=TODAY)
    with pytest.raises(IntegrityError, match="三个人分别担任"), transaction.atomic():
        row.save()


def test_the_same_role_is_not_held_twice_at_a_time(county: County) -> None:
    with pytest.raises(ValidationError, match="张敏在青禾县财政局已有这一角色（2020年1月1日至今后）"):
        grant_role(acting(county.security), county.clerk, Role.HANDLER, county.bureau, valid_from=TODAY)
    grant_role(acting(county.security), county.clerk, Role.HANDLER, county.township, valid_from=TODAY)
    with pytest.raises(IntegrityError, match="已有同一机关的同一角色"), transaction.atomic():
        RoleHolding.objects.create(person=county.clerk, role=Role.HANDLER, body=county.bureau, valid_from=TODAY)


def test_an_abolished_body_has_no_roles(county: County) -> None:
    abolish_body(acting(county.system), county.township, TODAY)
    with pytest.raises(ValidationError, match="撤销，自该日起不能再有角色"):
        grant_role(acting(county.security), county.clerk, Role.HANDLER, county.township, valid_from=TODAY)
    with pytest.raises(IntegrityError, match="该机关已于"), transaction.atomic():
        RoleHolding.objects.create(person=county.clerk, role=Role.HANDLER, body=county.township, valid_from=TODAY)
    RoleHolding.objects.create(
        person=county.clerk, role=Role.HANDLER, body=county.township, valid_from=TODAY - 9 * DAY, valid_to=TODAY - DAY
    )


def test_the_database_refuses_to_abolish_a_body_with_roles(county: County) -> None:
    county.bureau.abolished_on = TODAY
    with pytest.raises(IntegrityError, match="还有人员任职"), transaction.atomic():
        county.bureau.save()


def test_a_person_gives_no_rights_for_the_past_and_none_that_end_before_they_begin(county: County) -> None:
    with pytest.raises(ValidationError, match="不能倒签"):
        grant_role(acting(county.security), county.clerk, Role.REVIEWER, county.bureau, valid_from=TODAY - DAY)
    term = {"valid_from": TODAY, "valid_to": TODAY - DAY}
    with pytest.raises(ValidationError, match="截止日期早于起始日期"):
        grant_role(acting(county.security), county.clerk, Role.REVIEWER, county.bureau, **term)


def test_the_reviewer_of_the_county_sits_in_the_office_of_the_government(county: County) -> None:
    with pytest.raises(ValidationError, match="第三条"):
        grant_role(SYSTEM, county.clerk, Role.SUPERVISOR, county.bureau, valid_from=TODAY)
    grant_role(SYSTEM, county.clerk, Role.SUPERVISOR, county.office, valid_from=TODAY)


def test_a_role_ends_at_once_or_later_but_not_in_the_past(county: County) -> None:
    holding = RoleHolding.objects.get(person=county.clerk)
    with pytest.raises(ValidationError, match="不能倒签"):
        end_role(acting(county.security), holding, TODAY - 2 * DAY)
    end_role(acting(county.security), holding, TODAY + 5 * DAY)
    assert standings(acting(county.clerk).person)
    with pytest.raises(ValidationError, match="应早于原定的截止日期"):
        end_role(acting(county.security), holding, TODAY + 6 * DAY)
    end_role(acting(county.security), holding, TODAY - DAY, ground="调离")
    assert standings(acting(county.clerk).person) == ()


def test_a_role_that_has_not_begun_is_withdrawn(county: County) -> None:
    holding = grant_role(SYSTEM, county.clerk, Role.REVIEWER, county.bureau, valid_from=TODAY + 30 * DAY)
    ended = end_role(acting(county.security), holding, TODAY)
    assert ended.was_withdrawn
    assert not RoleHolding.objects.on(TODAY + 30 * DAY).filter(pk=holding.pk).exists()
    with pytest.raises(Refused, match="已经撤回"):
        end_role(acting(county.security), ended, TODAY)
    # What was withdrawn stands in nobody's way.
    grant_role(SYSTEM, county.clerk, Role.REVIEWER, county.bureau, valid_from=TODAY + 30 * DAY)


def test_the_last_security_administrator_stays(county: County) -> None:
    holding = RoleHolding.objects.get(person=county.security)
    with pytest.raises(ValidationError, match="将没有安全保密管理员"):
        end_role(acting(county.security), holding, TODAY)
    other = county.person("second", county.office)
    grant_role(acting(county.security), other, Role.SECURITY_ADMINISTRATOR, county.office, valid_from=TODAY + 2 * DAY)
    with pytest.raises(ValidationError, match="将没有安全保密管理员"):
        end_role(acting(county.security), holding, TODAY)
    end_role(acting(county.security), holding, TODAY + DAY)


def test_an_account_out_of_use_gets_no_role(county: County) -> None:
    county.clerk.is_active = False
    county.clerk.save()
    with pytest.raises(ValidationError, match="账号已停用"):
        grant_role(acting(county.security), county.clerk, Role.REVIEWER, county.bureau, valid_from=TODAY)
