"""What an application must say (条例 第二十九条), and what of it this one does not."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.office.applications.choices import Channel
from gongkai.office.applications.models import Application

IDENTITY_PAPER = "身份证明"  # the label of an attachment that proves who applies
AUTHORISATION = "授权委托书"  # the label of one that proves who may act for the applicant


@dataclass(frozen=True, slots=True)
class Gap:
    """``correct``: without it the applicant is to be asked for a correction (条例 第三十条)."""

    what: str
    article: str
    correct: bool


def gaps(case: Application, labels: set[str]) -> list[Gap]:
    """What is missing; ``labels`` are those of its attachments. Registering is not held up by it."""
    found = []
    if not case.identity_number and IDENTITY_PAPER not in labels:
        found.append(Gap("身份证明", "条例 第二十九条第二款第（一）项", True))
    # Who registers at the counter puts both in together; online each has its own label.
    together = set() if case.channel == Channel.INTERNET else {IDENTITY_PAPER}
    if case.agent and not labels & {AUTHORISATION, *together}:
        found.append(Gap("代理人的授权委托书", "条例 第二十九条第二款第（一）项", True))
    if not (case.phone or case.address or case.email):
        found.append(Gap("联系方式", "条例 第二十九条第二款第（一）项", True))
    if len("".join(case.description.split())) < 4:
        found.append(Gap("所需信息的名称、文号或者便于查询的其他特征描述", "条例 第二十九条第二款第（二）项", True))
    if not case.form or not case.way:
        found.append(Gap("信息的形式要求（包括获取的方式、途径）", "条例 第二十九条第二款第（三）项", False))
    return found
