"""Pages of a PDF as pictures, with the places of findings drawn over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.office.analysis.showing.marks import Marks, look_of
from gongkai.report import Report

_MARGIN = 1.5  # points around the words


@dataclass(frozen=True, slots=True)
class Box:
    """In points of the page from its upper left corner. ``number``: of the finding; 0 for a figure."""

    x: float
    y: float
    width: float
    height: float
    number: int
    look: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PagePicture:
    number: int
    count: int
    width: float
    height: float
    boxes: list[Box]


def page_with(report: Report, marks: Marks, count: int, asked: int | None = None) -> int:
    """The page to show: the one asked for, else that of the chosen finding or figure, else the first."""
    pages = [place.page for place, number in marks.places if number == marks.chosen and place.page]
    figure = report.figures.get(marks.chosen_cell)
    if figure is not None and figure.place is not None and figure.place.page:
        pages = [figure.place.page]
    wanted = asked if asked is not None else (pages[0] if pages else 1)
    return min(max(wanted, 1), max(count, 1))


def page(report: Report, marks: Marks, sizes: Sequence[Sequence[float]], number: int) -> PagePicture:
    """Page ``number`` with the boxes of all findings on it, the chosen one last, so that it lies above."""
    boxes = [
        _box(place.box, finding, look_of(marks.findings[finding - 1]), finding == marks.chosen)
        for place, finding in marks.places
        if place.page == number and place.box is not None
    ]
    figure = report.figures.get(marks.chosen_cell)
    if figure is not None and figure.place is not None and figure.place.box and figure.place.page == number:
        boxes.append(_box(figure.place.box, 0, "figure", True))
    boxes.sort(key=lambda box: box.chosen)
    width, height = sizes[number - 1]
    return PagePicture(number, len(sizes), width, height, boxes)


def _box(box: tuple[float, float, float, float], number: int, look: str, chosen: bool) -> Box:
    left, top, right, bottom = box
    return Box(
        round(left - _MARGIN, 2),
        round(top - _MARGIN, 2),
        round(right - left + 2 * _MARGIN, 2),
        round(bottom - top + 2 * _MARGIN, 2),
        number,
        look,
        chosen,
    )
