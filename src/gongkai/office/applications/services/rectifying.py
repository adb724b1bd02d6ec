"""更正 (条例 第四十一条): taken down, looked into, the applicant told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.office.acts.numbering import next_number
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.letters import LetterError, document_number, entry
from gongkai.office.applications.models import Rectification
from gongkai.office.applications.policy import policy
from gongkai.office.applications.selectors.rectified import LETTERS, letter_of
from gongkai.office.applications.selectors.sender import code_of
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.services.changes import StaleError

REGISTER = "rectification"  # the kind of number
_NEEDS_BODY = (Rectification.Result.TRANSFERRED, Rectification.Result.ELSEWHERE)


@verb("applications.register_rectification", "登记更正申请", policy=policy)
def register_rectification(actor: Actor, body: Body, *, received_on: date, fields: Mapping[str, Any]) -> Done:
    """``fields`` of the model that the applicant stated. Raises ``Refused`` for a day to come."""
    if received_on > timezone.localdate():
        raise Refused("收到日期不能晚于今天。")
    one = Rectification.objects.create(
        body=body,
        year=received_on.year,
        number=next_number(body.pk, REGISTER, received_on.year),
        received_on=received_on,
        **fields,
    )
    return Done(one, {"收到日期": received_on})


@verb("applications.finish_rectification", "办结更正申请", policy=policy)
def finish_rectification(
    actor: Actor,
    one: Rectification,
    *,
    result: str,
    explanation: str,
    told_on: date,
    other_body: str = "",
    version: int | None = None,
) -> Done:
    """The applicant was told. Raises ``Refused``, ``StaleError``."""
    if version is not None and version != one.version:
        raise StaleError(one, version)
    if one.result:
        raise Refused("这件更正申请已经办结。")
    if not one.received_on <= told_on <= timezone.localdate():
        raise Refused("告知日期不能早于收到日期，也不能晚于今天。")
    if result in _NEEDS_BODY and not other_body:
        raise Refused("转送或者告知向其他机关提出的，请写明有权更正的机关（条例 第四十一条）。")
    one.result, one.explanation, one.other_body, one.told_on = result, explanation, other_body, told_on
    one.numbers = _numbers(one)
    one.handler = actor.person
    one.version += 1
    one.save()
    return Done(one, {"处理结果": one.get_result_display(), "告知日期": told_on, "version": one.version})


def _numbers(one: Rectification) -> dict[str, str]:
    """Kind → number, of each letter of the result; none where one cannot be made. Raises ``Refused``."""
    assert one.told_on is not None
    year, found = one.told_on.year, {}
    try:
        for kind in LETTERS[one.result]:
            letter_of(one, kind)
            series = entry(kind, one.told_on).series
            number = next_number(one.body_id, f"letter {series}", year)
            found[kind] = document_number(code_of(one.body), series, year, number)
    except LetterError as error:
        raise Refused(f"{error}。") from error
    return found
