"""Accounts: entered, edited, put out of use and into use again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from office.bodies.county import County, acting

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM, Refused
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.people import visible_people
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.bodies.services.activation import deactivate_person, reactivate_person
from gongkai.office.bodies.services.changes import StaleError
from gongkai.office.bodies.services.people import create_person, edit_own_data, edit_person


def test_who_is_entered_has_no_rights_and_no_password(county: County) -> None:
    person = create_person(acting(county.system), county.bureau, account="LiHua", name="李华", position="科员")
    assert person.account == "lihua"
    assert not person.has_usable_password()
    assert person.must_change_password
    assert standings(person) == ()
    act = Act.objects.filter(verb="bodies.create_person").first()
    assert act.detail["values"] == {"所在机关": "青禾县财政局", "登录名": "lihua", "姓名": "李华", "职务": "科员"}


def test_an_account_is_taken_once_whatever_its_capitals(county: County) -> None:
    with pytest.raises(ValidationError, match="已有人使用这个登录名"):
        create_person(SYSTEM, county.bureau, account="Clerk", name="李华")
    with pytest.raises(ValidationError, match="已有人使用这个登录名"):
        edit_person(SYSTEM, county.system, {"account": "CLERK"})
    with pytest.raises(IntegrityError, match="account_once"), transaction.atomic():
        Person.objects.create(account="CLERK", name="李华", body=county.bureau)


def test_the_security_administrator_makes_nobody_and_the_system_administrator_gives_no_rights(county: County) -> None:
    with pytest.raises(Refused, match="这项操作由系统管理员进行"):
        create_person(acting(county.security), county.bureau, account="lihua", name="李华")
    with pytest.raises(Refused, match="这项操作由系统管理员进行"):
        deactivate_person(acting(county.security), county.clerk)


def test_an_edit_of_an_outdated_copy_is_told(county: County) -> None:
    edit_person(acting(county.system), county.clerk, {"position": "科员"}, version=1)
    with pytest.raises(StaleError) as stale:
        edit_person(acting(county.system), county.clerk, {"position": "主任"}, version=1)
    assert stale.value.thing.position == "科员"
    assert stale.value.thing.version == 2
    # An edit that changes nothing is no new version.
    edit_person(acting(county.system), county.clerk, {"position": "科员"}, version=2)
    assert Person.objects.get(pk=county.clerk.pk).version == 2


def test_people_edit_their_own_data_and_nobody_elses(county: County) -> None:
    edit_own_data(acting(county.clerk), county.clerk, {"email": "zm@example.com", "mobile": "13912345678"})
    act = Act.objects.get(verb="bodies.edit_own_data")
    assert "zm@example.com" not in str(act.detail)
    assert "139" not in str(act.detail["changes"])
    with pytest.raises(Refused, match="只能处理本人的资料"):
        edit_own_data(acting(county.clerk), county.system, {"email": "x@example.com"})
    with pytest.raises(TypeError):
        edit_own_data(acting(county.clerk), county.clerk, {"position": "局长"})


def test_out_of_use_all_rights_end_and_do_not_come_back(county: County) -> None:
    deactivate_person(acting(county.system), county.clerk, ground="调离")
    person = Person.objects.get(pk=county.clerk.pk)
    assert not person.is_active
    with pytest.raises(Refused, match="已经停用"):
        deactivate_person(acting(county.system), person)
    reactivate_person(acting(county.system), person)
    assert standings(acting(county.clerk).person) == ()
    with pytest.raises(Refused, match="正在使用"):
        reactivate_person(acting(county.system), person)


def test_administrators_and_oneself_are_not_put_out_of_use(county: County) -> None:
    with pytest.raises(Refused, match="请先由安全保密管理员终止其角色"):
        deactivate_person(acting(county.system), county.security)
    with pytest.raises(Refused, match="不能停用自己的账号"):
        deactivate_person(acting(county.system), county.system)


def test_one_sees_the_people_of_ones_bodies(county: County) -> None:
    guest = county.person("guest", county.office, Role.SUPERVISOR)
    assert set(visible_people(county.clerk)) == {county.clerk}
    both = county.person("both", county.township)
    assert both not in visible_people(county.clerk)
    assert set(visible_people(both)) == {both}
    assert visible_people(guest).count() == Person.objects.count()
    assert visible_people(county.auditor).count() == Person.objects.count()
