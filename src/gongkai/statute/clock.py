"""The clock of one case: each act is refused, with the article that forbids it, or changes the clock and says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gongkai.statute import calendar, cases, terms
from gongkai.statute.cases import ACTS, Event, chinese
from gongkai.statute.counting import Consultation, last_day, suspensions, used
from gongkai.statute.errors import LawError, UnlawfulError
from gongkai.statute.terms import Term


class Step(NamedTuple):
    """One step: its day, what happened in Chinese, and the provision it rests on."""

    date: date
    words: str
    article: str


@dataclass(slots=True)
class Clock:
    """The clock of one case. Acts are applied in the order of their days."""

    received: date
    start: date = field(init=False)
    terms: dict[str, Term] = field(init=False)
    allowed: int = field(init=False)
    rule: Term = field(init=False)  # what the period rests on: that of the reply, or of a delay
    consultations: list[Consultation] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    waiting_for: str | None = None
    until: date | None = None
    done: set[str] = field(default_factory=set)  # acts that may be done once only

    def __post_init__(self) -> None:
        self.terms = terms.on(self.received)
        self.start, self.allowed, self.rule = self.received, self._days("reply"), self.terms["reply"]
        words = f"收到申请。当日不计，自次日起计算{self.allowed}个工作日"
        self.steps.append(Step(self.received, words, self.terms["reply"].article))

    def apply(self, event: Event) -> None:
        if event.on < self.received:
            words = f"{chinese(event.on)}“{ACTS[event.act]}”早于收到申请之日{chinese(self.received)}，请核对日期"
            raise UnlawfulError(words, self.terms["reply"].article)
        _APPLY[event.act](self, event)

    def due(self) -> date | None:
        """The last day, as far as the acts applied so far tell; ``None`` while a consultation has no end."""
        return last_day(self.start, self.allowed, suspensions(self.consultations, self.start))

    def used(self, day: date) -> int:
        """Working days counted up to and including ``day``."""
        return used(self.start, day, suspensions(self.consultations, self.start))

    # The acts. Each refuses what the law does not allow, then changes the clock and says so in a step.

    def _request_correction(self, event: Event) -> None:
        term = self._term("correction", event)
        self._running(event, term)
        self._not_consulting(event, term)
        limit = calendar.add_working_days(self.received, self._days("correction"))
        if event.act in self.done:
            words = f"{chinese(event.on)}再次告知补正：补正事项应当一次性告知，不能第二次要求补正"
            raise UnlawfulError(words, term.article)
        self._in_time(event, term)
        rule = f"应当自收到申请之日起{term.days}个工作日内（最迟{chinese(limit)}）告知补正"
        late = self._late(event, limit, rule, term.article)
        self.done.add(event.act)
        self.waiting_for = cases.CORRECTION_RECEIVED
        words = f"一次性告知申请人补正（最迟{chinese(limit)}）{late}，答复期限停止计算，待收到补正的申请"
        self.steps.append(Step(event.on, words, term.article))

    def _correction_received(self, event: Event) -> None:
        term = self._term("correction", event)
        if self.waiting_for != cases.CORRECTION_RECEIVED:
            raise UnlawfulError(f"{chinese(event.on)}收到补正的申请，但此前没有尚待补正的告知", term.article)
        self._restart(event.on, "收到补正的申请", term.article)

    def _consult(self, event: Event) -> None:
        third = event.act == cases.CONSULT_THIRD_PARTY
        term = self._term("third_party" if third else "agency", event)
        self._running(event, term)
        self._in_time(event, self.terms["suspension"])
        served = event.served or event.on
        expiry = None if term.days is None else calendar.add_working_days(served, term.days)
        used = self.used(event.on)
        self.consultations.append(Consultation(event.on, expiry, event.party, term))
        whom = event.party or ("第三方" if third else "其他机关")
        limit = f"，对方应在{term.days}个工作日内（最迟{chinese(expiry)}）提出意见" if expiry else ""
        words = f"书面征求{whom}意见{limit}。已用{used}个工作日，征求意见所需时间不计入期限"
        self.steps.append(Step(event.on, words, f"{term.article}，{self.terms['suspension'].article}"))

    def _opinion_received(self, event: Event) -> None:
        article = self.terms["suspension"].article
        open_ones = [c for c in self.consultations if c.answered is None]
        if event.party:
            open_ones = [c for c in open_ones if c.party == event.party]
        if not open_ones:
            whom = f"“{event.party}”的" if event.party else ""
            raise UnlawfulError(f"{chinese(event.on)}收到{whom}意见，但此前没有尚待答复的征求意见", article)
        consultation = open_ones[0]  # the one sent first, when the event does not say whose opinion it is
        consultation.answered = event.on
        whom = f"{consultation.party}的" if consultation.party else ""
        words = f"收到{whom}意见"
        if consultation.expiry is not None and event.on > consultation.expiry:
            self.steps.append(expired(consultation, article))
            self.steps.append(Step(event.on, f"{words}，已过期限，不影响期限的计算", consultation.term.article))
            return
        self.steps.append(Step(event.on, f"{words}。{self._resumed(event.on)}", article))

    def _resumed(self, day: date) -> str:
        still = [c for c in self.consultations if c.end is None or c.end > day]
        if still:
            return "另有征求意见尚未结束，期限仍不计算"
        left = self.allowed - self.used(day)
        return f"期限自次日起继续计算，尚余{left}个工作日" if left else "答复期限已用完，应当即答复"

    def _extend(self, event: Event) -> None:
        term = self.terms["extension"]
        days = event.days or 0
        if event.act in self.done:
            raise UnlawfulError(f"{chinese(event.on)}再次延长：答复期限只能延长一次", term.article)
        if not 1 <= days <= self._days("extension"):
            raise UnlawfulError(f"延长{days}个工作日：应在1至{term.days}个工作日之间", term.article)
        self._running(event, term)
        due = self._in_time(event, term)
        if cases.DELAY in self.done:
            words = f"{chinese(event.on)}延长：已确定延迟答复的期限，不再按第三十三条延长"
            raise UnlawfulError(words, self.terms["delay"].article)
        self.done.add(event.act)
        self.allowed += days
        before = f"（原届满日{chinese(due)}）" if due else ""
        words = f"经政府信息公开工作机构负责人同意并告知申请人，延长{days}个工作日{before}"
        self.steps.append(Step(event.on, words, term.article))

    def _delay(self, event: Event) -> None:
        """From the day after, the working days up to the date that the body sets are those allowed (条例 35)."""
        term = self._term("delay", event)
        self._running(event, term)
        self._not_consulting(event, term)
        if event.act in self.done:
            raise UnlawfulError(f"{chinese(event.on)}再次延迟：延迟答复的期限只能确定一次", term.article)
        due = self._in_time(event, term)
        if event.until is None or due is None or event.until <= due:
            until = chinese(event.until) if event.until else "未写明"
            before = f"（{chinese(due)}）" if due else ""
            raise UnlawfulError(f"延迟至{until}：应晚于原届满日{before}", term.article)
        self.done.add(event.act)
        last = calendar.on_or_after(event.until)
        self.start, self.allowed = event.on, calendar.working_days(event.on, last)
        until = chinese(last) if last == event.until else f"{chinese(event.until)}（当日休息，顺延至{chinese(last)}）"
        words = f"申请理由合理但无法按期答复，确定延迟至{until}以前答复，并告知申请人（原届满日{chinese(due)}）"
        self.steps.append(Step(event.on, words, term.article))
        self.rule = term

    def _fee_notice(self, event: Event) -> None:
        term = self._term("payment", event)
        self._running(event, term)
        self._not_consulting(event, term)
        if event.act in self.done:
            raise UnlawfulError(f"{chinese(event.on)}再次发出收费通知：同一申请不得重复收费", term.article)
        self._in_time(event, term)
        self.done.add(event.act)
        self.waiting_for = cases.PAID
        self.until = calendar.add_working_days(event.served or event.on, self._days("payment"))
        limit = f"收到通知次日起{term.days}个工作日内（最迟{chinese(self.until)}）"
        words = f"发出收费通知，答复期限停止计算。申请人应在{limit}缴费，逾期视为放弃申请"
        self.steps.append(Step(event.on, words, term.article))

    def _paid(self, event: Event) -> None:
        term = self._term("payment", event)
        if self.waiting_for != cases.PAID or self.until is None:
            raise UnlawfulError(f"{chinese(event.on)}缴费，但此前没有尚待缴费的收费通知", term.article)
        late = self._late(event, self.until, f"最迟应在{chinese(self.until)}缴费，逾期视为放弃申请", term.article)
        self._restart(event.on, f"申请人缴费{late}", term.article)

    def _restart(self, day: date, words: str, article: str) -> None:
        before = [words for act, words in ((cases.EXTEND, "延长"), (cases.DELAY, "延迟")) if act in self.done]
        lapsed = f"，此前的{'、'.join(before)}不再计入" if before else ""
        self.start, self.allowed, self.rule = day, self._days("reply"), self.terms["reply"]
        self.waiting_for = self.until = None
        words = f"{words}，自次日起重新计算{self.allowed}个工作日{lapsed}"
        self.steps.append(Step(day, words, article))

    # What several acts ask.

    def _term(self, name: str, event: Event) -> Term:
        if name not in self.terms:
            law = self.terms["reply"].article.split()[0]
            begins = next(t.valid_from for t in terms.terms() if t.name == name)
            since = f"的期限规定自{chinese(begins)}起才有"
            words = f"“{ACTS[event.act]}”{since}，不适用于{chinese(self.received)}收到的申请"
            raise UnlawfulError(words, law)
        return self.terms[name]

    def _days(self, name: str) -> int:
        days = self.terms[name].days
        if days is None:
            raise LawError(f"terms.toml：{name} 没有天数")
        return days

    def _running(self, event: Event, term: Term) -> None:
        if self.waiting_for:
            words = f"{chinese(event.on)}“{ACTS[event.act]}”：期限已停止计算，应先“{ACTS[self.waiting_for]}”"
            raise UnlawfulError(words, term.article)

    def _not_consulting(self, event: Event, term: Term) -> None:
        if any(c.open_on(event.on) for c in self.consultations):
            raise UnlawfulError(f"{chinese(event.on)}“{ACTS[event.act]}”：征求意见尚未结束", term.article)

    def _in_time(self, event: Event, term: Term) -> date | None:
        """The last day as it stands before the act. Raises when the act comes after it."""
        due = self.due()
        if due is not None and event.on > due:
            words = f"{chinese(event.on)}“{ACTS[event.act]}”：答复期限已于{chinese(due)}届满"
            raise UnlawfulError(words, term.article)
        return due

    def _late(self, event: Event, limit: date, rule: str, article: str) -> str:
        """Words for a late act that is entered nevertheless, with its reason. Raises when no reason is given."""
        if event.on <= limit:
            return ""
        if not event.override:
            words = f"{chinese(event.on)}“{ACTS[event.act]}”已逾期：{rule}；确须补记的，在该事件写明 override（理由）"
            raise UnlawfulError(words, article)
        return f"，已逾期，例外补记：{event.override}"


def expired(consultation: Consultation, article: str) -> Step:
    """The end of a period for an opinion: that none came in it is known only once one came after it."""
    day = consultation.expiry
    assert day is not None
    whom = f"{consultation.party}提出意见的" if consultation.party else "征求意见的"
    silence = "至此未收到意见的" if consultation.answered is None else "未收到意见"
    return Step(day, f"{whom}期限届满，{silence}，答复期限自次日起继续计算", article)


_APPLY: dict[str, Callable[[Clock, Event], None]] = {
    cases.REQUEST_CORRECTION: Clock._request_correction,
    cases.CORRECTION_RECEIVED: Clock._correction_received,
    cases.CONSULT_THIRD_PARTY: Clock._consult,
    cases.CONSULT_AGENCY: Clock._consult,
    cases.OPINION_RECEIVED: Clock._opinion_received,
    cases.EXTEND: Clock._extend,
    cases.DELAY: Clock._delay,
    cases.FEE_NOTICE: Clock._fee_notice,
    cases.PAID: Clock._paid,
}
