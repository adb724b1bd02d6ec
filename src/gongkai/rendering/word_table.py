"""A grid as a WordprocessingML table: fixed widths, merged cells, repeated heads, rows that do not split."""

from __future__ import annotations

from html import escape

from gongkai.rendering import layout
from gongkai.rendering.content import clean
from gongkai.rendering.grid import LABEL, VALUE, WORDS, Cell, Grid, printed_lines

_TWIPS_PER_MM = layout.POINTS_PER_MM * 20
# Ems of the widest digit that stands in where Times New Roman is lacking: a figure must never be cut in two.
_DIGIT, _DIGIT_STRONG = 0.64, 0.7
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
_LABEL_INDENT = round((layout.LABEL_INSET - layout.TABLE_INSET_X) * 20)
_BESIDE = f'<w:ind w:left="{_LABEL_INDENT}" w:right="{_LABEL_INDENT}" w:firstLine="0"/><w:jc w:val="left"/>'
# Word asks for a paragraph after a table; this one takes as little as a table's own line.
_AFTER = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'
_MARKED = '<w:shd w:val="clear" w:color="auto" w:fill="FFE27A"/>'


def numbers(marks: tuple[int, ...]) -> str:
    """The numbers of findings as raised runs."""
    return "".join(
        f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>[{number}]</w:t></w:r>' for number in marks
    )


def table(grid: Grid) -> str:
    """``<w:tbl>`` and the paragraph after it."""
    widths = [round(width * _TWIPS_PER_MM) for width in grid.widths]
    total = sum(widths)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = escape(clean(grid.caption))
    rows = "".join(_rows(grid, widths))
    margins = _margins(layout.TABLE_INSET_Y + grid.air)
    properties = (
        f'<w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar><w:tblCaption w:val="{caption}"/>'
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{_AFTER}"


def _margins(over: float) -> str:
    insets = {"top": over, "left": layout.TABLE_INSET_X, "bottom": over, "right": layout.TABLE_INSET_X}
    return "".join(f'<w:{side} w:w="{inset * 20:.0f}" w:type="dxa"/>' for side, inset in insets.items())


def _rows(grid: Grid, widths: list[int]) -> list[str]:
    # Column → (rows still covered from above, columns covered, was it a head).
    covered: dict[int, tuple[int, int]] = {}
    out = []
    for index, row in enumerate(grid.rows):
        # Short tables stay on one page: every row but the last is kept with the next.
        keep = not grid.long and index < len(grid.rows) - 1
        column = 0
        cells: list[str] = []
        coming = iter(row)
        while column < len(widths):
            if column in covered:
                left, span = covered.pop(column)
                cells.append(_continued(sum(widths[column : column + span]), span))
                if left > 1:
                    covered[column] = (left - 1, span)
            else:
                cell = next(coming)
                span = cell.colspan
                cells.append(_cell(cell, sum(widths[column : column + span]), keep))
                if cell.rowspan > 1:
                    covered[column] = (cell.rowspan - 1, span)
            column += span
        head = "<w:tblHeader/>" if index < grid.head_rows else ""
        out.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>")
    return out


def _continued(width: int, span: int) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_span(span)}<w:vMerge/></w:tcPr>'
        '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p></w:tc>'
    )


def _span(span: int) -> str:
    return f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""


def _cell(cell: Cell, width: int, keep: bool) -> str:
    merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
    shade = _MARKED if cell.marks else ""
    centre = "" if cell.role == WORDS else '<w:vAlign w:val="center"/>'
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{_span(cell.colspan)}{merge}{shade}{centre}'
    side = _BESIDE if cell.role in {LABEL, WORDS} else ""
    held = "<w:keepNext/>" if keep else ""
    return (
        f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>{held}{side}</w:pPr>'
        f"{_words(cell, width)}{numbers(cell.marks)}</w:p></w:tc>"
    )


def _words(cell: Cell, width: int) -> str:
    text = clean(printed_lines(cell, width / _TWIPS_PER_MM))
    if not text:
        return ""
    properties = "<w:b/>" if cell.strong else ""
    if cell.role == VALUE:
        shown = text + "".join(f"[{n}]" for n in cell.marks)
        size = layout.figure_size(shown, width / _TWIPS_PER_MM, _DIGIT_STRONG if cell.strong else _DIGIT)
        properties += f'<w:sz w:val="{size * 2:.0f}"/>' if size < layout.TABLE else ""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return "<w:r><w:br/></w:r>".join(
        f'<w:r>{properties}<w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r>'
        for line in text.split("\n")
    )
