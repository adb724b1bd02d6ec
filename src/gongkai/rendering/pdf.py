"""Report → PDF/A-2b by typst: the page of GB/T 9704, outline, tagged text, header rows that repeat.

The document travels as data (JSON in ``sys.inputs``), never as typst source: nothing in a report can become a command.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gongkai.rendering import layout
from gongkai.rendering.content import (
    ATTACHMENT,
    NUMBERED_TITLE,
    SIGNATURE,
    TITLE,
    Block,
    Line,
    Run,
    blocks,
    clean,
    held_together,
    title_runs,
)
from gongkai.rendering.errors import RenderingError
from gongkai.rendering.fonts import HINT, families, installed
from gongkai.rendering.grid import VALUE, Cell, Grid, printed_lines
from gongkai.rendering.package import Properties, properties_of
from gongkai.report import Report

if TYPE_CHECKING:
    import typst

_FILLS_A_PAGE = 300  # characters in the narrowest column of the list of findings
_DIGIT = 0.58  # ems of the widest digit among the fonts in ``fonts.ROLES`` (Noto Serif SC Bold)
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def render(report: Report) -> bytes:
    """The PDF. Raises ``RenderingError`` when the machine has no font, or none for a character of the report."""
    return document(report, blocks(report))


def document(report: Report, content: Iterable[Block], title: str | None = None) -> bytes:
    """A PDF of ``content`` with the metadata of ``report``."""
    return paper(properties_of(report, title), content)


def paper(properties: Properties, content: Iterable[Block]) -> bytes:
    """A PDF of ``content``, be it a report or a letter; the same input gives the same bytes.

    Raises ``RenderingError`` when the machine has no font, or none for a character of it.
    """
    import typst

    stamp = datetime.combine(properties.day, datetime.min.time(), UTC)
    try:
        pdf = _compiler().compile(
            template(),  # each time: the compiler does not keep a source that is no file
            format="pdf",
            sys_inputs={"data": page_data(properties, content)},
            pdf_standards=["a-2b"],
            timestamp=stamp,
        )
    except typst.TypstError as error:
        raise _explained(error) from error
    assert isinstance(pdf, bytes)
    return pdf


@cache
def template() -> bytes:
    """The typst source of every document."""
    return files("gongkai.rendering").joinpath("report.typ").read_bytes()


@cache
def _compiler() -> typst.Compiler:
    import typst

    return typst.Compiler(font_paths=installed(), ignore_system_fonts=True)


def source_data(report: Report, content: Iterable[Block], title: str | None = None) -> str:
    """What the template is given for a document about ``report``, as JSON."""
    return page_data(properties_of(report, title), content)


def page_data(properties: Properties, content: Iterable[Block]) -> str:
    """What the template is given, as JSON."""
    page = {
        "width": layout.PAGE_WIDTH,
        "height": layout.PAGE_HEIGHT,
        "top": layout.TOP,
        "left": layout.LEFT,
        "right": layout.RIGHT,
        "bottom": layout.BOTTOM,
        "folio_drop": layout.FOLIO_DROP,
    }
    sizes = {
        "body": layout.BODY,
        "title": layout.TITLE,
        "folio": layout.FOLIO,
        "line": layout.LINE_PITCH,
        "character": layout.CHARACTER_PITCH,
        "table": layout.TABLE,
        "table_line": layout.TABLE_PITCH,
        "inset_x": layout.TABLE_INSET_X,
        "inset_y": layout.TABLE_INSET_Y,
        "inset_label": layout.LABEL_INSET,
    }
    content = list(content)
    signature = layout.signature_indents([b.text for b in content if isinstance(b, Line) and b.role == SIGNATURE])
    held = held_together(content)
    data = {
        "title": clean(properties.title),
        "author": clean(properties.agency),
        "page": page,
        "sizes": sizes,
        "fonts": families(),
        "blocks": [
            _grid(b) if isinstance(b, Grid) else _line(b, properties, signature, n in held)
            for n, b in enumerate(content)
        ],
    }
    return json.dumps(data, ensure_ascii=False)


def _line(line: Line, file: Properties, indents: list[float], held: bool) -> dict[str, Any]:
    out: dict[str, Any] = {
        "role": line.role,
        "runs": [_shown(run) for run in line.runs],
    }
    if held:
        out["held"] = True
    if line.role == ATTACHMENT:
        out["indents"] = layout.attachment_indents(bool(line.runs[0].text), bool(line.runs[1].text))
    if line.role == SIGNATURE:
        out["indent"] = indents.pop(0)
    if line.role in {TITLE, NUMBERED_TITLE} and len(line.runs) == 1:
        out["lines"] = [{"runs": [_shown(run)]} for run in title_runs(line, file.agency)]
    return out


def _shown(run: Run) -> dict[str, Any]:
    return {"text": run.text, "kai": run.kai, "marked": run.marked, "ends": run.ends}


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "role": "table",
        "caption": grid.caption,
        "long": grid.long,
        "air": grid.air,
        "widths": grid.widths,
        "head": [_cell(c, grid) for row in grid.rows[: grid.head_rows] for c in row],
        "body": [c for row in grid.rows[grid.head_rows :] for c in _row(row, grid)],
    }


def _row(row: tuple[Cell, ...], grid: Grid) -> list[dict[str, Any]]:
    """Cells of a row, which stays whole on its page unless its words might fill one."""
    cells = [_cell(cell, grid) for cell in row]
    if any(len(cell.text) > _FILLS_A_PAGE for cell in row):
        for cell in cells:
            cell["breakable"] = True
    return cells


def _cell(cell: Cell, grid: Grid) -> dict[str, Any]:
    width = grid.widths[-1]  # of every value, and of the heads over values
    text = clean(printed_lines(cell, width))
    out: dict[str, Any] = {"text": text, "role": cell.role}
    if cell.rowspan > 1:
        out["rowspan"] = cell.rowspan
    if cell.colspan > 1:
        out["colspan"] = cell.colspan
    if cell.strong:
        out["strong"] = True
    if cell.marks:
        out["marks"] = cell.marks
    if cell.role == VALUE:
        size = layout.figure_size(text + "".join(f"[{n}]" for n in cell.marks), width * cell.colspan, _DIGIT)
        if size < layout.TABLE:
            out["size"] = size
    return out


def _explained(error: typst.TypstError) -> RenderingError:
    texts = _NO_GLYPH.findall(error.diagnostic or "") or _NO_GLYPH.findall(error.message)
    if texts:
        lost = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], "".join(texts))
        characters = dict.fromkeys(lost)
        named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in list(characters)[:20])
        return RenderingError(f"这台机器的字体里没有这些字，无法生成 PDF：{named}；{HINT}")
    return RenderingError(f"排版失败：{error.message}")
