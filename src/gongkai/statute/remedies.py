"""How a reply is appealed and who hears it, as dated data (``remedies.toml``). The date is that of the letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.statute import dated

SILENCE = "silence"  # no reply within the period; beside the kinds of outcomes

NAMES = {
    "choice": "可以申请行政复议，也可以直接提起行政诉讼",
    "reconsideration_first": "应当先申请行政复议（复议前置）",
    "reconsideration_first_for_refused_part": "不予公开的部分应当先申请行政复议，其余部分可以选择",
    "none": "没有可以申请救济的答复",
}

# Kinds of bodies: those of the annual report, and three that the law of reconsideration treats differently.
BODIES = {
    "county_government": "县级人民政府",
    "department": "县级人民政府部门",
    "government_office": "县级人民政府办公室",
    "township": "乡镇人民政府",
    "subdistrict": "街道办事处（派出机关）",
    "authorised_organisation": "法律法规授权的组织",
    "dispatched_agency": "部门的派出机构（以自己名义）",
    "vertical_body": "垂直领导的机关（海关、金融、外汇管理等）、税务和国家安全机关",
    "justice_department": "司法行政部门（履行行政复议机构职责的）",
}
AUTHORITIES = {
    "county_government": "本级（县级）人民政府",
    "upper_government": "上一级人民政府",
    "upper_department": "上一级主管部门",
    "parent_department": "设立该派出机构的部门",
    "managing_body": "直接管理该组织的人民政府或者部门",
}
COURTS = {"basic": "基层人民法院", "intermediate": "中级人民法院"}


@dataclass(frozen=True, slots=True)
class Remedy:
    """``name``: key of ``NAMES``. ``text``: the paragraph of the letter with ``{authority}`` and ``{court}``. Days and
    months are natural ones; ``litigation_after_days`` counts from the decision on reconsideration."""

    name: str
    applies_to: tuple[str, ...]
    text: str
    articles: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    reconsideration_days: int | None = None
    litigation_months: int | None = None
    litigation_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who hears the appeal against ``body``: any of ``hears`` (keys of ``AUTHORITIES``), and the court (``COURTS``)."""

    body: str
    hears: tuple[str, ...]
    court: str
    articles: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None


@cache
def remedies() -> tuple[Remedy, ...]:
    """All entries, those out of force too."""
    return tuple(Remedy(**entry) for entry in dated.read("remedies.toml", "remedy"))


@cache
def hearings() -> tuple[Hearing, ...]:
    """All entries, those out of force too."""
    return tuple(Hearing(**entry) for entry in dated.read("remedies.toml", "hearing"))


def remedy(kind: str, sent: date) -> Remedy:
    """The remedy against an outcome of ``kind`` (``Outcome.kind`` or ``SILENCE``) in a letter sent on ``sent``.

    Raises ``KeyError`` for an unknown kind, ``OutOfRangeError`` for a day before the regulation of 2019.
    """
    return dated.as_of((entry for entry in remedies() if kind in entry.applies_to), sent, kind)


def hearing(body: str, sent: date) -> Hearing:
    """Who hears the appeal against a ``body`` (key of ``BODIES``). Raises as ``remedy`` does."""
    return dated.as_of((entry for entry in hearings() if entry.body == body), sent, body)
