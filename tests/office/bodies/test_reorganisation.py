"""Bodies end, and others take over."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from office.bodies.county import County, acting

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM, Refused
from gongkai.office.bodies.models import Body, Person, RoleHolding, StandIn, Succession
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.bodies import tree
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.bodies.services.body_facts import create_body
from gongkai.office.bodies.services.reorganisation import abolish_body, merge_body, split_body
from gongkai.office.bodies.services.rights import grant_role
from gongkai.office.bodies.services.stand_ins import set_stand_in
from gongkai.office.bodies.services.tree import move_body

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def test_what_is_merged_gives_people_and_bodies_to_the_other_and_its_roles_end(county: County) -> None:
    centre = create_body(SYSTEM, county.bureau, kind="authorised_organisation", name="青禾县国库中心")
    later = county.person("later")
    grant_role(SYSTEM, later, Role.REVIEWER, county.bureau, valid_from=TODAY + 9 * DAY)
    set_stand_in(SYSTEM, county.clerk, later, county.bureau, valid_from=TODAY, valid_to=TODAY + 3 * DAY)
    merge_body(acting(county.system), county.bureau, county.township, TODAY, ground="青发〔2026〕1号")
    bureau = Body.objects.get(pk=county.bureau.pk)
    assert bureau.abolished_on == TODAY
    assert Body.objects.get(pk=centre.pk).parent_id == county.township.pk
    assert Person.objects.get(pk=county.clerk.pk).body_id == county.township.pk
    assert standings(acting(county.clerk).person) == ()
    assert RoleHolding.objects.get(person=county.clerk).valid_to == TODAY - DAY
    assert RoleHolding.objects.get(person=later).was_withdrawn
    assert StandIn.objects.get().was_withdrawn
    row = Succession.objects.get()
    assert (row.kind, row.predecessor, row.successor, row.on) == ("merger", bureau, county.township, TODAY)
    act = Act.objects.get(verb="bodies.merge_body")
    assert (act.ground, act.detail["转入人员"], act.detail["终止角色"]) == ("青发〔2026〕1号", 2, 2)
    with pytest.raises(Refused, match="已撤销，不能再变动"):
        merge_body(acting(county.system), bureau, county.office, TODAY)


def test_the_tree_of_earlier_days_keeps_what_was_abolished(county: County) -> None:
    abolish_body(SYSTEM, county.township, TODAY)

    def names(day: datetime.date) -> set[str]:
        return {child.name for top in tree(day) for child in top.children}

    assert "青禾县柳河镇人民政府" in names(TODAY - DAY)
    assert "青禾县柳河镇人民政府" not in names(TODAY)


def test_no_body_ends_that_still_has_bodies_below_or_administrators(county: County) -> None:
    with pytest.raises(ValidationError, match="还有下级机关（青禾县人民政府办公室、青禾县财政局"):
        abolish_body(SYSTEM, county.government, TODAY)
    with pytest.raises(ValidationError, match="请先由安全保密管理员"):
        merge_body(SYSTEM, county.office, county.bureau, TODAY)
    with pytest.raises(ValidationError, match="不能晚于今天"):
        abolish_body(SYSTEM, county.township, TODAY + DAY)


def test_nothing_is_merged_into_itself_into_what_is_below_it_or_into_what_is_gone(county: County) -> None:
    below = create_body(SYSTEM, county.bureau, kind="authorised_organisation", name="青禾县国库中心")
    for into, words in ((county.bureau, "不能是原机关自身"), (below, "是青禾县财政局的下级")):
        with pytest.raises(ValidationError, match=words):
            merge_body(SYSTEM, county.bureau, into, TODAY)
    abolish_body(SYSTEM, county.township, TODAY)
    with pytest.raises(ValidationError, match="已撤销，不能承继"):
        merge_body(SYSTEM, county.bureau, county.township, TODAY)


def test_a_split_leaves_the_old_body_or_ends_it(county: County) -> None:
    new = [create_body(SYSTEM, county.government, kind="department", name=f"青禾县{n}局") for n in "甲乙"]
    split_body(acting(county.system), county.bureau, new[:1], TODAY, abolish=False)
    assert not Body.objects.get(pk=county.bureau.pk).is_abolished
    assert standings(acting(county.clerk).person)
    with pytest.raises(ValidationError, match="两个以上承继机关"):
        split_body(SYSTEM, county.bureau, new[:1], TODAY, abolish=True)
    with pytest.raises(ValidationError, match="这次变动已经登记"):
        split_body(SYSTEM, county.bureau, new, TODAY, abolish=True)
    split_body(SYSTEM, county.township, new, TODAY, abolish=True, people_to=new[1])
    assert {s.successor_id for s in county.township.successions.all()} == {one.pk for one in new}
    with pytest.raises(ValidationError, match="承继机关之一"):
        split_body(SYSTEM, county.bureau, new, TODAY, abolish=True, people_to=county.office)


def test_a_body_moves_but_never_below_itself(county: County) -> None:
    move_body(acting(county.system), county.township, county.bureau)
    assert Body.objects.get(pk=county.township.pk).parent_id == county.bureau.pk
    for parent in (county.bureau, county.township):
        with pytest.raises(ValidationError, match="自身或其下级"):
            move_body(SYSTEM, county.bureau, parent)
    move_body(SYSTEM, county.township, None)
    assert Body.objects.get(pk=county.township.pk).parent_id is None
