"""The three tables of the form in a document: every row goes through the search, but for whole tables in a make that
was met before (``familiar``)."""

from __future__ import annotations

from gongkai.reading.document import Document, Grid
from gongkai.reading.tables.broken import made_whole, mended
from gongkai.reading.tables.familiar import FamiliarTable, make_of
from gongkai.reading.tables.rows import Row, rows_in, rows_of
from gongkai.reading.tables.search import Found, MoreOfATableError, Search


def find(document: Document, familiar: bool = True) -> Found:
    """The rows of the three tables. ``familiar``: whether tables of a known make may be taken as a whole."""
    search = Search()
    tied: dict[int, list[int]] = {}
    last: Row | None = None  # of the table before
    try:
        for row in made_whole(rows_of(document), tied):
            if row is None:
                search.prose()
            elif isinstance(row, Row):
                search.take(row)
            elif not (familiar and _taken_whole(search, *row)):
                inner = mended(last, list(rows_in(row[1], row[0])))
                last = inner[-1] if inner else None
                for part in inner:
                    search.take(part)
        search.close()
        for block in search.found.used & tied.keys():
            search.found.used.update(tied[block])
    except MoreOfATableError:  # what was taken as a whole has more rows elsewhere
        return find(document, familiar=False)
    return search.found


def _taken_whole(search: Search, block: int, grid: Grid) -> bool:
    """Whether ``grid`` is a table of a known make, and nothing before it leaves a doubt."""
    if grid.filled is None or search.open is not None or search.heads or search.started:
        return False
    make = make_of(grid.filled.template, search.table, search.last)
    if make is None or not search.found.nothing_of(make.table):
        return False
    search.found.whole[make.table] = FamiliarTable(make, grid.filled)
    search.found.used.add(block)
    search.table, search.last, search.started = make.after
    return True
