"""Prose → claims: the figures of the narrative, and the cells of the form that they must equal.

``claims`` is the one door. Paragraphs become lines (``running``), lines give numbers with units (``mentions``), these
get their scope, the whole they are part of (``breakdown``), and a cell where the words leave no doubt (``binding``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gongkai.figures import Place
from gongkai.reading.prose.binding import APPLICATIONS, cell_of, relevant, topic_after
from gongkai.reading.prose.breakdown import set_parts
from gongkai.reading.prose.denials import Denial, denials
from gongkai.reading.prose.mentions import Mention, mentions
from gongkai.reading.prose.running import Line, lines
from gongkai.reading.prose.scope import agent, scope_at, set_scopes
from gongkai.report.model import COUNT, DENIAL, Claim, Paragraph

MAX_CLAIMS = 2_000  # a long report has a hundred
_BEGIN = re.compile(r"^[，、“”\"（(和及与]*(?:其中)?(?:[：:，]|包括)?")
_ASIDE = re.compile(r"^(?:为|是|属于?)?[“\"]?|[”\"].*$")
_REFUSED = "applications.denied.total"
# "主动公开10件、依申请公开1件、不予公开1件": documents by who may see them, not answers to applications.
_OPENNESS = re.compile("主动公开[^，,。；;]{0,6}[0-9０-９一二三四五六七八九十百]")
_SENTENCE_END = re.compile("[。！？!?]")


def claims(
    paragraphs: Sequence[tuple[str, Paragraph]], year: int | None, place: Callable[[int, int], Place]
) -> list[Claim]:
    """Every stated quantity and denial in ``paragraphs`` (chapter key, paragraph), in order of their place.

    ``year``: the year of the report; figures of other years get a scope. ``place`` maps offsets of the document.
    """
    out: list[Claim] = []
    section = False  # the running section is about applications
    for line in lines(paragraphs):
        if line.enumerated:
            section = "依申请" in line.text[:24]
        if len(out) > MAX_CLAIMS:
            break
        out += _claims_of(line, section or line.chapter == "applications", year, place, len(out))
    return out


def _claims_of(
    line: Line, about_applications: bool, year: int | None, place: Callable[[int, int], Place], offset: int
) -> list[Claim]:
    text = line.text
    found = mentions(text)
    denied = denials(text)
    if not found and not denied:
        return []
    if found:
        _subjects(found)
        set_scopes(text, found, year)
        set_parts(found)
        _bind(text, found, about_applications, year)
    entries: list[Mention | Denial] = [*found, *denied]
    if denied:
        entries.sort(key=lambda entry: entry.start)
    index = {id(m): offset + i for i, m in enumerate(entries)}
    return [
        _count(line, entry, index, place) if isinstance(entry, Mention) else _denial(line, entry, year, place)
        for entry in entries
    ]


def _count(line: Line, m: Mention, index: dict[int, int], place: Callable[[int, int], Place]) -> Claim:
    return Claim(
        m.value,
        line.text[m.start : m.end],
        m.unit,
        m.subject,
        m.role,
        place(*line.range(m.start, m.end)),
        line.range(*m.sentence),
        line.chapter,
        m.places,
        m.scope,
        m.approximate,
        index[id(m.part_of)] if m.part_of else None,
        m.breakdown,
        m.exhaustive,
        m.cell,
    )


def _denial(line: Line, denial: Denial, year: int | None, place: Callable[[int, int], Place]) -> Claim:
    cell, start, end, what = denial
    first, last = _sentence(line.text, start)
    scope = scope_at(line.text, first, end, year)
    where, around = place(*line.range(start, end)), line.range(first, last)
    return Claim(0, line.text[start:end], "件", what, DENIAL, where, around, line.chapter, scope=scope, cell=cell)


def _sentence(text: str, at: int) -> tuple[int, int]:
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    return max((e for e in ends if e <= at), default=0), min((e for e in ends if e > at), default=len(text))


def _subjects(found: Sequence[Mention]) -> None:
    for mention in found:
        subject = _BEGIN.sub("", mention.lead)
        if len(subject) < 2 or subject.endswith("等"):
            subject = _ASIDE.sub("", mention.tail) or subject
        mention.subject = subject
    for i, mention in enumerate(found):
        if "分别" in mention.lead:
            _distribute(found[i:], mention)


def _distribute(found: Sequence[Mention], first: Mention) -> None:
    """ "甲、乙分别为a件、b件": each number gets its own name, when there are as many names as numbers."""
    names = [n for n in re.split("[、和及与]", _BEGIN.sub("", first.lead).partition("分别")[0]) if n]
    listed = [first]
    for mention in found[1:]:
        if mention.sentence != first.sentence or mention.gap not in ("、", "和", "及", "与", "，", ","):
            break
        listed.append(mention)
    if len(names) == len(listed) > 1:
        for mention, name in zip(listed, names, strict=True):
            mention.subject = mention.lead = name


def _bind(text: str, found: Sequence[Mention], about_applications: bool, year: int | None) -> None:
    if not relevant(text):
        return
    topic = APPLICATIONS if about_applications else None
    at = 0
    for mention in found:
        topic = topic_after(text, at, mention.start, topic)
        at = mention.start
        if mention.role != COUNT:
            continue
        disclosure = about_applications or "公开" in text[mention.sentence[0] : at]
        mention.cell = cell_of(mention, topic, disclosure, year)
        if mention.cell == _REFUSED and _OPENNESS.search(text, mention.sentence[0], at):
            mention.cell = None
        if mention.cell and mention.scope is None:
            mention.scope = agent(mention.lead) or (mention.part_of.scope if mention.part_of else None)
