"""Report: one annual report as data, with every figure at its place in the text.

Nothing here judges: a report holds what was printed. Offsets are characters in ``Report.text``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from gongkai.figures import Figure, Place

# Kinds of reporting body (keys of spec, public): see 条例 第四十九条, 第五十四条.
KINDS = {
    "county_government": "县级人民政府",
    "department": "县级人民政府部门",
    "government_office": "县级人民政府办公室（本机关）",
    "township": "乡镇人民政府",
    "subdistrict": "街道办事处",
    "authorised_organisation": "法律法规授权的组织（事业单位等）",
}


class Paragraph(NamedTuple):
    """A line of running text; ``report.text[start:end]`` is ``text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: ``key`` as in the form (``None`` when its title is not recognised), ``title`` as printed without
    its number, ``heading`` the whole printed heading line, ``paragraphs`` its running text without the tables."""

    key: str | None
    number: int | None
    title: str
    heading: Paragraph
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)


# What a claim says (Claim.role).
COUNT = "count"  # a plain number of things
PERCENTAGE = "percentage"
DAILY = "daily"  # an average for each day
CHANGE = "change"  # more or less than the year before
DENIAL = "denial"  # "none were received": value 0


class Claim(NamedTuple):
    """A figure in the narrative.

    ``value`` in units of ``unit`` (万 and 亿 multiplied out; a percentage is 99.42 for 99.42%); ``places`` its printed
    decimals after multiplying out (2 for 99.42%, −4 for 368万: its last printed digit stands for ten thousand).
    ``subject``: what is counted, as printed. ``scope``: words that bind it to a body or time that may not be the
    report's own ("全县", "历年"), else ``None``. ``approximate``: printed with 约, 近, 余, 多. ``part_of``: index in
    ``Report.claims`` of the whole that this is a part of ("其中"); a whole may be broken down more than once, and
    ``breakdown`` tells the parts of one from the parts of another; ``exhaustive`` when the parts of the breakdown are
    meant to be all. ``cell``: the cell of the form it must equal (``applications.received.total``), or a sum of cells
    (``applications.received.legal_entities``, ``applications.denied.total``, ``remedies.litigation.total``), or a table
    (``remedies``) for a denial; ``None`` unless the subject is certain. ``place``: the number itself; ``sentence``:
    start and end of the sentence around it.
    """

    value: int | Decimal
    printed: str
    unit: str
    subject: str
    role: str
    place: Place
    sentence: tuple[int, int]
    chapter: str
    places: int = 0
    scope: str | None = None
    approximate: bool = False
    part_of: int | None = None
    breakdown: int = 0
    exhaustive: bool = False
    cell: str | None = None


# What reading could not place or had to bridge (Note.kind). The checks H1 and H2 report them.
HEADER_DAMAGED = "header_damaged"  # a column head or group label is incomplete or out of place; values are certain
VALUE_UNPLACED = "value_unplaced"  # a printed number that belongs to no certain cell
DASH_AS_ZERO = "dash_as_zero"  # "-", "—" or 无 read as 0
READING_WARNING = "reading_warning"  # said by the format reader (a page without text, a bound reached)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader says about its own reading. ``message`` is Chinese, for people."""

    kind: str
    message: str
    table: str | None = None
    cells: tuple[str, ...] = ()
    place: Place | None = None
    printed: str | None = None


class Later(NamedTuple):
    """Figures that are made when somebody asks for them, and their values (cell → value), which are there at once."""

    values: dict[str, int | Decimal | None]
    make: Callable[[], dict[str, Figure]]


@dataclass(slots=True)
class Report:
    """One annual report.

    ``form``: name of the form recognised from the labels of its tables ("2019", "2021"), ``None`` when it has none.
    ``figures``: cell key → ``Figure`` for **every** cell of that form (empty when ``form`` is ``None``).
    ``preface``: what stands before chapter 1; ``signature``: name and date at the end.
    ``published_on``: from the page or file; ``signed_on``: the date the body put on it.
    ``pages``: offsets at which pages begin, for paged documents.
    """

    title: str | None = None
    title_place: Place | None = None
    agency: str | None = None
    kind: str | None = None
    year: int | None = None
    form: str | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    chapters: list[Chapter] = field(default_factory=list)
    preface: tuple[Paragraph, ...] = ()
    signature: tuple[Paragraph, ...] = ()
    published_on: date | None = None
    signed_on: date | None = None
    index_number: str | None = None
    claims: list[Claim] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    text: str = ""
    source_format: str = ""
    pages: tuple[int, ...] = ()
    _later: Later | None = field(default=None, init=False, repr=False, compare=False)

    def put_off(self, later: Later) -> None:
        """``figures`` shall be made when they are asked for: what stands where is needed by few, the values by all."""
        del self.figures
        self._later = later

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> dict[str, Figure]:
            if name != "figures" or self._later is None:
                raise AttributeError(f"a report has no {name}")
            self.figures = self._later.make()
            self._later = None
            return self.figures

    @property
    def values(self) -> dict[str, int | Decimal | None]:
        """Cell → value for every figure, ``None`` when unread."""
        if self._later is not None:
            return self._later.values
        return {cell: figure.value for cell, figure in self.figures.items()}

    def chapter(self, key: str) -> Chapter | None:
        """The first chapter with this key, or ``None``."""
        return next((c for c in self.chapters if c.key == key), None)

    def place(self, start: int, end: int) -> Place:
        """Place of ``text[start:end]``, with its page where the document has pages."""
        return Place(start, end, bisect_right(self.pages, start) or None if self.pages else None)

    def value(self, cell: str) -> int | Decimal | None:
        """Value of a cell; ``None`` when unread or not in the form."""
        if self._later is not None:
            return self._later.values.get(cell)
        figure = self.figures.get(cell)
        return figure.value if figure else None
