"""The page of GB/T 9704—2012 (党政机关公文格式) in numbers, for DOCX and PDF: lengths in mm, type in points."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

# 5.1, 5.2.1: A4; 天头 37, 订口 28, 版心 156 × 225.
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, LEFT = 37.0, 28.0
TEXT_WIDTH, TEXT_HEIGHT = 156.0, 225.0
RIGHT = PAGE_WIDTH - LEFT - TEXT_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - TEXT_HEIGHT

# 5.2.3: 22 lines of 28 characters fill the type area.
LINES, CHARACTERS = 22, 28

# 5.2.2 and 7.3.1: 三号 for the text and its headings, 二号 for the title; 7.5: 四号 for the page number.
BODY, TITLE, FOLIO = 16.0, 22.0, 14.0
FOLIO_DROP = 7.0  # mm from the type area down to the dashes beside the page number

# Tables are not in the standard; offices set them in 五号, and figures in a narrow column a little smaller.
TABLE, TABLE_SMALLEST = 10.5, 6.0
TABLE_PITCH = 13.0  # points from line to line
TABLE_INSET_X, TABLE_INSET_Y = 1.5, 2.5  # points between text and rule
LABEL_INSET = 3.0  # the same beside words, which begin at the left

POINTS_PER_MM = 72 / 25.4

# A hair less than 225 mm / 22, so that rounding never pushes the last line over.
LINE_PITCH = int(TEXT_HEIGHT * POINTS_PER_MM * 20 / LINES) / 20
CHARACTER_PITCH = TEXT_WIDTH * POINTS_PER_MM / CHARACTERS

# Fonts as offices name them: what DOCX asks for.
FANGSONG, KAI, HEI, SONG, TITLE_SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"

_YEAR = re.compile(r"20\d\d")
_DIGIT = 0.5  # width of a digit in ems, in fonts made for Chinese


def columns_of_type(text: str) -> float:
    """Width of ``text`` in full-width characters: Latin letters and digits count half."""
    return sum(1.0 if east_asian_width(c) in "WFA" else _DIGIT for c in text)


def figure_size(text: str, width: float, digit: float) -> float:
    """The type size (points) at which a figure stands on one line in a cell ``width`` mm wide, at most ``TABLE``.

    ``digit``: the width of the widest digit that may be met, in ems.
    """
    if not text:
        return TABLE
    room = width * POINTS_PER_MM - 2 * TABLE_INSET_X
    ems = sum(1.0 if east_asian_width(c) in "WFA" else digit for c in text)
    return max(TABLE_SMALLEST, min(TABLE, int(room / ems * 2) / 2))


def title_lines(title: str, agency: str | None) -> list[str]:
    """7.3.1: a long title breaks where a phrase ends: behind the body's name, or before the year."""
    room = TEXT_WIDTH * POINTS_PER_MM / TITLE * 0.97  # digits of a bold face are wider than half
    if columns_of_type(title) <= room:
        return [title]
    year = _YEAR.search(title)
    heads = [agency] if agency and title.startswith(agency) else []
    heads += [title[: year.start()]] if year else []
    for head in heads:
        rest = title.removeprefix(head)
        if head and rest and max(columns_of_type(head), columns_of_type(rest)) <= room:
            return [head, rest]
    return [title]


def signature_indents(lines: list[str]) -> list[float]:
    """7.3.5.1: the date stands four characters from the right edge, the name centred over it. In characters."""
    date_width = max((columns_of_type(line) for line in lines if _YEAR.search(line)), default=0.0)
    if not date_width:
        return [4.0] * len(lines)
    return [4.0 if _YEAR.search(line) else max(0.0, 4 + (date_width - columns_of_type(line)) / 2) for line in lines]


def attachment_indents(leads: bool, numbered: bool) -> tuple[float, float]:
    """7.3.4: where an attachment's line and its name begin, in characters: 附件：1. 名称, the next under 1.

    ``leads``: begins with 附件：; ``numbered``: there are several.
    """
    return (2.0 if leads else 5.0), (6.5 if numbered else 5.0)


def group_lines(label: str) -> str:
    """A group's label broken after its number, so that a narrow cell shows （三） over 不予公开."""
    head, bracket, tail = label.partition("）")
    return f"{head}{bracket}\n{tail}" if label.startswith("（") and tail else label


def head_lines(label: str, width: float) -> str:
    """A column's head in a cell ``width`` mm wide, in lines of equal length: 商业 over 企业, not 商业企 over 业."""
    room = int((width * POINTS_PER_MM - 2 * TABLE_INSET_X) / TABLE)
    if len(label) <= room or columns_of_type(label) < len(label):
        return label
    lines = -(-len(label) // room)
    each = -(-len(label) // lines)
    return "\n".join(label[start : start + each] for start in range(0, len(label), each))
