"""A person is entered, and what is known of them is edited. Rights are not given here (``services.rights``)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.services.changes import change, check, in_words, refuse
from gongkai.office.bodies.services.refusals import refusals_in_words

# What people keep of themselves.
OWN_FIELDS = ("email", "mobile")
EDITABLE_FIELDS = ("account", "name", "body", "position", *OWN_FIELDS, "identity_number")


@verb("bodies.create_person", "新增人员", policy=policy)
def create_person(actor: Actor, body: Body, *, account: str, name: str, **facts: Any) -> Done:
    """Somebody who works in ``body``: without rights, and without a password until one is set (``sign_in``)."""
    if unknown := set(facts) - set(EDITABLE_FIELDS):
        raise TypeError(f"not given here: {sorted(unknown)}")
    if body.is_abolished:
        refuse(body=f"{body}已撤销")
    values = {"account": account.lower(), "name": name, **facts}
    # Django marks passwords that cannot be used; hashing a secret that nobody gets to know would only take time.
    person = Person(body=body, password=make_password(None), must_change_password=True, **values)
    check(person)
    _refuse_taken(person)
    with refusals_in_words():
        person.save(force_insert=True)
    return Done(person, {"version": person.version, "values": in_words({"body": body, **values}, Person)})


@verb("bodies.edit_person", "编辑人员", policy=policy)
def edit_person(actor: Actor, person: Person, values: dict[str, Any], *, version: int | None = None) -> Done:
    """``values``: some ``EDITABLE_FIELDS``. Who goes to another body keeps the roles held until they are ended."""
    return Done(person, _edit(person, values, EDITABLE_FIELDS, version))


@verb("bodies.edit_own_data", "编辑本人资料", policy=policy)
def edit_own_data(actor: Actor, person: Person, values: dict[str, Any], *, version: int | None = None) -> Done:
    """What people keep of themselves: fields of ``OWN_FIELDS``."""
    return Done(person, _edit(person, values, OWN_FIELDS, version))


def _edit(person: Person, values: dict[str, Any], known: tuple[str, ...], version: int | None) -> dict[str, Any]:
    if unknown := set(values) - set(known):
        raise TypeError(f"not edited here: {sorted(unknown)}")
    if "account" in values:
        values = {**values, "account": values["account"].lower()}
        _refuse_taken(Person(pk=person.pk, account=values["account"]))
    body = values.get("body")
    if body is not None and body.pk != person.body_id and body.is_abolished:
        refuse(body=f"{body}已撤销")
    with refusals_in_words():
        return change(person, values, version)


def _refuse_taken(person: Person) -> None:
    if Person.objects.filter(account__iexact=person.account).exclude(pk=person.pk).exists():
        refuse(account="已有人使用这个登录名")
