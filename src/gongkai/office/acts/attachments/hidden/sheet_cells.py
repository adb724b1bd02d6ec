"""The cells of a sheet that nobody sees, found in one pass over its XML without building a tree of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from gongkai.reading.errors import UnreadableError
from gongkai.reading.office.container import DAMAGED

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SAMPLE = 8  # cells whose text is shown
_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
_ON = ("1", "true")


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is what stands in the cell or, when ``shared``, its number among the shared strings."""

    text: str
    shared: bool


@dataclass(slots=True)
class Hidden:
    """Rows and columns (from 1) that are hidden and hold something, with their first cells; ``sample`` of the sheet."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    row_cells: list[Cell] = field(default_factory=list)
    column_cells: list[Cell] = field(default_factory=list)
    sample: list[Cell] = field(default_factory=list)

    def all_cells(self) -> Iterator[Cell]:
        yield from self.row_cells
        yield from self.column_cells
        yield from self.sample


def hidden_cells(xml: bytes, whole: bool = False) -> Hidden:
    """What is hidden in one sheet. ``whole``: the sheet itself is hidden, its first cells are enough.

    Raises UnreadableError for broken XML.
    """
    found = Hidden()
    ranges: list[tuple[int, int]] = []
    columns: set[int] = set()
    rows_hidden = False
    row, row_hidden, column = 0, False, 0
    for event, element in _walk(xml, ("sheetFormatPr", "col", "row", "c")):
        name = element.tag.removeprefix(_S)
        if event == "start":
            if name == "row":
                row, column = _number(element.get("r"), row + 1, _LAST_ROW), 0
                row_hidden = element.get("hidden", "1" if rows_hidden else "0") in _ON
            continue
        if name == "sheetFormatPr":
            rows_hidden = element.get("zeroHeight") in _ON
        elif name == "col" and element.get("hidden") in _ON:
            first = _number(element.get("min"), 1, _LAST_COLUMN)
            ranges.append((first, _number(element.get("max"), first, _LAST_COLUMN)))
        elif name == "c":
            column = _column(element.get("r", "")) or column + 1
            cell = _cell(element)
            if cell is None:
                continue
            if whole:
                found.sample.append(cell)
                if len(found.sample) >= _SAMPLE:
                    return found
            elif row_hidden:
                if not found.rows or found.rows[-1] != row:
                    found.rows.append(row)
                if len(found.row_cells) < _SAMPLE:
                    found.row_cells.append(cell)
            elif any(first <= column <= last for first, last in ranges):
                columns.add(column)
                if len(found.column_cells) < _SAMPLE:
                    found.column_cells.append(cell)
    found.columns = sorted(columns)
    return found


def shown(xml: bytes, wanted: set[str]) -> dict[str, str]:
    """Number → text of those shared strings that are ``wanted``. Raises UnreadableError for broken XML."""
    found: dict[str, str] = {}
    if not wanted or not xml:
        return found
    for number, (_, element) in enumerate(item for item in _walk(xml, ("si",)) if item[0] == "end"):
        if str(number) in wanted:
            found[str(number)] = "".join(node.text or "" for node in element.iter(_S + "t"))
            if len(found) == len(wanted):
                break
    return found


def _walk(xml: bytes, names: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    if b"<!DOCTYPE" in xml:
        raise UnreadableError("文件内含不允许的实体声明，可能是恶意文件，不予读取")
    tags = [_S + name for name in names]
    try:
        walk = etree.iterparse(
            BytesIO(_transitional(xml)),
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for event, element in walk:
            yield event, element
            if event == "end":
                element.clear(keep_tail=False)
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError as error:
        raise UnreadableError(DAMAGED) from error


def _transitional(xml: bytes) -> bytes:
    """ "Strict" workbooks under the usual namespace."""
    return xml.replace(
        b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    )


def _cell(element: etree._Element) -> Cell | None:
    value = element.findtext(_S + "v") or ""
    if element.get("t") == "inlineStr":
        value = "".join(node.text or "" for node in element.iter(_S + "t"))
    return Cell(value.strip(), element.get("t") == "s") if value.strip() else None


def _number(text: str | None, otherwise: int, most: int) -> int:
    return min(int(text), most) if text and text.isdecimal() and len(text) < 9 else otherwise


def _column(reference: str) -> int:
    number = 0
    for letter in reference[:3].upper():
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number
