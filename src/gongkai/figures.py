"""Figure: one printed number, or the honest statement that it could not be read.

A blank cell is not zero. A figure keeps what was printed and where it stands, so that every later statement
about it (a finding, a sum, a rendered page) can be traced to the document.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

# Why a figure is unread. Public: these words stand in JSON.
BLANK = "blank"  # the cell is there and empty
NULL_MARK = "null_mark"  # the cell holds "/" or "\", which the form's habit reads as "does not apply"
NOT_A_NUMBER = "not_a_number"  # the cell holds words
CELLS_MISSING = "cells_missing"  # the row has fewer cells than columns, the column cannot be told
CELLS_SURPLUS = "cells_surplus"  # the row has more numbers than columns
ROW_MISSING = "row_missing"  # the row is not in the document
COLUMN_MISSING = "column_missing"  # the column is not in the document
TABLE_MISSING = "table_missing"  # the table is not in the document
ROW_MERGED = "row_merged"  # the document prints this row and its neighbours as one; the number stands in the other row
MEMBER_MISSING = "member_missing"  # a sum that lacks a member (roll-up)

REASONS = {
    BLANK: "格内空白",
    NULL_MARK: "格内印作斜线",
    NOT_A_NUMBER: "格内不是数字",
    CELLS_MISSING: "该行格数不足，无法定位",
    CELLS_SURPLUS: "该行数字多于列数，无法定位",
    ROW_MISSING: "文中没有这一行",
    COLUMN_MISSING: "文中没有这一列",
    TABLE_MISSING: "文中没有这张表",
    ROW_MERGED: "文中把这一行与别的行并作一行",
    MEMBER_MISSING: "缺少成员单位的数据",
}


class Place(NamedTuple):
    """Where words stand: ``start``/``end`` are character offsets in ``Report.text`` (the text as read).

    For paged documents ``page`` counts from 1 and ``box`` is (left, top, right, bottom) in points from the page's
    upper left corner.
    """

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class Figure(NamedTuple):
    """A number as printed in one cell.

    ``value``: an ``int`` for counts, a ``Decimal`` where decimals were printed, ``None`` when unread.
    ``printed``: the characters of the cell as they stand ("" for a blank cell, ``None`` when there is no cell).
    ``reason``: one of the constants above when ``value`` is ``None``; else ``None``.
    ``parts``: for a sum, the names of what it sums (see ``gongkai.rollup``).
    """

    value: int | Decimal | None
    printed: str | None = None
    place: Place | None = None
    reason: str | None = None
    parts: tuple[str, ...] = ()


def unread(reason: str, printed: str | None = None, place: Place | None = None) -> Figure:
    """A figure that could not be read, with the reason (one of the constants of this module)."""
    return Figure(None, printed, place, reason)
