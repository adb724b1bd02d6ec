"""Makes a workbook safe to hand to calamine, which believes what a file says of its own size.

calamine inflates without bound, allocates the rectangle between the first and the last cell (two cells can span 17
billion), and copies a shared string into each cell that names it. A failed allocation there ends the process, so all
three are bounded before: the parts are inflated under a budget, looked over as bytes, and packed anew.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_CELLS, MAX_TEXT
from gongkai.reading.office.container import Container

MAX_AREA = 10 * MAX_CELLS  # cells of a sheet's rectangle, blank ones too: 24 bytes each in calamine
_MAX_STRINGS = 32 * MAX_TEXT  # bytes of the strings of all cells, markup included
_MAX_NODES = 2_000_000  # tags and attributes; a filled cell has seven
# What a part is, its relations say and not its name: every part is looked over as if it were a sheet. These are none.
_NEEDED = re.compile(r".+\.(?:xml|rels)", re.IGNORECASE)
_NOT_NEEDED = re.compile(r"docProps/|customXml/|xl/(?:theme|drawings|charts|media|pivot\w+|externalLinks|calcChain)\b")
_BLANK_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*/>")
_BLANK_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*(?:/>|(?<!/)>\s*</(?:\w+:)?row\s*>)")
# Every attribute named r, of whatever element: more than the cells and rows, never fewer.
_REFERENCE = re.compile(rb"(?<![\w:.-])r\s*=\s*[\"']\s*([A-Za-z]*)(\d*)")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(?:row|c)\b")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_END = re.compile(rb"^[^<>]*/>|</(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_STRING_CELL = re.compile(rb"""\bt\s*=\s*["']s["']""")
_INDEX = re.compile(rb"<(?:\w+:)?v\b[^<>]*>\s*(\d{1,9})\s*<")
_STRING_END = re.compile(rb"</(?:\w+:)?si\s*>")
_ABSURD = "工作表的范围过大（单元格相距太远），不予读取；请删去远处的多余单元格，另存一份再试"


def repacked(container: Container) -> BytesIO:
    """The parts of a workbook that calamine needs, in a zip file written here. UnreadableError beyond a bound."""
    safe = BytesIO()
    area = nodes = 0
    parts: list[bytes] = []
    with ZipFile(safe, "w", ZIP_STORED) as archive:
        for name in container.names:
            if not _NEEDED.fullmatch(name) or _NOT_NEEDED.match(name):
                continue
            content = container.read(name)
            nodes += content.count(b"<") + content.count(b"=")
            if nodes > _MAX_NODES:
                raise UnreadableError("工作簿内容过于庞杂，不予读取；请拆分后再试")
            if b"<!DOCTYPE" in content:
                raise UnreadableError("文件内含不允许的实体声明，可能是恶意文件，不予读取")
            content, part_area = _bounded(content)
            area += part_area
            parts.append(content)
            archive.writestr(name, content)
    if area > MAX_AREA:
        raise UnreadableError(_ABSURD)
    if _copied(parts) > _MAX_STRINGS:
        raise UnreadableError("工作簿的文字过多，不予读取；请拆分后再试")
    safe.seek(0)
    return safe


def _copied(parts: list[bytes]) -> int:
    """How many bytes of shared strings the cells hold once each has its own copy; never too few."""
    tables = [part for part in parts if _STRING_END.search(part)]
    lengths = [len(each) for part in tables for each in _STRING_END.split(part)]
    cells = sum(len(_STRING_CELL.findall(part)) for part in parts)
    longest = max(lengths, default=0)
    if cells * longest <= _MAX_STRINGS or len(tables) > 1 or any(b"<!" in part or b"&#" in part for part in parts):
        return cells * longest
    # Closer: the strings that are named (a number counts as a name too).
    named = [int(index) for part in parts for index in _INDEX.findall(part)]
    return sum(lengths[at] for at in named if at < len(lengths)) + max(0, cells - len(named)) * longest


def _bounded(sheet: bytes) -> tuple[bytes, int]:
    """A sheet, without its blank cells where they make it wide, and no less than the area calamine will allocate."""
    area = _area(sheet)
    if area > MAX_AREA // 4:
        # Formats set on whole rows and columns leave blank cells down to the last row; they print nothing.
        sheet = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", sheet))
        area = _area(sheet)
    if area > MAX_AREA:
        raise UnreadableError(_ABSURD)
    return sheet, area


def _area(sheet: bytes) -> int:
    references = _REFERENCE.findall(sheet)
    rows = max((len(digits) for _, digits in references), default=0)
    columns = max((len(letters) for letters, _ in references), default=0)
    if rows > 7 or columns > 3:
        raise UnreadableError(_ABSURD)
    last_row = max((int(digits) for _, digits in references if digits), default=0)
    last_column = max((_column(letters) for letters in {letters.upper() for letters, _ in references}), default=0)
    unnamed_rows, unnamed_cells = _unnamed(sheet, len(references))
    return (last_row + unnamed_rows) * (last_column + unnamed_cells)


def _unnamed(sheet: bytes, references: int) -> tuple[int, int]:
    """How many rows, and cells in one row, may have no reference: they follow the one before."""
    unnamed = max(0, len(_ROW_OR_CELL.findall(sheet)) - references)
    if not unnamed:
        return 0, 0
    before, *rows = _ROW.split(sheet)
    if _CELL.search(before) or not all(_ROW_END.search(row) for row in rows):  # cells outside rows, rows in rows
        return unnamed, unnamed
    return min(unnamed, len(rows)), min(unnamed, max((len(_CELL.findall(row)) for row in rows), default=0))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
