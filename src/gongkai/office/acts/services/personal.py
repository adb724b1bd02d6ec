"""Revealing personal data: reading an identity number is an act."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.office.acts.personal.sealed import Sealed
from gongkai.office.acts.policy import Actor
from gongkai.office.acts.thing_policy import THING_POLICY
from gongkai.office.acts.verbs import Done, verb


def reveal(actor: Actor, thing: Any, field: str, reason: str) -> str:
    """The text of the encrypted ``field`` of ``thing``, given out only once the act is in the log for good.

    The policy of the thing's app is asked ``<app>.reveal``. Raises ``Refused``, ``ValidationError`` without a reason or
    a value, ``SealError`` when the value does not open, ``RuntimeError`` within another transaction (which might yet be
    rolled back, and the entry with it).
    """
    if not reason.strip():
        raise ValidationError("请写明查看的理由")
    with transaction.atomic(durable=True):
        thing = _revealed(actor, thing, field, ground=reason.strip())
        text: str = getattr(thing, field).reveal()
    return text


@verb("acts.reveal", "查看个人信息", policy=THING_POLICY)
def _revealed(actor: Actor, thing: Any, field: str) -> Done:
    if not isinstance(getattr(thing, field, None), Sealed):
        raise ValidationError("没有登记这项信息")
    return Done(thing, {"内容": str(thing._meta.get_field(field).verbose_name)})
