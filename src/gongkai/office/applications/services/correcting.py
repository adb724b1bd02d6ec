"""更正登记: what was taken down wrongly of an application is put right; how and when it came is not touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application
from gongkai.office.applications.policy import policy
from gongkai.office.bodies.services.changes import StaleError


@verb("applications.correct_entry", "更正登记", policy=policy)
def correct_entry(actor: Actor, case: Application, values: Mapping[str, Any], *, version: int | None = None) -> Done:
    """Set what the applicant stated. The log names the fields and not what stood in them: they are personal data.

    Raises ``Refused`` once the case is finished (its figures may have been reported), ``StaleError``.
    """
    if version is not None and version != case.version:
        raise StaleError(case, version)
    if case.finished_on is not None:
        raise Refused("申请已经办结，登记内容不再更正；确有错误的，请在案卷中说明。")
    changed = [name for name, value in values.items() if getattr(case, name) != value]
    if not changed:
        raise Refused("没有改动。")
    for name in changed:
        setattr(case, name, values[name])
    case.version += 1
    case.save(update_fields=[*changed, "version"])
    labels = [str(Application._meta.get_field(name).verbose_name) for name in changed]
    return Done(case, {"更正的项目": "、".join(labels), "version": case.version})
