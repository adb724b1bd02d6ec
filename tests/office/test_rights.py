"""Every address × method × role: what ``rights.yaml`` does not allow is refused, and no address is missing in it.

Three bodies: a person's own, another department, and the county's office. Who holds which role stands in ``world.py``.
An address counts as open when it answers neither with the way to sign-in nor with 403, 404 or 405; what is open must
not fail either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from office.world import World, build_world

RIGHTS = yaml.safe_load(Path(__file__).with_name("rights.yaml").read_text("utf-8"))
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
REFUSED = {403, 404, 405}
NOBODY, ALL, SIGNED_IN = "nobody", "all", "signed_in"


@dataclass(frozen=True)
class Address:
    """One line of the table."""

    name: str
    args: dict[str, str]
    allowed: dict[str, dict[str, Any]]  # method → whose thing → roles


def addresses() -> Iterator[Address]:
    for name, entry in RIGHTS["addresses"].items():
        methods = {method: rights for method, rights in entry.items() if method in METHODS}
        yield Address(
            name,
            entry.get("args", {}),
            {method: rights if isinstance(rights, dict) else {"own": rights} for method, rights in methods.items()},
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


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_an_address_opens_to_those_in_the_table_and_to_nobody_else(address: Address, world: World) -> None:
    wrong = []
    for role in [NOBODY, *RIGHTS["people"]]:
        client = Client(raise_request_exception=False)
        if role != NOBODY:
            world.sign_in(client, role)
        for whose in ("own", "other") if address.args else ("own",):
            args = {key: world.thing(kind, whose) for key, kind in address.args.items()}
            path = reverse(address.name, kwargs=args)
            for method in METHODS:
                rights = address.allowed.get("GET" if method == "HEAD" else method, {})
                expected = role in roles_of(rights.get(whose, []))
                with world.undone():
                    answer = client.generic(method, path, content_type="application/x-www-form-urlencoded")
                opened = answer.status_code not in REFUSED and not to_sign_in(answer)
                if opened is not expected or answer.status_code >= 500:
                    wrong.append(f"{method} {path} ({whose}) as {role}: {answer.status_code}, expected {expected}")
    assert not wrong, "\n".join(wrong)


def to_sign_in(answer: Any) -> bool:
    sign_in = reverse(RIGHTS["sign_in"])
    return answer.status_code == 302 and answer["Location"].startswith(f"{sign_in}?next=")
