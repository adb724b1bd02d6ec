"""A letter on paper: DOCX and PDF on the page of GB/T 9704—2012, the same bytes for the same letter."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from gongkai.office.applications.letters.letter import Letter, Row
from gongkai.rendering import layout
from gongkai.rendering.content import (
    ADDRESSEE,
    ATTACHMENT,
    BLANK,
    COPIES,
    NOTE,
    NUMBER,
    NUMBERED_TITLE,
    SIGNATURE,
    TEXT,
    TITLE,
    Block,
    Line,
    Run,
    clean,
    line,
)
from gongkai.rendering.errors import RenderingError
from gongkai.rendering.grid import LABEL, WORDS, Cell, Grid
from gongkai.rendering.package import Properties

FORMATS = ("docx", "pdf")
_SEAL = 2  # empty lines over the name: the top of the seal stands within one line of the text (7.3.5.1)
_LABEL = 32.0  # mm
_COLUMNS = (_LABEL, layout.TEXT_WIDTH / 2 - _LABEL)
_AIR = 6.0  # points over and under the words of the form's cells


def render(letter: Letter, format: str) -> bytes:
    """``letter`` as ``format``, one of ``FORMATS``.

    Raises ``RenderingError``: PDF where the machine has no font, or none for a character of the letter.
    """
    if format not in FORMATS:
        raise RenderingError(f"不能生成“{format}”格式；可用：{'、'.join(FORMATS)}")
    properties = Properties(letter.title, letter.body, letter.date)
    rendered: bytes = import_module(f"gongkai.rendering.{format}").paper(properties, list(blocks(letter)))
    return rendered


def blocks(letter: Letter) -> Iterator[Block]:
    """What stands on the pages, in order (GB/T 9704 7.2.5, 7.3)."""
    yield line(NUMBERED_TITLE if letter.number else TITLE, letter.title)
    if letter.number:
        yield line(NUMBER, letter.number)
    if letter.addressees:
        yield line(ADDRESSEE, f"{'、'.join(letter.addressees)}：")
    if letter.rows:
        yield form(letter)
    yield from (line(TEXT, paragraph) for paragraph in letter.paragraphs)
    if letter.attachments:
        yield line(BLANK)
        yield from _attachments(letter.attachments)
    if not letter.rows:
        yield from (line(BLANK) for _ in range(_SEAL))
        yield from (line(SIGNATURE, words) for words in letter.signature)
    if letter.note:
        yield line(NOTE, letter.note)
    if letter.copies:
        yield line(COPIES, f"抄送：{'，'.join(letter.copies)}。")


def _attachments(names: tuple[str, ...]) -> Iterator[Line]:
    several = len(names) > 1
    for number, name in enumerate(names, 1):
        runs = ("附件：" if number == 1 else "", f"{number}. " if several else "", clean(name))
        yield Line(ATTACHMENT, tuple(map(Run, runs)))


def form(letter: Letter) -> Grid:
    """The rows of the registration form as a table of four columns; a single pair takes the whole width."""
    return Grid(letter.kind, letter.title, _COLUMNS * 2, tuple(map(_row, letter.rows)), 0, long=True, air=_AIR)


def _row(row: Row) -> tuple[Cell, ...]:
    span = 3 if len(row) == 1 else 1
    return tuple(cell for label, value in row for cell in (Cell(label, LABEL), Cell(value, WORDS, colspan=span)))
