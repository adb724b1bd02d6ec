"""Who stands at the door: the actor of what happens before anybody is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.gate import actor_of
from gongkai.office.bodies.models import Person


@dataclass(frozen=True, slots=True)
class Stranger(Actor):
    """Not signed in. What such people do is noted down by the system, so the policy hears the system."""

    system: bool = True

    @property
    def name(self) -> str:
        """The name that goes into the log."""
        return "未登录者"


def stranger(request: HttpRequest) -> Stranger:
    """Somebody whom nobody knows yet."""
    there = actor_of(request)
    return Stranger(request_number=there.request_number, address=there.address)


def somebody(request: HttpRequest, person: Person) -> Actor:
    """``person``, by a request that is not, or not yet, signed in as them."""
    there = actor_of(request)
    return Actor(person=person, request_number=there.request_number, address=there.address)
