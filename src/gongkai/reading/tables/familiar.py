"""A whole table of the form, in a make that was met before: its numbers go where they went then.

Search and placing look at labels and at where numbers stand, but never at the numbers, as long as every row is whole.
So where they put the numbers of one table they would put those of the next. Nothing here knows a label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from itertools import repeat
from operator import attrgetter, itemgetter
from typing import TypeVar

from gongkai.figures import Figure, Place
from gongkai.reading.document import Document, Grid
from gongkai.reading.tables.headers import form_of
from gongkai.reading.tables.notes import head_notes
from gongkai.reading.tables.placing import Placer
from gongkai.reading.tables.rows import rows_in
from gongkai.reading.tables.search import Found, Search
from gongkai.reading.tables.values import content
from gongkai.reading.template import Filled, Template
from gongkai.report import load_form

_T = TypeVar("_T")
_value = attrgetter("value")  # of what a number says
_MANY = 256  # makes that are remembered
_figure, _place = partial(tuple.__new__, Figure), partial(tuple.__new__, Place)  # their constructors are in Python


@dataclass(frozen=True, slots=True, eq=False)
class Make:
    """A make of one table. ``filled`` and ``found``: a specimen, and what the search made of it. ``form``: the form
    that its heads are of, ``None`` when they do not say. ``after``: table, last row, started: where the search stands
    behind it."""

    table: str
    filled: Filled
    found: Found
    form: str | None
    after: tuple[str, str, bool]


@lru_cache(maxsize=_MANY)
def make_of(template: Template, table: str, last: str) -> Make | None:
    """The make, where the search comes to it in ``table`` behind the row ``last``; ``None`` when it is not one table
    and no more, or when a label of it waits for more behind it."""
    filled = Filled(template, ["1"] * (len(template.parts) - 1), 0)
    search = Search(table, last)
    for row in rows_in(Grid(filled), 0):
        search.take(row)
    found = search.found
    tables = [*(key for key, hits in found.rows.items() if hits), *(["remedies"] if found.remedies else [])]
    if search.open is not None or search.heads or search.guesses or found.merged_other or len(tables) != 1:
        return None
    if any(cells for key, cells in found.heads.items() if key != tables[0]):
        return None
    after = (search.table, search.last, search.started)
    return Make(tables[0], filled, found, form_of(found.heads["proactive"]), after)


@lru_cache(maxsize=_MANY)
def _order(make: Make, form_name: str) -> Callable[[Sequence[_T]], tuple[_T, ...]] | None:
    """Brings the numbers of a table into the order of the cells of the form; ``None`` when not each is one of them or
    there is something to say about the table."""
    form = load_form(form_name)
    specimen = Document("", make.filled.text, [Grid(make.filled)])
    placer = Placer(specimen, form, make.found)
    placer.run()
    if placer.notes or head_notes(specimen, form, make.found):
        return None
    numbers = {start: number for number, start in enumerate(make.filled.ranges[0])}
    places = (placer.figures[cell].place for cell in form.tables[make.table].cells)
    order = [numbers.get(place.start, -1) if place else -1 for place in places]
    return itemgetter(*order) if sorted(order) == list(numbers.values()) else None


@dataclass(frozen=True, slots=True)
class FamiliarTable:
    """One table of a known make."""

    make: Make
    filled: Filled

    @property
    def rows(self) -> Iterable[str]:
        return self.make.found.rows[self.make.table]

    def fits(self, form: str) -> bool:
        """Whether it has the rows and columns of ``form``, no more and no fewer."""
        return _order(self.make, form) is not None

    def values(self, form: str) -> tuple[int | Decimal | None, ...]:
        """The values of ``figures``, in the order of the cells."""
        order = _order(self.make, form)
        assert order is not None
        try:
            return order(list(map(int, self.filled.numbers)))
        except ValueError:  # decimals
            return order(list(map(_value, map(content, self.filled.numbers))))

    def figures(self, form: str) -> dict[str, Figure]:
        """Cell → figure for every cell of its table in a form that it fits."""
        order = _order(self.make, form)
        assert order is not None
        texts = self.filled.numbers
        places = map(_place, zip(*self.filled.ranges, repeat(None), repeat(None)))
        values = map(_value, map(content, texts))
        figures = tuple(map(_figure, zip(values, texts, places, repeat(None), repeat(()))))
        return dict(zip(load_form(form).tables[self.make.table].cells, order(figures), strict=True))
