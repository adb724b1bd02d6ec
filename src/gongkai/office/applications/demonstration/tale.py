"""One case of the demonstration while its story is told: the day moves on, and each act becomes a step to be done."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.office.applications.choices import Channel
from gongkai.office.applications.demonstration import asking
from gongkai.office.applications.demonstration.asking import Applicant
from gongkai.office.applications.letters import letters_of
from gongkai.office.applications.letters.catalogue import APPLICANT
from gongkai.office.bodies.roles import Role
from gongkai.statute import calendar
from gongkai.statute.cases import DELAY, Case, Event
from gongkai.statute.deadlines import deadline
from gongkai.statute.fees import fee
from gongkai.statute.states import CONFIRMED_CHANNELS, course

OPINION_DAYS = 15  # working days that those consulted have (条例 第三十二条、第三十四条)
PAYMENT_DAYS = 20  # working days for paying, from the receipt of the notice (国办函〔2020〕109号)
# Of the letters that go with an event: a form that stays in the house, and one for when a refusal was overruled only.
_NOT_OF_COURSE = frozenset({"register_form", "third_party_disclosure"})
# What needs no proof: it says what the applicant knows, or is handed over with the letter that it belongs to.
_WITHOUT_PROOF = frozenset({"receipt", "acceptance", "consultation_answer"})
OVERRULED = "该信息涉及公共资金的使用，公众应当知情，不公开可能对公共利益造成重大影响"
_WAYS = {"paper": ("collect", "post"), "electronic": ("online",), "consult": ("collect",), "copy": ("collect",)}


@dataclass(frozen=True, slots=True)
class Step:
    """``verb``: a key of ``doing.DOING``, or an event of the course; ``case``: its place in the plan."""

    on: date
    case: int
    verb: str
    role: Role
    known: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Tale:
    """``body``: prefix of the body, ``kind`` its kind. ``day``: of the last act; acts fall on working days."""

    draw: random.Random
    case: int
    body: str
    kind: str
    applicant: Applicant
    channel: Channel
    day: date
    today: date
    steps: list[Step] = field(default_factory=list)
    received: date = field(init=False)
    text: str = ""
    way: str = ""
    drafting: bool = False
    acts: list[Event] = field(default_factory=list)

    def register(self, outcome: str = "granted", text: str = "", *, at_once: bool = False, form: str = "") -> None:
        """Comes in by its channel and is confirmed where the channel asks for it (条例 31).

        ``form``: in which the information is wanted, any unless told.
        """
        if self.channel.statute not in CONFIRMED_CHANNELS:
            self.day = calendar.on_or_after(self.day)
        self.text = text or asking.ask(self.draw, self.body, self.kind, outcome, self.day)
        form = form or self.draw.choice(tuple(_WAYS))
        fields = {**self.applicant.fields, "description": self.text, "form": form}
        self.way = fields["way"] = self.draw.choice(_WAYS[form])
        self.step("register", Role.REGISTRAR, channel=self.channel.value, fields=fields)
        if self.channel.statute in CONFIRMED_CHANNELS:
            self.day = calendar.on_or_after(self.day)
            if not at_once:
                self.later(0, 1)
            self.do("confirmed", Role.REGISTRAR, how="电话")
        self.received = self.day

    def assign(self) -> None:
        """Given to a handler."""
        self.step("assign", Role.REGISTRAR)

    def acknowledge(self) -> None:
        """The applicant is told that the application is registered, and when it is due."""
        confirmed = self.channel.statute in CONFIRMED_CHANNELS
        self.letters("confirmed" if confirmed else "submitted", Role.REGISTRAR)

    def letters(self, event: str, role: Role = Role.HANDLER, **values: Any) -> None:
        """The letters that go with an event just done; ``values``: what the record does not know of their fields."""
        for entry in letters_of(event, self.day):
            if entry.kind not in _NOT_OF_COURSE and not entry.wants:  # what wants more is written where it is told
                self.letter(entry.kind, role, to_applicant=entry.to == APPLICANT, **values)

    def letter(self, kind: str, role: Role = Role.HANDLER, *, to_applicant: bool = True, **values: Any) -> None:
        """Written and sent today, and received on the next working day."""
        self.step("write_letter", role, kind=kind, values=values)
        way = self.way if to_applicant else "post"
        self.step("send_letter", role, kind=kind, way=way)
        if kind not in _WITHOUT_PROOF:
            self.steps.append(Step(self.tomorrow, self.case, "serve_letter", role, {"kind": kind, "way": way}))

    @property
    def tomorrow(self) -> date:
        """The next working day."""
        return calendar.add_working_days(self.day, 1)

    def later(self, least: int, most: int) -> None:
        """Some working days on."""
        self.on(calendar.index(self.day) + self.draw.randint(least, most))

    def on(self, position: int) -> None:
        """To a working day by its number (``calendar.at``), never back."""
        self.day = max(self.day, calendar.at(position - 1))

    def step(self, verb: str, role: Role, **known: Any) -> None:
        self.steps.append(Step(self.day, self.case, verb, role, known))

    def do(
        self,
        event: str,
        role: Role = Role.HANDLER,
        *,
        days: int | None = None,
        until: date | None = None,
        party: str = "",
        served: date | None = None,
        fee: int = 0,
        override: str = "",
        **data: Any,
    ) -> None:
        """An event of the course, on the day that the tale has come to; ``data`` as its form keeps it.

        ``served``: when its letter will be, which the proof of that letter tells the office.
        """
        known = {"days": days, "until": until, "party": party, "fee": fee, "override": override}
        self.step(event, role, **{key: value for key, value in known.items() if value}, data=data)
        act = course().events[event].act
        if act and not data.get("timeout") and (act != DELAY or until):
            self.acts.append(Event(self.day, act, days, party or None, served, override or None, until))

    @property
    def due(self) -> date | None:
        """As the statute computes it from the acts so far."""
        return deadline(Case(self.received, tuple(self.acts))).due

    # Parts of which stories are made.

    def correction(self, *, late: bool = False) -> date:
        """告知补正; the day until when. Late: after the seven working days, with the reason why."""
        self.later(*((9, 12) if late else (1, 6)))
        until = calendar.add_working_days(self.day, 10)
        reason = "邮件分拣延误，承办人收到申请时已超过时限，经负责人同意补记" if late else ""
        wanted = "请写明所需信息的名称、文号、形成时间或者其他便于查询的特征"
        self.do("request_correction", override=reason, text=wanted, correction_due=until.isoformat())
        self.letters("request_correction")
        return until

    def corrected(self) -> None:
        """收到补正."""
        self.later(2, 8)
        self.do("correction_received", Role.REGISTRAR, description=f"{self.text}（补正：请提供文件全文）")

    def consult(self, event: str, party: str) -> date:
        """征求意见; the last day for the opinion."""
        self.later(1, 5)
        self.do(event, party=party, served=self.tomorrow, text=self.text)
        self.letters(event)
        return calendar.add_working_days(self.tomorrow, OPINION_DAYS)

    def opinion(self, party: str, opinion: str, until: date) -> None:
        """It comes, or (``timeout``) the period runs out."""
        if opinion == "timeout":
            self.on(calendar.index(until) + 1)
            self.do("opinion_or_timeout", party=party, opinion="none", timeout=True)
            return
        self.later(3, 12)
        words = {"agree": "同意公开", "refuse": "涉及商业秘密，不同意公开", "partly": "除报价明细外同意公开"}[opinion]
        self.do("opinion_or_timeout", party=party, opinion=opinion, text=words)

    def extend(self) -> None:
        """Agreed by the head, told to the applicant, before the period ends."""
        due = self.due
        assert due is not None
        self.later(0, max(0, calendar.working_days(self.day, due) - 1))
        days, reason = self.draw.choice((10, 15, 20)), "所涉及的材料较多，需要逐页核对"
        self.step("agree_extension", Role.SIGNATORY, days=days, reason=reason)
        self.do("extend", days=days, reason=reason)
        self.letters("extend")

    def ask_reasons(self, volume: str = "近一个月内申请数量较多") -> None:
        """要求说明理由, within ten working days."""
        self.do("excessive", text=volume)
        self.letters("excessive", reasons_due=calendar.add_working_days(self.day, 10))

    def notice_fee(self, basis: str, count: int, already: int = 0) -> date:
        """收费通知; the last day for paying. ``count``: of items or pages, ``already``: items of the month before."""
        owed = fee(basis, count, self.received, already)
        steps = [[step.words, step.article] for step in owed.steps]
        known = {"basis": basis, "count": count, "already": already, "amount": owed.yuan, "steps": steps}
        self.do("fee_notice", fee=owed.yuan, served=self.tomorrow, **known)
        self.letters("fee_notice", way_to_pay="持本通知书到清源县行政服务中心非税收入窗口缴纳")
        return calendar.add_working_days(self.tomorrow, PAYMENT_DAYS)

    def fee_lapses(self, until: date, least: int, most: int) -> None:
        """逾期未缴费, some days after the last one for paying."""
        self.on(calendar.index(until) + self.draw.randint(least, most))
        self.do("fee_overdue")
        self.letters("fee_overdue", fee_due=until)

    def draft(
        self,
        outcome: str,
        returned: int = 0,
        earlier: int | None = None,
        days: int | None = None,
        overruled: bool = False,
    ) -> int:
        """拟稿 up to the review, within ``days`` working days; how many are left of them."""
        left = 10 if days is None else days
        for _ in range(2):
            used = self.draw.randint(0, left // 2)
            left -= used
            self.later(used, used)
            if not self.drafting:
                self.do("draft")
                self.drafting = True
        for go in range(returned + 1):
            words = asking.answer(self.draw, outcome)
            known = {"outcome": outcome, "words": words, "earlier": earlier, "overruled": overruled}
            self.step("decide", Role.HANDLER, sought=self.text[:12], **known)
            self.do("submit_review")
            if go < returned:
                role = Role.REVIEWER if go == 0 else Role.SIGNATORY
                self.do("returned", role, text="依据引用不完整，请补充后再报")
        return left

    def answer(
        self,
        outcome: str,
        *,
        late: bool = False,
        returned: int = 0,
        earlier: int | None = None,
        overruled: bool = False,
    ) -> None:
        """From the draft to the archive; signed by the last day, or after it.

        ``overruled``: a third party that refused, which is then told (条例 第三十二条).
        """
        due = self.due
        assert due is not None
        room = max(0, calendar.working_days(self.day, due))
        days = room + self.draw.randint(1, 12) if late else self.draw.randint(min(room, 3), room)
        left = self.draft(outcome, returned, earlier, days, overruled)
        self.step("approve", Role.REVIEWER, opinion="同意")
        self.later(left, left)
        self.do("signed_and_sent", Role.SIGNATORY)
        self.step("send_reply", Role.REGISTRAR, way=self.way)
        if overruled:
            self.letter("third_party_disclosure", to_applicant=False, reason=OVERRULED, disclosed=self.text)
        self.later(0, 4)
        self.step("serve_reply", Role.REGISTRAR, way=self.way)
        if self.draw.random() < 0.6:
            self.later(5, 30)
            self.do("archive", Role.REGISTRAR)
