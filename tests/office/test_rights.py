"""Every address × method × role: what ``rights.yaml`` does not allow is refused, and no address is missing in it.

Three bodies: a person's own, another department, and the county's office. Who holds which role stands in ``world.py``.
An address counts as open when it answers neither with the way to sign-in nor with 403, 404 or 405; what is open must
not fail either.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from office import things  # noqa: F401 - what addresses speak of
from office.world import World, build_world

RIGHTS = yaml.safe_load(Path(__file__).with_name("rights.yaml").read_text("utf-8"))
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
REFUSED = {403, 404, 405}
NOBODY, ALL, SIGNED_IN = "nobody", "all", "signed_in"


pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Address:
    """One line of the table."""

    name: str
    args: dict[str, str]
    allowed: dict[str, dict[str, Any]]  # method → whose thing → roles
    answers: int | None = None  # a failure that is no failure here


def addresses() -> Iterator[Address]:
    for name, entry in RIGHTS["addresses"].items():
        methods = {method: rights for method, rights in entry.items() if method in METHODS}
        yield Address(
            name,
            entry.get("args", {}),
            {m: r if isinstance(r, dict) else {"own": r, "other": r} for m, r in methods.items()},
            entry.get("answers"),
        )


def names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else f"unnamed: {pattern.pattern}"


def test_every_address_is_in_the_table_and_the_table_has_no_others() -> None:
    assert set(names(get_resolver().url_patterns)) == set(RIGHTS["addresses"])


def roles_of(rights: Any) -> set[str]:
    """``rights``: a word, a group's name, or a list of roles and groups."""
    everyone = set(RIGHTS["people"])
    found: set[str] = set()
    for word in [rights] if isinstance(rights, str) else rights or []:
        if word == ALL:
            found |= everyone | {NOBODY}
        elif word == SIGNED_IN:
            found |= everyone
        elif word in RIGHTS["groups"]:
            found |= roles_of(RIGHTS["groups"][word])
        else:
            assert word in everyone, f"{word}: no such role or group"
            found.add(word)
    return found


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for the whole walk; every request in it is undone."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield build_world()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """Who walks: nobody, and one person for each role."""
    found = {NOBODY: Client(raise_request_exception=False)}
    for role in RIGHTS["people"]:
        found[role] = Client(raise_request_exception=False)
        world.sign_in(found[role], role)
    for client in found.values():
        client.cookies_at_first = deepcopy(client.cookies)  # one of the steps signs out
    return found


@pytest.mark.parametrize("address", list(addresses()), ids=lambda address: address.name)
def test_an_address_opens_to_those_in_the_table_and_to_nobody_else(
    address: Address, world: World, clients: dict[str, Client]
) -> None:
    world.made.clear()  # what a test makes is undone after it
    wrong = []
    for whose in ("own", "other") if address.args else ("own",):
        path = reverse(address.name, kwargs={key: world.thing(kind, whose) for key, kind in address.args.items()})
        allowed = {method: roles_of(address.allowed.get(method, {}).get(whose, [])) for method in ("GET", "POST")}
        allowed["HEAD"] = allowed["GET"]
        for role, method in steps(allowed):
            clients[role].cookies = deepcopy(clients[role].cookies_at_first)
            with world.undone():
                answer = clients[role].generic(method, path, content_type="application/x-www-form-urlencoded")
            opened = answer.status_code not in REFUSED and not to_sign_in(answer)
            failed = answer.status_code >= 500 and answer.status_code != address.answers
            expected = role in allowed.get(method, ())
            if opened is not expected or failed:
                wrong.append(f"{method} {path} ({whose}) as {role}: {answer.status_code}, expected {expected}")
    assert not wrong, "\n".join(wrong)


def steps(allowed: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Everybody with GET and POST. No address takes any other method (HEAD follows GET), whoever asks: those are tried
    by nobody and by the role that may most."""
    everyone = [NOBODY, *RIGHTS["people"]]
    yield from ((role, method) for role in everyone for method in ("GET", "POST"))
    most = max(everyone, key=lambda role: sum(role in roles for roles in allowed.values()))
    yield from ((role, method) for role in {NOBODY, most} for method in METHODS if method not in ("GET", "POST"))


def to_sign_in(answer: Any) -> bool:
    sign_in = reverse(RIGHTS["sign_in"])
    return answer.status_code == 302 and answer["Location"].startswith(f"{sign_in}?next=")
