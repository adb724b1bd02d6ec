"""Cases that are open today: of every colour, standing still, unconfirmed, without a handler, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gongkai.office.applications.demonstration.asking import requests
from gongkai.office.applications.demonstration.tale import Tale
from gongkai.office.bodies.roles import Role
from gongkai.statute import calendar
from gongkai.statute.fees import PAGE

Story = Callable[[Tale], None]


def _received(used: int, tale: Tale, outcome: str = "granted", form: str = "") -> None:
    """Received so that ``used`` of the twenty working days are over today."""
    tale.day = calendar.at(calendar.index(tale.today) - used - 1)
    tale.register(outcome, at_once=True, form=form)


def _new(used: int, tale: Tale) -> None:
    """Nobody handles it."""
    _received(used, tale)


def _assigned(used: int, tale: Tale, outcome: str = "granted", form: str = "") -> None:
    """With the letters of its registration, which the many that are over lack: they would double the time it takes."""
    _received(used, tale, outcome, form)
    tale.assign()
    tale.acknowledge()


def _drafted(used: int, tale: Tale) -> None:
    _assigned(used, tale)
    tale.later(0, min(used, 4))
    tale.do("draft")


def _in_review(used: int, tale: Tale, *, approved: bool = False) -> None:
    outcome = tale.draw.choice(("granted", "partially_granted", "unavailable_does_not_exist"))
    _assigned(used, tale, outcome)
    tale.draft(outcome, days=min(used, 6))
    if approved:
        tale.step("approve", Role.REVIEWER, opinion="同意")


def _in_doubt(used: int, tale: Tale) -> None:
    _assigned(used, tale, "denied_state_secret")
    tale.do("secrecy_doubt", text="不能确定是否涉及国家秘密，报县保密行政管理部门确定")


def _reasons(used: int, tale: Tale) -> None:
    _assigned(used, tale, "not_processed_repetitive")
    tale.ask_reasons()


def _extended(used: int, tale: Tale) -> None:
    _assigned(used, tale)
    tale.later(2, 6)
    reason = "所涉及的材料较多，需要逐页核对"
    tale.step("agree_extension", Role.SIGNATORY, days=20, reason=reason)
    tale.do("extend", days=20, reason=reason)
    tale.letters("extend")


def _awaiting_correction(tale: Tale) -> None:
    _assigned(8, tale, "unavailable_unclear")
    tale.correction()


def _consulting(event: str, tale: Tale) -> None:
    _assigned(7, tale, "denied_third_party")
    party = tale.draw.choice(requests()["firm"]) if event == "consult_third_party" else "清源县财政局"
    tale.consult(event, party)


def _fee_open(tale: Tale) -> None:
    _assigned(12, tale, form="copy")
    tale.later(2, 8)
    tale.notice_fee(PAGE, tale.draw.randint(40, 200))


def _unconfirmed(tale: Tale) -> None:
    """Came today, or over the weekend; the applicant is still to be reached."""
    tale.day = tale.today
    tale.register()
    del tale.steps[1:]


# Story → how many of 300.
OPEN: tuple[tuple[Story, int], ...] = (
    (partial(_new, 1), 3),
    (partial(_new, 13), 1),
    (partial(_assigned, 2), 3),
    (partial(_assigned, 6), 3),
    (partial(_assigned, 13), 1),  # forgotten: nothing has happened for more than ten working days
    (partial(_drafted, 9), 3),
    (partial(_in_review, 11), 2),
    (partial(_in_review, 13, approved=True), 2),
    (partial(_drafted, 16), 2),
    (partial(_in_review, 17), 2),
    (partial(_drafted, 18), 1),
    (partial(_in_review, 19, approved=True), 2),
    (partial(_assigned, 20), 1),
    (partial(_drafted, 23), 2),
    (partial(_new, 31), 1),
    (partial(_in_doubt, 5), 1),
    (partial(_reasons, 4), 1),
    (partial(_extended, 25), 2),
    (_awaiting_correction, 3),
    (partial(_consulting, "consult_third_party"), 2),
    (partial(_consulting, "consult_agency"), 1),
    (_fee_open, 1),
    (_unconfirmed, 3),
)
# Those that wait to be confirmed need a channel that asks for it (条例 31).
NEEDS_CONFIRMATION = _unconfirmed
