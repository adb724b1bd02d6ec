"""Things of signing in, for the walk through all addresses (``tests/office/test_rights.py``)."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from office.world import World, thing

from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.sign_in.models import OutsideRequest


@thing("outside_request")
def outside_request(world: World, body: Body) -> OutsideRequest:
    """An outside account that is nobody's."""
    return OutsideRequest.objects.create(provider="county", subject=f"request-{body.pk}")


@thing("linked_person")
def linked_person(world: World, body: Body) -> Person:
    """A person of the body to whom an outside account is linked."""
    person = Person.objects.create(account=f"linked-{body.pk}", name="李某", body=body)
    SocialAccount.objects.create(user=person, provider="county", uid=f"linked-{body.pk}")
    return person


@thing("reset_uid")
def reset_uid(world: World, body: Body) -> str:
    """Whose link it is; nobody's."""
    return "1"


@thing("reset_key")
def reset_key(world: World, body: Body) -> str:
    """A link that was never sent."""
    return "x-y"
