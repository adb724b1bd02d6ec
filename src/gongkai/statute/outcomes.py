"""What can become of an application, as dated data (``outcomes.toml``): ground, row of the form, the letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.statute import dated

# What an outcome is to the law of remedies.
REFUSAL, REFUSED_PART, OTHER, NONE = "refusal", "refused_part", "other", "none"
KINDS = {REFUSAL: "不予公开", REFUSED_PART: "其中不予公开的部分", OTHER: "其他答复", NONE: "不作答复"}

# Records that a case must hold before an outcome can be signed.
NEEDS = {
    "cited_law": "所依据的法律、行政法规和条款",
    "secrecy_basis": "密级、定密依据和保密期限",
    "consultation": "征求第三方意见的记录",
    "harm_test": "对第三方合法权益和公共利益的衡量",
    "leader_decision": "本机关负责人的决定（何人、何日）",
    "category": "属于规定所列的哪一类",
    "grounds_of_refused_parts": "每一处不予公开内容的理由",
    "search_record": "检索记录（系统、检索词、人员、日期）",
    "responsible_body": "负责公开的机关的名称和联系方式，或者不能确定的情况",
    "obtained": "申请人已经获取该信息的情况",
    "archive": "保管的档案馆",
    "correction_request": "补正告知书",
    "earlier_case": "首次申请及其答复",
    "reason_request": "要求说明理由的记录",
    "fee_notice": "收费通知",
    "withdrawal": "申请人的撤回申请",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """``row``: key in the table ``applications`` of the form. ``kind``: one of ``KINDS``. ``says``: what the letter
    must say; ``needs``: keys of ``NEEDS``, ``against``: those besides where a third party objects. ``article``:
    ``None`` where the regulation has no provision of its own."""

    code: str
    label: str
    row: str
    kind: str
    says: tuple[str, ...]
    valid_from: date
    article: str | None = None
    needs: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    valid_to: date | None = None


@cache
def outcomes() -> tuple[Outcome, ...]:
    """All entries, those out of force too."""
    return tuple(Outcome(**entry) for entry in dated.read("outcomes.toml", "outcome"))


def outcomes_on(day: date) -> dict[str, Outcome]:
    """Code → outcome, for replies sent on ``day``; empty before the regulation of 2019."""
    return {outcome.code: outcome for outcome in outcomes() if dated.in_force(outcome, day)}


def outcome(code: str, day: date) -> Outcome:
    """The outcome ``code`` as of ``day``. Raises ``KeyError`` for an unknown code, ``OutOfRangeError`` for a day on
    which it did not exist."""
    return dated.as_of((entry for entry in outcomes() if entry.code == code), day, code)
