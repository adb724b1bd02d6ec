"""Automatic numbering of Word: the "一、" and "（二）" that are printed but stand in no paragraph's text.

Clerks number their headings with Word's lists, so a reader that skips numbering loses the chapters. What counts where
is set down in ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from gongkai.reading.office.word_numerals import FORMATS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_MAX_LEVEL = 9
_STYLES_START = re.compile(rb"<w:styles\b[^>]*>")
_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_BASED_ON = re.compile(rb'<w:basedOn w:val="([^"]*)"')
_MAX_CHAIN = 20  # basedOn and numStyleLink: a longer chain is a ring


def count(text: str | None, default: int = 0) -> int:
    """A number in an attribute, cut to eight digits; ``default`` for what is no number."""
    return int(text[:8]) if text and text.isascii() and text.isdigit() else default


class _Level(NamedTuple):
    start: int
    format: str
    pattern: str  # "%1、", "（%2）"


class _Mention(NamedTuple):
    """What one ``w:numPr`` says; a part it leaves out comes from the paragraph's style."""

    number: str | None
    level: int | None


@dataclass(slots=True)
class _List:
    """A ``w:num``: the counters it shares (those of its abstract definition), and its levels."""

    counters: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Numbering:
    """The lists of one document. ``label`` counts: ask once for each paragraph, in document order."""

    def __init__(self, numbering: etree._Element, styles: etree._Element | None) -> None:
        self._styles: dict[str, _Mention] = dict(_numbered_styles(styles)) if styles is not None else {}
        self._lists = dict(_lists(numbering, self._styles))
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    @property
    def styles(self) -> dict[str, _Mention]:
        """The paragraph styles that carry a number."""
        return self._styles

    def label(self, properties: etree._Element) -> str:
        """The printed number of the paragraph with these ``w:pPr``, "" for one without. Counts on."""
        own, style = _Mention(None, None), None
        for child in properties.iterchildren(f"{W}pStyle", f"{W}numPr"):
            if child.tag == f"{W}numPr":
                own = _mention(child)
            else:
                style = self._styles.get(child.get(VAL, ""))
        number = own.number if own.number is not None else style.number if style else None
        level = own.level if own.level is not None else style.level if style else None
        listed = self._lists.get(number or "")
        return self._count(number or "", listed, level or 0) if listed else ""

    def _count(self, number: str, listed: _List, level: int) -> str:
        shape = listed.levels.get(level)
        if shape is None:
            return ""
        counters = self._counters.setdefault(listed.counters, {})
        if number not in self._begun:
            self._begun.add(number)
            for restarted, start in listed.restarts.items():
                counters[restarted] = start - 1
        counters[level] = counters.get(level, shape.start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        if shape.format == "bullet":
            return ""

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            upper = listed.levels.get(at)
            if upper is None:
                return ""
            # An upper level that has not occurred yet is printed as, and counts as, its start.
            return FORMATS.get(upper.format, str)(counters.setdefault(at, upper.start))

        text = re.sub(r"%([1-9])", printed, shape.pattern)
        # A number without its own mark ("1.2", "第一章") is set off by the tab that Word prints.
        return text + " " if text and text[-1].isalnum() else text


def _mention(properties: etree._Element) -> _Mention:
    number = level = None
    for child in properties:
        if child.tag == f"{W}numId":
            number = child.get(VAL)
        elif child.tag == f"{W}ilvl":
            level = min(count(child.get(VAL)), _MAX_LEVEL)
    return _Mention(number, level)


def numbered_styles_only(styles: bytes, used: Iterable[str], list_styles: bool) -> bytes | None:
    """``word/styles.xml`` cut down to the ``used`` styles, those they are based on and, if asked, the list styles.

    ``None`` where none of them carries a number. The styles are ten times the text of a short report, and parsing them
    all would take longer than everything else.
    """
    start = _STYLES_START.search(styles)
    if start is None:  # an unusual prefix: no short way
        return styles if b"numPr" in styles else None
    blocks: dict[bytes, bytes] = {}
    wanted = [name.encode() for name in used]
    for piece in styles[start.end() :].split(b"</w:style>"):
        block = piece[max(piece.rfind(b"<w:style "), 0) :]
        name = _STYLE_ID.search(block)
        if name:
            blocks[name[1]] = block
            if list_styles and b'w:type="numbering"' in block:
                wanted.append(name[1])
    kept: dict[bytes, bytes] = {}
    while wanted:
        this = wanted.pop()
        if this in blocks and this not in kept:
            kept[this] = blocks[this]
            wanted += _BASED_ON.findall(blocks[this])
    if not any(b"numPr" in block for block in kept.values()):
        return None
    return start[0] + b"".join(block + b"</w:style>" for block in kept.values()) + b"</w:styles>"


def _numbered_styles(styles: etree._Element) -> Iterator[tuple[str, _Mention]]:
    own: dict[str, _Mention] = {}
    based: dict[str, str] = {}
    for style in styles.iterchildren(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        for child in style.iterchildren(f"{W}basedOn", f"{W}pPr"):
            if child.tag == f"{W}basedOn":
                based[name] = child.get(VAL, "")
            else:
                own.update((name, _mention(numbered)) for numbered in child.iterchildren(f"{W}numPr"))
    for name in {*own, *based}:
        ancestor, found = name, _Mention(None, None)
        for _ in range(_MAX_CHAIN):
            mention = own.get(ancestor, _Mention(None, None))
            found = _Mention(
                mention.number if found.number is None else found.number,
                mention.level if found.level is None else found.level,
            )
            if ancestor not in based:
                break
            ancestor = based[ancestor]
        if found.number is not None:
            yield name, found


def _lists(numbering: etree._Element, styles: dict[str, _Mention]) -> Iterator[tuple[str, _List]]:
    abstract = {each.get(f"{W}abstractNumId", ""): each for each in numbering.iterchildren(f"{W}abstractNum")}
    nums = {each.get(f"{W}numId", ""): each for each in numbering.iterchildren(f"{W}num")}

    def definition(num: etree._Element) -> tuple[str, etree._Element | None]:
        """The abstract definition, across numStyleLink (list style → its own num → that one's definition)."""
        name = ""
        for _ in range(_MAX_CHAIN):
            name = next((child.get(VAL, "") for child in num.iterchildren(f"{W}abstractNumId")), "")
            found = abstract.get(name)
            link = next(found.iterchildren(f"{W}numStyleLink"), None) if found is not None else None
            target = styles.get(link.get(VAL, "")) if link is not None else None
            following = nums.get(target.number or "") if target else None
            if following is None or following is num:
                return name, found
            num = following
        return name, None

    levels: dict[str, dict[int, _Level]] = {}
    for number, num in nums.items():
        name, element = definition(num)
        if element is None or number == "0":  # numId 0 takes a style's number away
            continue
        if name not in levels:
            levels[name] = dict(map(_level, element.iterchildren(f"{W}lvl")))
        listed = _List(name, levels[name], {})
        for override in num.iterchildren(f"{W}lvlOverride"):
            at = count(override.get(f"{W}ilvl"))
            for child in override:
                if child.tag == f"{W}startOverride":
                    listed.restarts[at] = count(child.get(VAL), 1)
                elif child.tag == f"{W}lvl":
                    listed.levels = {**listed.levels, at: _level(child)[1]}
        yield number, listed


def _level(element: etree._Element) -> tuple[int, _Level]:
    start, form, pattern, legal = 1, "decimal", "", False
    for child in element:
        if child.tag == f"{W}start":
            start = count(child.get(VAL), 1)
        elif child.tag == f"{W}numFmt":
            form = child.get(VAL, "decimal")
        elif child.tag == f"{W}lvlText":
            pattern = child.get(VAL, "")[:40]
        elif child.tag == f"{W}isLgl":
            legal = child.get(VAL) not in {"0", "false"}
    return count(element.get(f"{W}ilvl")), _Level(start, "decimal" if legal and form != "bullet" else form, pattern)
