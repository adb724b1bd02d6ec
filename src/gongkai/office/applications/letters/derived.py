"""Fields that nobody fills in: they follow from the case, the body, and the law of the day on which the letter goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.office.applications.letters.catalogue import AGENCY, APPLICANT, Entry
from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.facts import Facts, Party
from gongkai.office.applications.letters.wording import amount, cited, names, plain, you
from gongkai.statute import cases, fees, remedies, terms
from gongkai.statute.cases import chinese
from gongkai.statute.errors import OutOfRangeError

_CALLS_ITSELF = "本答复"  # in the texts of statute/remedies.toml


def recipients(facts: Facts, entry: Entry) -> tuple[Party, ...]:
    """Those to whom the letter goes. Raises ``LetterError`` when nobody is named."""
    found = facts.applicants if entry.to == APPLICANT else facts.recipients
    if not found or not all(plain(party.name) for party in found):
        who = "申请人" if entry.to == APPLICANT else "被征求意见方或者对方机关"
        raise LetterError(f"缺少收件人（{who}）的姓名或者名称")
    return found


def received(facts: Facts) -> date:
    """收到之日, which decides periods and tariffs. Raises ``LetterError`` when it is not known."""
    if facts.case is not None:
        return facts.case.received
    value = facts.values.get("received_on")
    if not isinstance(value, date):
        raise LetterError("缺少“收到日期”（收到申请之日）")
    return value


def _you(facts: Facts, entry: Entry) -> str:
    return you(recipients(facts, entry), agency=entry.to == AGENCY)


def _basis(facts: Facts, entry: Entry) -> str:
    return cited(entry.article) if entry.article else ""


def _remedy(facts: Facts, entry: Entry) -> str:
    if entry.remedy is None:
        return ""
    law = remedies.remedy(entry.remedy, facts.on)
    text = law.text.replace(_CALLS_ITSELF, entry.itself)
    return text.format(authority=_authority(facts), court=_court(facts))


def _silence_remedy(facts: Facts, entry: Entry) -> str:
    law = remedies.remedy(remedies.SILENCE, facts.on)
    return law.text.format(authority=_authority(facts), court=_court(facts))


def _hearing(facts: Facts) -> remedies.Hearing:
    if facts.sender.kind not in remedies.BODIES:
        raise LetterError(f"“{plain(facts.sender.name)}”的机关种类“{facts.sender.kind}”没有对应的行政复议机关")
    return remedies.hearing(facts.sender.kind, facts.on)


def _authority(facts: Facts) -> str:
    hears = _hearing(facts).hears
    found = {key: plain(facts.sender.authorities.get(key, "")) for key in hears}
    for key, name in found.items():
        if not name:
            raise LetterError(f"缺少行政复议机关的名称：{remedies.AUTHORITIES[key]}")
    return "或者".join(found.values())


def _court(facts: Facts) -> str:
    court = _hearing(facts).court
    name = plain(facts.sender.courts.get(court, ""))
    if not name:
        raise LetterError(f"缺少受理行政诉讼的法院名称：{remedies.COURTS[court]}")
    return name


_ACTS: dict[str, Callable[[cases.Event, str], str]] = {
    cases.REQUEST_CORRECTION: lambda event, who: f"告知{who}补正",
    cases.CORRECTION_RECEIVED: lambda event, who: "收到补正的申请",
    cases.CONSULT_THIRD_PARTY: lambda event, who: "书面征求第三方意见",
    cases.CONSULT_AGENCY: lambda event, who: "书面征求其他机关意见",
    cases.OPINION_RECEIVED: lambda event, who: "收到意见",
    cases.EXTEND: lambda event, who: f"告知{who}答复期限延长{event.days}个工作日",
    cases.DELAY: lambda event, who: f"告知{who}延迟答复",
    cases.FEE_NOTICE: lambda event, who: f"通知{who}缴纳信息处理费",
    cases.PAID: lambda event, who: f"收到{who}缴纳的信息处理费",
}


def _history(facts: Facts, entry: Entry) -> str:
    """What has happened to the clock; the names of those consulted stay out."""
    events = sorted(facts.case.events, key=lambda event: event.on) if facts.case else []
    if not events:
        return ""
    who = _you(facts, entry)
    told = "，".join(f"于{chinese(event.on)}{_ACTS[event.act](event, who)}" for event in events)
    consulted = any(event.act in {cases.CONSULT_THIRD_PARTY, cases.CONSULT_AGENCY} for event in events)
    return f"办理期间，本机关{told}。" + ("征求意见所需时间不计入答复期限。" if consulted else "")


def _term(facts: Facts, name: str) -> str:
    period = terms.on(received(facts)).get(name)
    if period is None or period.days is None:
        raise LetterError(f"{chinese(received(facts))}收到的申请没有“{terms.NAMES[name]}”的规定")
    return f"{period.days}个工作日内"


def _opinion_within(facts: Facts, entry: Entry) -> str:
    return _term(facts, entry.term or "third_party")


def _pay_within(facts: Facts, entry: Entry) -> str:
    return _term(facts, "payment")


def _basis_of_fee(facts: Facts) -> str:
    basis = facts.values.get("fee_basis")
    if basis not in fees.BASES:
        raise LetterError("缺少“收费方式”（按件计收，或者按量计收）")
    return str(basis)


def _count(facts: Facts, key: str, least: int) -> int:
    value = facts.values.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise LetterError("“计费数量”应是正整数（件数或者页数）")
    return value


def _fee(facts: Facts) -> fees.Fee:
    basis = _basis_of_fee(facts)
    fee = fees.fee(basis, _count(facts, "fee_count", 1), received(facts), _count(facts, "fee_already", 0))
    if not fee.yuan:
        raise LetterError("按标准不收费，不能发收费通知（条例 第四十二条第一款）")
    return fee


def _fee_count(facts: Facts, entry: Entry) -> str:
    unit = fees.tariff(_basis_of_fee(facts), received(facts)).unit
    return f"{_count(facts, 'fee_count', 1)}{unit}"


def _fee_article(facts: Facts, entry: Entry) -> str:
    return cited(fees.tariff(_basis_of_fee(facts), received(facts)).article)


def _fee_steps(facts: Facts, entry: Entry) -> str:
    return "；".join(step.words for step in _fee(facts).steps)


def _fee_yuan(facts: Facts, entry: Entry) -> str:
    """What the notice said, where the letter tells of an earlier one; else by the tariff."""
    noticed = facts.values.get("fee_yuan")
    if noticed is None:
        return amount(_fee(facts).yuan)
    if isinstance(noticed, bool) or not isinstance(noticed, int) or noticed <= 0:
        raise LetterError("“收费金额”应是正整数（元）")
    return amount(noticed)


DERIVED: dict[str, Callable[[Facts, Entry], str]] = {
    "applicants": lambda facts, entry: names(facts.applicants),
    "you": _you,
    "body": lambda facts, entry: plain(facts.sender.name),
    "on": lambda facts, entry: chinese(facts.on),
    "basis": _basis,
    "remedy": _remedy,
    "silence_remedy": _silence_remedy,
    "history": _history,
    "opinion_within": _opinion_within,
    "pay_within": _pay_within,
    "fee_basis": lambda facts, entry: fees.BASES[_basis_of_fee(facts)],
    "fee_count": _fee_count,
    "fee_article": _fee_article,
    "fee_steps": _fee_steps,
    "fee_yuan": _fee_yuan,
}
# Values that derived fields are computed from; they have no field of their own.
INPUTS = frozenset({"fee_basis", "fee_count", "fee_already", "fee_yuan"})


def derive(key: str, facts: Facts, entry: Entry) -> str:
    """The derived field ``key``. Raises ``LetterError`` where the facts or the law do not give it."""
    try:
        return DERIVED[key](facts, entry)
    except OutOfRangeError as error:
        raise LetterError(str(error)) from error
