"""建议转主动公开 (条例 第四十四条): several asked the same, or an applicant proposes it."""

from __future__ import annotations

from django.utils import timezone

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application, PublicationSuggestion
from gongkai.office.applications.policy import policy
from gongkai.statute import calendar

WATCH = 20  # working days; the regulation says 及时, the number is a choice of the product


@verb("applications.suggest_publication", "建议转主动公开", policy=policy)
def suggest_publication(actor: Actor, case: Application, *, reason: str, by_applicant: bool = False) -> Done:
    """Recorded, and watched until somebody has looked into it. Raises ``Refused`` for a second one of a case."""
    if case.suggestions.exists():
        raise Refused("本申请已经建议转主动公开。")
    until = calendar.add_working_days(timezone.localdate(), WATCH)
    PublicationSuggestion.objects.create(
        application=case,
        reason=reason,
        until=until,
        by_applicant=by_applicant,
        by_id=actor.person.pk if actor.person else None,
        by_name=actor.name,
    )
    return Done(case, {"理由": reason, "审查期限": until})
