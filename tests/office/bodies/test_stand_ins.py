"""While somebody is away, another acts for them, and the three administrators stay three."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from office.bodies.county import County, acting

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM, Refused
from gongkai.office.bodies.models import Person, StandIn
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.bodies.services.rights import grant_role
from gongkai.office.bodies.services.stand_ins import end_own_stand_in, end_stand_in, set_own_stand_in, set_stand_in

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
WEEK = {"valid_from": TODAY, "valid_to": TODAY + 6 * DAY}


def test_the_deputy_has_the_roles_for_those_days_and_says_for_whom(county: County) -> None:
    deputy = county.person("deputy")
    set_own_stand_in(acting(county.clerk), county.clerk, deputy, county.bureau, **WEEK, ground="出差")
    assert [s.label for s in standings(acting(deputy).person)] == ["青禾县财政局 承办人（代张敏）"]
    assert standings(deputy, TODAY + 7 * DAY) == ()
    verdict = policy.may(acting(deputy), "bodies.edit_contact", county.bureau)
    assert (verdict.role, verdict.standing_in_for) == ("承办人", "张敏")
    assert Act.objects.get(verb="bodies.set_own_stand_in").ground == "出差"


def test_only_the_absent_person_and_the_security_administrator_name_a_deputy(county: County) -> None:
    deputy = county.person("deputy")
    with pytest.raises(Refused, match="只能设定本人的代行人"):
        set_own_stand_in(acting(deputy), county.clerk, deputy, county.bureau, **WEEK)
    with pytest.raises(Refused, match="这项操作由安全保密管理员进行"):
        set_stand_in(acting(county.system), county.clerk, deputy, county.bureau, **WEEK)
    row = set_stand_in(acting(county.security), county.clerk, deputy, county.bureau, **WEEK)
    with pytest.raises(Refused, match="只能设定本人的代行人"):
        end_own_stand_in(acting(deputy), row, TODAY - DAY)
    end_stand_in(acting(county.security), row, TODAY - DAY)
    assert standings(acting(deputy).person) == ()


def test_the_security_administrator_does_not_name_oneself(county: County) -> None:
    grant_role(SYSTEM, county.system, Role.SUPERVISOR, county.office, valid_from=TODAY)
    with pytest.raises(ValidationError, match="任何人不得给自己授权"):
        set_stand_in(acting(county.security), county.system, county.security, county.office, **WEEK)


def test_administrators_roles_pass_to_no_deputy(county: County) -> None:
    deputy = county.person("deputy", county.office)
    with pytest.raises(ValidationError, match="管理员角色不能代行"):
        set_own_stand_in(acting(county.security), county.security, deputy, county.office, **WEEK)
    # Nor with another role beside them, nor past the service.
    grant_role(SYSTEM, county.security, Role.SUPERVISOR, county.office, valid_from=TODAY)
    set_own_stand_in(acting(county.security), county.security, deputy, county.office, **WEEK)
    StandIn.objects.create(absent=county.auditor, deputy=deputy, body=county.office, **WEEK)
    assert {s.role for s in standings(acting(deputy).person)} == {Role.SUPERVISOR}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_to": TODAY - DAY}, "早于起始日期"),
        ({"valid_from": TODAY - DAY}, "不能倒签"),
        ({"valid_to": TODAY + 367 * DAY}, "最长一年"),
        ({"deputy": "clerk"}, "不能是本人"),
        ({"deputy": "auditor"}, "不在青禾县财政局工作"),
        ({"deputy": "inactive"}, "账号已停用"),
        ({"deputy": "away"}, "自己在"),
        ({"body": "township"}, "没有青禾县柳河镇人民政府的角色"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(county: County, change: dict, words: str) -> None:
    asked = {"deputy": "deputy", "body": "bureau", **WEEK, **change}
    people = {name: county.person(name, county.bureau, Role.REVIEWER) for name in ("deputy", "inactive", "away")}
    Person.objects.filter(pk=people["inactive"].pk).update(is_active=False)
    people["inactive"].refresh_from_db()
    set_stand_in(SYSTEM, people["away"], people["deputy"], county.bureau, **WEEK)
    deputy = people.get(asked.pop("deputy")) or getattr(county, change["deputy"])
    body = getattr(county, asked.pop("body"))
    with pytest.raises(ValidationError, match=words):
        set_own_stand_in(acting(county.clerk), county.clerk, deputy, body, **asked)


def test_there_is_one_deputy_at_a_time(county: County) -> None:
    first, second = county.person("first"), county.person("second")
    set_own_stand_in(acting(county.clerk), county.clerk, first, county.bureau, **WEEK)
    with pytest.raises(ValidationError, match="已由first某代行"):
        set_own_stand_in(
            acting(county.clerk),
            county.clerk,
            second,
            county.bureau,
            valid_from=TODAY + 6 * DAY,
            valid_to=TODAY + 9 * DAY,
        )
    set_own_stand_in(
        acting(county.clerk), county.clerk, second, county.bureau, valid_from=TODAY + 7 * DAY, valid_to=TODAY + 9 * DAY
    )
