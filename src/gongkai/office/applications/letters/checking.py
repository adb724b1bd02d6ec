"""Whether a county's wording of a letter still holds what the law requires, and can be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.office.applications.letters.catalogue import Entry, Part, entries, entry
from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.fields import known_fields
from gongkai.office.applications.letters.template import literal, names_in, paragraphs
from gongkai.office.applications.letters.wording import plain

BRACES, UNKNOWN_FIELD, MISSING_PART, EMPTY, FIXED = "braces", "unknown_field", "missing_part", "empty", "fixed"
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Problem:
    """``code``: what is wrong, for programs; ``text``: one Chinese sentence. ``part``, ``why``, ``article``: of what is
    missing, and what requires it."""

    code: str
    text: str
    part: str = ""
    why: str = ""
    article: str = ""

    def __str__(self) -> str:
        return self.text


def check(template: str, kind: str, on: date | None = None) -> list[Problem]:
    """What is wrong with ``template`` as the wording of ``kind``; empty when nothing is.

    ``on``: as of a day; default: the newest entry. Raises ``LetterError`` for an unknown kind.
    """
    return problems(template, newest(kind) if on is None else entry(kind, on))


def newest(kind: str) -> Entry:
    """The entry of ``kind`` that has no end yet. Raises ``LetterError`` for an unknown kind."""
    found = [e for e in entries() if e.kind == kind]
    if not found:
        raise LetterError(f"没有“{kind}”这种文书")
    return found[-1]


def problems(template: str, letter: Entry) -> list[Problem]:
    """As ``check``, for an entry at hand."""
    if letter.table:
        return [Problem(FIXED, f"“{letter.title}”是固定格式的表格，不能改写")]
    lines = paragraphs(template)
    if not lines:
        return [Problem(EMPTY, "模板没有内容")]
    found = [*_braces(lines), *_fields(lines, letter)]
    return found + [problem for part in letter.parts if not part.may for problem in _part(part, lines, letter)]


def _braces(lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        if "{" in literal(line) or "}" in literal(line):
            yield Problem(BRACES, f"第{number}段的花括号不成对：{plain(line)[:30]}")
        if "｛" in line or "｝" in line:
            yield Problem(BRACES, f"第{number}段用了全角花括号，字段应写在半角花括号里，如{{补正期限}}")


def _fields(lines: list[str], letter: Entry) -> Iterator[Problem]:
    for name in dict.fromkeys(name for line in lines for name in names_in(line)):
        shown = plain(name)[:30]
        if name not in known_fields():
            yield Problem(UNKNOWN_FIELD, f"没有“{shown}”这个字段；可用的有：{'、'.join(letter.fields)}")
        elif name not in letter.fields:
            yield Problem(UNKNOWN_FIELD, f"“{letter.title}”不能用字段“{shown}”；可用的有：{'、'.join(letter.fields)}")


def _part(part: Part, lines: list[str], letter: Entry) -> Iterator[Problem]:
    firm = lines if part.if_known else [line for line in lines if not _left_out(line, letter)]
    for name in part.fields:
        if not _has_field(name, lines):
            yield _missing(part, f"须有字段{{{name}}}")
        elif not _has_field(name, firm):
            yield _missing(part, f"字段{{{name}}}不能与可以没有内容的字段同在一段，否则会随该段省去")
    if part.words and not _has_words(part, firm):
        written = "”或者“".join(part.words)
        aside = "，且不能与可以没有内容的字段同在一段" if _has_words(part, lines) else ""
        yield _missing(part, f"须写明“{written}”{aside}")


def _left_out(line: str, letter: Entry) -> bool:
    return any(name in known_fields() and letter.leaves_out(name) for name in names_in(line))


def _has_field(name: str, lines: list[str]) -> bool:
    return any(name in names_in(line) for line in lines)


def _has_words(part: Part, lines: list[str]) -> bool:
    text = _SPACE.sub("", "\n".join(map(literal, lines)))
    return any(words in text for words in part.words)


def _missing(part: Part, what: str) -> Problem:
    text = f"缺少“{part.name}”：{what}。{part.why}（{part.article}）"
    return Problem(MISSING_PART, text, part.name, part.why, part.article)
