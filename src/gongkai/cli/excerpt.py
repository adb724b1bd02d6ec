"""The words around a place, with the place marked 【】: so that it is found again in Word, on the page, on paper."""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.cli.wording import width
from gongkai.figures import Place
from gongkai.report import Report

_LEAST, _MOST = 16, 60  # columns of context on either side; a Chinese character takes two
_NEAR = 30  # characters between two places that one excerpt still shows together
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")


class Excerpt(NamedTuple):
    """``position``: "第 12 行" or "第 3 页"; ``words``: the text with its places in 【】."""

    position: str
    words: str


def excerpts(report: Report, places: tuple[Place, ...], columns: int) -> list[Excerpt]:
    """One excerpt for each line that holds places (or several, when they stand too far apart for one).

    ``columns``: what an excerpt should fit into; one whose marked words alone are longer gets little context and wraps.
    """
    text = report.text
    spots = sorted({(p.start, p.end): p for p in places if 0 <= p.start <= p.end <= len(text)}.values())
    groups: list[list[Place]] = []
    for place in spots:
        last = groups[-1][-1] if groups else None
        near = last is not None and place.start - last.end <= _NEAR
        if last is not None and near and "\n" not in text[last.end : place.start]:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [Excerpt(position(report, group[0]), _words(text, group, columns)) for group in groups]


def position(report: Report, place: Place) -> str:
    """Where a place is: the page where the document has pages, else the line of the text as read."""
    page = place.page if place.page is not None else report.place(place.start, place.end).page
    if page is not None:
        return f"第 {page} 页"
    return f"第 {report.text.count(chr(10), 0, place.start) + 1} 行"


def _words(text: str, places: list[Place], columns: int) -> str:
    middle, at = [], places[0].start
    for place in places:
        start = max(at, place.start)
        if start > at:
            middle.append(_plain(text[at:start]))
        middle.append(f"【{_shortened(_plain(text[start : max(start, place.end)]))}】")
        at = max(at, place.end)
    marked = "".join(middle)
    room = max(_LEAST, min(_MOST, (columns - width(marked)) // 2 - 2))
    before = _plain(text[max(0, places[0].start - room) : places[0].start])
    after = _plain(text[at : at + room])
    return f"{_tail(before, room)}{marked}{_head(after, room)}".strip(" ↵")


def _plain(text: str) -> str:
    return _BREAKS.sub(" ↵ ", _BLANKS.sub(" ", text))


def _shortened(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:50]} …… {words[-30:]}"


def _tail(text: str, room: int) -> str:
    """The end of ``text`` within ``room`` columns."""
    kept = text
    while width(kept) > room:
        kept = kept[max(1, (width(kept) - room) // 2) :]
    return "…" + kept if kept != text else kept


def _head(text: str, room: int) -> str:
    kept = text
    while width(kept) > room:
        kept = kept[: len(kept) - max(1, (width(kept) - room) // 2)]
    return kept + "…" if kept != text else kept
