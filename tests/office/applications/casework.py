"""Cases for tests: registered and moved through the services, on days of the past that the tests choose."""

from __future__ import annotations

import datetime
from typing import Any

from office.world import World

from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.applications.services.registering import register

FIELDS = {
    "applicant_kind": "natural_person",
    "applicant_name": "申请人甲",
    "identity_kind": "identity_card",
    "identity_number": "110105194912310021",
    "phone": "13800138000",
    "address": "清源县人民路1号",
    "description": "2023年农村低保发放名单",
    "form": "paper",
    "way": "post",
}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def registered(world: World, on: str, channel: str = "counter", **fields: Any) -> Application:
    """A case of the world's own body."""
    case: Application = register(SYSTEM, world.own, channel=channel, arrived_on=day(on), fields={**FIELDS, **fields})
    return case


def done(case: Application, event: str, on: str, actor: Actor = SYSTEM, **known: Any) -> Application:
    """The case after ``event``."""
    moved: Application = proceed(actor, case, event, Particulars(on=day(on), **known))
    return moved


def as_person(world: World, role: str) -> Actor:
    return Actor(world.people[role])
