"""When a reply is due, and why: a pure function of a case that returns the date and the steps that lead to it.

The clock is a number of working days allowed (20, with an extension more), a day from which they count, and the
consultations, each an interval whose days are not counted. Nothing is ever moved: the date follows from the acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.statute import calendar, cases
from gongkai.statute.cases import Case
from gongkai.statute.clock import Clock, Step, expired


@dataclass(frozen=True, slots=True)
class Deadline:
    """``due``: last day for the reply; ``None`` while the clock stands still. ``provisional``: rests on days off that
    are only estimated. ``waiting_for``: the act without which the clock does not run on; ``until``: its own limit."""

    due: date | None
    provisional: bool
    steps: tuple[Step, ...]
    waiting_for: str | None = None
    until: date | None = None


def deadline(case: Case) -> Deadline:
    """The day by which ``case`` must be answered; its steps end in that day, or in what the clock waits for.

    Raises ``UnlawfulError`` for an act that may not be done (its message names the article), ``OutOfRangeError`` for
    days whose law or days off are not known.
    """
    clock = Clock(case.received)
    for event in sorted(case.events, key=lambda e: e.on):
        clock.apply(event)
    steps = list(clock.steps)
    for consultation in clock.consultations:
        if consultation.answered is None and consultation.expiry is not None:
            steps.append(expired(consultation, clock.terms["suspension"].article))
    steps.sort(key=lambda step: step.date)
    due = None if clock.waiting_for else clock.due()
    if due is None:
        waiting_for = clock.waiting_for or cases.OPINION_RECEIVED
        estimated = clock.until is not None and calendar.provisional(clock.until)
        if clock.until is not None:
            words = "缴费期限届满：最迟当日缴费，缴费后答复期限重新计算"
            steps.append(Step(clock.until, words, clock.terms["payment"].article))
        return Deadline(None, estimated, tuple(steps), waiting_for, clock.until)
    provisional = calendar.provisional(due)
    steps += _changed(clock.start, due)
    if provisional:
        steps.append(_estimated(due))
    steps.append(Step(due, _ends(clock), clock.rule.article))
    return Deadline(due, provisional, tuple(steps))


def _ends(clock: Clock) -> str:
    if clock.rule is clock.terms["reply"]:
        return f"答复期限届满，最迟当日答复（共{clock.allowed}个工作日）"
    return "延迟答复的期限届满，最迟当日答复"


def _estimated(due: date) -> Step:
    unknown = calendar.table().settled.year + 1
    words = f"{unknown}年及以后的放假通知尚未收录，按周末和日期固定的法定节假日预估，通知公布后重算"
    return Step(due, words, calendar.standing()[0].name)


def _changed(start: date, due: date) -> list[Step]:
    """A step for each notice that made the count differ from Monday to Friday."""
    steps = []
    for year, off, worked in calendar.changes(start, due):
        parts = [f"工作日放假{len(off)}天（{_days(off)}）"] if off else []
        parts += [f"周末上班{len(worked)}天（{_days(worked)}）"] if worked else []
        names = "、".join(notice.name for notice in calendar.years()[year].notices)
        steps.append(Step(due, f"其间{'，'.join(parts)}", names))
    return steps


def _days(days: tuple[date, ...]) -> str:
    """2月4日、2月12日至16日."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1 and day.month == runs[-1][0].month:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(f"{run[0].month}月{run[0].day}日" + (f"至{run[-1].day}日" if len(run) > 1 else "") for run in runs)
