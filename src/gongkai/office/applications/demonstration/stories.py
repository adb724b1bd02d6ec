"""What becomes of cases: one function a story, and how many of 300 cases each story has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gongkai.office.applications.demonstration.asking import requests
from gongkai.office.applications.demonstration.tale import Tale
from gongkai.statute import calendar
from gongkai.statute.fees import PAGE, fee

Story = Callable[[Tale], None]


def _answered(outcome: str, tale: Tale, *, late: bool = False, returned: int = 0) -> None:
    tale.register(outcome)
    tale.assign()
    tale.answer(outcome, late=late, returned=returned)


def _corrected(outcome: str, tale: Tale, *, late: bool = False) -> None:
    """``unavailable_unclear``: still unclear after the correction."""
    tale.register("unavailable_unclear")
    tale.assign()
    tale.correction(late=late)
    tale.corrected()
    if outcome == "unavailable_unclear":
        tale.do("corrected_but_unclear", text="补正后仍不能确定所指的文件")
        tale.drafting = True
    tale.answer(outcome)


def _never_corrected(tale: Tale) -> None:
    tale.register("unavailable_unclear")
    tale.assign()
    until = tale.correction()
    tale.on(calendar.index(until) + tale.draw.randint(1, 3))
    tale.do("correction_overdue")
    tale.letters("correction_overdue")


def _third_party(opinion: str, outcome: str, tale: Tale, *, drafted: bool = False) -> None:
    tale.register("denied_third_party")
    tale.assign()
    if drafted:
        tale.do("draft")
        tale.do("draft_withdrawn", text="拟稿时发现涉及企业的报价，先征求其意见")
    party = tale.draw.choice(requests()["firm"])
    tale.opinion(party, opinion, tale.consult("consult_third_party", party))
    tale.answer(outcome)


def _overruled(tale: Tale) -> None:
    """The third party refuses, and all is given out for the public interest: it is told what and why (条例 32)."""
    tale.register("denied_third_party")
    tale.assign()
    party = tale.draw.choice(requests()["firm"])
    tale.opinion(party, "refuse", tale.consult("consult_third_party", party))
    tale.answer("granted", overruled=True)


def _agency(opinion: str, tale: Tale, *, extended: bool = False) -> None:
    tale.register()
    tale.assign()
    party = tale.draw.choice(("清源县财政局", "清源县发展和改革局", "清源县水利局"))
    tale.opinion(party, opinion, tale.consult("consult_agency", party))
    if extended:
        tale.extend()
    tale.answer("granted")


def _both(tale: Tale) -> None:
    """Two consultations that overlap."""
    tale.register("denied_third_party")
    tale.assign()
    firm, agency = tale.draw.choice(requests()["firm"]), "清源县财政局"
    until = tale.consult("consult_third_party", firm)
    tale.do("consult_agency", party=agency, served=tale.tomorrow, text=tale.text)
    tale.letters("consult_agency")
    tale.later(2, 6)
    tale.do("opinion_or_timeout", party=agency, opinion="agree", text="同意公开")
    tale.opinion(firm, "timeout", until)
    tale.answer("partially_granted")


def _extended(outcome: str, tale: Tale, *, late: bool = False) -> None:
    tale.register(outcome)
    tale.assign()
    tale.extend()
    tale.answer(outcome, late=late)


def _fee(end: str, tale: Tale) -> None:
    """``end``: paid, late (with the reason why it is taken all the same), or unpaid."""
    tale.register(form="copy")  # charged by the page, as consulting is not
    tale.assign()
    tale.later(2, 12)
    pages = tale.draw.randint(35, 260)
    until = tale.notice_fee(PAGE, pages)
    if end == "unpaid":
        tale.fee_lapses(until, 1, 3)
        return
    if end == "late":
        tale.on(calendar.index(until) + 2)
    else:
        tale.later(1, 15)
    owed = fee(PAGE, pages, tale.received).yuan
    tale.do("paid", override="银行系统故障，款项到账延迟，有银行证明" if end == "late" else "", amount=owed)
    tale.answer("granted")


def _asked_for_reasons(accepted: bool, tale: Tale, *, delayed: bool = False) -> None:
    """``delayed``: the reasons are good, and a later date is set and told (条例 35)."""
    outcome = "granted" if accepted else "not_processed_repetitive"
    tale.register("not_processed_repetitive")
    tale.assign()
    tale.later(1, 4)
    tale.ask_reasons()
    tale.later(2, 8)
    if accepted:
        due, words = tale.due, "系为诉讼举证所需，理由合理"
        assert due is not None
        until = calendar.add_working_days(due, tale.draw.randint(5, 25)) if delayed else None
        reason = {"reason": "所申请的档案涉及多个年度，需要逐卷查找"} if until else {}
        tale.do("reason_accepted", until=until, text=words, **reason)
        if until:
            tale.letter("delay")
    else:
        tale.do("reason_not_accepted", text="所述理由与所申请的信息没有关系")
        tale.drafting = True
    tale.answer(outcome)


def _secrecy(outcome: str, tale: Tale) -> None:
    tale.register(outcome)
    tale.assign()
    tale.later(1, 5)
    tale.do("secrecy_doubt", text="不能确定是否涉及国家秘密，报县保密行政管理部门确定")
    tale.later(3, 8)
    tale.do("determined", text="已经书面确定")
    tale.drafting = True
    tale.answer(outcome)


def _withdrawn(tale: Tale, *, drafted: bool = False) -> None:
    tale.register()
    tale.assign()
    if drafted:
        tale.do("draft")
    tale.later(1, 9)
    tale.do("withdrawn", text="已通过其他途径取得，书面撤回申请")
    tale.letters("withdrawn")


_DENIED = ("denied_internal_affairs", "denied_process", "denied_enforcement_file", "denied_administrative_query")
_SELDOM = (
    *("denied_prohibited_by_law", "denied_security_stability", "unavailable_needs_creation", "not_processed_petition"),
    *("not_processed_publication", "not_processed_confirmation", "other_not_government_information", "other_archive"),
)
# Story → how many of 300; the rest (applicants who come twice, who flood, open cases) is in ``plan``.
STORIES: tuple[tuple[Story, int], ...] = (
    (partial(_answered, "granted"), 52),
    (partial(_answered, "granted", returned=1), 6),
    (partial(_answered, "granted", late=True), 4),
    (partial(_answered, "granted_already_public"), 22),
    (partial(_answered, "partially_granted"), 12),
    (partial(_answered, "partially_granted", returned=2), 2),
    (partial(_answered, "unavailable_does_not_exist"), 18),
    (partial(_answered, "unavailable_does_not_exist", late=True), 2),
    (partial(_answered, "unavailable_other_body"), 14),
    *((partial(_answered, code), 4) for code in _DENIED),
    *((partial(_answered, code), 3) for code in _SELDOM),
    (partial(_secrecy, "denied_state_secret"), 2),
    (partial(_secrecy, "granted"), 2),
    (partial(_corrected, "granted"), 8),
    (partial(_corrected, "granted", late=True), 2),
    (partial(_corrected, "unavailable_unclear"), 4),
    (_never_corrected, 5),
    (partial(_third_party, "refuse", "denied_third_party"), 4),
    (partial(_third_party, "refuse", "denied_third_party", drafted=True), 1),
    (_overruled, 1),
    (partial(_third_party, "partly", "partially_granted"), 3),
    (partial(_third_party, "agree", "granted"), 2),
    (partial(_third_party, "timeout", "partially_granted"), 2),
    (partial(_agency, "agree"), 3),
    (partial(_agency, "timeout"), 2),
    (partial(_agency, "agree", extended=True), 1),
    (_both, 1),
    (partial(_extended, "granted"), 7),
    (partial(_extended, "partially_granted"), 3),
    (partial(_extended, "granted", late=True), 1),
    (partial(_fee, "paid"), 3),
    (partial(_fee, "late"), 1),
    (partial(_fee, "unpaid"), 2),
    (partial(_asked_for_reasons, True), 1),
    (partial(_asked_for_reasons, True, delayed=True), 2),
    (partial(_asked_for_reasons, False), 2),
    (_withdrawn, 5),
    (partial(_withdrawn, drafted=True), 1),
)
