"""Verbs: the only way in which the office changes its state.

A verb is a function ``(actor, thing, …) -> Done`` in an app's services. Called, it runs in one transaction: the thing
is locked and read anew, the app's policy is asked, the change is made, the act is logged. Mail and jobs that the
function defers go out with the commit, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import models, transaction

from gongkai.office.acts.history import changes_of_an_act
from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import Actor, Policy, Refused, Verdict

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Done:
    """What an act was done on, for the log and as the verb's result; ``detail`` never holds personal data.

    ``on`` is a record, or a model where the act concerns all of its records (reading a log, a whole import).
    """

    on: Any
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as the log and the tests know it."""

    code: str
    label: str
    policy: Policy


VERBS: dict[str, Verb] = {}


def verb(
    code: str, label: str, *, policy: Policy, first: Callable[[], None] | None = None, shared: bool = False
) -> Callable[[Callable[Concatenate[Actor, Any, P], Done]], Callable[..., Any]]:
    """Make a service a verb. ``code`` is ``app.verb``, ``label`` what the log calls it.

    ``first`` takes a lock that stands before all rows, also before the thing's own: verbs that lock several things
    would otherwise wait for each other crosswise. ``shared``: the verb adds to the thing and leaves it as it is; others
    who do so need not wait, those who change it do.

    The verb takes the keyword ``ground`` (reason or document) besides its own, and returns ``Done.on``. It raises
    ``Refused`` when the policy says no, or when the thing is there no longer; ``ValueError`` at import when the code is
    taken.
    """
    if code in VERBS:
        raise ValueError(f"two verbs are called {code}")
    entry = VERBS[code] = Verb(code, label, policy)

    def decorate(function: Callable[Concatenate[Actor, Any, P], Done]) -> Callable[..., Any]:
        @wraps(function)
        def perform(actor: Actor, thing: Any, *args: P.args, **kwargs: P.kwargs) -> Any:
            ground = str(kwargs.pop("ground", ""))
            with transaction.atomic():
                if first is not None:
                    first()
                thing = _locked(thing, shared)
                verdict = policy.may(actor, code, thing)
                if not verdict:
                    raise Refused(verdict.why)
                with changes_of_an_act() as number:
                    done = function(actor, thing, *args, **kwargs)
                _record(number, entry, actor, verdict, done, ground=ground)
            return done.on

        return perform

    return decorate


def _locked(thing: Any, shared: bool) -> Any:
    """``thing`` as it is now, held until the end of the transaction; ``shared``, against changes alone.

    ``no_key``: the log's chain is tied at commit, when foreign keys are checked too; a full lock could then wait for a
    writer who waits for the chain.
    """
    if not isinstance(thing, models.Model) or thing.pk is None:
        return thing
    # ``__class__``: the person of a request is a lazy stand-in, whose ``type`` is not Person. ``of``: people are listed
    # in the order of their bodies, and those, joined for it, are not to be held.
    rows = thing.__class__._base_manager
    if shared:  # Django has no word for it
        meta = thing._meta
        held = rows.raw(f'SELECT * FROM "{meta.db_table}" WHERE "{meta.pk.column}" = %s FOR SHARE', [thing.pk])
        now = next(iter(held), None)
    else:
        now = rows.select_for_update(no_key=True, of=("self",)).filter(pk=thing.pk).first()
    if now is None:
        raise Refused("这项内容已经不存在，可能刚被他人删除。请返回列表刷新后再看。")
    return now


def _record(number: int, entry: Verb, actor: Actor, verdict: Verdict, done: Done, *, ground: str) -> None:
    thing: Any = done.on
    of_all = isinstance(thing, type)
    Act.objects.create(
        pk=number,
        verb=entry.code,
        label=entry.label,
        actor_id=actor.person.pk if actor.person else None,
        actor_name=actor.name,
        role=verdict.role,
        standing_in_for=verdict.standing_in_for,
        body_id=verdict.body_id,
        body_name=verdict.body_name,
        thing_type=thing._meta.label_lower,
        thing_id="" if of_all else str(thing.pk),
        thing_name=str(thing._meta.verbose_name if of_all else thing)[:200],
        detail=done.detail,
        ground=ground,
        request_number=actor.request_number,
        address=actor.address,
    )
