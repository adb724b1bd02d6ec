"""Report → DOCX on the page of GB/T 9704, with real tables: merged cells, fixed widths, repeated heads, whole rows.

Everything but the words is the same in every document: python-docx makes it once (``word_template``). A document is
then its words as WordprocessingML, put into that package with fixed dates: the same input gives the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape

from gongkai.rendering import layout
from gongkai.rendering.content import (
    ATTACHMENT,
    COPIES,
    NOTE,
    NUMBERED_TITLE,
    PAGE,
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
from gongkai.rendering.grid import Grid
from gongkai.rendering.package import Properties, packed, properties_of
from gongkai.rendering.word_table import numbers, table
from gongkai.rendering.word_template import PITCH, STYLES, page_settings, parts
from gongkai.report import Report

MARKED = '<w:shd w:val="clear" w:color="auto" w:fill="FFE27A"/>'
_KAI = "".join(f' w:{script}="{layout.KAI}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{agency}</dc:creator><dc:language>zh-CN</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>'
)


def render(report: Report) -> bytes:
    """The document: opens in Word, WPS and LibreOffice."""
    return document(report, blocks(report))


def document(report: Report, content: Iterable[Block], title: str | None = None) -> bytes:
    """A document of ``content`` with the metadata of ``report``."""
    return paper(properties_of(report, title), content)


def paper(properties: Properties, content: Iterable[Block]) -> bytes:
    """A document of ``content``, be it a report or a letter; the same input gives the same bytes."""
    content = list(content)
    held = held_together(content)
    indents = layout.signature_indents([b.text for b in content if isinstance(b, Line) and b.role == SIGNATURE])
    body = "".join(
        table(b) if isinstance(b, Grid) else _paragraph(b, properties, indents, n in held)
        for n, b in enumerate(content)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:body>{body}{page_settings()}</w:body></w:document>"
    )
    return packed({**parts(), "word/document.xml": xml.encode(), "docProps/core.xml": _core(properties).encode()})


def _core(properties: Properties) -> str:
    title, agency, day = properties
    return _CORE.format(title=escape(clean(title)), agency=escape(clean(agency)), day=day.isoformat())


def _paragraph(line: Line, file: Properties, indents: list[float], held: bool) -> str:
    if line.role == PAGE:
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    properties = f'<w:pStyle w:val="{STYLES[line.role]}"/>'
    properties += "<w:keepNext/>" if held else ""
    properties += "<w:keepLines/>" if line.role == NOTE else ""
    properties += _at_the_foot(line) if line.role == COPIES else ""
    words = "".join(map(_run, line.runs))
    if line.role == NUMBERED_TITLE:
        properties += f'<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>'
    if line.role == ATTACHMENT:
        properties += _hanging(line)
        words = _run(line.runs[0]) + (_run(line.runs[1]) + "<w:r><w:tab/></w:r>" if line.runs[1].text else "")
        words += _run(line.runs[2])
    if line.role == SIGNATURE:
        indent = indents.pop(0)
        properties += f'<w:ind w:right="{indent * layout.CHARACTER_PITCH * 20:.0f}" w:firstLine="0"/>'
    if line.role in {TITLE, NUMBERED_TITLE} and len(line.runs) == 1:
        words = "<w:r><w:br/></w:r>".join(map(_run, title_runs(line, file.agency)))
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def _at_the_foot(line: Line) -> str:
    """7.4: 版记 stands at the foot of the last page. Told from the top: not every program knows "bottom"."""
    room = layout.TEXT_WIDTH * layout.POINTS_PER_MM / layout.FOLIO - 5
    lines = math.ceil((layout.columns_of_type(line.text) - 3) / room)
    top = (layout.TOP + layout.TEXT_HEIGHT) * layout.POINTS_PER_MM * 20 - lines * PITCH
    size = f'w:w="{layout.TEXT_WIDTH * layout.POINTS_PER_MM * 20:.0f}" w:wrap="around"'
    return f'<w:framePr {size} w:vAnchor="page" w:hAnchor="margin" w:x="1" w:y="{top:.0f}"/>'


def _hanging(line: Line) -> str:
    """7.3.4: two characters in; further lines, and the tab behind the number, stand under the name's first."""
    first, name = layout.attachment_indents(bool(line.runs[0].text), bool(line.runs[1].text))
    twips = layout.CHARACTER_PITCH * 20
    return f'<w:ind w:left="{name * twips:.0f}" w:hanging="{(name - first) * twips:.0f}"/>'


def _run(run: Run) -> str:
    properties = (f"<w:rFonts{_KAI}/>" if run.kai else "") + (MARKED if run.marked else "")
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    text = escape(run.text, quote=False)
    words = f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return words + numbers(run.ends)
