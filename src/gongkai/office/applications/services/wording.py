"""The county's wording of a letter: changed by the department in charge, never without its statutory parts."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.letters import LetterError, check, entry
from gongkai.office.applications.models import Wording
from gongkai.office.applications.policy import policy


@verb("applications.change_wording", "修改文书措辞", policy=policy)
def change_wording(
    actor: Actor, thing: object, *, kind: str, text: str, valid_from: date, reason: str, seen: int | None = None
) -> Done:
    """``thing``: the model. ``text`` empty: back to the catalogue. ``seen``: key of the newest that the editor saw.

    Raises ``ValidationError`` with every objection of ``letters.check``, ``Refused`` for an unknown letter, or where
    somebody was faster.
    """
    try:
        title = entry(kind, valid_from).label
        problems = check(text, kind, valid_from) if text else []
    except LetterError as error:
        raise Refused(f"{error}。") from error
    if problems:
        raise ValidationError({"text": [problem.text for problem in problems]})
    newest = Wording.objects.select_for_update(no_key=True).filter(kind=kind).order_by("-pk").first()
    if seen is not None and (newest.pk if newest else 0) != seen:
        raise Refused("您打开页面以后，别人已经修改了这份文书的措辞；请重新打开页面核对后再改。")
    made = Wording.objects.create(
        kind=kind,
        text=text,
        valid_from=valid_from,
        ground=reason,
        by_id=actor.person.pk if actor.person else None,
        by_name=actor.name,
    )
    return Done(made, {"文书": title, "启用日期": valid_from, "措辞": text or "恢复默认", "理由": reason})
