"""The course of an application as data (``states.toml``): may this be done now, by this person, and if not, why.

Guards are questions about the facts of a case; the sentences and articles of their refusals stand in the data. Some may
be overridden with a reason; the ruling keeps the reason, and who records the act keeps it for ever.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.statute.errors import UnlawfulError
from gongkai.statute.outcomes import NEEDS

CLOCKS = {"none": "未开始", "running": "计算中", "stopped": "停止计算", "suspended": "不计入期限", "ended": "已终止"}
CONFIRMED_CHANNELS = ("internet", "fax", "ordinary_mail")  # received when both sides have confirmed
SUBMITTED_CHANNELS = ("counter", "registered_mail", "oral")  # received on the day of submission or signature


@dataclass(frozen=True, slots=True)
class Facts:
    """What guards ask about. Dates are limits already computed (``deadlines.py``), ``None`` where there is none.

    ``extension``: working days asked for. ``later``: the date to which a reply is delayed (条例 35). ``fee``: yuan owed
    by the tariff. ``consultations``: those without an end so far. ``records``: keys of ``outcomes.NEEDS`` that the case
    holds; ``needs``: those its outcome requires. ``unsaid``: what the reply must say and does not, in words;
    ``article``: of the outcome.
    """

    today: date
    channel: str = "counter"
    due: date | None = None
    correction_limit: date | None = None
    correction_due: date | None = None
    fee_due: date | None = None
    corrections: int = 0
    extensions: int = 0
    extension: int = 0
    extension_limit: int = 20
    later: date | None = None
    delays: int = 0
    consultations: int = 0
    fee_notices: int = 0
    fee: int = 0
    head_agreed: bool = False
    applicant_told: bool = False
    outcome: str | None = None
    needs: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    unsaid: tuple[str, ...] = ()
    article: str | None = None
    handler: str | None = None
    reviewer: str | None = None
    signatory: str | None = None


GUARDS: dict[str, Callable[[Facts], bool]] = {
    "received_on_submission": lambda f: f.channel in SUBMITTED_CHANNELS,
    "received_on_confirmation": lambda f: f.channel in CONFIRMED_CHANNELS,
    "correction_first": lambda f: f.corrections == 0,
    "correction_in_time": lambda f: f.correction_limit is None or f.today <= f.correction_limit,
    "correction_overdue": lambda f: f.correction_due is not None and f.today > f.correction_due,
    "correction_asked": lambda f: f.corrections > 0,
    "in_time": lambda f: f.due is None or f.today <= f.due,
    "one_consultation_left": lambda f: f.consultations <= 1,
    "more_consultations_left": lambda f: f.consultations > 1,
    "extended_once": lambda f: f.extensions == 0,
    "extension_length": lambda f: 1 <= f.extension <= f.extension_limit,
    "head_agreed": lambda f: f.head_agreed,
    "applicant_told": lambda f: f.applicant_told,
    "not_delayed": lambda f: f.delays == 0,
    "later_set": lambda f: f.later is not None,
    "no_later": lambda f: f.later is None,
    "later_than_due": lambda f: f.later is None or f.due is None or f.later > f.due,
    "delayed_once": lambda f: f.delays == 0,
    "delay_told": lambda f: f.applicant_told,
    "fee_once": lambda f: f.fee_notices == 0,
    "fee_owed": lambda f: f.fee > 0,
    "paid_in_time": lambda f: f.fee_due is None or f.today <= f.fee_due,
    "fee_overdue": lambda f: f.fee_due is not None and f.today > f.fee_due,
    "outcome_chosen": lambda f: f.outcome is not None,
    "outcome_proved": lambda f: f.needs <= f.records,
    "reply_says_all": lambda f: not f.unsaid,
    "reviewed": lambda f: f.reviewer is not None,
    "different_people": lambda f: f.handler is not None and f.handler not in (f.reviewer, f.signatory),
}

# What a refusal names, where the guard knows what is missing.
NAMED: dict[str, Callable[[Facts], Iterable[str]]] = {
    "outcome_proved": lambda f: (words for need, words in NEEDS.items() if need in f.needs - f.records),
    "reply_says_all": lambda f: f.unsaid,
}


@dataclass(frozen=True, slots=True)
class State:
    """``clock``: key of ``CLOCKS``. ``outcome``: code of the outcome that this end stands for, if it is one."""

    key: str
    label: str
    clock: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """``article``: what the event offends where it is out of place. ``act``: its name in the case of a deadline."""

    key: str
    label: str
    article: str
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    key: str
    refusal: str
    article: str
    overridable: bool = False
    of_outcome: bool = False

    def words(self, facts: Facts) -> str:
        """The refusal of these facts."""
        named = "、".join(NAMED[self.key](facts)) if self.key in NAMED else ""
        return f"{self.refusal}：{named}" if named else self.refusal

    def cites(self, facts: Facts) -> str:
        """The article against which the act would go."""
        return (facts.article if self.of_outcome else None) or self.article


@dataclass(frozen=True, slots=True)
class Transition:
    """``to`` is "=" where the state stays. ``effect``: what becomes of the clock, in Chinese."""

    event: str
    from_: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    guards: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class Course:
    """The whole machine, each part by its key."""

    states: dict[str, State]
    roles: dict[str, str]
    events: dict[str, Event]
    guards: dict[str, Guard]
    transitions: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer to one act. ``to``: the next state, ``None`` when refused; ``why`` and ``article`` then say why.

    ``overridable``: a reason would do. ``overridden``: (refusal, reason) of every guard passed by a reason.
    """

    event: str
    to: str | None
    why: str | None = None
    article: str | None = None
    effect: str | None = None
    overridable: bool = False
    overridden: tuple[tuple[str, str], ...] = ()

    @property
    def lawful(self) -> bool:
        return self.to is not None

    def must(self) -> str:
        """The next state. Raises ``UnlawfulError`` when the act is refused."""
        if self.to is None:
            raise UnlawfulError(self.why or "", self.article or "")
        return self.to


@cache
def course() -> Course:
    """The machine, read once."""
    raw = tomllib.loads((files("gongkai.statute") / "states.toml").read_text(encoding="utf-8"))
    return Course(
        states={key: State(key, **entry) for key, entry in raw["states"].items()},
        roles=dict(raw["roles"]),
        events={key: Event(key, **entry) for key, entry in raw["events"].items()},
        guards={key: Guard(key, **entry) for key, entry in raw["guards"].items()},
        transitions=tuple(_transition(entry) for entry in raw["transition"]),
    )


def _transition(entry: dict[str, Any]) -> Transition:
    from_, roles, guards = tuple(entry["from"]), tuple(entry["roles"]), tuple(entry.get("guards", ()))
    return Transition(entry["event"], from_, entry["to"], roles, guards, entry["effect"])


def rule(state: str, event: str, role: str, facts: Facts, override: str | None = None) -> Ruling:
    """Whether ``role`` may do ``event`` to a case in ``state``, and what follows.

    ``override``: the reason for passing the guards that allow it. Raises ``KeyError`` for unknown names.
    """
    machine = course()
    here, what, who = machine.states[state], machine.events[event], machine.roles[role]
    events = [t for t in machine.transitions if t.event == event]
    leading = [t for t in events if state in t.from_]
    if not leading:
        places = "、".join(f"“{machine.states[s].label}”" for s in dict.fromkeys(s for t in events for s in t.from_))
        why = f"现在是“{here.label}”，不能“{what.label}”；只有在{places}时可以"
        return Ruling(event, None, why, what.article)
    mine = [t for t in leading if role in t.roles]
    if not mine:
        may = "、".join(machine.roles[r] for r in dict.fromkeys(r for t in leading for r in t.roles))
        return Ruling(event, None, f"“{what.label}”由{may}办理，{who}不能办理", "条例 第四十五条")
    rulings = [_guarded(transition, state, facts, override) for transition in mine]
    return next((ruling for ruling in rulings if ruling.lawful), rulings[0])


def _guarded(transition: Transition, state: str, facts: Facts, override: str | None) -> Ruling:
    failing = [course().guards[name] for name in transition.guards if not GUARDS[name](facts)]
    refusing = [guard for guard in failing if not (override and guard.overridable)]
    if refusing:
        only = all(guard.overridable for guard in refusing)
        first = refusing[0]
        return Ruling(transition.event, None, first.words(facts), first.cites(facts), overridable=only)
    passed = tuple((guard.refusal, override) for guard in failing if override)
    to = state if transition.to == "=" else transition.to
    return Ruling(transition.event, to, effect=transition.effect, overridden=passed)


def rulings(state: str, role: str, facts: Facts) -> Iterator[Ruling]:
    """One ruling for every event, in the order of the data: what may be done now, and why the rest may not."""
    for event in course().events:
        yield rule(state, event, role, facts)
