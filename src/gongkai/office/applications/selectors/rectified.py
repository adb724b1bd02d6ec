"""What became of a 更正 on paper: the letters of its result, made of its record (条例 第四十一条)."""

from __future__ import annotations

from typing import Any

from gongkai.office.applications.letters import Facts, LetterError, Party, compose
from gongkai.office.applications.letters import Letter as Composed
from gongkai.office.applications.models import Rectification
from gongkai.office.applications.selectors.sender import sender_of
from gongkai.office.applications.selectors.wordings import wording_on

_Result = Rectification.Result
# Result → kinds of letters: to the applicant, and to the body that it is passed on to.
LETTERS: dict[str, tuple[str, ...]] = {
    _Result.MADE: ("rectification_made",),
    _Result.REFUSED: ("rectification_refused",),
    _Result.TRANSFERRED: ("rectification_transferred", "rectification_transfer"),
    _Result.ELSEWHERE: ("rectification_elsewhere",),
}
KINDS = frozenset(kind for kinds in LETTERS.values() for kind in kinds)


def letter_of(one: Rectification, kind: str) -> Composed:
    """As of the day on which the applicant was told. Raises ``LetterError`` where the result has no such letter."""
    if one.told_on is None or kind not in LETTERS.get(one.result, ()):
        raise LetterError("这件更正申请没有这种文书")
    values: dict[str, Any] = {
        "register_number": f"更正{one.year}年第{one.number}号",
        "received_on": one.received_on,
        "rectification_request": f"{one.record}，{one.request}",
        "rectified": one.explanation,
        "reason": one.explanation,
        "rectifying_body": one.other_body,
        "passed_on": one.told_on,
    }
    facts = Facts(
        sender=sender_of(one.body, one.told_on),
        on=one.told_on,
        applicants=(Party(one.applicant_name, not one.organisation),),
        values=values,
        recipients=(Party(one.other_body, natural=False),) if one.other_body else (),
        number=one.numbers.get(kind, ""),
    )
    return compose(kind, facts, wording_on(kind, one.told_on))
