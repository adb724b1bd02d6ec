"""Prose → claims: the figures of the narrative, and the cells of the form that they must equal.

``claims`` is the one door. Paragraphs become running text (``running``), in which numbers with units (``mentions``) and
denials are found; these get their scope, the whole they are part of (``breakdown``), and a cell where the words leave
no doubt (``binding``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import attrgetter

from gongkai.figures import Place
from gongkai.reading.prose.binding import APPLICATIONS, cell_of, relevant, topic_after
from gongkai.reading.prose.breakdown import set_parts
from gongkai.reading.prose.denials import Denial, denials
from gongkai.reading.prose.mentions import Mention, mentions
from gongkai.reading.prose.running import Line, Running, sections
from gongkai.reading.prose.scope import agent, scope_at, set_scopes
from gongkai.report.model import COUNT, DENIAL, Claim, Paragraph

MAX_CLAIMS = 2_000  # a long report has a hundred
_BEGIN = re.compile(r"^[，、“”\"（(和及与]*(?:其中)?(?:[：:，]|包括)?")
_BEGINS = frozenset('，、“”"（(和及与其：:包')  # characters
_ASIDE = re.compile(r"^(?:为|是|属于?)?[“\"]?|[”\"].*$")
_REFUSED = "applications.denied.total"
# "主动公开10件、依申请公开1件、不予公开1件": documents by who may see them, not answers to applications.
_OPENNESS = re.compile("主动公开[^，,。；;]{0,6}[0-9０-９一二三四五六七八九十百]")
_START = attrgetter("start")
_NO_SECTION = (1 << 60, False)  # no line begins there
_claim = partial(tuple.__new__, Claim)  # its own constructor is in Python


def claims(
    paragraphs: Sequence[tuple[str, Paragraph]], year: int | None, place: Callable[[int, int], Place]
) -> list[Claim]:
    """Every stated quantity and denial in ``paragraphs`` (chapter key, paragraph), in order of their place.

    ``year``: the year of the report; figures of other years get a scope. ``place`` maps offsets of the document.
    """
    running = Running(paragraphs)
    text = running.text
    out: list[Claim] = []
    coming = sections(text)
    begins, about_applications = next(coming, _NO_SECTION)
    section = False  # the running section is about applications
    for line, found, denied in _by_line(running):
        while begins <= line.start:
            section = about_applications
            begins, about_applications = next(coming, _NO_SECTION)
        if found:
            _subjects(found)
            set_scopes(text, found, year)
            set_parts(found)
            _bind(text, line, found, section or line.chapter == "applications", year)
        said: Sequence[Mention | Denial] = found
        if denied:
            said = sorted([*found, *denied], key=_START)
        for index, entry in enumerate(said, len(out)):
            if isinstance(entry, Mention):
                entry.index = index
                out.append(_count(text, line, entry, place))
            else:
                out.append(_denial(running, line, entry, year, place))
        if len(out) > MAX_CLAIMS:
            break
    return out


def _by_line(running: Running) -> Iterator[tuple[Line, list[Mention], list[Denial]]]:
    """Each line that says something, with what it states and denies."""
    stated, denied = mentions(running), denials(running.text)
    mention, denial = next(stated, None), next(denied, None)
    for line in running.lines:
        if not ((mention and mention.start < line.end) or (denial and denial.start < line.end)):
            continue
        found: list[Mention] = []
        denies: list[Denial] = []
        while mention is not None and mention.start < line.end:
            found.append(mention)
            mention = next(stated, None)
        while denial is not None and denial.start < line.end:
            denies.append(denial)
            denial = next(denied, None)
        yield line, found, denies


def _count(text: str, line: Line, m: Mention, place: Callable[[int, int], Place]) -> Claim:
    return _claim(
        (
            m.value,
            text[m.start : m.end],
            m.unit,
            m.subject,
            m.role,
            place(*line.range(m.start, m.end)),
            line.range(*m.sentence),
            line.chapter,
            m.places,
            m.scope,
            m.approximate,
            m.part_of.index if m.part_of else None,
            m.breakdown,
            m.exhaustive,
            m.cell,
        )
    )


def _denial(
    running: Running, line: Line, denial: Denial, year: int | None, place: Callable[[int, int], Place]
) -> Claim:
    cell, start, end, what = denial
    sentence = running.sentence(start)
    scope = scope_at(running.text, sentence[0], end, year)
    where, around = place(*line.range(start, end)), line.range(*sentence)
    printed = running.text[start:end]
    return _claim((0, printed, "件", what, DENIAL, where, around, line.chapter, 0, scope, False, None, 0, False, cell))


def _subjects(found: Sequence[Mention]) -> None:
    for mention in found:
        subject = mention.lead
        if subject[:1] in _BEGINS:
            subject = _BEGIN.sub("", subject)
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


def _bind(text: str, line: Line, found: Sequence[Mention], about_applications: bool, year: int | None) -> None:
    if not relevant(text, line.start, line.end):
        return

    def about_disclosure(mention: Mention) -> bool:
        return about_applications or text.find("公开", mention.sentence[0], mention.start) >= 0

    topic = APPLICATIONS if about_applications else None
    at = line.start
    for mention in found:
        topic = topic_after(text, at, mention.start, topic)
        at = mention.start
        if mention.role != COUNT:
            continue
        mention.cell = cell_of(mention, topic, about_disclosure, year)
        if mention.cell == _REFUSED and _OPENNESS.search(text, mention.sentence[0], at):
            mention.cell = None
        if mention.cell and mention.scope is None:
            mention.scope = agent(mention.lead) or (mention.part_of.scope if mention.part_of else None)
