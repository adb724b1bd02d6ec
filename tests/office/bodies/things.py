"""What the addresses of bodies, people and rights need, for the walk over all addresses."""

from __future__ import annotations

from django.utils import timezone
from office.world import World, thing

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.models import Body, Import, Person, RoleHolding, StandIn
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.services.importing.uploads import upload


def _person(body: Body, account: str) -> Person:
    return Person.objects.create(account=f"{account}-{body.pk}", name="李某", body=body, mobile="13912345678")


@thing("stopped_person")
def _stopped_person(world: World, body: Body) -> Person:
    person = _person(body, "stopped")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    return person


@thing("role_holding")
def _role_holding(world: World, body: Body) -> RoleHolding:
    today = timezone.localdate()
    return RoleHolding.objects.create(person=_person(body, "holder"), role=Role.REVIEWER, body=body, valid_from=today)


@thing("stand_in")
def _stand_in(world: World, body: Body) -> StandIn:
    absent, deputy, today = _person(body, "absent"), _person(body, "deputy"), timezone.localdate()
    return StandIn.objects.create(absent=absent, deputy=deputy, body=body, valid_from=today, valid_to=today)


@thing("handlers_stand_in")
def _handlers_stand_in(world: World, body: Body) -> StandIn:
    """``own``: the handler is absent; ``other``: somebody else."""
    absent = world.people[Role.HANDLER.value] if body == world.own else _person(body, "away")
    deputy, today = _person(body, "for"), timezone.localdate()
    return StandIn.objects.create(absent=absent, deputy=deputy, body=body, valid_from=today, valid_to=today)


@thing("import")
def _import(world: World, body: Body) -> Import:
    """``own``: uploaded by the system administrator; ``other``: by the security administrator."""
    role = Role.SYSTEM_ADMINISTRATOR if body == world.own else Role.SECURITY_ADMINISTRATOR
    table = f"登录名,姓名,所在机关\nnew-{body.pk},王某,{body.name}\n"
    return upload(Actor(person=world.people[role.value]), "表.csv", table.encode())


@thing("personal_field")
def _personal_field(world: World, body: Body) -> str:
    return "mobile"
