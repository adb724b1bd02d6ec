"""重复申请: two cases of one applicant are about the same thing."""

from __future__ import annotations

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application
from gongkai.office.applications.policy import policy
from gongkai.office.bodies.services.changes import StaleError


@verb("applications.link_duplicate", "标记为重复申请", policy=policy)
def link_duplicate(actor: Actor, case: Application, *, earlier: Application, version: int | None = None) -> Done:
    """``earlier`` is the first application; what is decided of it is another matter (条例 第三十六条第（六）项).

    Raises ``Refused``; ``StaleError`` when somebody was faster than whoever saw ``version``.
    """
    if version is not None and version != case.version:
        raise StaleError(case, version)
    if earlier.body_id != case.body_id:
        raise Refused("只能与同一机关的申请关联。")
    if earlier.pk == case.pk or (earlier.year, earlier.number) > (case.year, case.number):
        raise Refused("首次申请应早于本申请。")
    before = str(case.duplicate_of) if case.duplicate_of else ""
    case.duplicate_of = earlier
    case.version += 1
    case.save(update_fields=["duplicate_of", "version"])
    return Done(case, {"首次申请": str(earlier), "原标记": before, "version": case.version})
