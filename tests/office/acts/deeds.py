"""A policy and verbs for the tests of the log, made as any app makes them."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from gongkai.office.acts.models import Act
from gongkai.office.acts.numbering import next_number
from gongkai.office.acts.policy import POLICIES, Actor, Verdict
from gongkai.office.acts.services.mail import post
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body


class _Policy:
    """Refuses bodies that have a fax, and what has been abolished by the time of the question."""

    def may(self, actor: Actor, verb: str, thing: Any = None) -> Verdict:
        if thing is not None and thing.contact_fax:
            return Verdict(False, "有传真的机关不得改动。")
        return Verdict(True, role="登记人", body_id=7, body_name="城关镇人民政府", standing_in_for="王五")


policy = POLICIES["deeds"] = _Policy()


@app.task(name="deeds.greet")
def greet(name: str) -> None:
    """Nothing: the tests look at the queue."""


@verb("deeds.rename", "更名", policy=policy)
def rename(actor: Actor, body: Body, name: str, *, fail: bool = False) -> Done:
    """Writes the body, takes a number, defers a job, writes a mail; fails in the end when told to."""
    was = body.name
    body.name = name
    body.save()
    number = next_number(body.pk, "更名", 2024)
    greet.defer(name=name)
    post("office@example.cn", f"已更名为{name}", "特此通知。", about=body)
    if fail:
        raise RuntimeError("in the middle")
    return Done(body, {"原名": was, "新名": name, "号": number})


@verb("deeds.lengthen", "改长", policy=policy)
def lengthen(actor: Actor, body: Body) -> Done:
    """Adds a character to the name as it is now."""
    body.short_name += "长"
    body.save()
    return Done(body)


@verb("deeds.visit", "走访", policy=policy, shared=True)
def visit(actor: Actor, body: Body) -> Done:
    """Adds an entry about the body, which stays as it is."""
    return Done(body, {"名称": body.short_name})


@verb("deeds.read", "查阅", policy=_Policy())
def read(actor: Actor, things: Any) -> Done:
    """On all acts at once."""
    return Done(Act)
