"""The letters as dated data (``notices.toml``, ``replies.toml``): title, addressee, wording, what must remain of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.fields import known_fields
from gongkai.office.applications.letters.template import named
from gongkai.statute import dated
from gongkai.statute.errors import OutOfRangeError
from gongkai.statute.outcomes import NONE, Outcome, outcomes
from gongkai.statute.outcomes import outcome as outcome_on
from gongkai.statute.states import course

APPLICANT, THIRD_PARTY, AGENCY, SENDER = "applicant", "third_party", "agency", "sender"
REPLY = "reply"  # of a field: in every reply
# To whom a letter goes.
RECIPIENTS = {APPLICANT: "申请人", THIRD_PARTY: "第三方", AGENCY: "其他机关", SENDER: "发文机关（由对方填写后交回）"}
FIRST_DAY = date(2019, 5, 15)  # of the regulation: there is no letter before


@dataclass(frozen=True, slots=True)
class Part:
    """What must remain in any wording: ``fields``, all of them; ``words``, one of them. ``why`` with its ``article``.

    ``if_known``: may stand in a paragraph that is left out when there is nothing to say; ``may``: not required.
    """

    name: str
    why: str
    article: str
    fields: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    if_known: bool = False
    may: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter. ``series``: its part of the document number, empty where it has none. ``remedy``: the kind of outcome
    (``statute.remedies``) it can be appealed as; ``itself``: how it calls itself there. ``term``: the period it sets.

    ``events``: of the course (``statute.states``) that it goes with. ``by_hand``: signed and dated by who fills it in.
    ``rows``: of the registration form, (label, field) pairs. ``wants``: what its own event must state (fields of
    ``CaseEvent``).
    """

    kind: str
    title: str
    to: str
    text: str
    parts: tuple[Part, ...]
    valid_from: date
    valid_to: date | None = None
    series: str = ""
    article: str | None = None
    outcome: str | None = None
    remedy: str | None = None
    itself: str = "本答复"
    term: str | None = None
    by_hand: bool = False
    optional: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    samples: tuple[tuple[str, str], ...] = ()
    events: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What tells the letter from others of the same title, for lists."""
        if self.outcome is not None:
            return f"{self.title}（{_law(self.outcome).label}）"
        return f"{self.title}（{RECIPIENTS[self.to]}）" if self.to in {THIRD_PARTY, AGENCY} else self.title

    @property
    def table(self) -> bool:
        """A form whose wording is fixed."""
        return bool(self.rows)

    @property
    def fields(self) -> tuple[str, ...]:
        """Names that a wording of this letter may use, in the order of ``fields.toml``."""
        used = named(self.text) | {name for row in self.rows for name in row[1::2]}
        # The third party and other bodies need not know who applies.
        around = {"anyone", APPLICANT} if self.to == APPLICANT else {"anyone"}
        around |= {REPLY} if self.outcome else set()
        allowed = used | {f.name for f in known_fields().values() if f.everywhere in around}
        if self.article is None:
            allowed -= {"依据"}
        return tuple(name for name in known_fields() if name in allowed)

    @property
    def after_receipt(self) -> bool:
        """Whether it names 收到之日, which an application that is still to be confirmed has not (条例 第三十一条)."""
        return "收到日期" in named(self.text)

    def leaves_out(self, name: str) -> bool:
        """Whether a paragraph with this field is left out when the field has nothing to say."""
        required = {field for part in self.parts for field in part.fields if not part.if_known and not part.may}
        return name in self.optional or known_fields()[name].optional or (self.table and name not in required)


@cache
def entries() -> tuple[Entry, ...]:
    """All entries, those out of force too: notices, then replies; ``article`` of a reply is that of its outcome now."""
    return (*map(_notice, _read("notices.toml")["letter"]), *_replies(_read("replies.toml")))


@cache
def kinds() -> tuple[str, ...]:
    """Every kind of letter."""
    return tuple(dict.fromkeys(entry.kind for entry in entries()))


def reply_kind(outcome: str) -> str:
    """The kind of letter that tells of ``outcome`` (a code of ``outcomes.toml``)."""
    return f"reply_{outcome}"


def entry(kind: str, on: date) -> Entry:
    """The letter ``kind`` as the law of the day wants it. Raises ``LetterError`` for an unknown kind or day."""
    try:
        found = dated.as_of((e for e in entries() if e.kind == kind), on, kind)
        return _of_day(found, on) if found.outcome else found
    except KeyError:
        raise LetterError(f"没有“{kind}”这种文书") from None
    except OutOfRangeError:
        title = next(e.title for e in entries() if e.kind == kind)
        raise LetterError(f"{on.year}年{on.month}月{on.day}日尚没有“{title}”所依据的规定") from None


def letters_of(event: str, on: date, outcome: str | None = None) -> tuple[Entry, ...]:
    """The letters that go with ``event`` of the course on a day; of replies the one of ``outcome`` only."""
    codes = {state.outcome for t in course().transitions if t.event == event and (state := course().states.get(t.to))}
    wanted = {outcome} | codes - {None}
    there = (e for e in entries() if event in e.events and dated.in_force(e, on))
    return tuple(entry(e.kind, on) for e in there if e.outcome is None or e.outcome in wanted)


def default_text(kind: str, on: date) -> str:
    """The wording of the catalogue, for a county to begin with. Raises as ``entry`` does."""
    return entry(kind, on).text


def _of_day(found: Entry, on: date) -> Entry:
    assert found.outcome is not None
    law = outcome_on(found.outcome, on)
    return replace(found, article=law.article, remedy=None if law.kind == NONE else law.kind)


def _read(name: str) -> dict[str, Any]:
    folder = files("gongkai.office.applications.letters")
    return tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))


def _notice(raw: dict[str, Any]) -> Entry:
    raw = {key: value for key, value in raw.items() if key != "table"}
    parts = tuple(_part(part) for part in raw.pop("part"))
    rows = tuple(tuple(row) for row in raw.pop("rows", ()))
    lists = {key: tuple(raw.get(key, ())) for key in ("optional", "events", "wants")}
    return Entry(**{**raw, **lists, "parts": parts, "rows": rows})


def _part(raw: dict[str, Any], **more: Any) -> Part:
    lists = {key: tuple(raw.get(key, ())) for key in ("fields", "words")}
    return Part(**{**more, **raw, **lists})


def _law(code: str) -> Outcome:
    """The newest entry of an outcome."""
    return [o for o in outcomes() if o.code == code][-1]


def _replies(raw: dict[str, Any]) -> list[Entry]:
    frame = raw["frame"]
    return [_reply(reply, frame) for reply in raw["reply"]]


def _reply(raw: dict[str, Any], frame: dict[str, Any]) -> Entry:
    law = _law(raw["outcome"])
    without = raw.get("without", ())
    lines = (
        "" if "history" in without else frame["history"],
        raw["text"].strip("\n"),
        "" if "remedy" in without else frame["remedy"],
    )
    text = "\n".join(line for line in (frame["opening"], *lines) if line)
    why = {"why": "答复书应当写明", "article": law.article or "条例 第三十六条"}
    parts = [_part(part) for part in frame["part"] if set(part["fields"]) <= named(text)]
    if law.article:
        parts.append(_part({**frame["basis"], "article": law.article}))
    decision = {"name": "决定", "words": raw["decision"], "why": "答复应当写明所作的决定", "article": why["article"]}
    parts += [_part(decision), *(_part(part, **why) for part in raw["part"])]
    return Entry(
        kind=reply_kind(law.code),
        title=raw.get("title", frame["title"]),
        to=frame["to"],
        text=text,
        parts=tuple(parts),
        valid_from=raw.get("valid_from", FIRST_DAY),
        series=raw.get("series", frame["series"]),
        article=law.article,
        outcome=law.code,
        events=(raw.get("event", frame["event"]),),
        remedy=None if law.kind == NONE else law.kind,
        itself=raw.get("itself", "本答复"),
        samples=tuple(raw.get("samples", {}).items()),
    )
