"""Reading an identity number is an act: asked of the policy, with a reason, in the log before it is given out."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from office.acts.owners import OwnersPolicy
from office.acts.personal.numbers import identity_number

from gongkai.office.acts.models import Act
from gongkai.office.acts.personal.keys import SealError
from gongkai.office.acts.policy import POLICIES, SYSTEM, Actor, Refused
from gongkai.office.acts.services.personal import reveal
from gongkai.office.bodies.models import Body, Person

pytestmark = pytest.mark.django_db(transaction=True)
ID = identity_number()


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> OwnersPolicy:
    told = OwnersPolicy()
    monkeypatch.setitem(POLICIES, "bodies", told)
    return told


@pytest.fixture
def person(policy: OwnersPolicy) -> Person:
    body = Body.objects.create(kind="department", name="清源县民政局")
    return Person.objects.create(account="wang", name="王晓燕", body=body, identity_number=ID)


def test_the_number_is_given_and_the_log_says_who_saw_it_and_why(person: Person, policy: OwnersPolicy) -> None:
    assert reveal(Actor(person=person), person, "identity_number", " 核对身份 ") == ID
    assert policy.asked == ["bodies.reveal"]
    act = Act.objects.get()
    assert (act.verb, act.label, act.ground, act.actor_name) == ("acts.reveal", "查看个人信息", "核对身份", "王晓燕")
    assert act.detail == {"内容": "身份证号码"}
    assert (act.thing_type, act.thing_id) == ("bodies.person", str(person.pk))


def test_the_log_holds_nothing_of_the_number(person: Person) -> None:
    reveal(SYSTEM, person, "identity_number", "核对身份")
    assert ID[6:14] not in str(list(Act.objects.values()))


def test_without_the_right_it_is_refused_and_not_given(person: Person, policy: OwnersPolicy) -> None:
    policy.why = "只有承办人可以查看"
    with pytest.raises(Refused, match="只有承办人"):
        reveal(SYSTEM, person, "identity_number", "核对身份")
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    ("field", "reason", "said"),
    [
        ("identity_number", " ", "理由"),
        ("mobile", "联系", "没有登记"),
        ("account", "联系", "没有登记"),
        ("password", "x", "没有登记"),
    ],
)
def test_a_reason_and_an_encrypted_value_are_needed(person: Person, field: str, reason: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        reveal(SYSTEM, person, field, reason)
    assert not Act.objects.exists()


def test_what_might_yet_be_rolled_back_gives_nothing(person: Person) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        reveal(SYSTEM, person, "identity_number", "核对身份")


def test_what_does_not_open_leaves_no_entry(person: Person, settings: object) -> None:
    settings.DATA_KEYS = (b"\x09" * 32,)  # type: ignore[attr-defined]
    with pytest.raises(SealError):
        reveal(SYSTEM, person, "identity_number", "核对身份")
    assert not Act.objects.exists()
