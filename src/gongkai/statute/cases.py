"""An application as far as its deadline is concerned: the day it was received and the acts that touch the clock.

As JSON: ``{"received": "2024-01-22", "events": [{"on": "2024-03-01", "act": "extend", "days": 15}]}``. Further keys of
an event: ``until`` (the later date that the body sets, of a delay only), and, all optional: ``party`` (who is
consulted, so that an opinion finds its consultation), ``served`` (the day a letter was received, when not the day it
was sent), ``override`` (the reason why a late act is entered nevertheless), ``note``. A case may carry ``id`` and
``note``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gongkai.statute.errors import MalformedError

REQUEST_CORRECTION, CORRECTION_RECEIVED = "request_correction", "correction_received"
CONSULT_THIRD_PARTY, CONSULT_AGENCY, OPINION_RECEIVED = "consult_third_party", "consult_agency", "opinion_received"
EXTEND, DELAY, FEE_NOTICE, PAID = "extend", "delay", "fee_notice", "paid"

# The acts that touch the clock. Public: these names stand in JSON.
ACTS = {
    REQUEST_CORRECTION: "告知申请人补正",
    CORRECTION_RECEIVED: "收到补正的申请",
    CONSULT_THIRD_PARTY: "征求第三方意见",
    CONSULT_AGENCY: "征求其他机关意见",
    OPINION_RECEIVED: "收到意见",
    EXTEND: "延长答复期限",
    DELAY: "确定延迟答复的期限",
    FEE_NOTICE: "发出收费通知",
    PAID: "申请人缴费",
}

CASE_KEYS = ("received", "events", "id", "note")
EVENT_KEYS = ("on", "act", "days", "until", "party", "served", "override", "note")
_SERVED = (CONSULT_THIRD_PARTY, CONSULT_AGENCY, FEE_NOTICE)
_PARTY = (CONSULT_THIRD_PARTY, CONSULT_AGENCY, OPINION_RECEIVED)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Event(NamedTuple):
    """One act. ``days``: of an extension. ``until``: the later date of a delay. ``served``: when the letter arrived
    (default: ``on``)."""

    on: date
    act: str
    days: int | None = None
    party: str | None = None
    served: date | None = None
    override: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """``received`` by the rules of 条例 第三十一条; ``events`` in any order (those of one day in their own)."""

    received: date
    events: tuple[Event, ...] = ()


def chinese(day: date) -> str:
    """2024年1月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def from_json(raw: object) -> Case:
    """A case from what a JSON parser gives. Raises ``MalformedError`` with a Chinese sentence."""
    if not isinstance(raw, Mapping):
        raise MalformedError('一个申请应写作 {"received": "2024-01-22", "events": [...]}')
    _only(raw, CASE_KEYS, "申请")
    if "received" not in raw:
        raise MalformedError("缺少 received（收到申请的日期）")
    events = raw.get("events")
    if events is None:
        events = []
    if not isinstance(events, list):
        raise MalformedError("events 应是一个列表")
    received = _date(raw["received"], "received")
    return Case(received, tuple(_event(event, number) for number, event in enumerate(events, 1)))


def _event(raw: object, number: int) -> Event:
    name = f"第 {number} 个事件"
    if not isinstance(raw, Mapping):
        raise MalformedError(f'{name}应写作 {{"on": "2024-01-26", "act": "extend", "days": 15}}')
    _only(raw, EVENT_KEYS, name)
    for key in ("on", "act"):
        if key not in raw:
            raise MalformedError(f"{name}缺少 {key}")
    act = raw["act"]
    if not isinstance(act, str) or act not in ACTS:
        known = "、".join(f"{key}（{words}）" for key, words in ACTS.items())
        raise MalformedError(f"{name}的 act “{_shown(act)}”不是已知的行为；可用的有：{known}")
    days = raw.get("days")
    if act == EXTEND:
        if days is None:
            raise MalformedError(f"{name}（延长答复期限）缺少 days（延长几个工作日）")
        if isinstance(days, bool) or not isinstance(days, int):
            raise MalformedError(f"{name}的 days 应是整数，写的是“{_shown(days)}”")
    elif days is not None:
        raise MalformedError(f"{name}（{ACTS[act]}）不用写 days；只有 extend 要写")
    until = raw.get("until")
    if act == DELAY and until is None:
        raise MalformedError(f"{name}（{ACTS[act]}）缺少 until（延迟至哪一天以前答复）")
    if act != DELAY and until is not None:
        raise MalformedError(f"{name}（{ACTS[act]}）不用写 until；只有 delay 要写")
    later = None if until is None else _date(until, f"{name}的 until")
    served = raw.get("served")
    if served is not None and act not in _SERVED:
        raise MalformedError(f"{name}（{ACTS[act]}）不用写 served；只有征求意见和收费通知要写")
    party = _words(raw, "party", name)
    if party is not None and act not in _PARTY:
        raise MalformedError(f"{name}（{ACTS[act]}）不用写 party；只有征求意见和收到意见要写")
    on = _date(raw["on"], f"{name}的 on")
    arrived = None if served is None else _date(served, f"{name}的 served")
    if arrived is not None and arrived < on:
        raise MalformedError(f"{name}的 served（{arrived}）早于 on（{on}）：文书不能在发出之前送达")
    return Event(on, act, days, party, arrived, _words(raw, "override", name), later)


def _only(raw: Mapping[Any, Any], keys: Iterable[str], name: str) -> None:
    # A misspelt key would be an act left out, and a wrong date without a word.
    unknown = [key for key in raw if key not in keys]
    if unknown:
        raise MalformedError(f"{name}里有不认识的项“{_shown(unknown[0])}”；可用的有：{'、'.join(keys)}")


def _date(value: object, name: str) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise MalformedError(f"{name} “{_shown(value)}”不是日期，应写作 2024-01-31 的样子")


def _words(raw: Mapping[Any, Any], key: str, name: str) -> str | None:
    value = raw.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise MalformedError(f"{name}的 {key} 应是文字，不能为空")
    words = " ".join(value.split())
    if not words.isprintable():
        raise MalformedError(f"{name}的 {key} 含有不可见的字符")
    return words


def _shown(value: object) -> str:
    # What is no text is shown as JSON writes it: null, true.
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(written.split())
    text = text if len(text) <= 30 else text[:30] + "…"
    # A control character in a file must not act on the terminal of the person who reads the error.
    return "".join(c if c.isprintable() else "□" for c in text)
