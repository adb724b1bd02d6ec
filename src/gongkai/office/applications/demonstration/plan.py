"""The plan of the demonstration: which cases there are, and every act on them in the order of days.

Nothing here asks the database: the same seed, scale, day and bodies give the same plan, down to the last word.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from gongkai.office.applications.choices import ApplicantKind, Channel
from gongkai.office.applications.demonstration.asking import Applicant, Applicants, requests
from gongkai.office.applications.demonstration.open_cases import NEEDS_CONFIRMATION, OPEN
from gongkai.office.applications.demonstration.stories import STORIES
from gongkai.office.applications.demonstration.tale import Step, Tale
from gongkai.office.bodies.roles import Role
from gongkai.statute.fees import ITEM

DAYS = 730  # two years
# The longest story takes about a hundred working days: one that begins earlier comes to its end.
LONGEST = 200
SHOWN = "mzj"  # the body for which the demonstration prints most sign-ins
TWICE = 8  # applicants of 300 cases who ask the same again
FLOOD = 13  # applications of one applicant in one month: more than the ten that are free of charge
_CHANNELS = {"internet": 36, "counter": 22, "registered_mail": 20, "email": 9, "ordinary_mail": 6, "fax": 3, "oral": 4}
_KINDS = {"natural_person": 72, "business": 10, "legal_service": 8, "public_welfare": 4, "research": 3, "other": 3}


@dataclass(slots=True)
class _Planner:
    """``kinds``: prefix of a body → its kind."""

    kinds: Mapping[str, str]
    today: date
    draw: random.Random
    applicants: Applicants
    tales: list[Tale] = field(default_factory=list)
    _channels: list[str] = field(default_factory=list)
    _applicant_kinds: list[str] = field(default_factory=list)

    def tale(
        self, since: date, until: date, *, channel: str = "", body: str = "", applicant: Applicant | None = None
    ) -> Tale:
        """A case that comes in between two days."""
        found = Tale(
            draw=self.draw,
            case=len(self.tales),
            body=body or self._body(),
            kind="",
            applicant=applicant or self.applicants(ApplicantKind(self._next(self._applicant_kinds, _KINDS)).value),
            channel=Channel(channel or self._next(self._channels, _CHANNELS)),
            day=since + timedelta(days=self.draw.randint(0, max(0, (until - since).days))),
            today=self.today,
        )
        found.kind = self.kinds[found.body]
        self.tales.append(found)
        return found

    def _body(self) -> str:
        towns, busy = ("township", "subdistrict"), requests()["busy"]
        weights = [busy.get(prefix, 1 if kind in towns else 2) for prefix, kind in self.kinds.items()]
        return self.draw.choices(list(self.kinds), weights)[0]

    def _next(self, deck: list[str], counts: Mapping[str, int]) -> str:
        """From a shuffled deck, so that even a hundred cases have every one."""
        if not deck:
            deck += [key for key, count in counts.items() for _ in range(count)]
            self.draw.shuffle(deck)
        return deck.pop()


def plan(kinds: Mapping[str, str], *, seed: int, scale: int, today: date) -> tuple[list[Step], dict[int, str]]:
    """About 300 cases for each unit of ``scale``, over the two years up to ``today``.

    ``kinds``: prefix → kind (``Body.kind``) of every body. Gives the acts in order of days, and case → prefix.
    """
    planner = _Planner(kinds, today, random.Random(seed), Applicants(seed))
    first, last = today - timedelta(days=DAYS), today - timedelta(days=LONGEST)
    for _ in range(scale):
        for story, count in STORIES:
            for number in range(count):
                # Stories of which there are many go on until today, and some of them stay open.
                story(planner.tale(first, last if number < 3 else today))
        for _ in range(TWICE):
            _twice(planner, first, last)
        _flood(planner, first, last)
        for place, (story, count) in enumerate(OPEN):
            for number in range(count):
                channel = "internet" if story is NEEDS_CONFIRMATION else ""
                # Half of what is open lies where visitors look first: of every colour, and standing still.
                body = SHOWN if SHOWN in kinds and place % 2 == number == 0 else ""
                story(planner.tale(today, today, channel=channel, body=body))
    # What a tale tells of days to come has not happened: the case is open.
    steps = [step for tale in planner.tales for step in tale.steps if step.on <= today]
    # On one day case by case; the steps of a tale never go back in time, and a stable sort keeps their order.
    steps.sort(key=lambda step: (step.on, step.case))
    return steps, {tale.case: tale.body for tale in planner.tales}


def _twice(planner: _Planner, first: date, last: date) -> None:
    """The same applicant asks the same again after the answer (条例 第三十六条第（六）项)."""
    one = planner.tale(first, last)
    _tell(one, lambda tale: tale.answer("granted"))
    replied = next(step.on for step in one.steps if step.verb == "signed_and_sent")
    again = planner.tale(
        replied + timedelta(days=20), replied + timedelta(days=60), body=one.body, applicant=one.applicant
    )
    _tell(again, partial(_as_duplicate, one.case), one.text)


def _as_duplicate(earlier: int, tale: Tale) -> None:
    tale.step("link_duplicate", Role.HANDLER, earlier=earlier)
    tale.answer("not_processed_duplicate", earlier=earlier)


def _flood(planner: _Planner, first: date, last: date) -> None:
    """One applicant, thirteen times in a month: reasons are asked, the fee by item is noticed, it lapses."""
    body = max(planner.kinds, key=lambda prefix: requests()["busy"].get(prefix, 0))
    applicant = planner.applicants("natural_person")
    month = planner.draw.choice([day for day in _months(first, last) if day >= first])
    for number in range(1, FLOOD + 1):
        day = month + timedelta(days=2 * number - 1)
        tale = planner.tale(day, day, channel="email", body=body, applicant=applicant)
        ends = {FLOOD: _fee_by_item, FLOOD - 1: _repetitive}
        _tell(tale, ends.get(number, lambda tale: tale.answer("granted")))


def _repetitive(tale: Tale) -> None:
    tale.later(1, 3)
    tale.ask_reasons("本月向本机关提出的申请已超过10件")
    tale.later(3, 6)
    tale.do("reason_not_accepted", text="没有说明理由")
    tale.drafting = True
    tale.answer("not_processed_repetitive")


def _fee_by_item(tale: Tale) -> None:
    tale.later(2, 4)
    tale.fee_lapses(tale.notice_fee(ITEM, 1, FLOOD - 1), 1, 1)


def _tell(tale: Tale, end: Callable[[Tale], None], text: str = "") -> None:
    tale.register(text=text)
    tale.assign()
    end(tale)


def _months(first: date, last: date) -> list[date]:
    found, day = [], first.replace(day=1)
    while day <= last:
        found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return found
