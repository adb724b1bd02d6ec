"""Finds the rows of the three tables among all rows of a document, by label and in the sequence of the form.

A label has its values behind it in its own row or, one cell a line, in the rows that follow. 其他 and 总计 head columns
too: which row they are follows from the row before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from gongkai.figures import BLANK
from gongkai.reading.document import Cell
from gongkai.reading.tables.headers import REMEDY_ROWS, REMEDY_WORDS, is_head
from gongkai.reading.tables.labels import fold, match_row, normalise, resembling_row
from gongkai.reading.tables.rows import LONGEST_CELL, Row, words
from gongkai.reading.tables.values import Content, content

if TYPE_CHECKING:
    from gongkai.reading.tables.familiar import FamiliarTable
    from gongkai.report import Form

# Lines of single characters that a vertical label leaves behind: 三/本/年/度/办/理/结/果.
_VERTICAL = set("三本年度办理结果、")
_OTHERS = {"其他", "其它", "其他情形", "其他情况"}
_LABELS_BY_PLACE = {*_OTHERS, "总计", "合计", "其他处理"}
_LAST_OUTCOMES = {"not_processed_confirmation", "other_no_supplement", "other_fee_unpaid"}
_MOST_GUESSES = 500
_REMEDY_CELLS = 15

Match = tuple[str, str, bool]  # table, row key, damaged


@dataclass(slots=True)
class Hit:
    """A row of the form found in the document: its label, the group labels left of it and the cells right of it."""

    table: str
    row: str
    damaged: bool
    label: Cell
    before: list[Cell]
    values: list[Cell]
    exact: bool
    block: int


@dataclass(slots=True)
class Found:
    """``rows``: table → row key → hit. ``remedies``: value cells of table 4 in order. ``heads``: table → the cells
    above its rows. ``used``: blocks that belong to a table and not to the prose. ``merged_other``: （六）其他处理 is
    one row. ``whole``: tables in a make that was met before; they have nothing in the others."""

    rows: dict[str, dict[str, Hit]] = field(
        default_factory=lambda: {"proactive": {}, "applications": {}, "remedies": {}}
    )
    remedies: list[Cell] = field(default_factory=list)
    heads: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    used: set[int] = field(default_factory=set)
    whole: dict[str, FamiliarTable] = field(default_factory=dict)
    merged_other: bool = False

    @property
    def anything(self) -> bool:
        return any(self.rows.values()) or bool(self.remedies or self.whole)

    def names(self, table: str) -> Iterable[str]:
        """Keys of the rows found of a table with labelled rows."""
        return self.whole[table].rows if table in self.whole else self.rows[table]

    def values(self, form: Form) -> dict[str, int | Decimal | None] | None:
        """Cell → value when every table of the form was taken as a whole; else ``None``."""
        if len(self.whole) < len(form.tables):
            return None
        return dict(zip(form.cells, chain(*(self.whole[key].values(form.name) for key in form.tables)), strict=True))

    def nothing_of(self, table: str) -> bool:
        return not (self.rows[table] or self.heads[table] or table in self.whole) and (
            table != "remedies" or not self.remedies
        )

    def open_to_more(self, table: str) -> None:
        """Raises ``MoreOfATableError`` when ``table`` was taken as a whole."""
        if table in self.whole:
            raise MoreOfATableError


def _says(contents: list[Content | None]) -> bool:
    """Is there a value or a mark among these cells (and not blanks only)?"""
    return any([said is not None and said.reason != BLANK for said in contents])  # noqa: C419 - faster, asked often


def _mostly_values(contents: list[Content | None]) -> bool:
    """Is this the row of table 4, with words in some of its cells?"""
    filled = [at for at, said in enumerate(contents) if said is None or said.reason != BLANK]
    return bool(filled) and filled[-1] - filled[0] + 1 == _REMEDY_CELLS > 3 * contents.count(None)


def _spaced_heads(cell: Cell) -> list[Cell]:
    """The heads of several columns in one line, parted by single spaces; none when other words are among them."""
    if len(cell.text) > LONGEST_CELL or len(heads := words(cell)) == 1:
        return []
    return heads if all(is_head(head.text) for head in heads) else []


class MoreOfATableError(Exception):
    """A row belongs to a table that was taken as a whole."""


class Search:
    """``take`` each row, then ``close``; ``found`` is what there is."""

    def __init__(self, table: str = "", last: str = "") -> None:
        self.found = Found()
        self.table = table  # the table we are in
        self.last = last  # the last row taken in it
        self.open: Hit | None = None  # a label alone, whose values may follow
        self.open_blocks: list[int] = []
        self.blanks: list[Cell] = []  # empty cells beside it: its values, when none follow
        self.heads: list[
            tuple[int, list[Cell]]
        ] = []  # head rows since the last hit: above a table, or between its rows
        self.guesses = 0
        self.started = False  # table 4: values have begun

    def take(self, row: Row) -> None:
        cells = row.cells
        if len(cells) == 1:
            text = cells[0].text
            if len(text) <= 60 and self._between() and _mere_words(text):
                self.prose()
                return
            if (" " in text or "\u3000" in text) and not row.exact and (heads := _spaced_heads(cells[0])):
                row = Row(heads, False, row.block)
                cells = heads
            elif len(text) > 60:
                self.prose()
                return
        contents = [content(cell.text) for cell in cells]
        # 总计 ends the heads of table 4 too: they are told by their company.
        head = len(cells) > 1 and not _says(contents) and any(normalise(cell.text) in REMEDY_WORDS for cell in cells)
        at, match = (-1, None) if head else self._label(cells, contents)
        if match is None:
            if None not in contents or (self.table == "remedies" and _mostly_values(contents)):
                self._values(row, contents)
            else:
                self._words(row)
            return
        values = cells[at + 1 :]
        hit = Hit(*match, cells[at], cells[:at], values, row.exact, row.block)
        if _says(contents[at + 1 :]) or (len(values) > 1 and not any(is_head(c.text) for c in cells if c.text)):
            self.close()
            self._record(hit, [row.block])
        else:
            self.close()
            self.blanks = values if row.exact and None not in contents[at + 1 :] else []
            hit.values = []
            self.open, self.open_blocks = hit, [row.block]

    def _between(self) -> bool:
        """Whether we are where words that are in no form mean nothing."""
        return self.open is None and self.table in ("", "proactive")

    def close(self) -> None:
        """The open label has all it will get: with no values behind it, it was a head."""
        hit, self.open = self.open, None
        if hit is None:
            return
        if _says([content(cell.text) for cell in hit.values]):
            self._record(hit, self.open_blocks)
        elif self.blanks:
            hit.values = self.blanks
            self._record(hit, self.open_blocks)
        elif is_head(hit.label.text):
            self.heads.extend((block, [*hit.before, hit.label]) for block in self.open_blocks[:1])
        else:
            self.heads.clear()

    def _label(self, cells: list[Cell], contents: list[Content | None]) -> tuple[int, Match | None]:
        """The last cell that is the label of a row which can stand here."""
        for at in range(len(cells) - 1, -1, -1):
            if contents[at] is None:
                match = self._match(cells[at].text, contents[at + 1 :], len(cells) == 1)
                if match is None:
                    continue
                if at and normalise(cells[at].text) == "其他处理":  # beside the name of its row, only the group
                    named, row = self._label(cells[:at], contents[:at])
                    if row is not None:
                        return named, row
                return at, match
        return -1, None

    def _match(self, text: str, behind: list[Content | None], alone: bool) -> Match | None:
        label = normalise(text)
        outcomes = self.table == "applications" and self.last not in {"", "received", "carried_in"}
        if label in _OTHERS:
            return ("applications", "other_other", False) if outcomes and self.last in _LAST_OUTCOMES else None
        if label in {"总计", "合计"}:
            return ("applications", "total", False) if outcomes else None
        if label == "其他处理":
            # A group label; or, as in the form of 2019, the row itself, and then its values follow at once.
            return ("applications", "other_other", False) if outcomes and (alone or _says(behind)) else None
        if label in REMEDY_ROWS and sum(c is not None for c in behind) == 5 and _says(behind):
            return "remedies", REMEDY_ROWS[label], False
        if match := match_row(text):
            return (*match, False)
        # Resemblance is believed inside the big table only, and not for ever: it is dear.
        if self.table == "applications" and len(label) >= 4 and self.guesses < _MOST_GUESSES:
            self.guesses += 1
            if row := resembling_row(text):
                return "applications", row, True
        return None

    def _record(self, hit: Hit, blocks: list[int]) -> None:
        found = self.found
        found.open_to_more(hit.table)
        if self.table != hit.table:
            self.table, self.last, self.started = hit.table, "", False
            for _, cells in self.heads:
                found.heads[hit.table].extend(cells)
        elif hit.table == "proactive":
            for _, cells in self.heads:
                found.heads["proactive"].extend(cells)
        found.used.update(block for block, _ in self.heads)
        found.used.update(blocks)
        self.heads.clear()
        if hit.row == "other_other" and normalise(hit.label.text) == "其他处理":
            found.merged_other = True
        old = found.rows[hit.table].get(hit.row)
        if old is None or not _says([content(cell.text) for cell in old.values]):
            found.rows[hit.table][hit.row] = hit
        self.last = hit.row
        if hit.row == "carried_out":
            self.table = ""

    def _values(self, row: Row, contents: list[Content | None]) -> None:
        """A row of nothing but values and blanks."""
        if self.open is not None:
            self.open.values.extend(row.cells)
            self.open_blocks.append(row.block)
        elif self.table == "remedies":
            # A whole row of empty cells in a real table is the row of values, left blank.
            self.started = self.started or _says(contents) or (row.exact and len(contents) == _REMEDY_CELLS)
            if self.started:
                self.found.open_to_more("remedies")
                self.found.remedies.extend(row.cells)
            self.found.used.add(row.block)

    def _words(self, row: Row) -> None:
        texts = [text for cell in row.cells if (text := fold(cell.text))]
        if len(texts) == 1 and texts[0] in _VERTICAL:
            if self.open is not None:
                self.open_blocks.append(row.block)
            elif self.table:
                self.found.used.add(row.block)
            return
        heads = [is_head(cell.text) for cell in row.cells if cell.text]
        if (
            self.open is not None
            and not self.open.values
            and not any(heads)
            and len(texts) == 1
            and not _numbered(texts[0])
        ):
            self.open_blocks.append(row.block)  # the rest of a label broken over two lines
            return
        self.close()
        if self.started:
            self.table, self.started = "", False
        if any(normalise(cell.text) in REMEDY_WORDS for cell in row.cells) or (
            self.table == "remedies" and (any(heads) or all(len(text) <= 8 for text in texts))
        ):
            self._remedy_head(row)
        elif any(heads) and sum(heads) * 2 >= len(heads):
            self.heads.append((row.block, row.cells))
        else:
            self.prose()

    def _remedy_head(self, row: Row) -> None:
        found = self.found
        found.open_to_more("remedies")
        if self.table != "remedies":
            self.table, self.last = "remedies", ""
            for block, cells in self.heads:
                found.used.add(block)
                found.heads["remedies"].extend(cells)
            self.heads.clear()
        found.heads["remedies"].extend(row.cells)
        found.used.add(row.block)

    def prose(self) -> None:
        """A line of running text: it parts what stands before it from what stands behind."""
        self.close()
        self.heads.clear()
        if self.table == "remedies":
            self.table, self.started = "", False


@lru_cache(maxsize=4096)
def _mere_words(text: str) -> bool:
    """Whether a line is no label, head or value of any table."""
    label = normalise(text)
    return not (
        len(text.split()) != 1  # heads may be parted by spaces
        or content(text) is not None
        or label in _LABELS_BY_PLACE
        or label in REMEDY_WORDS
        or match_row(text)
        or is_head(text)
        or fold(text) in _VERTICAL
    )


def _numbered(text: str) -> bool:
    return len(text) > 2 and text[0] in "一二三四五六七八九(" and text[1] in "、.．一二三四五六七八九"
