"""A row of a register as a case: what its cells mean, and the record that it becomes."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.applications.choices import ApplicantKind, Channel, IdentityKind
from gongkai.office.applications.models import Application, CaseEvent, Decision
from gongkai.office.applications.services.registering import register
from gongkai.office.bodies.models import Body
from gongkai.statute.cases import chinese
from gongkai.statute.errors import LawError
from gongkai.statute.outcomes import outcome, outcomes

SOURCE = "由原有台账导入，办理记录见原案卷"
_OVERRIDDEN = "办理过程未在本系统记录"
# Outcomes that are the end of a course of their own: state and event.
_ENDS = {
    "closed_no_supplement": ("CLOSED_NO_SUPPLEMENT", "correction_overdue"),
    "closed_fee_unpaid": ("CLOSED_FEE_UNPAID", "fee_overdue"),
    "other_withdrawn": ("WITHDRAWN", "withdrawn"),
}
_KINDS = {
    "公民": "natural_person",
    "个人": "natural_person",
    "企业": "business",
    "公司": "business",
    "律师事务所": "legal_service",
}
_CHANNELS = {
    "当面": "counter",
    "现场": "counter",
    "窗口": "counter",
    "邮寄": "registered_mail",
    "信函": "registered_mail",
    "快递": "registered_mail",
    "挂号信": "registered_mail",
    "网站": "internet",
    "网络": "internet",
    "在线": "internet",
    "互联网": "internet",
    "网上": "internet",
    "邮件": "email",
    "电子邮箱": "email",
    "传真": "fax",
    "口头": "oral",
}
_LONGEST = {"applicant_name": 120, "reply_number": 80}  # as the record can hold
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s.*)?")


class RowError(Exception):
    """``faults``: (target, sentence); sentences never repeat a cell, which may be anybody's number."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("row")
        self.faults = faults


@dataclass
class _Read:
    """The cells of a row as values, with what is wrong."""

    cells: dict[str, str]
    faults: list[tuple[str, str]] = field(default_factory=list)

    def day(self, key: str) -> date | None:
        text = self.cells.get(key, "")
        if not text:
            return None
        match = _DATE.fullmatch(text)
        if match:
            with suppress(ValueError):
                return date(*(int(part) for part in match.groups()))
        self.faults.append((key, "不是日期，应写作2024-01-31或者2024年1月31日"))
        return None

    def one_of(self, key: str, labels: dict[str, str], default: str, words: str) -> str:
        text = _plain(self.cells.get(key, ""))
        if not text:
            return default
        if text in labels:
            return labels[text]
        near = {value for label, value in labels.items() if label in text}
        if len(near) == 1:
            return near.pop()
        self.faults.append((key, f"认不出，应为：{words}"))
        return default


def carry_out(actor: Actor, body: Body, cells: dict[str, str]) -> Application:
    """Register the row and, where it was answered, record that. Raises ``RowError``, ``Refused``."""
    read = _Read(cells)
    arrived, replied, due = (read.day(key) for key in ("arrived_on", "replied_on", "due"))
    fields = _fields(read)
    channel = read.one_of("channel", _labels(Channel) | _CHANNELS, Channel.COUNTER.value, "、".join(Channel.labels))
    code = _outcome(read, replied)
    if replied and arrived and replied < arrived:
        read.faults.append(("replied_on", "早于收到日期"))
    if replied and replied > timezone.localdate():
        read.faults.append(("replied_on", "晚于今天"))
    if due and arrived and due < arrived:
        read.faults.append(("due", "早于收到日期"))
    if read.faults or arrived is None:
        raise RowError(read.faults)
    try:
        case: Application = register(actor, body, channel=channel, arrived_on=arrived, fields=fields, source=SOURCE)
    except ValidationError as error:
        raise RowError([("", "；".join(error.messages))]) from error
    if due and not replied and due != case.due:
        # Left out without a word it would be lost, and taken over it would be a last day without steps.
        raise RowError([("due", _open_case_due(case))])
    old = cells.get("old_number", "")
    if old:
        CaseEvent.objects.filter(application=case).update(data={"source": f"{SOURCE}（原登记号{old}）"})
    if replied and code:
        _finish(actor, case, _End(replied, code, due, cells.get("reply_number", "")))
    return case


def _open_case_due(case: Application) -> str:
    counted = f"按收到日期推算为{chinese(case.due)}" if case.due else "与申请人确认收到以后才能推算"
    return f"尚未答复的，答复期限由系统推算（{counted}）；请把这一格留空，导入以后补记延期、征求意见等事项"


def _fields(read: _Read) -> dict[str, Any]:
    cells = read.cells
    for key in ("arrived_on", "applicant_name", "description"):
        if not cells.get(key):
            read.faults.append((key, "必须填写"))
    for key, most in _LONGEST.items():
        if len(cells.get(key, "")) > most:
            read.faults.append((key, f"不能超过{most}个字"))
    fields: dict[str, Any] = {
        "applicant_name": cells.get("applicant_name", ""),
        "description": cells.get("description", ""),
        "applicant_kind": read.one_of(
            "applicant_kind", _labels(ApplicantKind) | _KINDS, "natural_person", "、".join(ApplicantKind.labels)
        ),
        "form": "",
        "way": "",
    }
    natural = fields["applicant_kind"] == ApplicantKind.NATURAL_PERSON
    fields["identity_kind"] = IdentityKind.IDENTITY_CARD if natural else IdentityKind.USCC
    for key in ("identity_number", "phone", "address", "email"):
        if cells.get(key):
            try:
                Application._meta.get_field(key).held(cells[key])  # type: ignore[union-attr]
            except ValidationError as error:
                read.faults.append((key, "；".join(error.messages)))
            else:
                fields[key] = cells[key]
    return fields


def _outcome(read: _Read, replied: date | None) -> str:
    text = read.cells.get("outcome", "")
    if not text and not replied:
        return ""
    if not text or not replied:
        read.faults.append(("outcome" if replied else "replied_on", "处理结果和答复日期应同时填写"))
        return ""
    codes = _outcomes_by_words().get(_plain(text), set())
    if len(codes) != 1:
        read.faults.append(("outcome", "认不出是哪一种处理结果，请改写为系统中的名称，如“不予公开：过程性信息”"))
        return ""
    (code,) = codes
    try:
        outcome(code, replied)
    except LawError:
        first = min(one.valid_from for one in outcomes() if one.code == code)
        law = f"这种处理结果自{chinese(first)}起才有" if replied < first else "答复之日已没有这种处理结果"
        read.faults.append(("outcome", law))
    return code


@dataclass(frozen=True, slots=True)
class _End:
    """How the register says that a case ended."""

    on: date
    code: str
    due: date | None
    number: str


def _finish(actor: Actor, case: Application, end: _End) -> None:
    """The end as the register has it. It passes no guard, and says so for ever."""
    on, code = end.on, end.code
    state, event = _ENDS.get(code, ("REPLIED", "signed_and_sent"))
    if case.received_on is None:
        # A reply shows that the application had been received; the register gives no other day.
        case.received_on = case.arrived_on
    CaseEvent.objects.create(
        application=case,
        event=event,
        on=on,
        state=state,
        override=SOURCE,
        overridden=_OVERRIDDEN,
        data={"source": SOURCE},
        by_id=actor.person.pk if actor.person else None,
        by_name=actor.name,
    )
    case.state, case.outcome, case.finished_on = state, code, on
    case.due = end.due or case.due
    if state == "REPLIED":
        case.replied_on = on
        Decision.objects.create(application=case, outcome=code, reason=SOURCE, number=end.number)
    case.save()


def _labels(choices: Any) -> dict[str, str]:
    return {_plain(label): value for value, label in choices.choices}


@cache
def _outcomes_by_words() -> dict[str, set[str]]:
    """Words → codes: the whole label, or its part behind the colon where that is enough."""
    found: dict[str, set[str]] = {}
    for one in outcomes():
        for words in {one.label, one.label.partition("：")[2], one.code}:
            if words:
                found.setdefault(_plain(words), set()).add(one.code)
    for words, code in {
        "公开": "granted",
        "同意公开": "granted",
        "部分公开": "partially_granted",
        "撤回": "other_withdrawn",
    }.items():
        found.setdefault(words, {code})
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\s（）()、，,。：:；;“”\"—-]", "", text)
