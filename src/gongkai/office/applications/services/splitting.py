"""一事一申请: an application that asks several things becomes a case for each."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.office.acts.personal.sealed import Sealed
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application
from gongkai.office.applications.policy import policy
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.applications.services.registering import register
from gongkai.office.bodies.services.changes import StaleError

_COPIED = (
    "applicant_kind",
    "applicant_name",
    "joint_applicants",
    "representative",
    "agent",
    "identity_kind",
    "needs_assistance",
    "purpose",
    "form",
    "way",
)
_SEALED = ("identity_number", "phone", "address", "email")


@verb("applications.split", "按一事一申请拆分", policy=policy)
def split(actor: Actor, case: Application, *, keeps: str, others: Sequence[str], version: int | None = None) -> Done:
    """The case keeps the matter ``keeps``; each of ``others`` becomes a case received on the same day.

    Raises ``Refused`` once anything was done to the case: then its letters speak of the whole. ``StaleError``.
    """
    if version is not None and version != case.version:
        raise StaleError(case, version)
    if case.state != "RECEIVED" or case.events.exclude(event__in=("submitted", "confirmed")).exists():
        raise Refused("只有刚登记、尚未办理的申请可以拆分；已发出文书的，请在答复中分项处理。")
    fields = {name: getattr(case, name) for name in _COPIED}
    for name in _SEALED:
        value = getattr(case, name)
        fields[name] = value.reveal() if isinstance(value, Sealed) else None
    confirmed = case.events.filter(event="confirmed").first()
    made = []
    for description in others:
        part = register(
            actor,
            case.body,
            channel=case.channel,
            arrived_on=case.arrived_on,
            fields={**fields, "description": description, "split_from": case, "handler": case.handler},
            source=f"由{case}拆分",
        )
        if confirmed is not None:
            part = proceed(actor, part, "confirmed", Particulars(on=confirmed.on, data=confirmed.data))
        made.append(part)
    case.description = keeps
    case.version += 1
    case.save(update_fields=["description", "version"])
    return Done(case, {"拆分出": "、".join(str(part) for part in made), "version": case.version})
