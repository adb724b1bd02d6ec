"""重复申请: two cases of one applicant are about the same thing."""

from __future__ import annotations

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application
from gongkai.office.applications.policy import policy


@verb("applications.link_duplicate", "标记为重复申请", policy=policy)
def link_duplicate(actor: Actor, case: Application, *, earlier: Application) -> Done:
    """``earlier`` is the first application; what is decided of it is another matter (条例 第三十六条第（六）项)."""
    if earlier.body_id != case.body_id:
        raise Refused("只能与同一机关的申请关联。")
    if earlier.pk == case.pk or (earlier.year, earlier.number) > (case.year, case.number):
        raise Refused("首次申请应早于本申请。")
    case.duplicate_of = earlier
    case.version += 1
    case.save(update_fields=["duplicate_of", "version"])
    return Done(case, {"首次申请": str(earlier), "version": case.version})
