"""Who may do what: the cases of ``policy.yaml``, and that they leave no act out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone
from office.bodies.county import LONG_AGO, County, acting

from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.acts.verbs import VERBS
from gongkai.office.bodies.models import Body, Import, Person, RoleHolding, StandIn
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.roles import COUNTY_WIDE, Role
from gongkai.office.bodies.services.importing import uploads  # noqa: F401 - enters its verbs
from gongkai.office.bodies.sign_in.policy import RULES as SIGN_IN

CASES = yaml.safe_load(Path(__file__).with_name("policy.yaml").read_text("utf-8"))
TODAY = timezone.localdate()


def test_every_act_has_its_cases_and_every_verb_its_rule() -> None:
    assert set(CASES["acts"]) == set(policy.rules) - set(SIGN_IN)
    verbs = {code for code in VERBS if code.startswith("bodies.")}
    assert verbs <= set(policy.rules)
    assert set(CASES["roles"]) == {role.value for role in Role} | {"nobody"}


@pytest.fixture
def actors(county: County) -> dict[str, Actor]:
    """One person for each role, and one without."""
    found = {}
    for role in Role:
        body = county.office if role in COUNTY_WIDE else county.bureau
        found[role.value] = acting(county.person(f"a-{role.value.replace('_', '-')}", body, role))
    return {**found, "nobody": acting(county.person("a-nobody"))}


def make(kind: str, county: County, body: Body) -> Any:
    """A thing of the body that nobody of the actors is."""
    person = county.person(f"p-{kind.replace('_', '-')}-{body.pk}", body)
    if kind == "body":
        return body
    if kind == "holding":
        return RoleHolding.objects.create(person=person, role=Role.REVIEWER, body=body, valid_from=LONG_AGO)
    if kind == "stand_in":
        deputy = county.person(f"d-{body.pk}", body)
        return StandIn.objects.create(absent=person, deputy=deputy, body=body, valid_from=TODAY, valid_to=TODAY)
    if kind == "import":
        return Import.objects.create(person=person, file_name="x", row_count=1)
    if kind == "stopped":
        Person.objects.filter(pk=person.pk).update(is_active=False)
        person.refresh_from_db()
    return person


@pytest.mark.parametrize("code", CASES["acts"])
def test_acts_are_for_those_named_and_for_nobody_else(code: str, county: County, actors: dict[str, Actor]) -> None:
    case = CASES["acts"][code]
    for whose, body in (("own", county.bureau), ("other", county.township)):
        one = make(case["thing"], county, body)
        allowed = {name for name, actor in actors.items() if policy.may(actor, code, one)}
        assert allowed == set(case[whose]), whose
        for name in set(actors) - allowed:
            assert policy.may(actors[name], code, one).why.startswith(case["why"]), name
        assert policy.may(Actor(), code, one).why == "请先登录。"


def test_people_act_on_what_is_their_own(county: County, actors: dict[str, Actor]) -> None:
    handler = actors["handler"]
    for code in ("bodies.edit_own_data", "bodies.set_own_stand_in"):
        assert policy.may(handler, code, handler.person)
    own = Import.objects.create(person=actors["security_administrator"].person, file_name="x", row_count=1)
    assert policy.may(actors["security_administrator"], "bodies.apply_import", own)
    assert policy.may(actors["system_administrator"], "bodies.apply_import", own).why == "只能导入自己上传的表格。"


def test_the_system_itself_does_not_do_what_is_personal() -> None:
    by_system = {code for code in CASES["acts"] if policy.may(SYSTEM, code)}
    assert set(CASES["acts"]) - by_system == {
        "bodies.edit_own_data",
        "bodies.set_own_stand_in",
        "bodies.end_own_stand_in",
        "bodies.reveal",
        "bodies.upload_import",
        "bodies.apply_import",
    }
