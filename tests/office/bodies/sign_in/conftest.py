"""People who can sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from office.bodies.county import County

    from gongkai.office.bodies.models import Person


@pytest.fixture(autouse=True)
def _quick_and_apart(settings) -> None:
    """Hashing a password takes a third of a second on purpose; here it would take the suite. No role asks for more."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MFA_ROLES = ()


@pytest.fixture
def with_password(county: County) -> Callable[..., Person]:
    """Gives the county's clerk, or another, a password of their own."""
    # Not above: pytest reads this file before Django is set up.
    from office.bodies.sign_in.browsing import PASSWORD

    from gongkai.office.bodies.models import Person

    def give(person: Person | None = None, password: str = PASSWORD) -> Person:
        person = Person.objects.get(pk=(person or county.clerk).pk)
        person.set_password(password)
        person.must_change_password = False
        person.save()
        return person

    return give


@pytest.fixture
def clerk(with_password: Callable[..., Person]) -> Person:
    """Somebody who can sign in."""
    return with_password()
